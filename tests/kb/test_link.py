"""A text that may have a link to a file that has come or gone is found."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import link
from kb.link import Changed
from kb.source import Source

PARTS = st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1)
PATHS = st.lists(PARTS, min_size=1).map("/".join)


@given(st.lists(PATHS, min_size=1), st.sampled_from(["", "../", "/", "./"]), st.sampled_from([quote, str]), st.data())
def test_a_link_to_one_of_the_files_is_never_missed(
    paths: list[str], start: str, spell: Callable[[str], str], data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(paths))
    written = f"See [there]({start}{spell(path)}#section)."
    assert Changed(paths).named_in(written)


@pytest.mark.parametrize(
    "text", ["[a](/problems/a.md)", "[a](a.md#b)", '![a](../img/a.md "A")', "[a]: <x/a.md>", "<a href='a.md'>"]
)
def test_a_link_may_be_written_in_many_ways(text: str) -> None:
    assert Changed(["problems/a.md"]).named_in(text)


@pytest.mark.parametrize("text", ["", "[b](/problems/b.md)", "[aa](/problems/aa.md)", "[a](/problems/a.mdx)", "a"])
def test_other_texts_are_left_alone(text: str) -> None:
    assert not Changed(["problems/a.md"]).named_in(text)


def test_where_nothing_has_changed_no_text_is_found() -> None:
    assert not Changed([]).named_in("[a](/problems/a.md)")


def test_not_every_missing_page_is_compared_with_all_the_others(tmp_path: Path) -> None:
    pages = {f"problems/{n}.md": Source(f"docs/problems/{n}.md", f"[x](/problems/x{n}.md)\n") for n in range(50)}
    faults = link.check(tmp_path, pages, frozenset())
    assert len(faults) == 50
    assert sum(bool(fault.suggestion) for fault in faults) == link.GUESSES
