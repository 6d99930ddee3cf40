"""Writes the whole site as ordinary Markdown that any generator can build. Not a MkDocs hook: `make generate` runs it.

usage: python hooks/generate.py [--config FILE] FOLDER

Replaces a folder that it has written itself, and touches no other that holds anything.
"""

import argparse
import sys
from pathlib import Path

from kb import configuration, day, export, memory, settings
from kb.beside import NextSite
from kb.fault import FaultsError
from kb.site import OFFLINE_MAP, compile_site

PROJECT = Path(__file__).parent.parent
TEMPLATES = PROJECT / "overrides"
MARK = "GENERATED.txt"
SAYS = "Written by `make generate`. The next run into this folder replaces everything in it.\n"


class RefusedError(Exception):
    """Raised if nothing may be written to a folder; says why."""


def main() -> int:
    parser = argparse.ArgumentParser(description="Write the whole site as Markdown that any generator can build.")
    parser.add_argument("folder", help="where to; it must be empty, or written by this program")
    parser.add_argument("--config", type=Path, default=PROJECT / "mkdocs.yml", help="the settings of the site")
    arguments = parser.parse_args()
    try:
        print(generate(arguments.config.absolute(), arguments.folder))
    except (FaultsError, RefusedError) as error:
        print(error)
        return 1
    except OSError as error:
        print(f"'{arguments.folder}' cannot be written: {error.strerror or error}.")
        return 1
    return 0


def generate(config: Path, named: str) -> str:
    """Check everything, write it beside the folder, then put it in its place. Returns what to say at the end."""
    docs = config.parent / "docs"
    out = place(named, docs)
    with memory.growing():
        site = compile_site(docs, settings.read(config), day.today(), config.name)
        known = configuration.read(config)
        texts = dict(export.texts(site, TEMPLATES, known))
        pages = dict(export.pages(site, TEMPLATES, offline_map=OFFLINE_MAP in texts))
    copied = export.assets(docs, known.value("exclude_docs"))
    beside = NextSite(out)
    try:
        new = beside.begin(lambda: print("Waiting for another `make generate` into this folder.", file=sys.stderr))
        for name in copied:
            write(new / "docs" / name, (docs / name).read_bytes())
        for name, text in (pages | texts).items():
            write(new / "docs" / name, f"{text.rstrip()}\n".encode())
        write(new / "mkdocs.yml", known.elsewhere().encode())
        write(new / MARK, SAYS.encode())
        beside.publish()
    finally:
        beside.end()
    return f"{len(pages)} pages and {len(copied) + len(texts)} other files are in '{named}'."


def place(named: str, docs: Path) -> Path:
    """The folder to write, which may not be there yet. Raises RefusedError."""
    if not named:
        raise RefusedError("Say which folder to write: make generate OUT=folder.")
    out = Path(named).resolve()
    if out.exists() and not out.is_dir():
        raise RefusedError(f"'{named}' is a file. Name a folder.")
    if out.exists() and not (out / MARK).is_file() and any(out.iterdir()):
        raise RefusedError(
            f"'{named}' is not empty, and `make generate` has not written it. Empty it, or name another folder."
        )
    if out.is_relative_to(docs.resolve()):
        raise RefusedError(f"'{named}' lies in '{docs.name}', from which it would be made. Name a folder elsewhere.")
    return out


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


if __name__ == "__main__":
    sys.exit(main())
