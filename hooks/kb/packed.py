"""Compressed copies beside the files of a built site, for web servers that send those as they are."""

import gzip
from pathlib import Path

from kb import stamp
from kb.kept import Kept

TEXTS = frozenset({".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".md"})
"""Pictures are compressed already, and source maps are for those who take a script apart."""
SMALLEST = 1000
"""Bytes. Less fits into one packet as it is."""
LEVEL = 6
"""The best, 9, takes twice as long for half a per cent."""


def pack(folder: Path, last: Path | None = None, kept: Kept | None = None) -> tuple[int, int]:
    """Lay a copy with .gz behind its name beside each text. Returns the bytes of the texts, and of their copies.

    The copy depends on nothing but the text, so two builds stay the same: no name and no time is in it. It is taken
    from the last site, if `kept` says that it was made of the same text there, and if nobody has touched it.
    """
    last, kept = last or folder, kept or Kept()
    before = after = 0
    for path in sorted(folder.rglob("*")):
        if path.suffix in TEXTS and path.stat().st_size >= SMALLEST and path.is_file():
            text = path.read_bytes()
            name = f"{path.relative_to(folder).as_posix()}.gz"
            made_of = stamp.digest(text)
            known = kept.recall(name, made_of)
            copy = stamp.unharmed(last / name, known) if known else None
            if copy is None:
                copy = gzip.compress(text, LEVEL, mtime=0)
                kept.keep(name, made_of, stamp.digest(copy))
            (folder / name).write_bytes(copy)
            before, after = before + len(text), after + len(copy)
    return before, after
