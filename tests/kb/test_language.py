"""The language of a whole site: ours has no fault, what can be mended is, and nobody asks the network."""

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from kb import language, program

CASES = Path(__file__).parents[1] / "cases"


def test_the_language_of_the_site_has_no_fault(root: Path) -> None:
    assert [str(fault) for fault in sorted(language.check(root / "docs", root / "pyproject.toml"))] == []


def test_what_only_looks_like_a_fault_is_none(root: Path, tmp_path: Path) -> None:
    shutil.copytree(CASES / "_good", tmp_path, dirs_exist_ok=True)
    shutil.copytree(CASES / "_good-language", tmp_path, dirs_exist_ok=True)
    assert [str(fault) for fault in language.check(tmp_path / "docs", root / "pyproject.toml")] == []


@pytest.mark.parametrize("site", ["tests/tiny", "tests/cases/_good"])
def test_a_site_without_words_of_its_own_is_checked_too(site: str, root: Path) -> None:
    assert language.check(root / site / "docs", root / "pyproject.toml") == []


def test_what_can_be_mended_is_and_nothing_else(root: Path, tmp_path: Path) -> None:
    shutil.copytree(CASES / "_mending/before", tmp_path, dirs_exist_ok=True)
    assert language.mend(tmp_path / "docs", root / "pyproject.toml") == ["docs/problems/squeal.md"]
    assert texts(tmp_path) == texts(CASES / "_mending/after")


def test_mending_a_second_time_changes_nothing(root: Path, tmp_path: Path) -> None:
    shutil.copytree(CASES / "_mending/after", tmp_path, dirs_exist_ok=True)
    assert language.mend(tmp_path / "docs", root / "pyproject.toml") == []


def test_no_case_is_too_broken_to_look_at_its_language(root: Path, tmp_path: Path) -> None:
    looked_at = 0
    for case in sorted(CASES.iterdir()):
        if case.name.startswith(("body-", "bom-", "fence-", "file-", "line-", "not-utf", "yaml-")):
            site = tmp_path / case.name
            shutil.copytree(CASES / "_good", site)
            shutil.copytree(case, site, dirs_exist_ok=True)
            language.check(site / "docs", root / "pyproject.toml")
            looked_at += 1
    assert looked_at > 30


def test_no_check_opens_a_connection(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a connection")

    monkeypatch.setattr(socket, "socket", refuse)
    # The linters would have to ask for a proxy that is not there.
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert language.check(root / "tests/cases/_good/docs", root / "pyproject.toml") == []


def test_a_linter_that_is_not_there_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="no-such-linter is not installed"):
        program.run("no-such-linter", [])


def test_make_check_prints_both_kinds_of_faults_in_one_report_and_mends(root: Path, tmp_path: Path) -> None:
    shutil.copytree(CASES / "_good", tmp_path, dirs_exist_ok=True)
    article = tmp_path / "docs/problems/squeal.md"
    text = article.read_text(encoding="utf-8")
    article.write_text(text.replace("symptom: [noise]", "symptom: [nois]") + "\nA seperate line. \n", encoding="utf-8")
    done = check(root, tmp_path)
    codes = [line.split(": ")[1] for line in done.stdout.splitlines()[:-1]]
    assert codes == ["unknown-value", "misspelt", "markdown-style"]
    assert (done.returncode, done.stderr) == (1, "")
    again = check(root, tmp_path, "--fix")
    assert again.stdout.startswith("Mended docs/problems/squeal.md.\n")
    assert "markdown-style" not in again.stdout


def test_make_check_says_what_is_worth_a_look_and_ends_well(root: Path, tmp_path: Path) -> None:
    shutil.copytree(CASES / "_good", tmp_path, dirs_exist_ok=True)
    for name in ("slow-leak", "flat-tyre"):
        article = tmp_path / f"docs/problems/{name}.md"
        text = re.sub(r"remedies:\n( .*\n)+", "remedies: [pump-up, mend-tube]\n", article.read_text(encoding="utf-8"))
        article.write_text(text, encoding="utf-8")
    done = check(root, tmp_path)
    first, second = done.stdout.splitlines()
    assert first == "No fault in 5 problems, 3 remedies, 1 references."
    assert second.startswith("Worth a look: docs/problems/flat-tyre.md:")
    assert done.returncode == 0


def texts(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*.*")}


def check(root: Path, site: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(root / "hooks/check.py"), *options, str(site)],
        env=os.environ | {"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
