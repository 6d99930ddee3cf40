"""Old addresses: where each leads today, section by section where an old page was split up."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kb import assist, record
from kb.article import PAGE_SUFFIXES, Article
from kb.fault import Fault
from kb.flow import Flow, State
from kb.knowledge import Knowledge
from kb.record import Record
from kb.vocabulary import UNSURE

CHANGED = "changed"
"""The fragment with which a page of the flow says that the questions have changed."""


@dataclass(frozen=True, slots=True)
class Moved:
    """An old page, or a section of one, and what took it over: an article, or one section of it."""

    address: str
    article: Article
    section: str | None

    @property
    def fragment(self) -> str:
        return self.address.partition("#")[2]

    @property
    def url(self) -> str:
        return self.article.url + (f"#{self.section}" if self.section else "")

    @property
    def title(self) -> str:
        """The heading of a section; the title of the article where all of it, or one of its remedies, is meant."""
        return self.article.sections.get(self.section or "", self.article.title)


@dataclass(frozen=True, slots=True)
class Redirect:
    """An old page. Without sections it leads straight to its article; with them it shows where each section went,
    since a page that moves on by itself would lose the fragment where scripts are off."""

    path: str
    whole: Moved | None
    sections: tuple[Moved, ...]

    @property
    def file(self) -> str:
        return self.path if self.path.endswith(PAGE_SUFFIXES) else f"{self.path}/index.html"

    @property
    def to_root(self) -> str:
        """From the old page to the root of the site."""
        return "../" * self.file.count("/") or "./"


@dataclass(frozen=True, slots=True)
class FormerState:
    """A state that the flow no longer has, and the nearest of those that it has."""

    path: str
    state: State

    @property
    def file(self) -> str:
        return f"{self.path}/index.html"

    @property
    def to_root(self) -> str:
        return "../" * self.file.count("/")

    @property
    def url(self) -> str:
        return f"{self.state.url}#{CHANGED}"


def collect(knowledge: Knowledge) -> tuple[Redirect, ...]:
    """The old pages at which no article stands today."""
    standing = {article.url.rstrip("/") for article in knowledge.articles}
    whole: dict[str, Moved] = {}
    sections: dict[str, dict[str, Moved]] = {}
    for moved in _all_moved(knowledge):
        path, _, fragment = moved.address.partition("#")
        if path not in standing:
            known = sections.setdefault(path, {})
            if fragment:
                known[fragment] = moved
            else:
                whole[path] = moved
    recorded = _recorded_sections(knowledge.record)
    for path, moved in whole.items():
        sections[path] = _kept(recorded, moved) | sections[path]
    return tuple(
        Redirect(path, whole.get(path), tuple(sections[path][fragment] for fragment in sorted(sections[path])))
        for path in sorted(sections)
    )


def _all_moved(knowledge: Knowledge) -> Iterator[Moved]:
    for article in knowledge.articles:
        for address, section in article.redirects.items():
            yield Moved(address, article, section)


def _recorded_sections(recorded: Record) -> Mapping[str, list[str]]:
    """The fragments of all recorded sections, by their pages."""
    sections: dict[str, list[str]] = {}
    for address in recorded.lines:
        path, _, fragment = address.partition("#")
        if fragment:
            sections.setdefault(path, []).append(fragment)
    return sections


def _kept(recorded: Mapping[str, list[str]], moved: Moved) -> dict[str, Moved]:
    """The recorded sections of an old page that the article which took it over still has, by their fragments."""
    anchors = {*moved.article.sections, *moved.article.other_anchors}
    return {
        fragment: Moved(f"{moved.address}#{fragment}", moved.article, fragment)
        for fragment in recorded.get(moved.address, ())
        if fragment in anchors
    }


def moved_sections(knowledge: Knowledge) -> Mapping[str, tuple[Moved, ...]]:
    """For pages at which an article stands today the sections that they no longer have, by the article's slug."""
    slugs = {article.url.rstrip("/"): article.slug for article in knowledge.articles}
    found: dict[str, list[Moved]] = {}
    for moved in _all_moved(knowledge):
        slug = slugs.get(moved.address.partition("#")[0])
        if slug:
            found.setdefault(slug, []).append(moved)
    return {slug: tuple(moved) for slug, moved in found.items()}


def former_states(knowledge: Knowledge, flow: Flow, helping: Mapping[str, State]) -> tuple[FormerState, ...]:
    """The recorded states at whose addresses nothing stands, in both wordings where the flow has two. What a person
    wrote for such an address comes first."""
    claimed = {address for article in knowledge.articles for address in article.redirects}
    found = []
    for path in knowledge.record.states:
        page = f"{path}.md"
        if page in flow.by_page or page in knowledge.written or path in claimed:
            continue
        state = nearest(flow, path.split("/")[1:])
        found.append(FormerState(path, state))
        if helping:
            found.append(FormerState(assist.moved(page).removesuffix(".md"), helping[assist.moved(state.page)]))
    return tuple(found)


def addresses(knowledge: Knowledge, flow: Flow) -> Iterator[str]:
    """All addresses of today that must lead somewhere for ever. The pages of the flow for helpers have the same answers
    in theirs; indexes and other pages of the engine stay where they are."""
    yield from record.addresses(knowledge.articles)
    yield from (state.url.rstrip("/") for state in flow.states if state.given)


def nearest(flow: Flow, answers: Iterable[str]) -> State:
    """The state with the most of these answers and no other. Answers are written as in addresses; those that the flow
    does not know count for nothing.

    Every state is where its answers lead from the first question, and a question takes one answer. So all states that
    have none but these answers lie on one way, and the nearest is where that way ends.
    """
    given, state = set(answers), flow.root
    while True:
        ways = {answer.part: answer.page for group in state.groups for answer in group.answers}
        if state.facet and state.unsure:
            ways[f"{state.facet}-{UNSURE}"] = state.unsure
        page = next((page for part, page in ways.items() if part in given and page in flow.by_page), None)
        if page is None:
            return state
        state = flow.by_page[page]


def check(knowledge: Knowledge, taken: Mapping[str, str]) -> Iterator[Fault]:
    """An old address must not be one at which a page stands today, or a section of an article. `taken` maps the
    addresses of pages to their files."""
    pages = {article.url.rstrip("/"): article for article in knowledge.articles}
    for article in knowledge.articles:
        for number, address in enumerate(article.redirects):
            path, _, section = address.partition("#")
            there = pages.get(path) if section else None
            if there:
                if section in {*there.sections, *there.other_anchors}:
                    yield article.fault(
                        ("redirects", number),
                        "address-in-use",
                        f"At '{address}' stands a section today ({there.path}).",
                        "Take the redirect out, or rename that section.",
                    )
                continue
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
