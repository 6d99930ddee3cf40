"""Each text of a built site gets a compressed copy that depends on nothing but the text."""

import gzip
import os
from pathlib import Path

import pytest

from kb.kept import Kept
from kb.packed import SMALLEST, pack


def test_texts_get_a_copy_and_all_else_none(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    large = b"text " * SMALLEST
    for name in ("a/index.html", "b.css", "c.js", "d.png", "e.js.map", "_headers"):
        (tmp_path / name).write_bytes(large)
    (tmp_path / "small.html").write_bytes(large[: SMALLEST - 1])
    before, after = pack(tmp_path)
    copies = {path.relative_to(tmp_path).as_posix(): path for path in tmp_path.rglob("*.gz")}
    assert set(copies) == {"a/index.html.gz", "b.css.gz", "c.js.gz"}
    assert {gzip.decompress(path.read_bytes()) for path in copies.values()} == {large}
    assert (before, after) == (3 * len(large), sum(path.stat().st_size for path in copies.values()))


def test_a_copy_tells_neither_the_name_nor_the_time_of_its_file(tmp_path: Path) -> None:
    for name, time in (("a.html", 1), ("b.html", 2_000_000_000)):
        (tmp_path / name).write_bytes(b"text " * SMALLEST)
        os.utime(tmp_path / name, (time, time))
    pack(tmp_path)
    assert (tmp_path / "a.html.gz").read_bytes() == (tmp_path / "b.html.gz").read_bytes()


def test_a_copy_is_made_anew_each_time(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    for text in (b"old " * SMALLEST, b"new " * SMALLEST):
        page.write_bytes(text)
        pack(tmp_path)
        assert gzip.decompress((tmp_path / "a.html.gz").read_bytes()) == text


@pytest.mark.parametrize(
    ("text", "copy", "from_last"),
    [
        (b"text", b"unharmed", True),
        (b"other text", b"unharmed", False),
        (b"text", b"harmed", False),
        (b"text", None, False),
    ],
    ids=["the same", "another text", "harmed", "gone"],
)
def test_a_copy_of_the_last_site_is_taken_only_if_it_would_come_out_the_same(
    text: bytes, copy: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, from_last: bool
) -> None:
    last, site, kept = tmp_path / "last", tmp_path / "site", Kept()
    for folder, written in ((last, b"text"), (site, text)):
        folder.mkdir()
        (folder / "a.html").write_bytes(written * SMALLEST)
    pack(last, None, kept)
    if copy is None:
        (last / "a.html.gz").unlink()
    elif copy == b"harmed":
        (last / "a.html.gz").write_bytes(gzip.compress(b"text" * SMALLEST, 1))
    compressed: list[bytes] = []
    compress = gzip.compress

    def counted(data: bytes, *arguments: int, **named: int) -> bytes:
        compressed.append(data)
        return compress(data, *arguments, **named)

    monkeypatch.setattr(gzip, "compress", counted)
    pack(site, last, kept)
    assert (compressed == []) == from_last
    assert gzip.decompress((site / "a.html.gz").read_bytes()) == text * SMALLEST
