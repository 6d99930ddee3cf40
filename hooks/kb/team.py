"""Numbered tasks that several processes share: the caller takes them from the front, its helpers from the back.

A helper is a copy of the process (`fork`): whatever was read and made so far is there, and takes no memory of its own
as long as nobody changes it. What it changes itself, nobody else sees: it hands back one value at its end. So tasks may
not need each other. It makes no difference who does which; whoever is faster does more.
"""

import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from mmap import mmap
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from tempfile import TemporaryFile
from typing import Generic, TypeVar

if sys.platform != "win32":
    import fcntl

T = TypeVar("T")

MOST = 4
"""Processes, if nobody says how many. What one of them has to do alone takes longer than what is left for more."""
ENOUGH = 200
"""Tasks that are worth a process of their own."""
FEW = 20
"""Tasks that the caller does by itself before it calls anybody: there may be no more that take time. What they have in
common is made by then, such as templates in Python's own code."""


class HelperError(Exception):
    """A helper ended before it was done; the text says how."""


def helpers(tasks: int, processes: int | None = None) -> int:
    """How many helpers are worth having, of so many processes at most; otherwise one for each processor.

    None where a copy of this process would lack something: other threads, and whatever other systems warn of.
    """
    if sys.platform != "linux" or threading.active_count() > 1:
        return 0
    return min(processes or min(len(os.sched_getaffinity(0)), MOST), 1 + tasks // ENOUGH) - 1


class _Row:
    """What is left of the tasks: those from the first to the one before the last. In memory that processes share.

    The system holds the lock for a process, and lets go of it when the process ends, however it ends.
    """

    def __init__(self, done: int, tasks: int) -> None:
        # Memory that belongs to no file is shared with the copies of this process.
        self._ends = memoryview(mmap(-1, 16)).cast("q")
        self._ends[0], self._ends[1] = done, tasks
        self._file = TemporaryFile()  # noqa: SIM115 - open as long as there are tasks

    def take(self, task: int) -> bool:
        """Take it from the front, with all before it. False if it is taken already."""
        with self._alone():
            free = task < self._ends[1]
            if free:
                self._ends[0] = task + 1
            return free

    def take_last(self) -> int | None:
        with self._alone():
            if self._ends[0] >= self._ends[1]:
                return None
            self._ends[1] -= 1
            return self._ends[1]

    def close(self) -> None:
        self._file.close()

    @property
    def left(self) -> int:
        with self._alone():
            return self._ends[1] - self._ends[0]

    @contextmanager
    def _alone(self) -> Iterator[None]:
        fcntl.lockf(self._file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.lockf(self._file, fcntl.LOCK_UN)


class Team(Generic[T]):
    """The caller and its helpers, for one row of tasks.

    `work` runs in each helper. It gets the numbers of its tasks, the next one when it asks, and returns what `results`
    will have. The caller asks `mine` about each task, in ascending order; so many of the first ones are `done`. Raises
    OSError where the system refuses a process or what processes share.
    """

    def __init__(self, tasks: int, helpers: int, work: Callable[[Iterator[int]], T], *, done: int = 0) -> None:
        fork = get_context("fork")
        self._tasks, self._caller = tasks, os.getpid()
        self._row = _Row(done, tasks)
        self._helpers: list[tuple[ForkProcess, Connection]] = []
        for _ in range(helpers):
            ours, theirs = fork.Pipe(duplex=False)
            process = fork.Process(target=self._help, args=(work, theirs, ours), daemon=True)
            process.start()
            # From now on the helper alone has its end: it is closed when the helper ends, however that comes.
            theirs.close()
            self._helpers.append((process, ours))

    def mine(self, task: int) -> bool:
        """Whether the caller is to do this one. If not, a helper has done it or does it now."""
        return self._row.take(task)

    @property
    def taken(self) -> int:
        """How many tasks are done or begun."""
        return self._tasks - self._row.left

    def results(self) -> list[T]:
        """What the helpers return, as soon as all are done. Raises what one of them raised, and HelperError."""
        try:
            return [self._result(process, pipe) for process, pipe in self._helpers]
        finally:
            self.end()

    def _result(self, process: ForkProcess, pipe: Connection) -> T:
        try:
            value, error = pickle.loads(pipe.recv_bytes())  # noqa: S301 - from a copy of this process
        except EOFError:
            process.join()
            raise HelperError(_how(process.exitcode)) from None
        if error:
            raise error
        return value  # type: ignore[no-any-return]

    def end(self) -> None:
        """End the helpers that are still at work. Nobody may be asked for anything afterwards."""
        for process, pipe in self._helpers:
            process.terminate()
            process.join()
            process.close()
            pipe.close()
        self._helpers.clear()
        self._row.close()

    def _help(self, work: Callable[[Iterator[int]], T], pipe: Connection, callers: Connection) -> None:
        # Who interrupts the program interrupts all of its processes at once. The caller ends its helpers.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        # As long as somebody could read, a helper whose caller has gone would wait for that for ever.
        for other in (callers, *(pipe for _, pipe in self._helpers)):
            other.close()
        try:
            answer = pickle.dumps((work(self._from_the_back()), None))
        except Exception as error:
            answer = pickle.dumps((None, _portable(error)))
        with suppress(BrokenPipeError):
            pipe.send_bytes(answer)

    def _from_the_back(self) -> Iterator[int]:
        # Without the caller nobody wants the rest.
        while os.getppid() == self._caller and (task := self._row.take_last()) is not None:
            yield task


def _portable(error: Exception) -> Exception:
    """The same for another process, or what can be said of it."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - made here
    except Exception:
        return HelperError("".join(traceback.format_exception(error)))
    return error


def _how(code: int | None) -> str:
    if code is not None and code < 0:
        return f"A process that helped was ended by signal {-code} ({signal.Signals(-code).name})."
    return f"A process that helped ended with exit code {code}."
