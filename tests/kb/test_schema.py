"""Pydantic's errors in a writer's words."""

from datetime import date
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, StringConstraints

from kb import matter, schema
from kb.fault import Fault
from kb.matter import Matter
from kb.schema import SLUG, SLUG_LONGEST, Day, Model, Slug, Text, unique
from kb.source import Source


class Part(Model):
    size: int = Field(1, ge=1, le=9)


class Thing(Model):
    name: Annotated[Text, StringConstraints(min_length=2, max_length=5)] = Field(
        "Thing", description="what it is called."
    )
    slug: Slug = "a"
    slugs: Annotated[tuple[Slug, ...], unique, Field(max_length=2)] = ()
    kind: Literal["small", "large"] = "small"
    day: Day = date(2026, 1, 1)
    sure: bool = True
    price: float = 1.0
    parts: dict[Slug, Part] = Field(default_factory=dict)


class Named(Model):
    name: Text = Field(description="what it is called.")


def check(text: str, model: type[Model] = Thing) -> Model | list[Fault]:
    parsed = matter.parse(Source("x.md", text))
    assert isinstance(parsed, Matter)
    return schema.validate(model, "x.md", parsed, parsed.data)


def only(text: str, model: type[Model] = Thing) -> Fault:
    found = check(text, model)
    assert isinstance(found, list), found
    assert len(found) == 1, found
    return found[0]


def test_good_data_becomes_the_model() -> None:
    found = check("name: ' Bolt '\nkind: large\nday: 2026-11-21\nsure: no\nprice: 2.5\nparts:\n  a: {size: 3}")
    assert found == Thing(
        name="Bolt", kind="large", day=date(2026, 11, 21), sure=False, price=2.5, parts={"a": Part(size=3)}
    )


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("name: [a, b]", "wrong-type", "'name' must be text."),
        ("name: abcdef", "too-long", "'name' has 6 characters; at most 5 are allowed."),
        ("name: a", "too-short", "'name' has 1 characters; at least 2 are needed."),
        ("name:", "empty-value", "'name' has no value."),
        ("name: a<b", "markup-in-text", "'name': '<' and '>' are not allowed in plain text."),
        ("name: |\n  a\n  b", "line-break-in-text", "'name': This text goes over several lines."),
        ('name: "a\\rb"', "line-break-in-text", "'name': This text goes over several lines."),
        ("slug: A b", "bad-slug", "'slug': 'A b' is no slug."),
        ("slugs: a", "wrong-type", "'slugs' must be a list."),
        ("slugs: [a, b, c]", "too-many", "'slugs' has 3 entries; at most 2 are allowed."),
        ("slugs: [a, a]", "said-twice", "'slugs': 'a' stands in this list twice."),
        ("slugs: [a, B]", "bad-slug", "'slugs' → entry 2: 'B' is no slug."),
        ("kind: smal", "unknown-value", "'kind' cannot be 'smal'."),
        ("day: 2026-02-30", "bad-date", "'day' must be a date, not '2026-02-30'."),
        ("day: '86400'", "bad-date", "'day': '86400' is no date."),
        ("sure: perhaps", "wrong-type", "'sure' must be true or false, not 'perhaps'."),
        ("price: dear", "wrong-type", "'price' must be a number, not 'dear'."),
        ("parts: [a]", "wrong-type", "'parts' must have keys of its own."),
        ("parts: {a: b}", "wrong-type", "'parts' → 'a' must have keys of its own."),
        ("parts: {a: {size: 0}}", "out-of-range", "'parts' → 'a' → 'size' must be at least 1, not 0."),
        ("parts: {a: {size: 10}}", "out-of-range", "'parts' → 'a' → 'size' must be at most 9, not 10."),
        ("parts: {a: {size: few}}", "wrong-type", "'parts' → 'a' → 'size' must be a whole number, not 'few'."),
        ("parts: {a: {size: 1.5}}", "wrong-type", "'parts' → 'a' → 'size' must be a whole number, not '1.5'."),
    ],
)
def test_a_wrong_value_is_named_with_what_is_wrong(text: str, code: str, words: str) -> None:
    found = only(text)
    assert (found.code, found.sentence) == (code, words)


def test_a_fault_stands_at_its_value() -> None:
    found = only("name: abc\nslugs:\n  - a\n  - B\n")
    assert (found.path, found.line, found.column) == ("x.md", 4, 5)


def test_a_key_that_is_no_good_is_reported_where_the_key_stands() -> None:
    found = only("parts:\n  A b: {size: 1}\n")
    assert (found.line, found.column, found.code) == (2, 3, "bad-slug")


def test_an_unknown_key_stands_at_the_key_and_offers_the_nearest() -> None:
    found = only("name: abc\nsluggs: [a]\n")
    assert (found.line, found.column, found.code) == (2, 1, "unknown-key")
    assert found.suggestion == "Did you mean 'slugs'?"


def test_an_unknown_key_further_in_offers_the_keys_that_may_stand_there() -> None:
    found = only("parts:\n  a: {siz: 1}\n")
    assert found.suggestion == "Did you mean 'size'?"


def test_keys_that_belong_to_somebody_else_are_offered_too() -> None:
    parsed = matter.parse(Source("x.md", "colur: red"))
    assert isinstance(parsed, Matter)
    found = schema.validate(Thing, "x.md", parsed, parsed.data, also_known=frozenset({"colour"}))
    assert isinstance(found, list)
    assert found[0].suggestion == "Did you mean 'colour'?"


def test_a_missing_key_says_what_it_holds() -> None:
    found = only("", Named)
    assert (found.code, found.sentence) == ("missing-key", "'name' is missing.")
    assert found.suggestion == "Add it. It holds what it is called."


def test_all_mistakes_are_reported_together() -> None:
    found = check("name: a\nkind: huge\nprice: dear\ncolour: red\n")
    assert isinstance(found, list)
    assert {fault.code for fault in found} == {"too-short", "unknown-value", "wrong-type", "unknown-key"}


def test_a_list_whose_entries_are_wrong_is_not_called_too_short_as_well() -> None:
    class Filled(Model):
        slugs: Annotated[tuple[Slug, ...], Field(min_length=1)]

    assert only("slugs: [A]", Filled).code == "bad-slug"
    assert only("slugs: []", Filled).code == "too-few"


@given(st.text())
def test_a_slug_is_small_letters_and_digits_in_words_joined_by_hyphens(text: str) -> None:
    words = text.split("-")
    good = all(word and word.isascii() and word.isalnum() and word.islower() | word.isdigit() for word in words)
    assert bool(SLUG.fullmatch(text)) == good


@pytest.mark.parametrize(("length", "fine"), [(SLUG_LONGEST, True), (SLUG_LONGEST + 1, False)])
def test_a_slug_has_a_greatest_length(length: int, *, fine: bool) -> None:
    assert isinstance(check(f"slug: {'a' * length}"), Thing) == fine
