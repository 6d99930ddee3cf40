"""The next site takes the place of the shown one as a whole."""

from pathlib import Path

from kb import beside


def write(folder: Path, *names: str, text: str = "new") -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def shown(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_what_was_built_what_stays_and_nothing_else_is_shown(tmp_path: Path) -> None:
    before = {"a/old.html", "a/same.html", "a/gone.html", "b/c/gone.html"}
    write(tmp_path, *before, text="old")
    write(beside.prepare(tmp_path), "a/old.html", "d/new.html")
    now = beside.publish(tmp_path, before, {"a/same.html"})
    assert shown(tmp_path) == {"a/old.html": "new", "a/same.html": "old", "d/new.html": "new"}
    assert now == set(shown(tmp_path))
    assert not (tmp_path / "b").exists()


def test_a_page_can_become_a_folder_and_a_folder_a_page(tmp_path: Path) -> None:
    write(tmp_path, "one", "two/index.html", text="old")
    write(beside.prepare(tmp_path), "one/index.html", "two")
    beside.publish(tmp_path, {"one", "two/index.html"}, set())
    assert shown(tmp_path) == {"one/index.html": "new", "two": "new"}


def test_a_build_that_was_given_up_leaves_nothing_to_the_next_one(tmp_path: Path) -> None:
    write(beside.prepare(tmp_path), "half.html")
    assert list(beside.prepare(tmp_path).iterdir()) == []
