"""Compressed copies beside the files of a built site, for web servers that send those as they are."""

import gzip
from pathlib import Path

TEXTS = frozenset({".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".md"})
"""Pictures are compressed already, and source maps are for those who take a script apart."""
SMALLEST = 1000
"""Bytes. Less fits into one packet as it is."""
LEVEL = 6
"""The best, 9, takes twice as long for half a per cent."""


def pack(folder: Path) -> tuple[int, int]:
    """Lay a copy with .gz behind its name beside each text. Returns the bytes of the texts, and of their copies.

    The copy depends on nothing but the text, so two builds stay the same: no name and no time is in it.
    """
    before = after = 0
    for path in sorted(folder.rglob("*")):
        if path.suffix in TEXTS and path.stat().st_size >= SMALLEST and path.is_file():
            text = path.read_bytes()
            copy = gzip.compress(text, LEVEL, mtime=0)
            path.with_name(f"{path.name}.gz").write_bytes(copy)
            before, after = before + len(text), after + len(copy)
    return before, after
