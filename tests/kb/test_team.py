"""Tasks are done once each, by whoever is free, and what goes wrong in another process is known in this one."""

import multiprocessing
import os
import select
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import team
from kb.team import HelperError, Team

# A runner of tests may have threads of its own, which these copies do not need.
pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")


def do_all(numbers: Iterator[int]) -> tuple[int, list[int]]:
    """What one helper did, and in which process."""
    return os.getpid(), list(numbers)


def do_with(helpers: int, tasks: int, work: Callable[[Iterator[int]], object] = do_all) -> list[object]:
    return Team(tasks, helpers, work).results()


@given(tasks=st.integers(0, 40), helpers=st.integers(1, 3), own=st.integers(0, 40))
def test_each_task_is_done_once(tasks: int, helpers: int, own: int) -> None:
    shared = Team(tasks, helpers, do_all)
    mine = [task for task in range(min(own, tasks)) if shared.mine(task)]
    others = shared.results()
    assert sorted([*mine, *(task for _, theirs in others for task in theirs)]) == list(range(tasks))
    assert mine == list(range(len(mine)))


def test_what_is_done_already_is_not_done_again() -> None:
    ((_, theirs),) = Team(10, 1, do_all, done=4).results()
    assert sorted(theirs) == [4, 5, 6, 7, 8, 9]


def test_what_is_done_already_counts_as_taken() -> None:
    shared = Team(10, 0, do_all, done=4)
    assert shared.taken == 4
    shared.end()


def test_helpers_are_other_processes() -> None:
    processes = {process for process, _ in Team(100, 2, do_all).results()}
    assert len(processes) == 2
    assert os.getpid() not in processes


def test_the_caller_has_all_that_no_helper_has_begun(tmp_path: Path) -> None:
    def waiting(numbers: Iterator[int]) -> list[int]:
        first = next(numbers)
        (tmp_path / "begun").touch()
        while not (tmp_path / "go").exists():
            time.sleep(0.01)
        return [first, *numbers]

    shared = Team(5, 1, waiting)
    while not (tmp_path / "begun").exists():
        time.sleep(0.01)
    assert shared.taken == 1
    assert [task for task in range(5) if shared.mine(task)] == [0, 1, 2, 3]
    assert shared.taken == 5
    (tmp_path / "go").touch()
    assert shared.results() == [[4]]


def test_what_a_helper_raises_is_raised_here() -> None:
    def full(_: Iterator[int]) -> None:
        raise OSError(28, "No space left on device", "page.html")

    with pytest.raises(OSError, match=r"No space left on device: 'page.html'") as raised:
        do_with(1, 3, full)
    assert raised.value.errno == 28


class StrangeError(Exception):
    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} and {other}")


def test_what_no_other_process_can_read_is_told_in_words() -> None:
    def strange(_: Iterator[int]) -> None:
        raise StrangeError("this", "that")

    with pytest.raises(HelperError, match="StrangeError: this and that"):
        do_with(1, 3, strange)


def test_a_helper_that_was_killed_is_missed() -> None:
    def dies(numbers: Iterator[int]) -> None:
        next(numbers)
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(HelperError, match=r"ended by signal 9 \(SIGKILL\)"):
        do_with(2, 100, dies)


def test_a_helper_that_just_ends_is_missed() -> None:
    with pytest.raises(HelperError, match="exit code 3"):
        do_with(1, 3, lambda _: os._exit(3))


def test_a_helper_that_is_killed_while_it_takes_a_task_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(self: team._Row) -> None:
        with self._alone():
            os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(team._Row, "take_last", dies)
    shared = Team(3, 1, do_all)
    assert [shared.mine(task) for task in range(3)] == [True] * 3
    with pytest.raises(HelperError):
        shared.results()


def test_ending_it_ends_the_helpers() -> None:
    def endless(_: Iterator[int]) -> None:
        time.sleep(600)

    before = set(multiprocessing.active_children())
    shared = Team(3, 2, endless)
    assert len(set(multiprocessing.active_children()) - before) == 2
    shared.end()
    assert set(multiprocessing.active_children()) <= before


def test_an_interrupt_from_the_keyboard_is_left_to_the_caller() -> None:
    def interrupted(_: Iterator[int]) -> str:
        os.kill(os.getpid(), signal.SIGINT)
        return "still here"

    assert do_with(1, 3, interrupted) == ["still here"]


def test_without_the_caller_no_helper_goes_on(tmp_path: Path) -> None:
    def work(numbers: Iterator[int]) -> None:
        for number in numbers:
            (tmp_path / str(number)).touch()
            time.sleep(0.01)
        (tmp_path / "over").touch()

    caller = os.fork()
    if caller == 0:
        Team(100_000, 1, work)
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(caller, 0)
    while not (tmp_path / "over").exists():
        time.sleep(0.01)
    assert len(list(tmp_path.iterdir())) < 1000


def test_without_the_caller_no_helper_waits_for_somebody_to_take_its_result() -> None:
    def work(_: Iterator[int]) -> bytes:
        while os.getppid() == caller:
            time.sleep(0.01)
        return bytes(10_000_000)

    # Whoever holds an end of it is still there.
    over, there = os.pipe()
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        caller = os.getpid()
        Team(3, 2, work)
        os.kill(caller, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(there)
    ended, _, _ = select.select([over], [], [], 30)
    os.close(over)
    if not ended:
        os.killpg(child, signal.SIGKILL)
    assert ended


def test_there_are_helpers_for_much_work_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(64)))
    few, many = team.ENOUGH - 1, 100 * team.ENOUGH
    assert [team.helpers(tasks) for tasks in (0, few, team.ENOUGH, many)] == [0, 0, 1, team.MOST - 1]
    assert [team.helpers(many, processes) for processes in (1, 2, 8)] == [0, 1, 7]
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})
    assert team.helpers(many) == 0


def test_a_process_with_threads_gets_no_helpers() -> None:
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    try:
        assert team.helpers(100 * team.ENOUGH, 2) == 0
    finally:
        over.set()
        thread.join()
