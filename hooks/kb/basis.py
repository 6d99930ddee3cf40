"""What pages are made of, as marks: where these are the same, nothing has to be made to see that a page is, too."""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from kb import document, source
from kb.article import Article, Problem
from kb.document import Parts
from kb.fault import Fault
from kb.kept import mark
from kb.knowledge import Knowledge
from kb.source import Source

DATA = frozenset({".csv", ".txt", ".yml"})
"""Ends of the names of files in docs that the engine reads besides Markdown."""
_HEADING = re.compile("^#.*", re.M)
"""Or a comment in a block of code, which does no harm."""


@dataclass(frozen=True, slots=True)
class Basis:
    """Says nothing of programs, templates, settings, pictures and styles."""

    shared: str
    """Of all that more than one page may show: whatever people wrote but the texts of articles, the words of the
    glossary that these say, and the day."""
    texts: Mapping[str, str]
    """Of the texts that the page of an article shows, by slug: its own and those of its remedies."""


def compile_basis(docs: Path, pages: Mapping[str, Source | Fault], known: Knowledge, today: date) -> Basis:
    """`pages` are all Markdown files below docs, as `known` was made of them."""
    data = [source.read(path) for path in sorted(docs.iterdir()) if path.suffix in DATA]
    fronts = list(_fronts(pages.values(), {one.path for one in known.articles}))
    own = {one.slug: mark(one.body) for one in known.articles}
    shown = {one.slug: mark([own[slug] for slug in _shown(one)]) for one in known.articles}
    return Basis(mark((today, data, fronts, known.said)), MappingProxyType(shown))


def _fronts(pages: Iterable[Source | Fault], articles: Set[str]) -> Iterator[object]:
    """Of an article its front matter and headings, which other pages show, of any other page all of it."""
    for text in pages:
        parts = document.split(text) if isinstance(text, Source) and text.path in articles else None
        if isinstance(text, Source) and isinstance(parts, Parts):
            yield text.path, parts.front, _HEADING.findall(parts.body)
        else:
            yield text


def _shown(one: Article) -> list[str]:
    remedies = [step.remedy for step in one.steps] if isinstance(one, Problem) else []
    return [one.slug, *remedies]
