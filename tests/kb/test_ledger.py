"""The ledger of facts, and what articles say of it."""

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import ledger
from kb.fault import Fault, FaultsError
from kb.ledger import COLUMNS, Fact
from kb.site import Site
from kb.source import Source

if TYPE_CHECKING:
    from tests.kb.conftest import Load, Text

HEAD = ",".join(COLUMNS)


def parse(*rows: str) -> tuple[Fact, ...] | list[Fault]:
    return ledger.parse(Source("ledger.csv", "\n".join([HEAD, *rows]) + "\n"))


def only(*rows: str) -> Fault:
    found = parse(*rows)
    assert isinstance(found, list), found
    assert len(found) == 1, found
    return found[0]


def test_a_row_becomes_a_fact_with_its_line() -> None:
    found = parse('F1,book,"Chapter 1, part 2",all,cause,"He said ""no"".",current,,page 3')
    assert found == (
        Fact("F1", "book", "Chapter 1, part 2", "all", "cause", 'He said "no".', "current", "", "page 3", 2),
    )


@pytest.mark.parametrize(
    ("status", "live"),
    [
        ("current", True),
        ("renamed", True),
        ("duplicate", False),
        ("untold", False),
        ("superseded", False),
        ("obsolete", False),
    ],
)
def test_only_what_is_current_or_renamed_is_live(status: str, *, live: bool) -> None:
    found = parse(f"F1,,,,,x,{status},,a reason")
    assert isinstance(found, tuple)
    assert found[0].live == live


def test_the_columns_must_be_named_in_their_order() -> None:
    found = ledger.parse(Source("ledger.csv", "source,id\n"))
    assert isinstance(found, list)
    assert found[0].code == "bad-columns"
    assert HEAD in found[0].suggestion


@pytest.mark.parametrize("row", ["F1,a,b", "F1,,,,,a, b,current,,,"])
def test_a_row_with_too_few_or_too_many_columns_is_refused(row: str) -> None:
    found = only("F0,,,,,x,current,,", row)
    assert (found.line, found.code) == (3, "bad-row")


def test_a_fact_has_one_row() -> None:
    found = only("F1,,,,,x,current,,", "F1,,,,,y,current,,")
    assert (found.line, found.code) == (3, "duplicate-fact")
    assert "line 2" in found.sentence


def test_an_unknown_status_offers_the_nearest() -> None:
    found = only("F1,,,,,x,obsolet,,")
    assert (found.code, found.suggestion) == ("unknown-status", "Did you mean 'obsolete'?")


@pytest.mark.parametrize("status", ["untold", "superseded", "obsolete"])
def test_what_is_told_nowhere_has_a_reason(status: str) -> None:
    found = only(f"F1,,,,,x,{status},,")
    assert (found.line, found.code) == (2, "no-reason")
    assert isinstance(parse(f"F1,,,,,x,{status},,too long"), tuple)


@pytest.mark.parametrize("row", ["F1,,,,,x,current,,", "F1,,,,,x,duplicate,F2,"])
def test_what_is_told_needs_no_reason(row: str) -> None:
    assert isinstance(parse(row, "F2,,,,,x,current,,"), tuple)


def test_a_fact_is_merged_into_one_that_is_there() -> None:
    assert only("F1,,,,,x,duplicate,F2,").code == "unknown-fact"
    assert isinstance(parse("F1,,,,,x,duplicate,F2,", "F2,,,,,x,current,,"), tuple)


def test_the_faults_of_all_rows_are_reported() -> None:
    found = parse("F1,,,,,x,new,,", "F1,,,,,x,old,F9,", "F3,a")
    assert isinstance(found, list)
    assert sorted(fault.code for fault in found) == [
        "bad-row",
        "duplicate-fact",
        "unknown-fact",
        "unknown-status",
        "unknown-status",
    ]


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"), max_size=12)


@given(
    st.text(st.characters(exclude_categories=["Cs"])) | st.text('F1,"\n current', max_size=60).map(f"{HEAD}\n".__add__)
)
def test_any_text_becomes_facts_or_faults(text: str) -> None:
    found = ledger.parse(Source("ledger.csv", text))
    if isinstance(found, list):
        assert found
        assert all(1 <= fault.line <= text.count("\n") + 1 for fault in found)


@given(st.lists(st.tuples(*[cells] * 5), max_size=5))
def test_what_was_written_as_csv_is_read_back(rows: list[tuple[str, ...]]) -> None:
    written = [(f"F{number}", *row, "current", "", "note") for number, row in enumerate(rows)]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([COLUMNS, *written])
    found = ledger.parse(Source("ledger.csv", out.getvalue()))
    assert isinstance(found, tuple)
    assert [(fact.id, fact.source, fact.section, fact.audience, fact.kind, fact.fact) for fact in found] == [
        row[:6] for row in written
    ]


def test_a_live_fact_that_no_article_says_is_reported_at_its_row(load: "Load", good: "Text") -> None:
    with pytest.raises(FaultsError) as raised:
        load({"problems/slow-leak.md": good("problems/slow-leak.md", facts=None)})
    (found,) = raised.value.faults
    assert (found.path, found.line, found.code) == ("docs/ledger.csv", 3, "fact-not-said")


@pytest.mark.parametrize(
    ("fact", "code"), [("B001", "fact-said-twice"), ("B003", "fact-not-live"), ("B009", "unknown-fact")]
)
def test_a_fact_that_an_article_may_not_say_is_reported_at_that_article(
    fact: str, code: str, load: "Load", good: "Text"
) -> None:
    with pytest.raises(FaultsError) as raised:
        load({"problems/squeal.md": good("problems/squeal.md", facts=[fact])})
    (found,) = raised.value.faults
    assert (found.path, found.code) == ("docs/problems/squeal.md", code)


def test_a_remedy_and_a_reference_may_say_facts_too(load: "Load", good: "Text") -> None:
    known = load(
        {
            "problems/flat-tyre.md": good("problems/flat-tyre.md", facts=None),
            "problems/slow-leak.md": good("problems/slow-leak.md", facts=None),
            "remedies/pump-up.md": good("remedies/pump-up.md", facts=["B001"]),
            "reference/valve-kinds.md": good("reference/valve-kinds.md", facts=["B002"]),
        }
    )
    assert {fact: [one.slug for one in found] for fact, found in ledger.owners(known.articles).items()} == {
        "B001": ["pump-up"],
        "B002": ["valve-kinds"],
    }


def test_a_site_may_keep_no_ledger(load: "Load") -> None:
    assert load({"ledger.csv": None}).facts == ()


def test_the_facts_of_the_real_articles_and_the_real_ledger_are_the_same(real: Site) -> None:
    said = [fact for one in real.knowledge.articles for fact in one.facts]
    assert len(said) == len(set(said))
    assert set(said) == {fact.id for fact in real.knowledge.facts if fact.live}
    assert len(said) > 100
