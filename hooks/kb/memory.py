"""Memory while the knowledge base grows."""

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def growing() -> Iterator[None]:
    """Without Python's search for unreachable objects, for values that last as long as the build.

    It finds nothing in values that only refer to older ones, and would go through all of them again and again: a third
    of the time at a thousand articles. It leaves them alone afterwards too, until `forget`.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()


def forget() -> None:
    """Free what an earlier build of this process has left, as under `mkdocs serve`."""
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()


def give_back() -> None:
    """Let the system have what is free between the values that stay, such as where texts of files were.

    A process would use most of it again, but a copy of the process would have it, too.
    """
    # Only the GNU C library can be asked for it.
    give_back = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if give_back:
        give_back(0)
