"""A cache gives back exactly what was written for the same purpose, and nothing else."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import cache

DATA = {"page of index.md": ["mark", {"content": "<p>Größe \ud800</p>", "toc": [], "title": None}]}
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "cache"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    file = tmp_path_factory.mktemp("written") / "cache"
    cache.write(file, "key", DATA)
    return file.read_bytes()


@given(values, st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_what_was_written_comes_back(tmp_path_factory: pytest.TempPathFactory, data: object, key: str) -> None:
    file = tmp_path_factory.getbasetemp() / "cache"
    cache.write(file, key, data)
    assert cache.read(file, key) == data


def test_the_folder_is_made_and_holds_nothing_else(file: Path) -> None:
    cache.write(file, "key", DATA)
    assert [path.name for path in file.parent.iterdir()] == ["cache"]


def test_where_nothing_was_written_there_is_nothing(file: Path) -> None:
    assert cache.read(file, "key") is None


def test_under_another_key_there_is_nothing(file: Path) -> None:
    cache.write(file, "key", DATA)
    assert cache.read(file, "other key") is None


@given(st.data())
def test_cut_off_anywhere_there_is_nothing(
    tmp_path_factory: pytest.TempPathFactory, written: bytes, data: st.DataObject
) -> None:
    file = tmp_path_factory.getbasetemp() / "cut"
    file.write_bytes(written[: data.draw(st.integers(0, len(written) - 1))])
    assert cache.read(file, "key") is None


@given(st.data(), st.binary(min_size=1, max_size=3))
def test_with_other_bytes_anywhere_there_is_nothing(
    tmp_path_factory: pytest.TempPathFactory, written: bytes, data: st.DataObject, other: bytes
) -> None:
    place = data.draw(st.integers(0, len(written)))
    changed = written[:place] + other + written[place + len(other) :]
    file = tmp_path_factory.getbasetemp() / "changed"
    file.write_bytes(changed)
    assert cache.read(file, "key") == (DATA if changed == written else None)


@given(st.binary())
def test_a_foreign_file_holds_nothing(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "foreign"
    file.write_bytes(content)
    assert cache.read(file, "key") is None


def test_what_cannot_be_written_leaves_what_there_was(file: Path) -> None:
    cache.write(file, "key", "old")
    file.with_suffix(".next").mkdir()
    with pytest.raises(OSError, match=r"cache\.next"):
        cache.write(file, "key", "new")
    assert cache.read(file, "key") == "old"


def test_what_a_killed_program_left_is_in_nobodys_way(file: Path) -> None:
    file.parent.mkdir()
    file.with_suffix(".next").write_bytes(b"half of")
    file.with_suffix(".lock").touch()
    cache.write(file, "key", DATA)
    assert cache.read(file, "key") == DATA
    assert [path.name for path in file.parent.iterdir()] == ["cache"]
