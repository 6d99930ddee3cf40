"""A file of the last good site stands in the next one, unless somebody has touched it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kb import stamp
from kb.kept import Kept
from kb.standing import Standing

TEXT = "folder/text.txt"


@pytest.fixture
def sites(tmp_path: Path) -> tuple[Path, Path]:
    """The last and the next one, which is still empty."""
    last, following = tmp_path / "last", tmp_path / "next"
    (last / "folder").mkdir(parents=True)
    (last / TEXT).write_bytes(b"old")
    following.mkdir()
    return last, following


def never() -> str:
    raise AssertionError("it is made once more")


def saying(text: str) -> Callable[[], str]:
    return lambda: text


def test_a_file_that_nobody_touched_is_copied(sites: tuple[Path, Path]) -> None:
    last, following = sites
    assert Standing(last, Kept()).stands(TEXT, stamp.digest(b"old"), str(following))
    assert (following / TEXT).read_bytes() == b"old"
    (following / TEXT).write_bytes(b"new")
    assert (last / TEXT).read_bytes() == b"old"


@pytest.mark.parametrize("harm", [lambda file: file.write_bytes(b"touched"), Path.unlink])
def test_a_file_that_was_touched_or_is_gone_does_not_stand(
    sites: tuple[Path, Path], harm: Callable[[Path], object]
) -> None:
    last, following = sites
    harm(last / TEXT)
    assert not Standing(last, Kept()).stands(TEXT, stamp.digest(b"old"), str(following))
    assert not (following / TEXT).exists()


def test_in_place_nothing_is_copied_and_it_is_noted(sites: tuple[Path, Path]) -> None:
    last, following = sites
    standing = Standing(last, Kept(), in_place=True)
    assert standing.stands(TEXT, "", str(following))
    assert standing.same == {TEXT}
    assert not list(following.iterdir())


def test_a_text_is_made_once_for_what_it_is_made_of(sites: tuple[Path, Path]) -> None:
    last, following = sites
    standing = Standing(last, Kept())
    standing.renew(TEXT, "words", str(last), saying("new"))
    standing.renew(TEXT, "words", str(following), never)
    assert (following / TEXT).read_text() == "new"
    standing.renew(TEXT, "other words", str(following), saying("newer"))
    assert (following / TEXT).read_text() == "newer"


def test_a_text_that_was_touched_is_made_once_more(sites: tuple[Path, Path]) -> None:
    last, following = sites
    standing = Standing(last, Kept())
    standing.renew(TEXT, "words", str(last), saying("new"))
    (last / TEXT).write_text("touched")
    standing.renew(TEXT, "words", str(following), saying("new"))
    assert (following / TEXT).read_text() == "new"
