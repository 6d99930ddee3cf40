"""Where facts come from: the sources that the ledger names, with what their licences ask for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb import table
from kb.fault import Fault, did_you_mean
from kb.ledger import Fact
from kb.source import Source

PATH = "sources.csv"
COLUMNS = ("key", "title", "date", "publisher", "product_era", "licence", "licence_url", "credit", "repository", "note")


@dataclass(frozen=True, slots=True)
class Origin:
    """One source. The ledger's facts name it by its key."""

    key: str
    title: str
    date: str
    publisher: str
    product_era: str
    licence: str
    licence_url: str
    credit: str
    repository: str
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
    return faults or tuple(Origin(**row) for _, row in rows)


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
