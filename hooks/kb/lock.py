"""A lock that the system holds for a process, and lets go when the process ends, however it ends."""

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

PAUSE = 0.1
"""Seconds between two looks at a lock that another process has."""

if sys.platform == "win32":
    import msvcrt

    def _locks(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:
    import fcntl

    def _locks(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def take(path: Path, waiting: Callable[[], None]) -> int:
    """Lock this file, which is made if there is none. Returns what `give_back` wants.

    Waits as long as another process has it, and calls `waiting` once before. It keeps out those who ask for the same
    lock, nobody else. Raises OSError where there can be no such file.
    """
    told = False
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        # Whoever had it may have taken the file away since we opened it: then others lock another one by this name.
        if _locks(descriptor) and os.fstat(descriptor).st_nlink:
            return descriptor
        os.close(descriptor)
        if not told:
            waiting()
            told = True
        time.sleep(PAUSE)


def give_back(path: Path, descriptor: int) -> None:
    """Take the file away and let the next one in."""
    with suppress(OSError):  # Windows takes no open file away; there it stays
        path.unlink()
    os.close(descriptor)
