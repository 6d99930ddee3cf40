"""`make generate`: where it writes, and what it says when it does not."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from os import environ
from pathlib import Path

import pytest
import yaml

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def generate(root: Path) -> Run:
    """Writes the second site, of another domain, whose templates and hooks are those of the project."""

    def run(
        folder: Path | str, config: Path | str = "tests/tiny/mkdocs.yml", seed: str = "0"
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, root / "hooks/generate.py", "--config", root / config, folder],
            env=environ | {"SOURCE_DATE_EPOCH": "1793318400", "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def read(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_writes_pages_settings_and_what_stands_beside_them(generate: Run, tmp_path: Path) -> None:
    done = generate(tmp_path / "new/out")
    assert (done.returncode, done.stderr) == (0, "")
    found = read(tmp_path / "new/out")
    pages = [name for name in found if name.endswith(".md")]
    beside = len(found) - len(pages) - len(("mkdocs.yml", "GENERATED.txt"))
    assert done.stdout == f"{len(pages)} pages and {beside} other files are in '{tmp_path}/new/out'.\n"
    assert {"docs/index.md", "docs/find/index.md", "docs/problems/asleep.md", "docs/catalogue.json"} <= found.keys()
    assert "hooks" not in yaml.safe_load(found["mkdocs.yml"])
    assert list((tmp_path / "new").iterdir()) == [tmp_path / "new/out"]


def test_the_same_sources_give_the_same_bytes(generate: Run, tmp_path: Path) -> None:
    for seed in ("1", "4711"):
        generate(tmp_path / seed, seed=seed)
    assert read(tmp_path / "1") == read(tmp_path / "4711") != {}


def test_it_replaces_what_it_has_written_itself(generate: Run, tmp_path: Path) -> None:
    generate(tmp_path / "out")
    first = read(tmp_path / "out")
    (tmp_path / "out/docs/problems/gone.md").write_text("Old\n", encoding="utf-8")
    assert generate(tmp_path / "out").returncode == 0
    assert read(tmp_path / "out") == first


def test_an_empty_folder_will_do(generate: Run, tmp_path: Path) -> None:
    assert generate(tmp_path).returncode == 0


def test_it_touches_no_folder_that_somebody_else_has_filled(generate: Run, tmp_path: Path) -> None:
    (tmp_path / "thesis.md").write_text("Years of work\n", encoding="utf-8")
    done = generate(tmp_path)
    assert (done.returncode, done.stdout) == (
        1,
        f"'{tmp_path}' is not empty, and `make generate` has not written it. Empty it, or name another folder.\n",
    )
    assert read(tmp_path) == {"thesis.md": b"Years of work\n"}


def test_a_file_is_no_folder(generate: Run, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x", encoding="utf-8")
    assert generate(tmp_path / "out").stdout == f"'{tmp_path}/out' is a file. Name a folder.\n"


def test_a_folder_has_to_be_named(generate: Run) -> None:
    assert generate("").stdout == "Say which folder to write: make generate OUT=folder.\n"


def test_it_does_not_write_into_what_it_reads(generate: Run, root: Path) -> None:
    out = root / "tests/tiny/docs/out"
    assert generate(out).stdout == f"'{out}' lies in 'docs', from which it would be made. Name a folder elsewhere.\n"
    assert not out.exists()


def test_where_nothing_can_be_written_it_says_so(generate: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    done = generate(tmp_path / "file/out")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith(f"'{tmp_path}/file/out' cannot be written: ")


def test_faults_are_reported_all_at_once_and_what_was_there_stays(generate: Run, root: Path, tmp_path: Path) -> None:
    for name in ("_good", "all-files-in-one-report"):
        shutil.copytree(root / "tests/cases" / name, tmp_path / "site", dirs_exist_ok=True)
    generate(tmp_path / "out")
    before = read(tmp_path / "out")
    done = generate(tmp_path / "out", config=tmp_path / "site/mkdocs.yml")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == (tmp_path / "site/expected.txt").read_text(encoding="utf-8")
    assert read(tmp_path / "out") == before
