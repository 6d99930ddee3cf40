"""`make fresh`, and the workflow that runs it once a week."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

Run = Callable[[str], subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def workflow(root: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((root / ".github/workflows/fresh.yml").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture
def fresh(root: Path, tmp_path: Path) -> Run:
    """Runs it on the small site, on a day."""
    shutil.copytree(root / "tests/cases/_good", tmp_path, dirs_exist_ok=True)

    def run(day: str) -> subprocess.CompletedProcess[str]:
        seconds = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())
        return subprocess.run(
            [sys.executable, root / "hooks/fresh.py", tmp_path],
            env=os.environ | {"SOURCE_DATE_EPOCH": str(seconds)},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


DAYS = {"2026-12-01": (0, 0, 0), "2027-03-15": (0, 0, 1), "2027-04-01": (1, 1, 0), "2027-05-22": (1, 9, 0)}


@pytest.mark.parametrize("day", DAYS)
def test_it_warns_of_what_is_due_and_fails_only_if_something_is_overdue(day: str, fresh: Run) -> None:
    done = fresh(day)
    code, overdue, due = DAYS[day]
    *lines, count = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (code, "")
    assert count == f"On {day}: {overdue} overdue, {due} due soon."
    assert len([line for line in lines if "-overdue: " in line]) == overdue
    assert len([line for line in lines if "-due: " in line]) == due == len(lines) - overdue


def test_content_at_fault_is_reported_as_everywhere(fresh: Run, tmp_path: Path) -> None:
    (tmp_path / "docs/vocabulary.yml").write_text("facets: {", encoding="utf-8")
    done = fresh("2026-12-01")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("docs/vocabulary.yml:")


def test_nothing_that_is_overdue_stops_a_build_or_a_check(root: Path, fresh: Run, tmp_path: Path) -> None:
    assert fresh("2030-01-01").returncode == 1
    done = subprocess.run(
        [sys.executable, root / "hooks/check.py", tmp_path],
        env=os.environ | {"SOURCE_DATE_EPOCH": "1893456000"},
        check=False,
    )
    assert done.returncode == 0


def test_it_runs_by_the_clock_and_never_for_a_pull_request(workflow: dict[Any, Any]) -> None:
    # YAML 1.1 takes the key `on` for true.
    assert workflow[True].keys() == {"schedule", "workflow_dispatch"}


def test_only_the_job_that_runs_nothing_of_the_repository_may_write(workflow: dict[str, Any]) -> None:
    assert workflow["permissions"] == {}
    look, tell = workflow["jobs"]["look"], workflow["jobs"]["tell"]
    assert look["permissions"] == {"contents": "read"}
    assert tell["permissions"] == {"issues": "write"}
    assert [step for step in tell["steps"] if "uses" in step] == []
    assert "${{" not in tell["steps"][0]["run"] + look["steps"][-1]["run"]


def script(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    (folder / name).chmod(0o755)


def bash(run: str, folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """As GitHub runs it, with the programs of a folder before all others."""
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", run],
        cwd=folder,
        env=os.environ | {"PATH": path} | env,
        capture_output=True,
        text=True,
        check=False,
    )


FOUND = {
    "nothing": ("echo 'On 2026-12-01: 0 overdue, 0 due soon.'", 0, "no"),
    "something due": ("echo a; echo 'On …: 0 overdue, 1 due soon.'", 0, "yes"),
    "something overdue": ("echo a; echo 'On …: 1 overdue, 0 due soon.'; exit 2", 2, "yes"),
}


@pytest.mark.parametrize("what", FOUND)
def test_the_run_fails_as_make_does_and_hands_the_report_on(
    what: str, workflow: dict[str, Any], tmp_path: Path
) -> None:
    make, status, found = FOUND[what]
    script(tmp_path, "make", make)
    done = bash(workflow["jobs"]["look"]["steps"][-1]["run"], tmp_path, GITHUB_OUTPUT=str(tmp_path / "output"))
    first, second, *report, end, _ = (tmp_path / "output").read_text(encoding="utf-8").split("\n")
    assert done.returncode == status
    assert first == f"found={found}"
    assert second == f"report<<{end}"
    assert "\n".join(report) == done.stdout


ISSUES = {
    ("yes", ""): "issue create --title Title --body-file issue.md",
    ("yes", "7"): "issue edit 7 --body-file issue.md",
    ("no", "7"): "issue close 7 --comment Nothing is due any more.",
    ("no", ""): "",
}


@pytest.mark.parametrize(("found", "number"), ISSUES)
def test_one_issue_is_opened_kept_up_to_date_and_closed(
    found: str, number: str, workflow: dict[str, Any], tmp_path: Path
) -> None:
    script(tmp_path, "gh", f'case "$*" in *list*) echo "{number}" ;; *) echo "$*" >> calls ;; esac')
    done = bash(
        workflow["jobs"]["tell"]["steps"][0]["run"],
        tmp_path,
        TITLE="Title",
        FOUND=found,
        REPORT="docs/a.md:1:1: review-due: `$(touch ran)` 100 %s.",
        GH_REPO="who/what",
    )
    assert (done.returncode, done.stderr) == (0, "")
    calls = (tmp_path / "calls").read_text(encoding="utf-8") if (tmp_path / "calls").exists() else ""
    assert calls.strip() == ISSUES[found, number]
    assert "\n````text\ndocs/a.md:1:1: review-due: `$(touch ran)` 100 %s.\n````\n" in (tmp_path / "issue.md").read_text(
        encoding="utf-8"
    )
    assert not (tmp_path / "ran").exists()
