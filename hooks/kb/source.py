"""Files as text, or the reason why not."""

import os
from codecs import BOM_UTF8
from collections.abc import Mapping
from dataclasses import dataclass
from os.path import splitext
from pathlib import Path
from types import MappingProxyType

from kb.fault import Fault

LARGEST = 1_000_000
"""Bytes. An article of this size is a mistake, such as a picture saved under the wrong name."""


MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkdn", ".mkd"})
"""Ends of the names of files that MkDocs takes for pages."""


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one file. Line ends are always \\n and there is no byte order mark."""

    path: str
    """As a person names it: with the docs folder in front."""
    text: str


def read(file: Path, path: str = "") -> Source | Fault:
    """Read a file that reports call `path`. A byte order mark and Windows line ends are accepted and dropped."""
    path = path or file.name
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        return Fault(path, 1, 1, "unreadable-file", f"The file cannot be read: {error.strerror or error}.")
    if len(data) > LARGEST:
        return Fault(
            path,
            1,
            1,
            "file-too-large",
            f"The file has more than {LARGEST:,} bytes.",
            "Split it into several articles.",
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].removeprefix(BOM_UTF8)
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        return Fault(
            path,
            line,
            column,
            "not-utf-8",
            f"Byte {error.start + 1} of the file (0x{data[error.start]:02x}) is not UTF-8.",
            "Save the file as UTF-8.",
        )
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return Fault(path, 1, 1, "empty-file", "The file is empty.", "Write the article, or delete the file.")
    return Source(path, text)


def pages(docs: Path) -> Mapping[str, Source | Fault]:
    """Every Markdown file below a docs folder, by its path there with `/` between its parts, in order.

    Those that MkDocs publishes: also behind links to folders, and no hidden ones, which editors and systems leave.
    """
    names: list[str] = []
    # Not rglob: it makes a path of everything that it finds, which takes as long as to read it.
    for folder, below, files in os.walk(docs, followlinks=True):
        below[:] = [name for name in below if not name.startswith(".")]
        inside = "/".join([*Path(folder).relative_to(docs).parts, ""])
        shown = [name for name in (*below, *files) if not name.startswith(".")]
        names += [inside + name for name in shown if splitext(name)[1] in MARKDOWN]  # noqa: PTH122
    return MappingProxyType({name: read(docs / name, f"{docs.name}/{name}") for name in sorted(names)})
