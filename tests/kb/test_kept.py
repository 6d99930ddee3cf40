"""What was kept comes back only while it would be made of the same."""

from hypothesis import given
from hypothesis import strategies as st

from kb.kept import Kept

made_of = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.tuples(inner, inner) | st.lists(inner)
)


@given(made_of, made_of)
def test_a_thing_comes_back_exactly_if_it_would_be_made_of_the_same(one: object, other: object) -> None:
    kept = Kept()
    kept.keep("page", one, "thing")
    assert kept.recall("page", one) == "thing"
    assert (kept.recall("page", other) == "thing") == (repr(one) == repr(other))


def test_nothing_comes_back_under_another_name() -> None:
    kept = Kept()
    kept.keep("page", 1, "thing")
    assert kept.recall("other page", 1) is None


def test_a_new_thing_takes_the_place_of_the_old_one() -> None:
    kept = Kept()
    kept.keep("page", 1, "old")
    kept.keep("page", 2, "new")
    assert kept.recall("page", 1) is None
    assert kept.recall("page", 2) == "new"


def test_what_nobody_asked_for_in_a_whole_build_is_dropped() -> None:
    kept = Kept()
    for name in ("kept", "recalled", "gone"):
        kept.keep(name, 1, "thing")
    kept.sweep()
    kept.keep("kept", 1, "thing")
    kept.recall("recalled", 1)
    kept.recall("gone", 2)
    kept.sweep()
    assert [name for name in ("kept", "recalled", "gone") if kept.recall(name, 1)] == ["kept", "recalled"]
