"""What the system refuses is said with its place and what to do."""

import errno
import os
from pathlib import Path

import pytest

from kb import refusal


def refused(number: int, *names: str) -> OSError:
    return OSError(number, os.strerror(number), names[0], None, *names[1:]) if names else OSError(number, "Refused")


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        (errno.ENOSPC, "Make room on the disk, and build again."),
        (errno.EACCES, "Build into another folder, with `make build SITE=FOLDER` or `mkdocs build --site-dir FOLDER`."),
        (errno.ENAMETOOLONG, "Give the file or a folder above it a shorter name, and build again."),
        (errno.EIO, "Mend that, and build again."),
    ],
)
def test_each_reason_has_its_advice(number: int, advice: str, tmp_path: Path) -> None:
    said = refusal.explain(refused(number, "a/b"), tmp_path / "site")
    assert said == f"The site could not be built. 'a/b': {os.strerror(number)}. {advice}"


def test_what_could_not_take_a_name_is_named_by_it(tmp_path: Path) -> None:
    assert "'b':" in refusal.explain(refused(errno.EBUSY, "a", "b"), tmp_path / "site")


def test_a_reason_without_a_file_stands_alone(tmp_path: Path) -> None:
    said = refusal.explain(refused(errno.ENOSPC), tmp_path / "site")
    assert said == "The site could not be built. Refused. Make room on the disk, and build again."


def test_the_last_good_site_is_only_named_where_there_is_one(tmp_path: Path) -> None:
    said = refusal.explain(refused(errno.ENOSPC), tmp_path)
    assert said.endswith(f" The last good site in '{tmp_path}' is as it was.")
