"""A stamp is another one as soon as a file or a package is."""

import sys
from hashlib import sha256
from pathlib import Path

import pytest

from kb import stamp


def test_files_are_told_apart_by_name_and_content(tmp_path: Path) -> None:
    one, folder = tmp_path / "one.py", tmp_path / "folder"
    one.write_bytes(b"1")
    folder.mkdir()
    assert stamp.files([one, folder, one]) == [(str(one), sha256(b"1").hexdigest())]
    one.write_bytes(b"2")
    assert stamp.files([one]) == [(str(one), sha256(b"2").hexdigest())]


def test_the_order_of_files_does_not_matter(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in "abc"]
    for path in paths:
        path.touch()
    assert stamp.files(paths) == stamp.files(reversed(paths))


def test_another_version_of_a_package_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "spoke-1.0.dist-info").mkdir()
    before = stamp.packages()
    assert "spoke-1.0.dist-info" in before
    (tmp_path / "spoke-1.0.dist-info").rename(tmp_path / "spoke-1.1.dist-info")
    assert stamp.packages() != before


def test_another_python_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    before = stamp.packages()
    monkeypatch.setattr(sys, "version", "4.0")
    assert stamp.packages() != before


def test_the_packages_that_make_pages_are_among_them() -> None:
    names = {name.split("-")[0].lower() for name in stamp.packages()}
    assert {"mkdocs", "mkdocs_material", "markdown", "pymdown_extensions", "jinja2", "pygments"} <= names
