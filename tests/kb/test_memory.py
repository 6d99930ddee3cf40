"""What a build has made is set aside, and freed before the next one."""

import gc
from weakref import ref

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
