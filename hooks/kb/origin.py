"""Where facts come from: the sources that the ledger names, how sure they are, and what their licences ask for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from kb import table
from kb.article import Article
from kb.fault import Fault, did_you_mean
from kb.ledger import Fact
from kb.source import Source

PATH = "sources.csv"
COLUMNS = (
    "key",
    "title",
    "date",
    "publisher",
    "product_era",
    "licence",
    "licence_url",
    "credit",
    "repository",
    "path",
    "certainty",
    "note",
)
FIRM = "firm"
CERTAINTIES = frozenset({FIRM, "old", "second-hand"})
LONGEST = timedelta(days=92)
"""From one review to the next where an article says what is not firm: a quarter of a year."""


@dataclass(frozen=True, slots=True)
class Origin:
    """One source. The ledger's facts name it by its key, and are as certain as it is.

    The date is the one that the source gives for itself; it is empty where it gives none.
    """

    key: str
    title: str
    date: str
    publisher: str
    product_era: str
    licence: str
    licence_url: str
    credit: str
    repository: str
    path: str
    certainty: str
    note: str


def parse(source: Source) -> tuple[Origin, ...] | list[Fault]:
    rows, faults = table.parse(source, COLUMNS)
    seen: dict[str, int] = {}
    for line, row in rows:
        first = seen.setdefault(row["key"], line)
        if first != line:
            faults.append(
                Fault(
                    source.path,
                    line,
                    1,
                    "duplicate-source",
                    f"'{row['key']}' is also in line {first}.",
                    "Keep one of the two.",
                )
            )
        if row["certainty"] not in CERTAINTIES:
            faults.append(
                Fault(
                    source.path,
                    line,
                    1,
                    "unknown-certainty",
                    f"'{row['certainty']}' does not say how certain a source is.",
                    did_you_mean(row["certainty"], CERTAINTIES),
                )
            )
    return faults or tuple(Origin(**row) for _, row in rows)


def certainties(facts: Iterable[Fact], origins: Iterable[Origin]) -> dict[str, str]:
    """How certain each fact is that is not firm, by its id."""
    known = {origin.key: origin.certainty for origin in origins}
    found = {fact.id: known.get(fact.source, FIRM) for fact in facts}
    return {id_: certainty for id_, certainty in found.items() if certainty != FIRM}


def check(facts: Iterable[Fact], origins: Iterable[Origin], path: str) -> Iterator[Fault]:
    """Facts whose source nobody describes. `path` is the ledger's."""
    known = {origin.key for origin in origins}
    for fact in facts:
        if fact.source not in known:
            yield Fault(
                path,
                fact.line,
                1,
                "unknown-source",
                f"'{fact.source}' is not a source.",
                did_you_mean(fact.source, known),
            )


def check_articles(facts: Iterable[Fact], origins: Iterable[Origin], articles: Iterable[Article]) -> Iterator[Fault]:
    """Articles that say what is not firm, and are not looked at again soon."""
    doubtful = certainties(facts, origins)
    for article in articles:
        said = next((fact for fact in article.facts if fact in doubtful), None)
        if said and article.review_by - article.reviewed > LONGEST:
            yield article.fault(
                ("review_by",),
                "review-too-late",
                f"The source of {said} is {doubtful[said]}, and {article.review_by} is more than {LONGEST.days} days "
                f"after 'reviewed' ({article.reviewed}).",
                f"Confirm {said} and give it a firm source, or set an earlier day.",
            )
