"""The telephone numbers, mail addresses and hosts that somebody allowed: the file, and the list made of it."""

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Annotated

from pydantic import AfterValidator, Field

from kb import matter, schema, source
from kb.fault import Fault
from kb.schema import Model, Text, refuse, unique
from kb.settings import Extra

PATH = "allowed.yml"

_HOST_NAME = re.compile(r"(?:[a-z0-9](?:[a-z0-9\-]*[a-z0-9])?\.)+[a-z][a-z0-9\-]*[a-z0-9]", re.ASCII)
_MAIL_NAME = re.compile(r"[a-z0-9._%+\-]+@[a-z0-9.\-]+\.[a-z]{2,}", re.ASCII)
_TELEPHONE = re.compile(r"\+?[0-9 ()./\-]+", re.ASCII)


def digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def _host(text: str) -> str:
    if not _HOST_NAME.fullmatch(text):
        refuse("bad-host", f"'{text}' is no host.", "Write it in small letters, without https:// and path.")
    return text


def _mail(text: str) -> str:
    if not _MAIL_NAME.fullmatch(text):
        refuse("bad-mail-address", f"'{text}' is no mail address.", "Write it in small letters, like help@example.org.")
    return text


def _telephone(text: str) -> str:
    if not _TELEPHONE.fullmatch(text) or not 3 <= len(digits(text)) <= 15:
        refuse("bad-telephone", f"'{text}' is no telephone number.", "Write it like +44 20 7946 0000.")
    return text


class Allowed(Model):
    """Nothing matches a part of an entry, or what stands below a host."""

    hosts: Annotated[tuple[Annotated[Text, AfterValidator(_host)], ...], unique] = Field(
        (), description="hosts to which links may lead, each exactly."
    )
    telephones: Annotated[tuple[Annotated[Text, AfterValidator(_telephone)], ...], unique] = Field(
        (), description="telephone numbers that pages may say."
    )
    mails: Annotated[tuple[Annotated[Text, AfterValidator(_mail)], ...], unique] = Field(
        (), description="mail addresses that pages may say."
    )
    examples: Annotated[tuple[Text, ...], unique] = Field(
        (), description="exact texts that only look like one of these, such as examples."
    )


@dataclass(frozen=True, slots=True)
class List:
    """What may be said, ready for comparing."""

    path: str
    hosts: Set[str]
    mails: Set[str]
    telephones: Set[str]
    """Only their digits."""
    files: Set[str]
    """Names of files, which look like hosts where the ending is a country's too."""
    harmless: re.Pattern[str] | None
    """Finds the telephone numbers and the examples in a text."""


def make_list(
    path: str,
    *,
    hosts: Iterable[str] = (),
    mails: Iterable[str] = (),
    telephones: Iterable[str] = (),
    examples: Iterable[str] = (),
    files: Iterable[str] = (),
) -> List:
    numbers = frozenset(map(digits, telephones))
    # The longest first: an example may begin with another one.
    patterns = [
        rf"(?<![\w.@-]){re.escape(text)}(?![\w@-]|\.\w)" for text in sorted(set(examples), key=len, reverse=True)
    ]
    patterns += [rf"(?<!\d)\+?\(?{'[ ().-]{0,3}'.join(number)}(?!\d)" for number in sorted(numbers)]
    harmless = re.compile("|".join(patterns)) if patterns else None
    return List(path, frozenset(hosts), frozenset(mails), numbers, frozenset(files), harmless)


def read(docs: Path, settings: Extra, pages: Iterable[str] = ()) -> List | list[Fault]:
    """The list in docs and what the organisation says of itself, or the faults of the file.

    `pages` are the paths of the files below docs, whose names are no hosts.
    """
    path = f"{docs.name}/{PATH}"
    allowed = Allowed(hosts=(), telephones=(), mails=(), examples=())
    # Without the file nothing is allowed.
    if (docs / PATH).exists():
        text = source.read(docs / PATH, path)
        parsed = text if isinstance(text, Fault) else matter.parse(text)
        if isinstance(parsed, Fault):
            return [parsed]
        made = schema.validate(Allowed, path, parsed, parsed.data)
        if isinstance(made, list):
            return made
        allowed = made
    hosts, mails, telephones = set(allowed.hosts), set(allowed.mails), set(allowed.telephones)
    if own := settings.organisation:
        hosts.update(own.hosts)
        mails.update([own.mail.lower()] if own.mail else [])
        telephones.update([own.telephone] if own.telephone else [])
    return make_list(
        path,
        hosts=hosts,
        mails=mails,
        telephones=telephones,
        examples=allowed.examples,
        files=(PurePosixPath(page).name for page in pages),
    )
