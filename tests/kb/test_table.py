"""CSV files as rows."""

from hypothesis import given
from hypothesis import strategies as st

from kb import table
from kb.source import Source


def test_a_row_knows_the_line_in_which_it_ends() -> None:
    rows, faults = table.parse(Source("t.csv", 'a,b\n1,"two\nlines"\n3,4\n'), ("a", "b"))
    assert rows == [(3, {"a": "1", "b": "two\nlines"}), (4, {"a": "3", "b": "4"})]
    assert faults == []


@given(st.text())
def test_any_text_gives_rows_or_faults(text: str) -> None:
    rows, faults = table.parse(Source("t.csv", text), ("a", "b"))
    assert all(row.keys() == {"a", "b"} for _, row in rows)
    assert rows or faults or not text.partition("\n")[2].strip()


def test_a_quote_that_the_first_line_never_closes_is_a_fault_of_that_line() -> None:
    rows, faults = table.parse(Source("t.csv", 'a,"b\n'), ("a", "b"))
    assert rows == []
    assert [(fault.line, fault.code) for fault in faults] == [(1, "bad-row")]
