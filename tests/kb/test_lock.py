"""Whoever has the lock has it alone, for as long as the process lives."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kb import lock

HOLDER = """
import sys
from pathlib import Path
from kb import lock

path = Path(sys.argv[1])
held = lock.take(path, lambda: None)
print("held", flush=True)
sys.stdin.readline()
lock.give_back(path, held)
print("given back", flush=True)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "lock"


@pytest.fixture
def other(path: Path, root: Path) -> "subprocess.Popen[str]":
    """Another process that asks for the same lock."""
    environment = os.environ | {"PYTHONPATH": str(root / "hooks")}
    command = [sys.executable, "-c", HOLDER, str(path)]
    return subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def says(process: "subprocess.Popen[str]") -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def nobody() -> None:
    pytest.fail("Nobody else has it.")


def test_a_lock_that_was_given_back_leaves_no_file_and_can_be_taken_again(path: Path) -> None:
    lock.give_back(path, lock.take(path, nobody))
    assert not path.exists()
    lock.give_back(path, lock.take(path, nobody))


def test_a_file_that_somebody_left_lying_is_no_lock(path: Path) -> None:
    path.touch()
    lock.give_back(path, lock.take(path, nobody))


def test_who_has_to_wait_is_told_once_and_is_next(path: Path, other: "subprocess.Popen[str]") -> None:
    with other:
        assert says(other) == "held"
        told = []
        held = lock.take(path, lambda: told.append(other.communicate("\n")[0]))
        assert told == ["given back\n"]
        lock.give_back(path, held)


def test_a_process_that_is_killed_has_no_lock_any_more(path: Path, other: "subprocess.Popen[str]") -> None:
    with other:
        assert says(other) == "held"
        other.send_signal(signal.SIGKILL)
        other.wait()
    lock.give_back(path, lock.take(path, nobody))


def test_where_no_file_can_be_there_is_no_lock(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        lock.take(tmp_path / "missing" / "lock", nobody)
