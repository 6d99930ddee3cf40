"""Marks of a program: its files, and the packages that it has. Another version has other ones."""

import os
import sys
import zlib
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple


def packages() -> list[str]:
    """Python and all installed packages with their versions, as the names of their folders say.

    Not their files: who changes those in place changes no version.
    """
    folders = (Path(entry or ".") for entry in sys.path)
    found = sorted({info.name for folder in folders for info in folder.glob("*.dist-info")})
    # Another zlib compresses the same text in another way.
    return [sys.version, sys.platform, zlib.ZLIB_RUNTIME_VERSION, *found]


def files(paths: Iterable[Path]) -> list[tuple[str, str]]:
    """What is in each as a digest, with its path. Folders are left out. Raises OSError."""
    return [(str(path), digest(path.read_bytes())) for path in sorted(set(paths)) if path.is_file()]


def unharmed(file: Path, known: str) -> bytes | None:
    """What is in the file, if it still has the digest that it had."""
    try:
        data = file.read_bytes()
    except OSError:
        return None
    return data if digest(data) == known else None


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return sha256(data).hexdigest()


class State(NamedTuple):
    """A file as it looks from outside. Whoever writes to it leaves another time or size."""

    path: str
    changed: int
    size: int


def states(place: Path, *, but: str = "\0") -> list[State]:
    """Of the file that is there, or of all below the folder that is, but for names with this end."""
    names = [str(place)] if place.is_file() else []
    for folder, _, inside in os.walk(place, followlinks=True):
        names += [f"{folder}{os.sep}{name}" for name in inside if not name.endswith(but)]
    found: list[State] = []
    for name in sorted(names):
        # It may be gone by now.
        with suppress(OSError):
            seen = Path(name).stat()
            found.append(State(name, seen.st_mtime_ns, seen.st_size))
    return found
