"""Lists what has to be looked at again. Not a MkDocs hook: `make fresh` runs it, and a workflow once a week.

usage: python hooks/fresh.py [DIR]

Fails if something is overdue. SOURCE_DATE_EPOCH in the environment sets the day.
"""

import argparse
import sys
from pathlib import Path

from kb import day, freshness, settings
from kb.fault import FaultsError
from kb.site import compile_site


def main() -> int:
    parser = argparse.ArgumentParser(description="List what has to be looked at again.")
    parser.add_argument(
        "directory", type=Path, nargs="?", default=Path(__file__).parent.parent, help="where mkdocs.yml and docs are"
    )
    directory = parser.parse_args().directory
    try:
        site = compile_site(directory / "docs", settings.read(directory / "mkdocs.yml"), day.today())
        overdue, due = freshness.faults(site)
    except FaultsError as error:
        print(error)
        return 1
    for fault in (*overdue, *due):
        print(fault)
    print(f"On {site.today}: {len(overdue)} overdue, {len(due)} due soon.")
    return 1 if overdue else 0


if __name__ == "__main__":
    sys.exit(main())
