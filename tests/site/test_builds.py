"""Two builds of the same sources are the same, byte for byte, also where the fork of MkDocs makes one of them."""

import hashlib
from pathlib import Path

import builder


def test_another_folder_and_another_hash_seed_give_the_same_bytes(built: Path, tmp_path: Path) -> None:
    # The same sources: those that the first build was made from.
    again = builder.build(built.parent, tmp_path / "somewhere" / "else", hash_seed=4711)
    assert _different(built, again) == []


def test_the_fork_of_mkdocs_that_goes_on_builds_the_same_bytes(built: Path, tmp_path: Path) -> None:
    # No page says what built it: not even the line differs in which the theme would.
    assert _different(built, builder.build(built.parent, tmp_path / "project", generator="properdocs")) == []


def test_nothing_of_this_machine_gets_into_the_site(root: Path, built: Path) -> None:
    for name in (str(root), str(built.parent)):
        found = [path for path in built.rglob("*") if path.is_file() and name.encode() in path.read_bytes()]
        assert found == [], name


def _different(first: Path, second: Path) -> list[str]:
    """The files of two folders that are not the same, or are in one of them only."""
    before, after = _sums(first), _sums(second)
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def _sums(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }
