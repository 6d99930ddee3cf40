"""Begins a new article. Not a MkDocs hook: `make new` runs it.

usage: python hooks/new.py [--kind KIND] [--title TITLE] [--slug SLUG] [DIR]

What is not given, as an argument or in KIND, TITLE and SLUG of the environment, is asked for.
"""

import argparse
import sys
from collections.abc import Mapping
from os import environ
from pathlib import Path
from typing import get_args

from kb import day, draft, knowledge, settings
from kb.article import Kind
from kb.blank import BLANK
from kb.draft import Draft
from kb.fault import FaultsError, did_you_mean
from kb.render import Renderer

ROOT = Path(__file__).parent.parent
KINDS: Mapping[str, Kind] = {kind: kind for kind in get_args(Kind)}
EXPLAINED = """\
A problem is one trouble as the person sees it.
A remedy is one thing to try; problems name it.
A reference is background that problems link to."""


def main() -> int:
    parser = argparse.ArgumentParser(description="Begin a new article.")
    parser.add_argument("directory", type=Path, nargs="?", default=ROOT, help="where mkdocs.yml and docs are")
    parser.add_argument("--kind", default=environ.get("KIND", ""), help=f"one of {', '.join(KINDS)}")
    parser.add_argument("--title", default=environ.get("TITLE", ""), help="the title, in the person's words")
    parser.add_argument("--slug", default=environ.get("SLUG", ""), help="the last part of its address")
    given = parser.parse_args()
    try:
        return begin(given.directory, given.kind.strip(), given.title.strip(), given.slug.strip())
    except FaultsError as error:
        print(error)
    except (EOFError, KeyboardInterrupt):
        print('\nNothing was written. Without questions: make new KIND=problem TITLE="What the person says"')
    return 1


def begin(directory: Path, kind: str, title: str, slug: str) -> int:
    """Ask for what is not given, and write the file. What was given is not asked again: if it will not do, it ends."""
    if kind and kind not in KINDS:
        print(f"'{kind}' is no kind of article. {did_you_mean(kind, KINDS)}")
        return 1
    docs = directory / "docs"
    words = knowledge.read_vocabulary(docs)
    if isinstance(words, list):
        raise FaultsError(words)
    days = settings.read(directory / "mkdocs.yml").freshness.every
    taken, renderer = draft.titles(docs), Renderer(ROOT / "overrides/markdown")
    chosen = KINDS[kind or ask_for_kind()]
    while True:
        said = title or input("Title, in the person's words: ").strip()
        address = slug or draft.slug_of(said, taken)
        if not title and not slug:
            address = input(f"Last part of its address [{address}]: ").strip() or address
        made = draft.write(chosen, said, address, docs, words[0], day.today(), days, renderer)
        if isinstance(made, Draft):
            break
        print("\n".join(map(str, made)))
        if title:
            print("Nothing was written. SLUG=two-or-three-words chooses the last part of the address.")
            return 1
    path = docs / made.page
    path.parent.mkdir(exist_ok=True)
    # "x": whatever has been put there in the meantime stays.
    with path.open("x", encoding="utf-8", newline="\n") as stream:
        stream.write(made.text)
    print(f"Wrote {docs.name}/{made.page}. Write in the place of every {BLANK} there, then run 'make check'.")
    return 0


def ask_for_kind() -> str:
    print(EXPLAINED)
    while (answer := input(f"Kind ({', '.join(KINDS)}): ").strip().lower()) not in KINDS:
        print(did_you_mean(answer, KINDS))
    return answer


if __name__ == "__main__":
    sys.exit(main())
