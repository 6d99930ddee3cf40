"""Old addresses: where each leads today, section by section where an old page was split up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kb.article import PAGE_SUFFIXES, Article
from kb.fault import Fault
from kb.knowledge import Knowledge


@dataclass(frozen=True, slots=True)
class Moved:
    """A section of an old page and the article that took it over."""

    fragment: str
    article: Article


@dataclass(frozen=True, slots=True)
class Redirect:
    """An old page. Without sections it leads straight to its article; with them it shows where each section went,
    since a page that moves on by itself would lose the fragment where scripts are off."""

    path: str
    article: Article | None
    sections: tuple[Moved, ...]

    @property
    def file(self) -> str:
        return self.path if self.path.endswith(PAGE_SUFFIXES) else f"{self.path}/index.html"

    @property
    def to_root(self) -> str:
        """From the old page to the root of the site."""
        return "../" * self.file.count("/") or "./"


def collect(knowledge: Knowledge) -> tuple[Redirect, ...]:
    whole: dict[str, Article] = {}
    sections: dict[str, list[Moved]] = {}
    for article in knowledge.articles:
        for address in article.redirects:
            path, _, fragment = address.partition("#")
            sections.setdefault(path, [])
            if fragment:
                sections[path].append(Moved(fragment, article))
            else:
                whole[path] = article
    return tuple(
        Redirect(path, whole.get(path), tuple(sorted(sections[path], key=lambda moved: moved.fragment)))
        for path in sorted(sections)
    )


def check(knowledge: Knowledge, taken: Mapping[str, str]) -> Iterator[Fault]:
    """An old address must not be one at which a page stands today. `taken` maps addresses to their files."""
    for article in knowledge.articles:
        for number, address in enumerate(article.redirects):
            path = address.partition("#")[0]
            folder = path.removesuffix("index.html").rstrip("/")
            found = (
                taken.get(f"{folder}/" if folder else "")
                or taken.get(path)
                or ("404.html" if path == "404.html" else None)
            )
            if found:
                yield article.fault(
                    ("redirects", number),
                    "address-in-use",
                    f"At '{path}' stands a page today ({found}).",
                    "Take the redirect out, or move that page.",
                )
