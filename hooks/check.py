"""Checks the content alone, without building pages. Not a MkDocs hook: `make check`, `make report` and `make addresses`
run it.

usage: python hooks/check.py [--fix | --report | --record] [DIR]
"""

import argparse
import sys
from pathlib import Path

from kb import day, figures, language, overlap, record, redirect, settings
from kb.fault import Fault, FaultsError, report
from kb.site import Site, compile_site

PROJECT = Path(__file__).parent.parent
LINTERS = PROJECT / "pyproject.toml"


def main() -> int:
    parser = argparse.ArgumentParser(description="Check the content of a site.")
    parser.add_argument("directory", type=Path, nargs="?", default=PROJECT, help="where mkdocs.yml and docs are")
    parser.add_argument("--fix", action="store_true", help="mend first what can be mended by itself")
    parser.add_argument("--report", action="store_true", help="print the figures of the knowledge base and its flow")
    parser.add_argument("--record", action="store_true", help=f"add the addresses of today to {record.PATH}")
    arguments = parser.parse_args()
    docs = arguments.directory / "docs"
    if arguments.fix:
        for path in language.mend(docs, LINTERS):
            print(f"Mended {path}.")
    words = [] if arguments.report or arguments.record else language.check(docs, LINTERS)
    try:
        site = compile_site(docs, settings.read(arguments.directory / "mkdocs.yml"), day.today())
    except FaultsError as error:
        print(report([*words, *error.faults]))
        return 1
    if arguments.report:
        for name, value in figures.lines(site):
            print(f"{name}: {value}")
    elif arguments.record:
        added = record_addresses(site)
        print(f"{added} addresses are new in {site.knowledge.docs.name}/{record.PATH}.")
    else:
        conclude(site, words)
    return 1 if words else 0


def conclude(site: Site, faults: list[Fault]) -> None:
    """Print what was found in a site that can be built. Hints are no faults: a person decides."""
    known = site.knowledge
    count = f"{len(known.problems)} problems, {len(known.remedies)} remedies, {len(known.references)} references"
    print(report(faults) if faults else f"No fault in {count}.")
    for hint in overlap.hints(known):
        print(f"Worth a look: {hint}")


def record_addresses(site: Site) -> int:
    """Write the record with the addresses of today, and say how many are new."""
    known = site.knowledge
    today = set(redirect.addresses(known, site.flow))
    recorded = known.record.lines.keys()
    (known.docs / record.PATH).write_text(record.text(today | recorded), encoding="utf-8")
    return len(today - recorded)


if __name__ == "__main__":
    sys.exit(main())
