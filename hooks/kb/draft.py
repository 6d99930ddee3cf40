"""A new article: its address, and a text with blanks in it that only its writer can fill in."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from markdown.extensions.toc import slugify

from kb import article, blank, document, schema, source
from kb.article import FOLDERS, Kind
from kb.document import Document
from kb.fault import Fault
from kb.keys import keys
from kb.render import Renderer
from kb.source import Source
from kb.vocabulary import Vocabulary

UNWANTED = frozenset({"index", "readme"})
"""Names of files that MkDocs takes for the page of their folder."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be written where. Every fault that it has is a blank."""

    page: str
    """The path of the file below the docs folder."""
    text: str


def titles(docs: Path) -> Mapping[str, str]:
    """The title of every article by its slug; empty where its file cannot be read, whatever its fault."""
    return {path.stem: _title(path) for folder in FOLDERS.values() for path in sorted((docs / folder).glob("*.md"))}


def _title(path: Path) -> str:
    text = source.read(path)
    parsed = text if isinstance(text, Fault) else document.parse(text)
    return str(parsed.front.data.get("title", "")) if isinstance(parsed, Document) else ""


def slug_of(title: str, taken: Mapping[str, str]) -> str:
    """A slug of the words of a title that is not taken; empty where the title has no letter that ASCII knows."""
    words = slugify(title.casefold().replace("_", " "), "-").split("-")
    slug = ""
    for word in filter(None, words):
        longer = f"{slug}-{word}".strip("-")
        # Room for a number behind it.
        if len(longer) > schema.SLUG_LONGEST - 4:
            break
        slug = longer
    slug = slug or "".join(words)[: schema.SLUG_LONGEST - 4]
    number, free = 2, slug
    while slug and (free in taken or free in UNWANTED):
        free, number = f"{slug}-{number}", number + 1
    return free


def write(
    kind: Kind, title: str, slug: str, docs: Path, vocabulary: Vocabulary, today: date, days: int, renderer: Renderer
) -> Draft | list[Fault]:
    """The draft of an article, to be reviewed again after `days`; or what is wrong with its title or its slug."""
    page = f"{FOLDERS[kind]}/{slug}.md"
    path = f"{docs.name}/{page}"
    known = keys(kind, vocabulary)
    text = renderer.render(
        "draft.md",
        kind=kind,
        needed=[key for key in known if key.needed],
        others=[key for key in known if not key.needed],
        values={
            # JSON's strings are YAML's too, and no sign in a title can end them early.
            "title": json.dumps(title, ensure_ascii=False),
            "reviewed": today.isoformat(),
            "review_by": (today + timedelta(days=days)).isoformat(),
        },
        blank=blank.BLANK,
    )
    text = f"{text.rstrip()}\n"
    return list(_faults(kind, title, slug, path, text, titles(docs), vocabulary)) or Draft(page, text)


def _faults(
    kind: Kind, title: str, slug: str, path: str, text: str, taken: Mapping[str, str], vocabulary: Vocabulary
) -> Iterator[Fault]:
    if slug in taken:
        yield Fault(
            path, 1, 1, "duplicate-slug", f"The slug '{slug}' belongs to another article.", "Choose another one."
        )
    parsed = document.parse(Source(path, text))
    if isinstance(parsed, Fault):
        yield parsed
        return
    for other, said in taken.items():
        if _same(said) == _same(title):
            place = parsed.front.place(("title",))
            yield Fault(path, *place, "duplicate-title", f"'{other}' has the same title.", "Say what is different.")
    made = article.make(kind, slug, parsed, vocabulary)
    blanks = {(fault.line, fault.column) for fault in blank.check(kind, parsed, vocabulary)}
    for fault in made if isinstance(made, list) else ():
        if (fault.line, fault.column) not in blanks:
            yield fault


def _same(title: str) -> str:
    return " ".join(title.casefold().split())
