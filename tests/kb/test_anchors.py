"""Anchors say what is in them, as a set does."""

import pickle
import sys

from hypothesis import given
from hypothesis import strategies as st

from kb.anchors import Anchors

NAMES = st.text(st.characters(exclude_characters="\n")) | st.sampled_from(["a", "b", "ab", "a b", ""])


@given(st.sets(NAMES), NAMES)
def test_they_hold_what_a_set_holds(names: set[str], other: str) -> None:
    for anchors in (Anchors(names), Anchors(text=Anchors(names).text), pickle.loads(pickle.dumps(Anchors(names)))):  # noqa: S301
        assert all(name in anchors for name in names)
        assert (other in anchors) == (other in names)


def test_they_take_less_memory() -> None:
    names = {f"a-heading-of-the-page-{number}" for number in range(20)}
    as_set = sys.getsizeof(names) + sum(map(sys.getsizeof, names))
    assert sys.getsizeof(Anchors(names).text) < as_set / 5
