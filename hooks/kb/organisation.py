"""Whom a locked-out person can turn to: the block `extra.organisation` in mkdocs.yml."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale, UnknownLocaleError
from pydantic import AfterValidator, BeforeValidator, Field, field_validator, model_validator

from kb.fault import did_you_mean
from kb.schema import Model, Text, refuse, unique

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FIELDS = frozenset({"title", "report", "url"})
"""What an address template may have filled in: the page's title, the report, and the page's address."""

_TELEPHONE = re.compile(r"\+[1-9][0-9]{0,2}(?: [0-9]+)+", re.ASCII)
_MAIL = re.compile(r"[A-Za-z0-9._%+\-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}", re.ASCII)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9\-]*[a-z0-9])?\.)+(?:[a-z]{2,}|xn--[a-z0-9\-]+)", re.ASCII)
_TIMES = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-(?:([01][0-9]|2[0-3]):([0-5][0-9])|(24):(00))", re.ASCII)
_FIELD = re.compile(r"\{([^{}]*)\}")
_MARKUP = frozenset("*_`[]{}|\\#~")
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)


def _address(text: str) -> str:
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        refuse("bad-web-address", f"'{text}' is no address.", "Write it like https://help.example.org/.")
    if parts.scheme != "https":
        refuse("bad-web-address", f"'{text}' does not begin with https://.", "Write it like https://help.example.org/.")
    if "@" in parts.netloc or "\\" in text:
        refuse("bad-web-address", f"'{text}' hides its host behind another name.", "Leave out what stands before '@'.")
    if not _HOST.fullmatch(host) or port is not None or not text.isascii() or set(text) & set(" \"'<>"):
        refuse("bad-web-address", f"'{text}' is no address.", "Write it like https://help.example.org/.")
    return text


def _template(text: str) -> str:
    bare = _FIELD.sub("", text)
    if "{" in bare or "}" in bare:
        refuse("bad-template", "A bracket '{' or '}' stands alone.", "Write fields like {report}.")
    for name in _FIELD.findall(text):
        if name not in FIELDS:
            refuse("bad-template", f"'{{{name}}}' is not a known field.", did_you_mean(name, FIELDS))
    host = text.partition("://")[2].partition("/")[0]
    if _FIELD.search(host):
        refuse("bad-template", "The host may hold no field.", "Put fields behind '?'.")
    _address(_FIELD.sub("x", text))
    return text


def _telephone(text: str) -> str:
    if not _TELEPHONE.fullmatch(text) or not 7 <= sum(map(str.isdigit, text)) <= 15:
        refuse(
            "bad-telephone",
            f"'{text}' is no international telephone number.",
            "Write it with its country code and spaces, like +44 20 7946 0000.",
        )
    return text


def _mail(text: str) -> str:
    if not _MAIL.fullmatch(text) or ".." in text:
        refuse("bad-mail-address", f"'{text}' is no mail address.", "Write it like help@example.org.")
    return text


def _name(text: str) -> str:
    if found := sorted(_MARKUP & set(text)):
        refuse("markup-in-text", f"'{found[0]}' is not allowed here.", "Write the text without markup.")
    return text


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        known = False
    else:
        known = True
    # A system may know no zones at all.
    if not known and (available_timezones() or not re.fullmatch(r"[A-Za-z_+\-]+(/[A-Za-z0-9_+\-]+)*", text)):
        near = did_you_mean(text, available_timezones()) or "Write it like Europe/Zurich."
        refuse("bad-zone", f"'{text}' is no time zone.", near)
    return text


def _language(text: str) -> str:
    try:
        known = _TAG.fullmatch(text) and Locale.parse(text, sep="-")
    except (ValueError, UnknownLocaleError):
        known = None
    if not known:
        refuse("bad-language", f"'{text}' is no language.", "Write its code, such as en, de or pt-BR.")
    return text


def _minutes(times: str) -> tuple[int, int]:
    match = _TIMES.fullmatch(times)
    if match is None:
        refuse("bad-hours", f"'{times}' are no opening times.", "Write them like 08:00-17:30.")
    numbers = [int(part) for part in match.groups() if part is not None]
    start, end = numbers[0] * 60 + numbers[1], numbers[2] * 60 + numbers[3]
    if end <= start:
        refuse(
            "bad-hours", f"'{times}' ends before it begins.", "Over midnight write two lines: until 24:00, from 00:00."
        )
    return start, end


def _days(key: str) -> tuple[int, ...]:
    first, _, last = (part.strip() for part in key.partition(" to "))
    last = last or first
    for name in (first, last):
        if name not in DAYS:
            refuse("bad-hours", f"'{name}' is no day.", did_you_mean(name, DAYS))
    start, end = DAYS.index(first), DAYS.index(last)
    if end < start:
        refuse("bad-hours", f"'{key}' runs backwards.", "The week begins on Monday; write two lines.")
    return tuple(range(start, end + 1))


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Times = Annotated[tuple[str, ...], BeforeValidator(_as_list), Field(min_length=1, max_length=4)]
WebAddress = Annotated[Text, AfterValidator(_address)]


class Hours(Model):
    zone: Annotated[Text, AfterValidator(_zone)] = Field(description="the time zone, such as Europe/Zurich.")
    open: Mapping[str, Times] = Field(
        min_length=1, description='for a day or "monday to friday" the times when somebody answers.'
    )

    @field_validator("open")
    @classmethod
    def _week(cls, given: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
        said: set[int] = set()
        for key, times in given.items():
            days = _days(key)
            if again := said.intersection(days):
                refuse("bad-hours", f"The times of {DAYS[min(again)]} stand here twice.", "Keep one of the two.")
            said.update(days)
            spans = sorted(_minutes(one) for one in times)
            if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
                refuse("bad-hours", f"The times of '{key}' overlap.", "Make them one.")
        return given

    def week(self) -> list[list[tuple[int, int]]]:
        """For each day from Monday on its opening times, in minutes since midnight in the zone."""
        week: list[list[tuple[int, int]]] = [[] for _ in DAYS]
        for key, times in self.open.items():
            for day in _days(key):
                week[day] = sorted(_minutes(one) for one in times)
        return week


class Ticket(Model):
    url: Annotated[Text, AfterValidator(_template)] = Field(
        description="the address of the form, with the fields {title}, {report} and {url}."
    )
    limit: int = Field(2000, ge=200, le=100_000, description="how many characters the whole address may have.")


class Organisation(Model):
    """One block, and a fork speaks of its own help desk on every page."""

    name: Annotated[Text, AfterValidator(_name)] = Field(description="the name of the organisation.")
    help_desk: Annotated[Text, AfterValidator(_name)] | None = Field(
        None, description='how texts name the help desk, such as "the Contoso help desk".'
    )
    url: WebAddress | None = Field(None, description="the address of its page.")
    telephone: Annotated[Text, AfterValidator(_telephone)] | None = Field(
        None, description="its number, with country code and spaces."
    )
    mail: Annotated[Text, AfterValidator(_mail)] | None = Field(None, description="its mail address.")
    hours: Hours | None = Field(None, description="when it answers.")
    ticket: Ticket | None = Field(None, description="the form in which a report is handed in.")
    languages: Annotated[tuple[Annotated[Text, AfterValidator(_language)], ...], unique] = Field(
        (), description="codes of the languages that it speaks."
    )

    @model_validator(mode="after")
    def _reachable(self) -> "Organisation":
        if not (self.url or self.telephone or self.mail or self.ticket):
            refuse(
                "no-contact",
                "there is no way to reach the help desk.",
                "Add one of url, telephone, mail and ticket.",
            )
        return self

    @property
    def spoken(self) -> str:
        """The help desk in the middle of a sentence."""
        return self.help_desk or f"the {self.name} help desk"

    @property
    def hosts(self) -> Iterator[str]:
        for address in (self.url, self.ticket.url if self.ticket else None):
            if address:
                yield urlsplit(address).hostname or ""


def view(one: Organisation | None) -> dict[str, Any] | None:
    """What templates and scripts show of it, as plain data."""
    if one is None:
        return None
    return {
        "name": one.name,
        "help_desk": one.spoken,
        "url": one.url,
        "telephone": {"text": one.telephone, "href": f"tel:{one.telephone.replace(' ', '')}"}
        if one.telephone
        else None,
        "mail": one.mail,
        "hours": _hours(one.hours) if one.hours else None,
        "ticket": one.ticket.model_dump() if one.ticket else None,
        "languages": [{"code": code, "name": language_name(code)} for code in one.languages],
    }


def _hours(hours: Hours) -> dict[str, Any]:
    """Days that follow each other and have the same times make one row."""
    week = hours.week()
    rows: list[dict[str, Any]] = []
    for day, spans in enumerate(week):
        if rows and rows[-1]["spans"] == spans:
            rows[-1]["last"] = DAYS[day].capitalize()
        else:
            name = DAYS[day].capitalize()
            rows.append({"day": day, "first": name, "last": name, "spans": spans})
    for row in rows:
        row["times"] = [f"{_clock(start)} to {_clock(end)}" for start, end in row["spans"]]
    return {"zone": hours.zone, "rows": rows, "week": week}


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def language_name(code: str) -> str:
    """A language as its speakers call it."""
    name = Locale.parse(code, sep="-").get_display_name() or code
    return name[:1].upper() + name[1:]
