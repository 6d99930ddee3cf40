"""Runs a program and says what it took, by the system's own books: no other work on the machine is in the CPU time.

Needs `os.wait4`, which Linux, macOS and the BSDs have.
"""

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

BETWEEN = 0.2
"""Seconds between two looks at the memory."""
_SHARE = re.compile(r"^Pss: +(\d+) kB", re.M)
"""A process's own memory, and its share of what several have; see proc_pid_smaps(5)."""


@dataclass(frozen=True, slots=True)
class Limits:
    seconds: float
    """By the clock."""
    memory: int
    """Bytes of all its processes together."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a program took, with all that it started and waited for."""

    wall: float
    cpu: float
    """Seconds of all processors together."""
    memory: int
    """The most bytes at a time. Between two looks a higher peak of several processes can be missed, none of a single
    one; memory that processes share counts once."""


class OverLimitError(Exception):
    """It was ended because it took more than it was allowed; the text says what."""


class FailedError(Exception):
    """It ended with an error; the text is the end of what it said."""


def run(command: Sequence[str | Path], cwd: Path, limits: Limits, env: Mapping[str, str] = os.environ) -> Run:
    """Run it to its end. Raises OverLimitError and FailedError. What is ended early ends with all that it started."""
    with (cwd / "output.txt").open("w+b") as output:
        start = perf_counter()
        process = subprocess.Popen(
            command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )
        watch = _Watch(process.pid, limits)
        watch.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            _end(process.pid)
            raise
        finally:
            watch.over.set()
            watch.join()
        wall = perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if watch.exceeded:
            raise OverLimitError(watch.exceeded)
        if process.returncode:
            output.seek(0)
            raise FailedError(output.read().decode(errors="replace")[-2000:].strip() or f"exit {process.returncode}")
    largest = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Run(wall, usage.ru_utime + usage.ru_stime, max(largest, watch.memory))


class _Watch(threading.Thread):
    """Looks at the memory of a session again and again, and ends the session when it takes too much of anything."""

    def __init__(self, session: int, limits: Limits) -> None:
        super().__init__(daemon=True)
        self.memory, self.exceeded, self.over = 0, "", threading.Event()
        self._session, self._limits = session, limits

    def run(self) -> None:
        start = perf_counter()
        while not self.over.wait(BETWEEN):
            self.memory = max(self.memory, _memory(self._session))
            if perf_counter() - start > self._limits.seconds:
                self.exceeded = f"more than {self._limits.seconds:,.0f} s"
            elif self.memory > self._limits.memory:
                self.exceeded = f"more than {self._limits.memory / 1e6:,.0f} MB"
            if self.exceeded:
                _end(self._session)
                return


def _memory(session: int) -> int:
    """Bytes that the processes of a session hold now; 0 where the system has no /proc. What they share counts once."""
    held = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            # What stands before the last bracket is the program's name, which may hold anything; see proc(5).
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == session and (share := _SHARE.search((folder / "smaps_rollup").read_text())):
                held += int(share[1]) * 1024
        except OSError:
            continue  # it has just ended
    return held


def _end(session: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(session, signal.SIGKILL)
