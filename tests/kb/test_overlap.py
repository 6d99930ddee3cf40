"""A problem whose remedies all stand in another one is worth a look, unless sharing them says nothing."""

from typing import TYPE_CHECKING, Any

from kb import overlap

if TYPE_CHECKING:
    from tests.kb.conftest import Load, Text

ALL = ["pump-up", "mend-tube", "visit-shop"]


def hints(load: "Load", good: "Text", **ladders: Any) -> list[str]:
    """For the problems of the good site with these remedies."""
    names = {"leak": "slow-leak", "flat": "flat-tyre"}
    changes = {
        f"problems/{names[key]}.md": good(f"problems/{names[key]}.md", **value) for key, value in ladders.items()
    }
    return [str(hint) for hint in overlap.hints(load(changes))]


def test_a_ladder_inside_another_is_named(load: "Load", good: "Text") -> None:
    (hint,) = hints(load, good, leak={"remedies": ["pump-up", "mend-tube"]}, flat={"remedies": ALL})
    assert hint.startswith("docs/problems/slow-leak.md:")
    assert "remedies-of-another: All of these remedies stand in docs/problems/flat-tyre.md too" in hint


def test_of_two_equal_ladders_one_is_named(load: "Load", good: "Text") -> None:
    assert len(hints(load, good, leak={"remedies": ALL}, flat={"remedies": ALL})) == 1


def test_another_order_is_another_ladder(load: "Load", good: "Text") -> None:
    assert hints(load, good, leak={"remedies": ["mend-tube", "pump-up"]}, flat={"remedies": ALL}) == []


def test_what_nearly_every_problem_names_says_nothing(load: "Load", good: "Text") -> None:
    ladder = ["pump-up", "visit-shop"]
    assert hints(load, good, leak={"remedies": ladder}, flat={"remedies": ALL}) == []


def test_two_messages_are_two_problems(load: "Load", good: "Text") -> None:
    own = {"remedies": ["pump-up", "mend-tube"], "messages": ["AIR LOW"]}
    assert hints(load, good, leak=own, flat={"remedies": ALL}) == []
