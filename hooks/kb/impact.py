"""What a change does to readers: one built state of the site compared with another.

Compares what the two published for other programs, `catalogue.json` and the index of the search. So the older one may
have been made by an older engine, whose content today's would refuse. Whatever it did not publish yet counts as empty.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.redirect import CHANGED

Route = tuple[str, ...]
"""Answers from the first question to an end, as in addresses; without "I'm not sure"."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page for readers."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Question:
    """A state of the flow; without a question it is a list of pages."""

    question: str | None
    ways: Mapping[str, tuple[str, str]]
    """For each answer, as in addresses, its label and where it leads."""
    live: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """One state of the site. Addresses are relative to its root; pages end in a slash."""

    articles: Mapping[str, Page]
    """Problems, references and remedies, by kind and slug."""
    values: Mapping[str, tuple[str, str]]
    """For each section of an index, by its address, the titles of the index and of the section."""
    texts: Mapping[str, Mapping[str, str]]
    """For each page that the search knows the texts of its sections; the page itself is the section without a name."""
    titles: Mapping[str, str]
    questions: Mapping[str, Question]
    root: str
    standing: frozenset[str]
    """Pages and the sections that their writers made, without a slash at the end."""
    redirects: Mapping[str, str]
    recorded: frozenset[str]
    """Addresses that the site had some time before."""
    figures: Mapping[str, str]

    @property
    def lasting(self) -> frozenset[str]:
        """The addresses that must lead somewhere for ever. States of the flow do so by themselves."""
        former = {old for old, new in self.redirects.items() if new.endswith(f"#{CHANGED}")}
        every = (self.standing | self.redirects.keys() | self.recorded) - former
        return frozenset(one for one in every if not (self.root and one.startswith(self.root)))

    def serves(self, address: str) -> bool:
        """Whether somebody who comes for this address finds what was there, or what took it over."""
        page, _, section = address.partition("#")
        if address in self.standing or address in self.redirects or page in self.redirects:
            return True
        if section:
            return section in self.texts.get(f"{page}/", {})
        # A page that was split up lists where its sections went.
        return any(old.partition("#")[0] == page for old in self.redirects)

    def heir(self, url: str) -> str:
        """The page that took over, or the page itself."""
        return self.redirects.get(url.rstrip("/"), url).partition("#")[0]

    def end(self, answers: Iterable[str]) -> str:
        """Where these answers lead from the first question: a page, a list, or a question that they do not answer."""
        given, url = set(answers), self.root
        while url in self.questions:
            way = next((way for part, way in self.questions[url].ways.items() if part in given), None)
            if way is None:
                break
            url = way[1]
        return url

    def routes(self) -> dict[Route, tuple[str, ...]]:
        """Each route with the labels of its answers."""
        return dict(self._routes(self.root, (), ())) if self.questions else {}

    def _routes(self, url: str, parts: Route, labels: tuple[str, ...]) -> Iterator[tuple[Route, tuple[str, ...]]]:
        state = self.questions.get(url)
        if state is None or not state.ways:
            yield parts, labels
            return
        for part, (label, following) in state.ways.items():
            yield from self._routes(following, (*parts, part), (*labels, label))

    def names(self, url: str) -> tuple[str, ...]:
        """What stands at an end of a route, in words: a page's title, the question, or the titles of a list."""
        state = self.questions.get(url)
        if state is None:
            return (self.titles.get(url, url),)
        return (state.question,) if state.question else tuple(self.titles.get(live, live) for live in state.live)


@dataclass(frozen=True, slots=True)
class Moved:
    """A route with its end before and after."""

    answers: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Length:
    """How many routes there are, and how many answers one has on average, each route counted once."""

    routes: int
    mean: float


@dataclass(frozen=True, slots=True)
class Impact:
    """Everything that a reader may notice. Lists are in order of address."""

    added: tuple[Page, ...]
    removed: tuple[Page, ...]
    renamed: tuple[tuple[Page, Page], ...]
    retitled: tuple[tuple[Page, Page], ...]
    lost: tuple[str, ...]
    """Addresses that led somewhere before and lead nowhere now."""
    moved: tuple[Moved, ...]
    lengths: tuple[Length, Length]
    gained_values: tuple[tuple[str, str], ...]
    lost_values: tuple[tuple[str, str], ...]
    changed: tuple[tuple[Page, tuple[str, ...]], ...]
    """Pages whose text differs, with the headings of the parts that do; the page's own beginning has its title."""
    figures: tuple[tuple[str, str, str], ...]


def read(folder: Path, figures: Mapping[str, str], recorded: Iterable[str]) -> Edition:
    """A built site. `figures` are those of `make report`, `recorded` the addresses that its record names."""
    catalogue = json.loads((folder / "catalogue.json").read_text(encoding="utf-8"))
    entries = json.loads((folder / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    return edition(catalogue, entries, figures, recorded)


def edition(
    catalogue: Mapping[str, Any],
    entries: Iterable[Mapping[str, str]],
    figures: Mapping[str, str],
    recorded: Iterable[str],
) -> Edition:
    """What a catalogue and the entries of an index of the search say."""
    texts: dict[str, dict[str, str]] = {}
    titles: dict[str, str] = {}
    for entry in entries:
        url, _, section = entry["location"].partition("#")
        texts.setdefault(url, {})[section] = f"{entry['title']}\n{entry['text']}"
        titles[entry["location"]] = entry["title"]
    remedies = {one["id"]: Page(one["url"], one["title"]) for one in catalogue.get("remedies", ())}
    articles = {("article", one["id"]): Page(one["url"], one["title"]) for one in catalogue.get("articles", ())}
    articles |= {("remedy", slug): page for slug, page in remedies.items()}
    redirects = {one["from"]: one["to"] for one in catalogue.get("redirects", ())}
    indexes = catalogue.get("indexes", ())
    flow = catalogue.get("flow", {})
    urls = {slug: page.url for (_, slug), page in articles.items()}
    standing = {page.url.rstrip("/") for page in articles.values()} | {one["url"].rstrip("/") for one in indexes}
    for page in articles.values():
        # A remedy inside a problem is a section of the engine's making: it comes and goes with the problem's list.
        sections = [section for section in texts.get(page.url, {}) if section and section not in remedies]
        standing |= {f"{page.url.rstrip('/')}#{section}" for section in sections}
    return Edition(
        articles={"/".join(key): page for key, page in articles.items()},
        values={value["url"]: (one["title"], value["label"]) for one in indexes for value in one["values"]},
        texts=texts,
        titles=titles | {page.url: page.title for page in articles.values()},
        questions=_questions(catalogue, urls),
        root=flow.get("root", ""),
        standing=frozenset(standing),
        redirects=redirects,
        recorded=frozenset(recorded),
        figures=figures,
    )


def _questions(catalogue: Mapping[str, Any], urls: Mapping[str, str]) -> dict[str, Question]:
    names = {
        (facet["id"], value["answer"]): f"{facet['id']}-{value['id']}"
        for facet in catalogue.get("vocabulary", ())
        for value in facet["values"]
    }
    return {
        node["url"]: Question(
            node["question"],
            {
                names.get((node["facet"], answer["label"]), answer["label"]): (answer["label"], answer["url"])
                for answer in (node["answers"] if node["facet"] else ())
            },
            tuple(urls.get(slug, slug) for slug in node["live"]),
        )
        for node in catalogue.get("flow", {}).get("nodes", ())
    }


def compare(before: Edition, after: Edition) -> Impact:
    """What is different after."""
    gone = {key: page for key, page in before.articles.items() if key not in after.articles}
    new = {key: page for key, page in after.articles.items() if key not in before.articles}
    arrived = {page.url: page for page in new.values()}
    renamed = {key: (page, arrived[heir]) for key, page in gone.items() if (heir := after.heir(page.url)) in arrived}
    heirs = {page.url for _, page in renamed.values()}
    both = [(before.articles[key], after.articles[key]) for key in before.articles if key in after.articles]
    lost = {address for address in before.lasting if not after.serves(address)}
    return Impact(
        added=_by_url(page for page in new.values() if page.url not in heirs),
        removed=_by_url(page for key, page in gone.items() if key not in renamed),
        renamed=tuple(sorted(renamed.values(), key=lambda pair: pair[0].url)),
        retitled=tuple(sorted((pair for pair in both if pair[0].title != pair[1].title), key=lambda pair: pair[0].url)),
        # What is said of a page needs not be said of its sections.
        lost=tuple(sorted(one for one in lost if "#" not in one or one.partition("#")[0] not in lost)),
        moved=tuple(_moved(before, after)),
        lengths=(_length(before), _length(after)),
        gained_values=tuple(name for url, name in sorted(after.values.items()) if url not in before.values),
        lost_values=tuple(name for url, name in sorted(before.values.items()) if url not in after.values),
        changed=tuple(_changed(before, after)),
        figures=tuple(_figures(before.figures, after.figures)),
    )


def _by_url(pages: Iterable[Page]) -> tuple[Page, ...]:
    return tuple(sorted(pages, key=lambda page: page.url))


def _moved(before: Edition, after: Edition) -> Iterator[Moved]:
    """The routes of before whose answers now lead elsewhere, or not far enough."""
    for route, labels in before.routes().items():
        old, new = before.end(route), after.end(route)
        if {after.heir(url) for url in _pages(before, old)} != set(_pages(after, new)):
            yield Moved(labels, before.names(old), after.names(new))


def _pages(one: Edition, url: str) -> tuple[str, ...]:
    """The pages at the end of a route; a question stands for itself."""
    state = one.questions.get(url)
    return state.live if state and not state.question else (url,)


def _length(one: Edition) -> Length:
    routes = one.routes()
    return Length(len(routes), sum(map(len, routes)) / len(routes) if routes else 0.0)


def _changed(before: Edition, after: Edition) -> Iterator[tuple[Page, tuple[str, ...]]]:
    for url in sorted(after.texts.keys() & before.texts.keys()):
        old, new = before.texts[url], after.texts[url]
        parts = [part for part in (*new, *(part for part in old if part not in new)) if old.get(part) != new.get(part)]
        if parts:
            titles = [(after if part in new else before).titles[f"{url}#{part}" if part else url] for part in parts]
            yield Page(url, after.titles[url]), tuple(titles)


def _figures(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for name in (*after, *(name for name in before if name not in after)):
        yield name, before.get(name, "–"), after.get(name, "–")
