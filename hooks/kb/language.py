"""All checks of the words of a site: what is told twice, old terms, spelling, long sentences, the style of Markdown."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from kb import (
    document,
    duplicate,
    glossary,
    matter,
    numbers,
    prose,
    reading,
    source,
    spelling,
    style,
    terms,
    vocabulary,
)
from kb.article import FOLDERS
from kb.fault import Fault
from kb.prose import Passage
from kb.source import Source
from kb.terms import Terms


def check(docs: Path, configuration: Path) -> list[Fault]:
    """The faults in the language of every page. `configuration` is the file with the settings of the linters.

    What cannot be read or parsed is left out: whoever needs it reports it.
    """
    known = terms.read(docs)
    if isinstance(known, list):
        return known
    texts = _texts(docs)
    pages = {**{text.path: prose.of_article(text) for text in texts}, **_data(docs)}
    passages = [passage for page in pages.values() for passage in page]
    return [
        *_repeated(pages),
        *terms.check(passages, known, docs.name),
        *reading.check(passages, known),
        *spelling.check(passages, known, docs.name),
        *style.check(docs, _names(texts), configuration),
    ]


def mend(docs: Path, configuration: Path) -> list[str]:
    """Mend what can be mended by itself: renamed labels, moved links, Markdown. Returns the paths that changed."""
    known = terms.read(docs)
    texts = _texts(docs)
    files = [docs.parent / text.path for text in texts]
    before = [file.read_bytes() for file in files]
    if isinstance(known, Terms):
        for text, file in zip(texts, files, strict=True):
            mended = terms.mend(text.text, prose.of_article(text), known, docs.name)
            if mended != text.text:
                file.write_text(mended, encoding="utf-8", newline="\n")
    style.mend(docs, _names(texts), configuration)
    return [text.path for text, file, old in zip(texts, files, before, strict=True) if file.read_bytes() != old]


def _texts(docs: Path) -> list[Source]:
    """The pages that can be read, and the articles among them that can be parsed."""
    found = []
    for file in sorted(docs.rglob("*.md")):
        text = source.read(file, f"{docs.name}/{file.relative_to(docs).as_posix()}")
        if isinstance(text, Source) and not (_is_article(text.path) and isinstance(document.parse(text), Fault)):
            found.append(text)
    return found


def _names(texts: Sequence[Source]) -> list[str]:
    return [PurePosixPath(*PurePosixPath(text.path).parts[1:]).as_posix() for text in texts]


def _is_article(path: str) -> bool:
    return PurePosixPath(path).parent.name in FOLDERS.values()


def _data(docs: Path) -> Mapping[str, Sequence[Passage]]:
    """The passages of the files with texts that are no pages."""
    found = {}
    for name in (vocabulary.PATH, numbers.PATH, glossary.PATH):
        text = source.read(docs / name, f"{docs.name}/{name}")
        data = text if isinstance(text, Fault) else matter.parse(text)
        if not isinstance(text, Fault) and not isinstance(data, Fault):
            found[text.path] = prose.of_data(text, data)
    return found


def _repeated(pages: Mapping[str, Sequence[Passage]]) -> Iterator[Fault]:
    """Guides for writers repeat themselves on purpose: each is read alone."""
    articles = [(path, passages) for path, passages in pages.items() if _is_article(path)]
    yield from duplicate.check(articles)
    yield from duplicate.titles(passages for _, passages in articles)
