"""What has to be looked at again: articles by their dates, announcements that end, sources that time has overtaken.

Nothing here is a fault of the build: a site does not break overnight. The faults are those of `make fresh`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from kb import knowledge, ledger, vocabulary
from kb.article import Article
from kb.fault import Fault, FaultsError
from kb.ledger import Fact
from kb.matter import Matter
from kb.origin import Origin
from kb.site import Site
from kb.vocabulary import Notice

_YEAR = re.compile(r"(?<![\w.:/+-])(?:19|20)\d\d(?!\w)")
"""A year in a sentence; not the end of a longer number, an address or a version."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """A notice of the vocabulary with the articles that show it. They depend on the day on which it ends."""

    name: str
    notice: Notice
    articles: tuple[Article, ...]

    @property
    def too_late(self) -> tuple[Article, ...]:
        """Those that nobody has to check before it ends."""
        return tuple(article for article in self.articles if article.review_by > self.notice.until)


@dataclass(frozen=True, slots=True)
class Rest:
    """A source, and what rests on it. Its articles are those to which no newer source has added anything."""

    origin: Origin
    facts: int
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A fact that speaks of a later year than its source could know: a plan, an announcement, a forecast."""

    fact: Fact
    origin: Origin
    year: int
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Freshness:
    """All of it on one day, in the order of the days by which somebody has to look."""

    today: date
    horizon: date
    """The last day of which `make fresh` warns."""
    articles: tuple[Article, ...]
    announcements: tuple[Announcement, ...]
    rests: tuple[Rest, ...]
    """The oldest source first."""
    claims: tuple[Claim, ...]

    def overdue(self, day: date) -> bool:
        return day < self.today

    def due(self, day: date) -> bool:
        """Whether the day comes within the time of warning."""
        return self.today <= day <= self.horizon


class Faults(NamedTuple):
    """What should have been looked at by now, and what is to be looked at soon, which is no reason to fail."""

    overdue: tuple[Fault, ...]
    due: tuple[Fault, ...]


def look(site: Site) -> Freshness:
    """Look at a site on the day for which it was compiled."""
    known = site.knowledge
    shown = {one.slug: site.announcements(one) for one in known.articles}
    announcements = [
        Announcement(name, notice, tuple(one for one in known.articles if notice in shown[one.slug]))
        for name, notice in known.vocabulary.notices.items()
    ]
    return Freshness(
        today=site.today,
        horizon=site.today + timedelta(days=site.trust.ahead),
        articles=tuple(sorted(known.articles, key=lambda one: (one.review_by, one.page))),
        announcements=tuple(sorted(announcements, key=lambda one: (one.notice.until, one.name))),
        rests=tuple(_rests(known.facts, known.origins, known.articles)),
        claims=tuple(_claims(known.facts, known.origins, known.articles)),
    )


def _rests(facts: Iterable[Fact], origins: Iterable[Origin], articles: Iterable[Article]) -> Iterator[Rest]:
    source = {fact.id: fact.source for fact in facts if fact.live}
    dated = sorted((origin for origin in origins if origin.date), key=lambda origin: (origin.date, origin.key))
    rank = {origin.key: number for number, origin in enumerate(dated)}
    newest: dict[int, list[Article]] = {}
    for article in articles:
        ranks = [rank[source[fact]] for fact in article.facts if source.get(fact) in rank]
        if ranks:
            newest.setdefault(max(ranks), []).append(article)
    told = list(source.values())
    for number, origin in enumerate(dated):
        yield Rest(origin, told.count(origin.key), tuple(newest.get(number, ())))


def _claims(facts: Iterable[Fact], origins: Iterable[Origin], articles: Iterable[Article]) -> Iterator[Claim]:
    dated = {origin.key: origin for origin in origins if origin.date[:4].isdecimal()}
    owners = ledger.owners(articles)
    for fact in facts:
        origin = dated.get(fact.source)
        if fact.live and origin:
            later = [year for year in map(int, _YEAR.findall(fact.fact)) if year > int(origin.date[:4])]
            if later:
                yield Claim(fact, origin, min(later), tuple(owners.get(fact.id, ())))


def faults(site: Site) -> Faults:
    """What `make fresh` says. Raises FaultsError if the vocabulary has changed since and cannot be read any more."""
    fresh, docs = look(site), site.knowledge.docs
    read = knowledge.read_vocabulary(docs)
    if isinstance(read, list):
        raise FaultsError(read)
    _, places = read
    return Faults(
        tuple(sorted(_overdue(fresh, docs.name, places))),
        tuple(sorted(_due(fresh, docs.name, places))),
    )


def _overdue(fresh: Freshness, docs: str, places: Matter) -> Iterator[Fault]:
    for article in fresh.articles:
        if fresh.overdue(article.review_by):
            yield _review(article, "review-overdue", f"This was to be checked again by {article.review_by}.")
    for one in fresh.announcements:
        if fresh.overdue(one.notice.until):
            place = (f"{docs}/{vocabulary.PATH}", *places.place(("notices", one.name, "until")))
            yield Fault(
                *place,
                "notice-overdue",
                f"The announcement '{one.notice.title}' ended on {one.notice.until}. "
                f"Pages that had it: {len(one.articles)}.",
                "Say there what is true now, then take the announcement out.",
            )


def _due(fresh: Freshness, docs: str, places: Matter) -> Iterator[Fault]:
    for article in fresh.articles:
        if fresh.due(article.review_by):
            yield _review(article, "review-due", f"This is to be checked again by {article.review_by}.")
    for one in fresh.announcements:
        if fresh.due(one.notice.until):
            place = (f"{docs}/{vocabulary.PATH}", *places.place(("notices", one.name, "until")))
            yield Fault(
                *place,
                "notice-due",
                f"The announcement '{one.notice.title}' ends on {one.notice.until}. "
                f"Pages that have it: {len(one.articles)}.",
                "Prepare what they say afterwards.",
            )
    for claim in fresh.claims:
        if claim.year <= fresh.today.year:
            yield Fault(
                f"{docs}/{ledger.PATH}",
                claim.fact.line,
                1,
                "claim-due",
                f"{claim.fact.id} speaks of {claim.year}, its source is of {claim.origin.date}.",
                "See whether it came true, and name a newer source.",
            )


def _review(article: Article, code: str, sentence: str) -> Fault:
    return article.fault(("review_by",), code, sentence, "Check it, then set 'reviewed' and 'review_by'.")
