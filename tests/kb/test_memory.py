"""What a build has made is set aside, and freed before the next one."""

import gc
import os
import platform
from pathlib import Path
from weakref import ref

import pytest

from kb import memory


class Ring:
    """Refers to itself, so that only a search frees it."""

    def __init__(self) -> None:
        self.myself = self


def test_what_was_made_is_set_aside_until_the_next_build_forgets_it() -> None:
    with memory.growing():
        made = ref(Ring())
    gc.collect()
    assert made() is not None
    memory.forget()
    assert made() is None


def test_the_search_is_off_only_while_something_grows() -> None:
    assert gc.isenabled()
    with memory.growing():
        assert not gc.isenabled()
    assert gc.isenabled()
    memory.forget()


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only the GNU C library can be asked for it")
def test_what_is_free_between_what_stays_is_given_back() -> None:
    texts = [bytes(3_000) for _ in range(40_000)]
    stays = texts[::8]
    before = resident()
    del texts
    memory.give_back()
    assert before - resident() > 60_000_000
    assert len(stays) == 5_000


def resident() -> int:
    """Bytes of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
