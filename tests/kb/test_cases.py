"""Every kind of fault, as a folder of tests/cases: what differs from the good site, and the whole report on it."""

import ast
import itertools
import re
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from kb import freshness, language, settings
from kb.fault import Fault, FaultsError
from kb.fault import report as report_of
from kb.site import compile_site

CASES = Path(__file__).parents[1] / "cases"
NAMES = sorted(path.name for path in CASES.iterdir() if not path.name.startswith("_"))
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LINE = re.compile(r"[^:]+:\d+:\d+: (?P<code>[a-z0-9-]+): \S.*[.?]")


LANGUAGE = "language-"
"""Cases that are about words begin like this: for all others nothing else looks at the words."""


def report(site: Path, faults: Sequence[Fault] = ()) -> str:
    """Of a build, and the faults; and with a day in `today.txt` what `make fresh` would add to it on that day."""
    given = site / "today.txt"
    day = date.fromisoformat(given.read_text(encoding="utf-8").strip()) if given.exists() else date(2026, 12, 1)
    try:
        found = freshness.faults(compile_site(site / "docs", settings.read(site / "mkdocs.yml"), day))
        faults = [*faults, *found.overdue, *found.due] if given.exists() else faults
    except FaultsError as error:
        faults = [*faults, *error.faults]
    return report_of(faults) if faults else "No fault."


def codes_of_the_engine(hooks: Path) -> set[str]:
    """Every text that looks like a code and stands before a sentence."""
    found = {"duplicate-title", "duplicate-description", "duplicate-phrase", "duplicate-old-address"}
    for module in sorted((hooks / "kb").glob("*.py")):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            parts = node.args if isinstance(node, ast.Call) else node.elts if isinstance(node, ast.Tuple) else []
            for code, sentence in itertools.pairwise(parts):
                if is_code(code) and is_sentence(sentence):
                    found.add(ast.literal_eval(code))
    return found


def is_code(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value) is not None


def is_sentence(node: ast.expr) -> bool:
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return any(isinstance(part, ast.Constant) and " " in str(part.value) for part in parts)


@pytest.mark.parametrize("name", NAMES)
def test_the_report_is_word_for_word_the_expected_one(name: str, root: Path, tmp_path: Path) -> None:
    shutil.copytree(CASES / "_good", tmp_path, dirs_exist_ok=True)
    shutil.copytree(CASES / name, tmp_path, dirs_exist_ok=True)
    words = language.check(tmp_path / "docs", root / "pyproject.toml") if name.startswith(LANGUAGE) else []
    assert report(tmp_path, words) + "\n" == (CASES / name / "expected.txt").read_text(encoding="utf-8")


def test_the_site_from_which_the_cases_differ_has_no_fault() -> None:
    assert report(CASES / "_good") == "No fault."


def test_every_line_of_a_report_has_a_place_a_code_and_whole_sentences() -> None:
    for name in NAMES:
        *lines, count = (CASES / name / "expected.txt").read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if not LINE.fullmatch(line)] == []
        assert count == ("1 fault in the content." if len(lines) == 1 else f"{len(lines)} faults in the content.")


def test_every_kind_of_fault_in_the_engine_has_a_case(root: Path) -> None:
    seen = {
        match["code"]
        for name in NAMES
        for match in map(LINE.fullmatch, (CASES / name / "expected.txt").read_text(encoding="utf-8").splitlines())
        if match
    }
    # The first is made while it runs: nobody wants a file of 5 MB here. The other is a hint, see test_overlap.py.
    seen |= {"file-too-large", "remedies-of-another"}
    codes = codes_of_the_engine(root / "hooks")
    assert len(codes) > 50
    assert codes - seen == set()
    assert seen - codes == set()


def test_a_file_of_5_megabytes_is_refused_without_being_read_to_its_end(tmp_path: Path) -> None:
    shutil.copytree(CASES / "_good", tmp_path, dirs_exist_ok=True)
    with (tmp_path / "docs/problems/huge.md").open("wb") as huge:
        huge.truncate(5_000_000)
    assert report(tmp_path) == (
        "docs/problems/huge.md:1:1: file-too-large: The file has more than 1,000,000 bytes. "
        "Split it into several articles.\n1 fault in the content."
    )


def test_a_link_to_a_file_that_is_not_there_is_reported(tmp_path: Path) -> None:
    shutil.copytree(CASES / "_good", tmp_path, dirs_exist_ok=True)
    (tmp_path / "docs/problems/gone.md").symlink_to("nowhere.md")
    assert report(tmp_path) == (
        "docs/problems/gone.md:1:1: unreadable-file: The file cannot be read: No such file or directory.\n"
        "1 fault in the content."
    )


def test_a_site_without_a_vocabulary_is_told_so(tmp_path: Path) -> None:
    shutil.copytree(CASES / "_good", tmp_path, dirs_exist_ok=True)
    (tmp_path / "docs/vocabulary.yml").unlink()
    assert report(tmp_path).startswith("docs/vocabulary.yml:1:1: unreadable-file: The file cannot be read: No such")
