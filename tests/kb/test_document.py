"""Markdown files taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import document
from kb.document import Document
from kb.fault import Fault
from kb.source import Source

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r")) | st.lists(
    st.sampled_from(["---", "--- ", "a: b", "- c", "", "text", "## d", "..."]), max_size=12
).map("\n".join)


def parse(text: str) -> Document:
    found = document.parse(Source("x.md", text))
    assert isinstance(found, Document), found
    return found


def test_front_matter_and_body_are_parted() -> None:
    found = parse("---\na: b\n---\n\nText.\n\n## More\n")
    assert found.front.data == {"a": "b"}
    assert found.body == "Text.\n\n## More\n"


@pytest.mark.parametrize("blank", [0, 1, 3])
def test_the_line_of_the_body_is_that_of_its_first_word(blank: int) -> None:
    found = parse("---\na: b\n---\n" + "\n" * blank + "Text.\n")
    assert found.body_line == 4 + blank
    assert found.body.startswith("Text.")


def test_the_body_ends_with_one_line_end() -> None:
    assert parse("---\na: b\n---\nText.\n\n\n").body == "Text.\n"


def test_blanks_behind_the_lines_that_fence_the_front_matter_do_no_harm() -> None:
    assert parse("--- \na: b\n---  \nText.\n").front.data == {"a": "b"}


def test_a_rule_in_the_body_does_not_end_anything() -> None:
    assert parse("---\na: b\n---\nOne.\n\n---\n\nTwo.\n").body == "One.\n\n---\n\nTwo.\n"


@pytest.mark.parametrize("text", ["a: b\n---\n", " ---\na: b\n---\n", "\n---\na: b\n---\n", "----\na: b\n----\n"])
def test_a_file_that_does_not_begin_with_a_fence_has_no_front_matter(text: str) -> None:
    found = document.parse(Source("x.md", text))
    assert isinstance(found, Fault)
    assert found.code == "no-front-matter"


def test_front_matter_that_is_not_closed_is_reported_where_it_opens() -> None:
    found = document.parse(Source("x.md", "---\na: b\n\nText.\n"))
    assert isinstance(found, Fault)
    assert (found.line, found.column, found.code) == (1, 1, "unclosed-front-matter")


def test_faults_of_the_front_matter_have_their_line_in_the_file() -> None:
    found = document.parse(Source("x.md", "---\na: b\nc: d: e\n---\n"))
    assert isinstance(found, Fault)
    assert (found.line, found.column) == (3, 5)


@given(texts)
def test_any_text_becomes_a_document_or_a_fault_inside_it(text: str) -> None:
    found = document.parse(Source("x.md", text))
    last = text.count("\n") + 1
    if isinstance(found, Fault):
        assert 1 <= found.line <= last
    elif found.body.strip():
        assert text.split("\n")[found.body_line - 1].strip() == found.body.split("\n")[0].strip()
