"""Checks the content alone, without building pages. Not a MkDocs hook: `make check` and `make report` run it.

usage: python hooks/check.py [--report] [DIR]
"""

import argparse
import sys
from pathlib import Path

from kb import day, figures, settings
from kb.fault import FaultsError
from kb.site import compile_site


def main() -> int:
    parser = argparse.ArgumentParser(description="Check the content of a site.")
    parser.add_argument(
        "directory", type=Path, nargs="?", default=Path(__file__).parent.parent, help="where mkdocs.yml and docs are"
    )
    parser.add_argument("--report", action="store_true", help="print the figures of the knowledge base and its flow")
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
    else:
        known = site.knowledge
        count = f"{len(known.problems)} problems, {len(known.remedies)} remedies, {len(known.references)} references"
        print(f"No fault in {count}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
