"""Renews what editors know about front matter. Not a MkDocs hook: `make schema` and `make check` run it.

usage: python hooks/editor.py [DIR]
"""

import argparse
import sys
from pathlib import Path

from kb import editor, knowledge
from kb.fault import FaultsError


def main() -> int:
    parser = argparse.ArgumentParser(description="Renew the schemas and snippets for editors.")
    parser.add_argument(
        "directory", type=Path, nargs="?", default=Path(__file__).parent.parent, help="where docs is, and the files go"
    )
    directory = parser.parse_args().directory
    try:
        made = editor.files(knowledge.load(directory / "docs"))
    except FaultsError as error:
        print(error)
        return 1
    for name, text in made.items():
        path = directory / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"Renewed {name} for editors. Commit it too.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
