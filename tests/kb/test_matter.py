"""YAML as plain data with places."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from kb import matter
from kb.fault import Fault
from kb.matter import Matter, Place
from kb.source import Source

# What UTF-8 can hold, with the line ends that a source has; YAML's own signs come often.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r")) | st.text(
    "ab01:#&*!|>%@`'\"[]{}?,- \n\t\\~.", max_size=40
)


def parse(text: str) -> Matter:
    found = matter.parse(Source("x.yml", text))
    assert isinstance(found, Matter), found
    return found


def fault(text: str) -> Fault:
    found = matter.parse(Source("x.yml", text))
    assert isinstance(found, Fault), found
    return found


def test_scalars_stay_the_text_that_was_written() -> None:
    text = "a: yes\nb: 042\nc: 2026-11-21\nd: 1e3\ne: 'null'\nf: .5"
    assert parse(text).data == {"a": "yes", "b": "042", "c": "2026-11-21", "d": "1e3", "e": "null", "f": ".5"}


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_what_is_left_open_is_nothing(nothing: str) -> None:
    assert parse(f"a: {nothing}").data == {"a": None}


def test_lists_and_mappings_nest() -> None:
    assert parse("a:\n  - b: [c, d]\n  - e").data == {"a": [{"b": ["c", "d"]}, "e"]}


def test_every_key_and_value_has_its_place() -> None:
    found = parse("one: a\ntwo:\n  - b\n  - three: c\n")
    assert found.place(("one",), of_key=True) == Place(1, 1)
    assert found.place(("one",)) == Place(1, 6)
    assert found.place(("two", 1)) == Place(4, 5)
    assert found.place(("two", 1, "three"), of_key=True) == Place(4, 5)
    assert found.place(("two", 1, "three")) == Place(4, 12)


def test_what_is_not_there_has_the_place_of_what_is_around_it() -> None:
    found = parse("one: a\ntwo: [b]\n")
    assert found.place(("two", 7, "x")) == Place(2, 6)
    assert found.place(("none",)) == Place(1, 1)


def test_places_count_from_the_line_where_the_part_begins() -> None:
    found = matter.parse(Source("x.md", "---\na: 1\n---\n"), "a: 1\n", offset=1)
    assert isinstance(found, Matter)
    assert found.place(("a",)) == Place(2, 4)


def test_a_text_of_comments_alone_has_no_data() -> None:
    assert parse("# nothing\n").data == {}


def test_a_colon_in_a_text_is_explained_with_the_line_as_it_should_be() -> None:
    found = fault("a: b\ntitle: Error: invalid\n")
    assert (found.line, found.column, found.code) == (2, 13, "unquoted-colon")
    assert found.suggestion.endswith('Write title: "Error: invalid".')


def test_a_quote_that_stays_open_is_reported_where_it_opens() -> None:
    found = fault("a: b\nc: 'd\ne: f\n")
    assert (found.line, found.column, found.code) == (2, 4, "unclosed-quote")


def test_a_tab_is_reported_where_it_stands() -> None:
    found = fault("a:\n \t- b\n")
    assert (found.line, found.column, found.code) == (2, 2, "tab")


def test_a_key_said_twice_names_the_line_of_the_first() -> None:
    found = fault("a: b\nc: d\na: e\n")
    assert (found.line, found.column, found.code) == (3, 1, "duplicate-key")
    assert "line 1" in found.sentence


def test_a_key_said_twice_inside_a_list_is_found_too() -> None:
    assert fault("a:\n  - b: c\n    b: d\n").code == "duplicate-key"


def test_the_same_key_in_two_entries_is_no_fault() -> None:
    assert parse("a:\n  - b: c\n  - b: d\n").data == {"a": [{"b": "c"}, {"b": "d"}]}


def test_anchors_that_would_blow_up_are_refused_at_the_first() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    found = fault(bomb)
    assert (found.line, found.column, found.code) == (1, 4, "yaml-anchor")


@pytest.mark.parametrize("text", ["a: !!python/object:os.system x", "a: !x b", "a: !!binary eA=="])
def test_tags_are_refused(text: str) -> None:
    assert fault(text).code == "yaml-tag"


@pytest.mark.parametrize(("levels", "fine"), [(8, True), (9, False), (5000, False)])
def test_lists_nest_so_deep_and_no_deeper(levels: int, *, fine: bool) -> None:
    found = matter.parse(Source("x.yml", f"a: {'[' * levels}{']' * levels}"))
    assert isinstance(found, Matter) == fine
    assert fine or (isinstance(found, Fault) and found.code == "nested-too-deep")


@pytest.mark.parametrize("text", ["a: Update #2", "a: [one, Two  #3\n  ]", "a: b\nc: '#1'\nd: two words # three"])
def test_a_text_that_a_hash_cuts_is_reported_where_it_is_cut(text: str) -> None:
    found = fault(text)
    assert found.code == "cut-by-hash"
    line = text.splitlines()[found.line - 1]
    assert line[found.column - 1 :].lstrip().startswith("#")


@pytest.mark.parametrize("text", ["a: 'Update #2'", "a: C#", "a: b # a remark, after one plain word"])
def test_a_hash_that_cuts_no_text_is_fine(text: str) -> None:
    assert parse(text).data


@pytest.mark.parametrize("char", ["\x00", "\x1b", "\x7f", "\x85", "\u2028"])
def test_a_control_character_is_reported_where_it_stands(char: str) -> None:
    found = fault(f"a: b\nc: d{char}e")
    assert (found.line, found.column, found.code) == (2, 5, "control-character")
    assert f"U+{ord(char):04X}" in found.sentence


def test_a_control_character_written_as_an_escape_is_found_too() -> None:
    found = fault('a: b\nc: "d\\x02e"')
    assert (found.line, found.column, found.code) == (2, 4, "control-character")


@pytest.mark.parametrize("text", ["just text", "- a\n- b"])
def test_what_has_no_keys_is_refused(text: str) -> None:
    assert fault(text).code == "invalid-yaml"


def test_a_second_document_is_refused_where_it_begins() -> None:
    found = fault("a: b\n---\nc: d\n")
    assert (found.line, found.code) == (2, "second-document")


def test_leniently_tags_change_nothing_and_comments_may_follow() -> None:
    found = matter.parse(Source("mkdocs.yml", "a: !ENV [X, y z]\nb: some words # why\n"), lenient=True)
    assert isinstance(found, Matter)
    assert found.data == {"a": ["X", "y z"], "b": "some words"}


@given(texts)
@example("? a")
@example("a: |\n")
@example("%YAML 9.9\n---\na: b")
@example("a: \U0010ffff\ufeff")
def test_any_text_becomes_data_or_a_fault_inside_the_text(text: str) -> None:
    found = matter.parse(Source("x.yml", text))
    if isinstance(found, Fault):
        assert 1 <= found.line <= text.count("\n") + 1
        assert found.column >= 1


@given(texts)
def test_leniently_too(text: str) -> None:
    assert isinstance(matter.parse(Source("x.yml", text), lenient=True), Matter | Fault)


words = st.from_regex(r"[a-z]{1,8}", fullmatch=True)
printable = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=20)
data = st.dictionaries(
    words, printable | st.lists(printable, max_size=4) | st.dictionaries(words, printable, max_size=3), max_size=4
)


def paths(written: object, above: matter.Path = ()) -> Iterator[matter.Path]:
    """The paths of everything in some data."""
    if above:
        yield above
    below = written.items() if isinstance(written, dict) else enumerate(written) if isinstance(written, list) else ()
    for part, value in below:
        yield from paths(value, (*above, part))


@given(data, st.sampled_from([{}, {"default_flow_style": True}, {"default_flow_style": False}]))
def test_what_was_written_is_read_back_and_each_place_is_where_it_stands(
    written: dict[str, object], style: dict[str, Any]
) -> None:
    text = yaml.safe_dump(written, allow_unicode=True, default_style='"', width=10_000, **style)
    found = parse(text)
    assert dict(found.data) == written
    lines = text.split("\n")
    for path in paths(written):
        place = found.place(path)
        assert lines[place.line - 1][place.column - 1] in '"[{-'
        if isinstance(path[-1], str):
            key = found.place(path, of_key=True)
            assert lines[key.line - 1][key.column - 1 :].startswith(f'"{path[-1]}"')
