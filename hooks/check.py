"""Checks the content alone, without building pages: `make check`. Not a MkDocs hook.

usage: python hooks/check.py [--docs DIR]
"""

import argparse
import sys
from pathlib import Path

from kb import knowledge
from kb.fault import FaultsError


def main() -> int:
    parser = argparse.ArgumentParser(description="Check the content.")
    parser.add_argument("--docs", type=Path, default=Path(__file__).parent.parent / "docs", help="the folder with the articles")
    arguments = parser.parse_args()
    try:
        known = knowledge.load(arguments.docs)
    except FaultsError as error:
        print(error)
        return 1
    print(f"{len(known.problems)} problems, {len(known.remedies)} remedies and {len(known.references)} references: no fault.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
