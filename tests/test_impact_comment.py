"""The workflow that comments on pull requests: what it does with files that somebody else made. `gh` is a stand-in."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

COMMIT = "a" * 40
MARK = "<!-- impact -->"
# Hands the files of the artifact out, answers as GitHub would, and writes down what it was asked to do.
GH = """\
#!/bin/sh
echo "$*" >> calls
case "$*" in
  "run download 7 --name impact --dir impact") cp -R artifact impact ;;
  "api repos/o/r/pulls/12 --jq .head.sha") echo "$HEAD_OF_12" ;;
  "api --paginate repos/o/r/issues/12/comments --jq "*) echo "$COMMENTS" ;;
  *"--field body=@comment.md") ;;
  *) exit 1 ;;
esac
"""

Comment = Callable[..., tuple[subprocess.CompletedProcess[str], list[str]]]


@pytest.fixture(scope="module")
def workflow(root: Path) -> dict[str, Any]:
    text = (root / ".github/workflows/impact-comment.yml").read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.safe_load(text)
    return read


@pytest.fixture
def comment(workflow: dict[str, Any], tmp_path: Path) -> Comment:
    """Runs the step on an artifact, and returns what came of it and what GitHub was asked to write."""
    (step,) = workflow["jobs"]["comment"]["steps"]
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "gh").write_text(GH, encoding="utf-8")
    (tools / "gh").chmod(0o755)
    (tmp_path / "artifact").mkdir()

    def run(number: str, text: bytes | None, *, head: str = COMMIT, comments: str = "") -> Any:
        (tmp_path / "artifact/number").write_text(number, encoding="utf-8")
        if text is not None:
            (tmp_path / "artifact/impact.md").write_bytes(text)
        environment = os.environ | {
            "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
            "GH_REPO": "o/r",
            "RUN": "7",
            "RUN_URL": "https://github.com/o/r/actions/runs/7",
            "COMMIT": COMMIT,
            "HEAD_OF_12": head,
            "COMMENTS": comments,
        }
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        calls = (tmp_path / "calls").read_text(encoding="utf-8").splitlines()
        return done, [call for call in calls if "body=@" in call]

    return run


def test_the_first_run_writes_a_comment(comment: Comment, tmp_path: Path) -> None:
    done, written = comment("12\n", "## What this does → readers\n".encode())
    assert done.returncode == 0, done.stderr
    assert written == ["api --silent repos/o/r/issues/12/comments --field body=@comment.md"]
    text = (tmp_path / "comment.md").read_text(encoding="utf-8")
    assert text.startswith(f"{MARK}\n")
    assert text.endswith("\n\n## What this does → readers\n")


def test_later_runs_write_the_same_comment_anew(comment: Comment) -> None:
    done, written = comment("12", b"Words.", comments="34\n56")
    assert done.returncode == 0, done.stderr
    assert written == ["api --silent --method PATCH repos/o/r/issues/comments/34 --field body=@comment.md"]


@pytest.mark.parametrize("number", ["", "0", "-1", "1 2", "12; id", "$(id)", "../12", "1" * 11])
def test_what_is_no_number_is_refused(number: str, comment: Comment) -> None:
    done, written = comment(number, b"Words.")
    assert (done.returncode, done.stdout, written) == (1, "That is no number.\n", [])


def test_nobody_writes_to_a_pull_request_that_is_at_another_commit(comment: Comment) -> None:
    done, written = comment("12", b"Words.", head="b" * 40)
    assert (done.returncode, written) == (0, [])


def test_a_link_to_a_file_of_the_machine_is_refused(comment: Comment, tmp_path: Path) -> None:
    (tmp_path / "artifact/impact.md").symlink_to("/etc/hostname")
    done, written = comment("12", None)
    assert (done.returncode, written) == (1, [])


def test_others_words_become_no_html_no_picture_no_mention_and_no_endless_comment(
    comment: Comment, tmp_path: Path
) -> None:
    done, _ = comment("12", b"<!-- impact --><img src=x>![x](y) @everybody \x1b[0m\xff\n" + "→".encode() * 90_000)
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "comment.md").read_text(encoding="utf-8")
    assert "&lt;!-- impact -->&lt;img src=x>!\\[x](y) @&#8203;everybody [0m\n→" in text
    assert len(text) < 65_536


def test_what_stands_in_the_text_is_not_run(comment: Comment, tmp_path: Path) -> None:
    comment("12", b"$(touch ran) `touch ran`\n; touch ran\n")
    assert not (tmp_path / "ran").exists()


def test_the_workflow_that_may_write_takes_nothing_out_of_the_event_into_its_script(workflow: dict[str, Any]) -> None:
    (job,) = workflow["jobs"].values()
    assert job["permissions"] == {"actions": "read", "pull-requests": "write"}
    assert [step for step in job["steps"] if "uses" in step] == []
    assert "${{" not in job["steps"][0]["run"]


def test_the_workflow_that_runs_code_of_a_pull_request_may_only_read(root: Path) -> None:
    read = yaml.safe_load((root / ".github/workflows/impact.yml").read_text(encoding="utf-8"))
    (job,) = read["jobs"].values()
    assert (read["permissions"], job["permissions"]) == ({}, {"contents": "read"})
    assert "secrets" not in str(read)
