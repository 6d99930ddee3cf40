"""Marks of a program: its files, and the packages that it has. Another version has other ones."""

import sys
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path


def packages() -> list[str]:
    """Python and all installed packages with their versions, as the names of their folders say.

    Not their files: who changes those in place changes no version.
    """
    folders = (Path(entry or ".") for entry in sys.path)
    return [
        sys.version,
        sys.platform,
        *sorted({info.name for folder in folders for info in folder.glob("*.dist-info")}),
    ]


def files(paths: Iterable[Path]) -> list[tuple[str, str]]:
    """What is in each as a digest, with its path. Folders are left out. Raises OSError."""
    return [(str(path), digest(path.read_bytes())) for path in sorted(set(paths)) if path.is_file()]


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return sha256(data).hexdigest()
