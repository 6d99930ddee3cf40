"""Says in Markdown what the changes since another state of the project do to readers. Not a MkDocs hook: `make impact`
and a workflow run it.

usage: python hooks/impact.py [--site DIR] [--preview URL] BASE

Builds the state BASE (a branch, tag or commit) with its own code, from a copy in a temporary folder, and the project
as it lies here. Exits with 1 if an address is lost or the content has faults, with 2 if BASE cannot be built.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Mapping
from os import environ
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from kb import impact, record, source
from kb.impact import Edition
from kb.record import Record
from kb.render import Renderer
from kb.source import Source

ROOT = Path(__file__).parent.parent
MOST = 100
"""How many lines a list has at most: GitHub takes 65,536 characters."""


class UnbuiltError(Exception):
    """Raised if a state of the project cannot be built; holds what the build said."""


def main() -> int:
    parser = argparse.ArgumentParser(description="Say what the changes since BASE do to readers.")
    parser.add_argument("base", metavar="BASE", help="a branch, tag or commit")
    parser.add_argument("--site", type=Path, metavar="DIR", help="keep the built site of today here")
    parser.add_argument("--preview", metavar="URL", default="http://127.0.0.1:8000/", help="where the site is shown")
    arguments = parser.parse_args()
    renderer = Renderer(ROOT / "overrides" / "markdown")
    # Both are built on one day, so that nothing differs but what was changed.
    day = {"SOURCE_DATE_EPOCH": environ.get("SOURCE_DATE_EPOCH") or str(int(time.time()))}
    with TemporaryDirectory() as folder:
        try:
            before = edition(unpack(arguments.base, Path(folder) / "base"), Path(folder) / "before", day)
        except UnbuiltError as error:
            print(f"'{arguments.base}' cannot be built to compare with:\n{error}", file=sys.stderr)
            return 2
        try:
            # Says the faults that keep the site from being built, without the words that MkDocs puts around them.
            run([sys.executable, "hooks/check.py", "--report"], ROOT, day)
            after = edition(ROOT, (arguments.site or Path(folder) / "after").absolute(), day)
        except UnbuiltError as error:
            print(renderer.render("impact-faults.md", report=str(error)))
            return 1
    found = impact.compare(before, after)
    print(renderer.render("impact.md", impact=found, preview=arguments.preview, most=MOST))
    return 1 if found.lost else 0


def unpack(base: str, folder: Path) -> Path:
    """A copy of a state of the project. Leaves the checkout and the list of worktrees as they are."""
    folder.mkdir()
    packed = folder / "base.zip"
    run(["git", "archive", "--format=zip", f"--output={packed}", "--end-of-options", base], ROOT, {})
    with ZipFile(packed) as files:
        files.extractall(folder)
    return folder


def edition(project: Path, folder: Path, day: Mapping[str, str]) -> Edition:
    """A state of the project, built by its own code."""
    # With the index of the theme's search, whatever the site itself searches with: the texts of all pages, by section.
    settings = project / "impact-build.yml"
    settings.write_text("INHERIT: mkdocs.yml\nplugins: [search]\n", encoding="utf-8")
    try:
        command = ["build", "--quiet", "--config-file", settings.name, "--site-dir", str(folder)]
        run([sys.executable, "-m", "mkdocs", *command], project, day)
    finally:
        settings.unlink()
    try:
        lines = run([sys.executable, "hooks/check.py", "--report"], project, day).splitlines()
    except UnbuiltError:
        # An older state may print no figures.
        lines = []
    figures = {name: value for name, _, value in (line.partition(": ") for line in lines)}
    return impact.read(folder, figures, recorded(project / "docs" / record.PATH))


def recorded(path: Path) -> list[str]:
    text = source.read(path) if path.exists() else None
    found = record.parse(text) if isinstance(text, Source) else None
    return list(found.lines) if isinstance(found, Record) else []


def run(command: list[str], folder: Path, day: Mapping[str, str]) -> str:
    # Nothing is left behind in the project, and nothing of another build is used.
    quiet = {"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1", "CACHE": "no"}
    try:
        done = subprocess.run(command, cwd=folder, env={**environ, **quiet, **day}, capture_output=True, text=True)  # noqa: S603 - ours
    except OSError as error:
        raise UnbuiltError(str(error)) from None
    if done.returncode:
        raise UnbuiltError((done.stdout + done.stderr).strip())
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
