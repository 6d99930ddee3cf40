"""A site that is built beside the one people look at, and put in its place when it is whole.

Twice: a build of all pages makes another folder, and the two change their names in one step. `mkdocs serve` makes only
some pages anew, in a folder that it does not expect to change, so there file after file takes its place.
"""

import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Set
from contextlib import suppress
from pathlib import Path

from kb import lock

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


class NextSite:
    """The next site on its way into the place of the shown one. For one folder there is one at a time.

    Whatever happens on the way, also to the process, the shown site stays as it was until `publish`. What is left lying
    is cleared by the next one. As with MkDocs, hidden entries at the top of the shown site belong to somebody else and
    stay, such as `.git`. Not for sites that are folders of their own to the system, such as a mounted disk.

    All methods raise OSError.
    """

    def __init__(self, shown: Path) -> None:
        # Where a link leads, so that it still leads there.
        self.shown = shown.resolve()
        self._folder, self._away, self._lock = (
            self.shown.with_name(f".{self.shown.name}.{role}") for role in ("next", "last", "lock")
        )
        self._held: int | None = None

    def begin(self, waiting: Callable[[], None]) -> Path:
        """An empty folder for the next site. Calls `waiting` before it waits for another process that has begun."""
        self.shown.parent.mkdir(parents=True, exist_ok=True)
        self._held = lock.take(self._lock, waiting)
        self._tidy()
        self._folder.mkdir()
        if self.shown.exists():
            shutil.copymode(self.shown, self._folder)
        return self._folder

    def publish(self) -> None:
        """Put it in its place."""
        if not self.shown.exists():
            self._folder.rename(self.shown)
        elif not _exchange(self._folder, self.shown):
            # For a moment there is no site. Whoever comes next puts the last one back if it stays so.
            self.shown.rename(self._away)
            self._folder.rename(self.shown)

    def end(self) -> None:
        """Let others begin. Leaves the shown site and nothing else, published or not."""
        if self._held is not None:
            self._tidy()
            lock.give_back(self._lock, self._held)
            self._held = None

    def _tidy(self) -> None:
        if self._away.exists():
            self._away.rename(self._folder if self.shown.exists() else self.shown)
        if self._folder.exists():
            if self.shown.exists():
                for entry in self._folder.glob(".*"):
                    if not (self.shown / entry.name).exists():
                        entry.rename(self.shown / entry.name)
            shutil.rmtree(self._folder, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change their names in one step. False if this system or this disk cannot do that."""
    first, second = os.fsencode(one), os.fsencode(other)
    arguments: tuple[int | bytes, ...]
    if sys.platform == "linux":
        # AT_FDCWD and RENAME_EXCHANGE of <fcntl.h> and <stdio.h>.
        name, arguments = "renameat2", (-100, first, -100, second, 2)
    elif sys.platform == "darwin":
        # RENAME_SWAP of <stdio.h>.
        name, arguments = "renamex_np", (first, second, 2)
    else:
        return False
    function = getattr(ctypes.CDLL(None), name, None)
    return function is not None and function(*arguments) == 0
