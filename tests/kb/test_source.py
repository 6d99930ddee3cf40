"""Files as text, or the reason why not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import source
from kb.fault import Fault
from kb.source import Source


def read(folder: Path, data: bytes) -> Source | Fault:
    file = folder / "x.md"
    file.write_bytes(data)
    return source.read(file, "docs/x.md")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_become_the_same(end: str, tmp_path: Path) -> None:
    assert read(tmp_path, f"one{end}two{end}".encode()) == Source("docs/x.md", "one\ntwo\n")


def test_a_byte_order_mark_is_dropped(tmp_path: Path) -> None:
    assert read(tmp_path, b"\xef\xbb\xbfone") == Source("docs/x.md", "one")


def test_without_a_path_to_show_the_file_is_called_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("one")
    read_source = source.read(tmp_path / "x.md")
    assert read_source == Source("x.md", "one")


@pytest.mark.parametrize("data", [b"", b"\n \t\r\n", b"\xef\xbb\xbf\n"])
def test_a_file_without_a_word_is_empty(data: bytes, tmp_path: Path) -> None:
    found = read(tmp_path, data)
    assert isinstance(found, Fault)
    assert found.code == "empty-file"


def test_the_largest_file_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    assert isinstance(read(tmp_path, b"a" * source.LARGEST), Source)
    found = read(tmp_path, b"a" * (source.LARGEST + 1))
    assert isinstance(found, Fault)
    assert found.code == "file-too-large"


def test_the_place_of_a_bad_byte_counts_letters_not_bytes(tmp_path: Path) -> None:
    found = read(tmp_path, "eins\nzwei äöü ".encode() + b"\xff")
    assert isinstance(found, Fault)
    assert (found.line, found.column) == (2, 10)
    assert "Byte 18 of the file (0xff)" in found.sentence


def test_the_place_of_a_bad_byte_does_not_count_the_byte_order_mark_as_a_letter(tmp_path: Path) -> None:
    found = read(tmp_path, b"\xef\xbb\xbfab\xff")
    assert isinstance(found, Fault)
    assert (found.line, found.column) == (1, 3)


def test_the_number_of_a_bad_byte_is_that_in_the_file_as_it_is(tmp_path: Path) -> None:
    found = read(tmp_path, b"\xef\xbb\xbfab\xff")
    assert isinstance(found, Fault)
    assert "Byte 6 of the file" in found.sentence


@given(data=st.binary())
def test_any_bytes_become_a_text_or_a_fault(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    found = read(tmp_path_factory.getbasetemp(), data)
    if isinstance(found, Source):
        assert "\r" not in found.text
        assert found.text.strip()
    else:
        assert found.line >= 1
        assert found.column >= 1


def test_pages_are_those_that_are_published_behind_links_too_and_no_hidden_ones(tmp_path: Path) -> None:
    docs, elsewhere = tmp_path / "docs", tmp_path / "elsewhere"
    for file in (docs / "a.md", docs / ".#a.md", docs / ".trash/b.md", elsewhere / "c.md"):
        file.parent.mkdir(exist_ok=True)
        file.write_text("one")
    (docs / "guide").symlink_to(elsewhere)
    assert list(source.pages(docs)) == ["a.md", "guide/c.md"]
