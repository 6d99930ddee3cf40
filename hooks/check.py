"""Checks the content alone, without building pages. Not a MkDocs hook: `make check`, `make report` and `make addresses`
run it.

usage: python hooks/check.py [--report | --record] [DIR]
"""

import argparse
import sys
from pathlib import Path

from kb import day, figures, record, redirect, settings
from kb.fault import FaultsError
from kb.site import Site, compile_site


def main() -> int:
    parser = argparse.ArgumentParser(description="Check the content of a site.")
    parser.add_argument(
        "directory", type=Path, nargs="?", default=Path(__file__).parent.parent, help="where mkdocs.yml and docs are"
    )
    parser.add_argument("--report", action="store_true", help="print the figures of the knowledge base and its flow")
    parser.add_argument("--record", action="store_true", help=f"add the addresses of today to {record.PATH}")
    arguments = parser.parse_args()
    try:
        site = compile_site(
            arguments.directory / "docs", settings.read(arguments.directory / "mkdocs.yml"), day.today()
        )
    except FaultsError as error:
        print(error)
        return 1
    if arguments.report:
        for name, value in figures.lines(site):
            print(f"{name}: {value}")
    elif arguments.record:
        added = record_addresses(site)
        print(f"{added} addresses are new in {site.knowledge.docs.name}/{record.PATH}.")
    else:
        known = site.knowledge
        count = f"{len(known.problems)} problems, {len(known.remedies)} remedies, {len(known.references)} references"
        print(f"No fault in {count}.")
    return 0


def record_addresses(site: Site) -> int:
    """Write the record with the addresses of today, and say how many are new."""
    known = site.knowledge
    today = set(redirect.addresses(known, site.flow))
    recorded = known.record.lines.keys()
    (known.docs / record.PATH).write_text(record.text(today | recorded), encoding="utf-8")
    return len(today - recorded)


if __name__ == "__main__":
    sys.exit(main())
