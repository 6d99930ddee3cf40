"""The ledger of facts: what is known, from where, and whether it still holds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kb import table
from kb.article import Article
from kb.fault import Fault, did_you_mean
from kb.source import Source

PATH = "ledger.csv"
LIVE = frozenset({"current", "renamed"})
UNTOLD = frozenset({"untold", "superseded", "obsolete"})
"""Told under no number; each row says why not."""
STATUSES = LIVE | UNTOLD | {"duplicate"}
COLUMNS = ("id", "source", "section", "audience", "kind", "fact", "status", "merged_into", "note")


@dataclass(frozen=True, slots=True)
class Fact:
    """One row. A live fact is said on exactly one article, any other on none."""

    id: str
    source: str
    section: str
    audience: str
    kind: str
    fact: str
    status: str
    merged_into: str
    note: str
    line: int

    @property
    def live(self) -> bool:
        return self.status in LIVE


def parse(source: Source) -> tuple[Fact, ...] | list[Fault]:
    table_rows, faults = table.parse(source, COLUMNS)
    rows = [Fact(**row, line=line) for line, row in table_rows]
    seen: dict[str, Fact] = {}
    for fact in rows:
        if fact.id in seen:
            faults.append(
                Fault(
                    source.path,
                    fact.line,
                    1,
                    "duplicate-fact",
                    f"'{fact.id}' is also in line {seen[fact.id].line}.",
                    "Give it a new number.",
                )
            )
        if fact.status not in STATUSES:
            faults.append(
                Fault(
                    source.path,
                    fact.line,
                    1,
                    "unknown-status",
                    f"'{fact.status}' is no status of a fact.",
                    did_you_mean(fact.status, STATUSES),
                )
            )
        if fact.status in UNTOLD and not fact.note:
            faults.append(
                Fault(
                    source.path,
                    fact.line,
                    1,
                    "no-reason",
                    f"'{fact.id}' is {fact.status}, and nothing says why.",
                    "Write the reason under 'note'.",
                )
            )
        seen.setdefault(fact.id, fact)
    for fact in rows:
        if fact.merged_into and fact.merged_into not in seen:
            faults.append(
                Fault(
                    source.path,
                    fact.line,
                    1,
                    "unknown-fact",
                    f"'{fact.merged_into}', into which '{fact.id}' was merged, is not in the ledger.",
                )
            )
    return faults or tuple(rows)


def owners(articles: Iterable[Article]) -> Mapping[str, list[Article]]:
    """Which articles say each fact."""
    found: dict[str, list[Article]] = {}
    for article in articles:
        for fact in article.facts:
            found.setdefault(fact, []).append(article)
    return found


def check_facts(facts: tuple[Fact, ...], articles: Iterable[Article], path: str) -> Iterator[Fault]:
    """Live facts that no article says."""
    said = owners(articles)
    for fact in facts:
        if fact.live and fact.id not in said:
            yield Fault(
                path,
                fact.line,
                1,
                "fact-not-said",
                f"No article says {fact.id}: {fact.fact}",
                "Say it on one article and name it in its 'facts'.",
            )


def check_articles(facts: tuple[Fact, ...], articles: Iterable[Article]) -> Iterator[Fault]:
    """Articles that say what the ledger does not have, what no longer holds, or what another article says."""
    known = {fact.id: fact for fact in facts}
    for id_, saying in owners(articles).items():
        first = saying[0]
        for article in saying:
            where = ("facts", article.facts.index(id_))
            if id_ not in known:
                yield article.fault(where, "unknown-fact", f"'{id_}' is not in the ledger.", did_you_mean(id_, known))
            elif not known[id_].live:
                fact = known[id_]
                winner = f" Use {fact.merged_into}." if fact.merged_into else ""
                yield article.fault(
                    where,
                    "fact-not-live",
                    f"{id_} is {fact.status}; no article may say it.",
                    f"Take it out.{winner}",
                )
            if article is not first:
                yield article.fault(
                    where,
                    "fact-said-twice",
                    f"{id_} is already said by '{first.slug}'.",
                    "Link to that article instead.",
                )
