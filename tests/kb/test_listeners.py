"""Functions that others hang on to the events of a build are told from ours."""

import functools
from pathlib import Path

from kb import listeners
from kb.listeners import strangers

HERE = {Path(__file__)}


def ours() -> None: ...


@functools.wraps(ours)
def measured() -> None:
    ours()


class Plugin:
    def on_page(self) -> None: ...


def test_a_function_of_one_of_our_files_is_no_stranger() -> None:
    assert strangers({"page": [ours, Plugin().on_page]}, {"page"}, HERE) == set()


def test_a_function_of_another_file_is_one() -> None:
    assert strangers({"page": [ours, listeners.strangers], "end": [ours]}, {"page", "end"}, HERE) == {"page"}


def test_only_the_events_that_are_named_count() -> None:
    assert strangers({"page": [listeners.strangers]}, {"end"}, HERE) == set()


def test_what_has_no_file_is_a_stranger() -> None:
    assert strangers({"page": [print], "end": [functools.partial(ours)]}, {"page", "end"}, HERE) == {"page", "end"}


def test_a_function_that_stands_for_one_of_ours_is_ours() -> None:
    assert strangers({"page": [functools.wraps(ours)(listeners.strangers)]}, {"page"}, HERE) == set()
    assert strangers({"page": [measured]}, {"page"}, HERE) == set()
