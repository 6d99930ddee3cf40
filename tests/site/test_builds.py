"""Two builds of the same sources are the same, byte for byte."""

import hashlib
from pathlib import Path

import builder


def test_another_folder_and_another_hash_seed_give_the_same_bytes(built: Path, tmp_path: Path) -> None:
    # The same sources: those that the first build was made from.
    again = builder.build(built.parent, tmp_path / "somewhere" / "else", hash_seed=4711)
    first, second = _sums(built), _sums(again)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_nothing_of_this_machine_gets_into_the_site(root: Path, built: Path) -> None:
    for name in (str(root), str(built.parent)):
        found = [path for path in built.rglob("*") if path.is_file() and name.encode() in path.read_bytes()]
        assert found == [], name


def _sums(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }
