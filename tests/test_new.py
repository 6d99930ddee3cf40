"""`make new`, as a writer runs it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def site(root: Path, tmp_path: Path) -> Path:
    shutil.copytree(root / "tests/cases/_good", tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture
def new(root: Path, site: Path) -> Run:
    """Runs it on the small site, with answers to its questions."""

    def run(answers: str = "", **given: str) -> subprocess.CompletedProcess[str]:
        env = {name: value for name, value in os.environ.items() if name not in {"KIND", "TITLE", "SLUG"}}
        return subprocess.run(
            [sys.executable, root / "hooks/new.py", site],
            env=env | {"SOURCE_DATE_EPOCH": "1796083200", "PYTHONUTF8": "1"} | given,
            input=answers,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    return run


def check(root: Path, site: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, root / "hooks/check.py", site],
        env=os.environ | {"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("kind", "folder"), [("problem", "problems"), ("remedy", "remedies"), ("reference", "reference")]
)
def test_what_is_given_is_not_asked_and_the_check_names_only_blanks(
    kind: str, folder: str, new: Run, root: Path, site: Path
) -> None:
    done = new(KIND=kind, TITLE='Odd "noise": what is it? #2')
    name = f"docs/{folder}/odd-noise-what-is-it-2.md"
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"Wrote {name}. Write in the place of every … there, then run 'make check'.\n"
    assert "\nreviewed: 2026-12-01\n" in (site / name).read_text(encoding="utf-8")
    *faults, count = check(root, site)
    assert faults
    assert [fault for fault in faults if not fault.startswith(f"{name}:") or ": to-write: " not in fault] == []
    assert count == f"{len(faults)} faults in the content."


def test_it_asks_for_kind_title_and_address_and_asks_again_what_will_not_do(new: Run, site: Path) -> None:
    done = new("probelm\nproblem\nMy chain came off\n\nMy saddle moves\n\n")
    assert done.returncode == 0, done.stderr
    assert "Did you mean 'problem'?" in done.stdout
    assert "'chain-off' has the same title." in done.stdout
    assert "Last part of its address [my-saddle-moves]: " in done.stdout
    assert (site / "docs/problems/my-saddle-moves.md").exists()


def test_the_address_can_be_chosen(new: Run, site: Path) -> None:
    assert new("remedy\nTighten the saddle\nsaddle\n").returncode == 0
    assert new(KIND="remedy", TITLE="Turn the saddle", SLUG="saddle-turn").returncode == 0
    assert {path.stem for path in (site / "docs/remedies").iterdir()} >= {"saddle", "saddle-turn"}


def test_it_never_overwrites(new: Run, site: Path) -> None:
    before = {path: path.read_bytes() for path in site.rglob("*.md")}
    assert new(KIND="problem", TITLE="Flat tyre", SLUG="flat-tyre").returncode == 1
    assert new(KIND="problem", TITLE="Flat tyre").returncode == 0
    assert (site / "docs/problems/flat-tyre-2.md").exists()
    assert {path: path.read_bytes() for path in before} == before


REFUSED = {
    "an unknown kind": ({"KIND": "remedies", "TITLE": "x"}, "Did you mean 'remedy'?"),
    "a title that is too long": ({"KIND": "problem", "TITLE": "x" * 71}, "too-long"),
    "a title in letters that no address has": ({"KIND": "problem", "TITLE": "\u041f\u0440\u0438"}, "SLUG="),
    "nobody to answer": ({"KIND": "problem"}, "Nothing was written."),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_will_not_do_ends_with_a_sentence_and_no_file(what: str, new: Run, site: Path) -> None:
    given, sentence = REFUSED[what]
    before = sorted(site.rglob("*"))
    done = new(**given)
    assert (done.returncode, done.stderr) == (1, "")
    assert sentence in done.stdout
    assert sorted(site.rglob("*")) == before


def test_a_vocabulary_at_fault_is_reported(new: Run, site: Path) -> None:
    (site / "docs/vocabulary.yml").write_text("facets: {", encoding="utf-8")
    done = new(KIND="problem", TITLE="x")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("docs/vocabulary.yml:")


def test_it_works_for_another_domain(new: Run, root: Path, site: Path) -> None:
    shutil.rmtree(site / "docs")
    shutil.copytree(root / "tests/tiny", site, dirs_exist_ok=True)
    assert new(KIND="problem", TITLE="The printer hums").returncode == 0
    *faults, _ = check(root, site)
    assert [fault for fault in faults if ": to-write: " not in fault] == []
