"""`make impact` as somebody runs it: in a repository, between a commit and what lies in the folder."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def project(root: Path, tmp_path: Path) -> Path:
    """A repository with the engine and the small site of tests/tiny, committed."""
    project = tmp_path / "project"
    for name in ("hooks", "overrides"):
        shutil.copytree(root / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(root / "tests/tiny/docs", project / "docs")
    settings = (root / "tests/tiny/mkdocs.yml").read_text(encoding="utf-8").replace("../../", "")
    (project / "mkdocs.yml").write_text(settings, encoding="utf-8")
    git(project, "init", "--quiet", "--initial-branch=main")
    git(project, "add", ".")
    git(project, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "--message=All")
    return project


def git(project: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=project, capture_output=True, text=True, check=True).stdout


def impact(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "hooks/impact.py", *arguments]
    # As in a folder of its own: what surrounds the tests must not show.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_what_is_not_yet_committed_is_compared_and_nothing_is_left_behind(project: Path, tmp_path: Path) -> None:
    change(project / "docs/problems/no-paper.md", "title: ", "title: Now ")
    before = (git(project, "status", "--porcelain"), git(project, "worktree", "list"), git(project, "branch"))
    done = impact(project, "--site", str(tmp_path / "kept"), "--preview", "https://p.example/", "HEAD")
    assert (done.returncode, done.stderr) == (0, "")
    assert "### With a new title: 1" in done.stdout
    assert "(https://p.example/problems/no-paper/)" in done.stdout
    assert "| problems, remedies, references | 6, 4, 1 | 6, 4, 1 |" in done.stdout
    assert (tmp_path / "kept/problems/no-paper/index.html").is_file()
    assert (git(project, "status", "--porcelain"), git(project, "worktree", "list"), git(project, "branch")) == before


def test_a_state_that_todays_engine_would_refuse_is_built_by_its_own(project: Path) -> None:
    change(project / "hooks/kb/article.py", "    title: Annotated", "    mood: str\n    title: Annotated")
    for path in project.glob("docs/*/*.md"):
        change(path, "title: ", "mood: calm\ntitle: ")
    done = impact(project, "HEAD")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_lost_address_is_said_and_fails(project: Path) -> None:
    (project / "docs/reference/paper-sizes.md").rename(project / "docs/reference/sizes.md")
    for path in project.glob("docs/**/*.md"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("paper-sizes", "sizes"), encoding="utf-8")
    done = impact(project, "HEAD")
    assert done.returncode == 1
    assert "- `  - reference/paper-sizes`" in done.stdout


def test_with_faults_in_the_content_they_are_the_report(project: Path) -> None:
    change(project / "docs/problems/no-paper.md", "title: ", "titel: ")
    done = impact(project, "HEAD")
    assert done.returncode == 1
    assert "    docs/problems/no-paper.md:2:1: unknown-key: 'titel' is not a known key." in done.stdout


@pytest.mark.parametrize("base", ["no-such-branch", "--output=x"])
def test_what_is_no_state_of_the_project_is_said_in_a_sentence(base: str, project: Path) -> None:
    done = impact(project, "--", base)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"'{base}' cannot be built to compare with:\n")
    assert "Traceback" not in done.stderr
