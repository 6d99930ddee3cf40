"""What was kept comes back only while it would be made of the same."""

from hypothesis import given
from hypothesis import strategies as st

from kb.kept import Kept, mark

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
    left = kept.sweep()
    assert [name for name in ("kept", "recalled", "gone") if kept.recall(name, 1)] == ["kept", "recalled"]
    assert left.keys() == {"kept", "recalled"}


def test_what_was_left_can_be_kept_elsewhere() -> None:
    kept = Kept()
    kept.keep("page", 1, "thing")
    assert Kept(kept.sweep()).recall("page", 1) == "thing"


def test_a_text_and_its_repr_are_told_apart() -> None:
    assert mark("1") != mark(1)
    assert mark("'1'") != mark("1")


def test_what_another_one_used_comes_back_and_is_not_dropped() -> None:
    kept, other = Kept(), Kept()
    other.keep("page", 1, "thing")
    kept.keep("page", 2, "old")
    kept.sweep()
    kept.add(other.sweep())
    assert kept.sweep().keys() == {"page"}
    assert kept.recall("page", 1) == "thing"


def test_what_is_forgotten_is_gone() -> None:
    kept = Kept()
    kept.keep("page", 1, "thing")
    kept.forget()
    assert kept.recall("page", 1) is None
    assert kept.sweep() == {}


def test_what_somebody_only_looked_at_is_dropped_and_what_somebody_uses_stays() -> None:
    kept = Kept()
    for name in ("looked at", "used"):
        kept.keep(name, 1, "thing")
    kept.sweep()
    assert [kept.look("looked at"), kept.look("used"), kept.look("nowhere")] == ["thing", "thing", None]
    kept.use("used")
    assert list(kept.sweep()) == ["used"]
