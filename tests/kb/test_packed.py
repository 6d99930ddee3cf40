"""Each text of a built site gets a compressed copy that depends on nothing but the text."""

import gzip
import os
from pathlib import Path

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
