"""The same result comes back as long as the arguments are equal."""

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kb import article, contact, link, settings, solver
from kb.memo import Memo
from kb.site import compile_site

if TYPE_CHECKING:
    from tests.kb.conftest import Write


def test_a_function_is_called_again_only_for_other_arguments() -> None:
    memo, calls = Memo(), []

    def double(number: int) -> int:
        calls.append(number)
        return 2 * number

    assert [memo.of("one", double, number) for number in (3, 3, 4, 4, 3)] == [6, 6, 8, 8, 6]
    assert calls == [3, 4, 3]


def test_names_do_not_share_results() -> None:
    memo = Memo()
    assert memo.of("sum", sum, (1, 2)) == 3
    assert memo.of("largest", max, (1, 2)) == 2


def test_an_equal_argument_gives_the_very_same_result() -> None:
    memo = Memo()
    first: list[str] = memo.of("list", list, "ab")
    assert memo.of("list", list, "".join(["a", "b"])) is first


def test_what_nobody_asked_for_since_the_last_sweep_is_dropped() -> None:
    memo = Memo()
    first: list[str] = memo.of("gone", list, "ab")
    memo.sweep()
    memo.sweep()
    assert memo.of("gone", list, "ab") is not first


def test_content_that_is_compiled_again_is_not_read_searched_or_solved_again(
    write: "Write", monkeypatch: pytest.MonkeyPatch
) -> None:
    docs, memo = write({}), Memo()
    own = settings.read(docs.parent / "mkdocs.yml")
    first = compile_site(docs, own, date(2026, 12, 1), memo=memo)
    for module, function in ((article, "make"), (contact, "scan"), (link, "_WORTH_A_LOOK"), (solver, "solve")):
        monkeypatch.setattr(module, function, None)
    again = compile_site(docs, own, date(2026, 12, 1), memo=memo)
    assert again.flow == first.flow
    assert [*again.knowledge.articles] == [*first.knowledge.articles]
