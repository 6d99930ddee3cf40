"""Everything that follows from the knowledge base, compiled once for each build."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from kb import assist, contact, explanation, flow, index, knowledge, link, lookup, redirect, remaining, source
from kb.article import FOLDERS, Article, Remedy
from kb.basis import Basis, compile_basis
from kb.explanation import Words
from kb.fault import Fault, FaultsError
from kb.flow import Flow, State
from kb.index import Index
from kb.knowledge import Knowledge
from kb.lookup import Group
from kb.map import PAGE as MAP_PAGE
from kb.map import Map, compile_map
from kb.memo import Memo
from kb.organisation import Organisation
from kb.redirect import FormerState, Moved, Redirect
from kb.settings import Extra, Trust
from kb.vocabulary import Notice
from kb.wording import Wording, adapt, wording

OFFLINE_MAP = "map-offline.html"
LARGEST_OFFLINE_MAP = 150_000
"""Bytes. A larger one helps nobody without network, and there is none then."""
SEARCH = "search.json"
PROGRAMS = ("robots.txt", "llms.txt")
FOR_HOSTS = ("_redirects", "_headers", "_nginx.conf", "_caddy")
"""What tells hosts where old addresses lead and which headers to send, in the words of each."""
PUBLISHED = ("catalogue.json", "catalogue.schema.json", *FOR_HOSTS, *PROGRAMS, OFFLINE_MAP, SEARCH)


@dataclass(frozen=True, slots=True)
class Site:
    knowledge: Knowledge
    indexes: tuple[Index, ...]
    numbers: tuple[Group, ...]
    """The error numbers by family; none where the site has none."""
    words: Words | None
    """What pages explain; None where the site has no glossary."""
    flow: Flow
    assist: Mapping[str, State]
    """The states of the flow in the words for helpers, by page, the first question first."""
    map: Map
    redirects: tuple[Redirect, ...]
    former_states: tuple[FormerState, ...]
    moved_sections: Mapping[str, tuple[Moved, ...]]
    """For articles, by slug, the sections that they no longer have."""
    today: date
    by_page: Mapping[str, Article]
    """Articles by the path of their Markdown file."""
    index_pages: frozenset[str]
    organisation: Organisation | None
    wording: Wording
    """For texts that are no articles; in articles it is done already."""
    trust: Trust
    basis: Basis

    def notices(self, article: Article) -> list[Notice]:
        """The announcements that the article shows, as long as they are true."""
        return [notice for notice in self.announcements(article) if notice.until >= self.today]

    @property
    def news(self) -> list[Notice]:
        """The announcements of the first page, as long as they are true."""
        return [one for one in self.knowledge.vocabulary.notices.values() if one.home and one.until >= self.today]

    def announcements(self, article: Article) -> list[Notice]:
        """Those that have ended too. A remedy has no facets: it shows what all the problems that name it show."""
        vocabulary, knowledge = self.knowledge.vocabulary, self.knowledge
        if not isinstance(article, Remedy):
            return vocabulary.notices_for(article.facets)
        shown = [vocabulary.notices_for(knowledge.by_slug[slug].facets) for slug in knowledge.solves[article.slug]]
        return [notice for notice in shown[0] if all(notice in others for others in shown)]


def compile_site(
    docs: Path, settings: Extra, today: date, settings_path: str = "mkdocs.yml", memo: Memo | None = None
) -> Site:
    """Read and compile everything. Raises FaultsError with the faults of all files.

    With the memo of an earlier time only what has changed since is done again, as far as that takes long.
    """
    memo = memo or Memo()
    pages = source.pages(docs)
    strange = contact.check(docs, pages, settings, memo)
    try:
        known = knowledge.load(docs, pages, memo)
    except FaultsError as error:
        raise FaultsError([*error.faults, *strange, *link.check(docs, pages, None, memo)]) from None
    words = wording(known.vocabulary, settings.organisation)
    known = adapt(known, words)
    numbers = lookup.compile_groups(known)
    indexes = index.compile_all(known, numbers)
    compiled = flow.compile_flow(known, settings.flow.pages, memo)
    assisting = MappingProxyType({state.page: state for state in assist.reword(compiled, known.vocabulary)})
    site = Site(
        knowledge=known,
        indexes=indexes,
        numbers=numbers,
        words=explanation.compile_words(known),
        flow=compiled,
        assist=assisting,
        map=compile_map(known, compiled),
        redirects=redirect.collect(known),
        former_states=redirect.former_states(known, compiled, assisting),
        moved_sections=redirect.moved_sections(known),
        today=today,
        by_page=MappingProxyType({article.page: article for article in known.articles}),
        index_pages=frozenset([index.OVERVIEW, REMEDIES_PAGE, *(page for one in indexes for page in one.pages)]),
        organisation=settings.organisation,
        wording=words,
        trust=settings.freshness,
        basis=compile_basis(docs, pages, known, today),
    )
    nowhere = link.check(docs, pages, frozenset(generated_pages(site)), memo)
    faults = [*strange, *nowhere, *_faults(site, settings, settings_path)]
    if faults:
        raise FaultsError(faults)
    return site


def _faults(site: Site, settings: Extra, settings_path: str) -> Iterator[Fault]:
    docs = site.knowledge.docs.name
    yield from flow.check(site.knowledge, site.flow, settings.flow, settings_path)
    yield from remaining.check(site.knowledge, site.flow)
    pages = generated_pages(site)
    for page in sorted(set(pages) & site.knowledge.written):
        yield Fault(
            f"{docs}/{page}",
            1,
            1,
            "generated-address",
            "At this address the engine puts a page of its own.",
            "Move or rename this file.",
        )
    taken = dict(_taken(site.knowledge, pages))
    yield from redirect.check(site.knowledge, taken)


def generated_pages(site: Site) -> list[str]:
    """The paths of the Markdown files that nobody writes."""
    facts = list(FACT_PAGES) if site.knowledge.facts else []
    states = [*(state.page for state in site.flow.states), *site.assist]
    words = [explanation.PAGE] if site.words else []
    lists = [index.OVERVIEW, *(page for one in site.indexes for page in one.pages), REMEDIES_PAGE]
    return [*states, MAP_PAGE, *lists, *words, *facts, FRESHNESS_PAGE]


FACT_PAGES = ("contributing/facts.md", "contributing/sources.md")
REMEDIES_PAGE = f"{FOLDERS['remedy']}/index.md"
FRESHNESS_PAGE = "contributing/freshness.md"


def _taken(known: Knowledge, pages: list[str]) -> Iterator[tuple[str, str]]:
    for page in (*known.written, *pages):
        yield flow.page_url(page), page
    for name in PUBLISHED:
        yield name, name
