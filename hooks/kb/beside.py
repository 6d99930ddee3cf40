"""A site that is built beside the one people look at, and put in its place when it is whole."""

import os
import shutil
from collections.abc import Set
from contextlib import suppress
from pathlib import Path

NAME = ".next"
"""The folder of the next site, in that of the shown one: MkDocs takes both away at the end, and cleans neither."""


def prepare(shown: Path) -> Path:
    """An empty folder for the next site."""
    folder = shown / NAME
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def publish(shown: Path, before: Set[str], same: Set[str]) -> frozenset[str]:
    """Put the files of the next site in their places, and take away those that it does not have.

    `before` are the files that were shown, `same` those of them that stay, though nobody built them again; all as paths
    with slashes below the folder. Returns the files that are shown now. Not for folders that somebody else writes to.
    """
    folder = shown / NAME
    built = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    for gone in before - built - same:
        path = shown / gone
        path.unlink(missing_ok=True)
        with suppress(OSError):  # raised at the first folder that still holds something
            os.removedirs(path.parent)
    _move(folder, shown)
    shutil.rmtree(folder)
    return frozenset(built | same)


def _move(source: Path, target: Path) -> None:
    for entry in source.iterdir():
        place = target / entry.name
        if entry.is_dir() and place.is_dir():
            _move(entry, place)
        else:
            entry.replace(place)
