"""What has to be looked at again, and when."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import freshness, settings
from kb.freshness import Freshness
from kb.site import Site, compile_site

if TYPE_CHECKING:
    from pathlib import Path

    from tests.kb.conftest import Text, Write

SOURCES = (
    "key,title,date,publisher,product_era,licence,licence_url,credit,repository,path,certainty,note\n"
    "handbook,The handbook,{handbook},A,,L,https://x.example/,A,,,firm,\n"
    "leaflet,A leaflet,2019-01-01,A,,L,https://x.example/,A,,,firm,\n"
)
LEDGER = (
    "id,source,section,audience,kind,fact,status,merged_into,note\n"
    "B001,handbook,T,all,cause,{first},current,,\n"
    "B002,leaflet,T,all,cause,A valve leaks.,current,,\n"
)


def site_on(day: date, docs: "Path") -> Site:
    return compile_site(docs, settings.read(docs.parent / "mkdocs.yml"), day)


def codes(site: Site) -> tuple[list[str], list[str]]:
    found = freshness.faults(site)
    return sorted({one.code for one in found.overdue}), sorted({one.code for one in found.due})


DAYS = {
    date(2027, 1, 1): ("review-due", ""),
    date(2026, 12, 31): ("", ""),
    date(2027, 1, 31): ("review-due", ""),
    date(2027, 2, 1): ("", "review-overdue"),
}


@pytest.mark.parametrize("day", DAYS)
def test_an_article_is_due_thirty_days_ahead_and_overdue_after_its_day(day: date, write: "Write", good: "Text") -> None:
    site = site_on(day, write({"problems/squeal.md": good("problems/squeal.md", review_by="2027-01-31")}))
    found = freshness.faults(site)
    due, overdue = DAYS[day]
    assert [one.code for one in found.due if "squeal" in one.path] == [due] * bool(due)
    assert [one.code for one in found.overdue if "squeal" in one.path] == [overdue] * bool(overdue)


@pytest.mark.parametrize(("day", "expected"), [
    (date(2027, 3, 1), ([], ["notice-due"])),
    (date(2027, 3, 31), ([], ["notice-due"])),
    (date(2027, 4, 1), (["notice-overdue"], [])),
])  # fmt: skip
def test_an_announcement_is_due_before_its_last_day_and_overdue_after_it(
    day: date, expected: tuple[list[str], list[str]], write: "Write"
) -> None:
    assert codes(site_on(day, write({}))) == expected


def test_how_long_ahead_is_a_setting(write: "Write") -> None:
    docs = write({})
    with (docs.parent / "mkdocs.yml").open("a", encoding="utf-8") as stream:
        stream.write("  freshness: {ahead: 0}\n")
    assert codes(site_on(date(2027, 3, 30), docs)) == ([], [])
    assert codes(site_on(date(2027, 3, 31), docs)) == ([], ["notice-due"])


LATE = {"2027-03-31": [], "2027-04-01": ["squeal"]}


@pytest.mark.parametrize("review_by", LATE)
def test_an_announcement_names_the_pages_that_show_it_and_those_that_are_checked_too_late(
    review_by: str, write: "Write", good: "Text"
) -> None:
    changed = good("problems/squeal.md", review_by=review_by)
    (one,) = freshness.look(site_on(date(2026, 12, 1), write({"problems/squeal.md": changed}))).announcements
    assert [article.slug for article in one.articles] == ["squeal"]
    assert [article.slug for article in one.too_late] == LATE[review_by]


def rests_on(write: "Write", good: "Text", first: str = "Thorns.", handbook: str = "2026-05-01") -> Freshness:
    changes: dict[str, str | bytes | None] = {
        "sources.csv": SOURCES.format(handbook=handbook),
        "ledger.csv": LEDGER.format(first=first),
        "problems/flat-tyre.md": good("problems/flat-tyre.md", facts=["B001", "B002"]),
        "problems/slow-leak.md": good("problems/slow-leak.md", facts=None),
    }
    return freshness.look(site_on(date(2026, 12, 1), write(changes)))


def test_a_page_stands_beside_the_newest_source_of_its_facts(write: "Write", good: "Text") -> None:
    rests = rests_on(write, good).rests
    assert [(one.origin.key, one.facts, [page.slug for page in one.articles]) for one in rests] == [
        ("leaflet", 1, []),
        ("handbook", 1, ["flat-tyre"]),
    ]


def test_a_source_without_a_date_is_neither_old_nor_new(write: "Write", good: "Text") -> None:
    found = rests_on(write, good, handbook="", first="Sold from 2027.")
    assert [(one.origin.key, [page.slug for page in one.articles]) for one in found.rests] == [
        ("leaflet", ["flat-tyre"])
    ]
    assert found.claims == ()


CLAIMS = {
    "Sold from 2027.": [2027],
    "From 1 February 2027 to 2030-01-01.": [2027],
    "Sold since 2026.": [],
    "Version 1.2027 of x/2027 has 20271 parts; +12027 and KB2027.": [],
    "Nothing of the kind.": [],
}


@pytest.mark.parametrize("fact", CLAIMS)
def test_a_fact_that_speaks_of_a_year_after_its_source_is_a_claim(fact: str, write: "Write", good: "Text") -> None:
    claims = rests_on(write, good, first=fact).claims
    assert [one.year for one in claims] == CLAIMS[fact]
    assert all([page.slug for page in one.articles] == ["flat-tyre"] for one in claims)


def test_articles_stand_in_the_order_of_their_days(real: Site) -> None:
    days = [article.review_by for article in freshness.look(real).articles]
    assert days == sorted(days)
    assert len(days) == len(real.knowledge.articles)


@given(day=st.dates(date(2020, 1, 1), date(2040, 1, 1)), ahead=st.integers(0, 365))
def test_no_day_is_both_due_and_overdue_and_what_is_not_overdue_becomes_so(day: date, ahead: int) -> None:
    today = date(2030, 1, 1)
    fresh = Freshness(today, today + timedelta(days=ahead), (), (), (), ())
    assert not (fresh.due(day) and fresh.overdue(day))
    assert fresh.overdue(day) == (day < today)
    assert fresh.due(day) == (timedelta(0) <= day - today <= timedelta(days=ahead))
