"""Error numbers: what is said of them, where articles speak of them, and what each leads to."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import lookup, page, view
from kb.fault import FaultsError
from kb.lookup import Answer
from kb.render import Renderer
from kb.site import Site

if TYPE_CHECKING:
    from tests.kb.conftest import Compile, Text, Write

PUBLISHED = Path(__file__).parent / "numbers/published.txt"
PAGE = "symptoms/numbers.md"
BRAKES: dict[str, Any] = {
    "title": "The brakes",
    "means": "The display noticed something about the brakes.",
    "who": ["workshop"],
    "advice": {"workshop": "Look at the pads.", "rider": "Brake gently."},
    "more": "squeal",
    "numbers": {
        "BIKE7": {"means": "The pads are thin."},
        "BIKE12": {"means": "The pads are cold.", "who": ["rider"], "advice": {"rider": "Brake."}, "more": "pump-up"},
    },
}
FILE: dict[str, Any] = {
    "index": {"title": "Find it by number", "intro": "What the number means."},
    "prefixes": ["BIKE"],
    "families": {"brakes": BRAKES, "rest": BRAKES | {"title": "The rest", "numbers": {"E_1": {"means": "A fault."}}}},
}
NUMBERS = {"numbers.yml": json.dumps(FILE)}


def texts(site: Site, renderer: Renderer) -> dict[str, str]:
    """Of the pages that nobody writes, by path."""
    return {one.path: one.text(renderer) for one in page.generated(site)}


@pytest.fixture
def renderer(root: Path) -> Renderer:
    return Renderer(root / "overrides/markdown")


def answers(site: Site) -> dict[str, Answer]:
    return {answer.code: answer for group in site.numbers for answer in group.answers}


def leads_to(site: Site, code: str) -> list[str]:
    return [target.page for target in answers(site)[code].targets]


def test_every_number_of_the_published_list_is_answered(real: Site) -> None:
    published = PUBLISHED.read_text(encoding="utf-8").split()
    assert len(published) == len(set(published)) == 350
    assert set(published) <= {answer.short for answer in answers(real).values()}


def test_every_real_number_says_something_of_its_own_and_who_can_mend_it(real: Site) -> None:
    for group in real.numbers:
        for answer in group.answers:
            assert answer.means.endswith(".")
            assert answer.who
            assert group.articles(answer)


def test_in_every_real_family_those_who_can_act_are_told_what_to_do(real: Site) -> None:
    for group in real.numbers:
        who = real.knowledge.vocabulary.who
        assert set(group.advice) <= set(who)
        assert {next(iter(who))} <= set(group.advice), group.name


def test_a_site_without_the_file_has_no_numbers_and_no_page_of_them(compiled: "Compile", renderer: Renderer) -> None:
    site = compiled({})
    assert site.numbers == ()
    assert PAGE not in texts(site, renderer)


def test_a_number_has_what_it_does_not_say_from_its_family(compiled: "Compile") -> None:
    site = compiled(NUMBERS)
    assert answers(site)["BIKE7"].who == ("workshop",)
    assert answers(site)["BIKE12"].who == ("rider",)
    brakes = site.numbers[0]
    assert [[one.slug for one in brakes.articles(answer)] for answer in brakes.answers] == [["squeal"], ["pump-up"]]


def test_advice_stands_in_the_order_of_the_vocabulary(compiled: "Compile") -> None:
    assert list(compiled(NUMBERS).numbers[0].advice) == ["rider", "workshop"]


@pytest.mark.parametrize(("code", "short"), [("BIKE7", "7"), ("E_1", None)])
def test_only_a_known_prefix_is_left_out(code: str, short: str | None, compiled: "Compile") -> None:
    assert answers(compiled(NUMBERS))[code].short == short


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("One.\n\n## BIKE7: thin pads\n\nTwo.\n", "problems/chain-off.md#bike7-thin-pads"),
        ("One.\n\n### What **bike7** and `E_1` mean\n", "problems/chain-off.md#what-bike7-and-e_1-mean"),
        ("One.\n\n```\n## BIKE7\n```\n", None),
        ("One, BIKE7.\n", None),
        ("One.\n\n## XBIKE7 and BIKE7a\n", None),
    ],
)
def test_a_number_leads_to_the_section_that_names_it_in_its_heading(
    body: str, found: str | None, compiled: "Compile", good: "Text"
) -> None:
    site = compiled(NUMBERS | {"problems/chain-off.md": good("problems/chain-off.md", body)})
    assert leads_to(site, "BIKE7") == ([found] if found else [])


@pytest.mark.parametrize("keys", [{"title": "The display says bike7"}, {"messages": ["BIKE7: THIN PADS"]}])
def test_a_number_in_a_title_or_a_message_leads_to_the_whole_page(
    keys: dict[str, Any], compiled: "Compile", good: "Text"
) -> None:
    site = compiled(NUMBERS | {"problems/chain-off.md": good("problems/chain-off.md", **keys)})
    assert leads_to(site, "BIKE7") == ["problems/chain-off.md"]


def test_the_section_of_a_page_is_named_rather_than_the_whole_page(compiled: "Compile", good: "Text") -> None:
    text = good("problems/chain-off.md", "One.\n\n## BIKE7\n", title="BIKE7 and more", messages=["BIKE7"])
    assert leads_to(compiled(NUMBERS | {"problems/chain-off.md": text}), "BIKE7") == ["problems/chain-off.md#bike7"]


def test_what_speaks_of_a_number_stands_before_the_article_that_the_number_names(
    compiled: "Compile", good: "Text"
) -> None:
    site = compiled(NUMBERS | {"problems/chain-off.md": good("problems/chain-off.md", messages=["BIKE12"])})
    assert leads_to(site, "BIKE12") == ["problems/chain-off.md", "remedies/pump-up.md"]


def test_an_article_shows_the_numbers_that_lead_to_it_and_no_other(compiled: "Compile", good: "Text") -> None:
    site = compiled(NUMBERS | {"problems/chain-off.md": good("problems/chain-off.md", messages=["BIKE7"])})
    shown = {one["label"]: one["values"] for one in view.page(site, "problems/chain-off.md")["facets"]}
    assert shown["Find it by number"] == [{"label": "BIKE7", "url": "symptoms/numbers/#bike7"}]
    # It stands only behind a family.
    others = view.page(site, "problems/squeal.md")["facets"]
    assert "Find it by number" not in [one["label"] for one in others]


def test_a_message_leads_to_the_number_in_it(compiled: "Compile", good: "Text", renderer: Renderer) -> None:
    site = compiled(NUMBERS | {"problems/chain-off.md": good("problems/chain-off.md", messages=["BIKE7: THIN PADS"])})
    text = texts(site, renderer)["symptoms/messages.md"]
    assert "What the number means: [BIKE7](/symptoms/numbers.md#bike7)" in text


def test_the_families_are_the_sections_of_an_index_after_the_messages(compiled: "Compile") -> None:
    site = compiled(NUMBERS)
    assert [one.name for one in site.indexes][-4:] == ["messages", "numbers", "who", "phrases"]
    (index,) = [one for one in site.indexes if one.name == "numbers"]
    assert [(one.anchor, one.label, [each.slug for each in one.articles]) for one in index.sections] == [
        ("brakes", "The brakes", ["squeal", "pump-up"]),
        ("rest", "The rest", ["squeal"]),
    ]


def test_the_page_has_a_place_for_each_number_with_who_can_mend_it_and_where_to_go(
    compiled: "Compile", renderer: Renderer
) -> None:
    text = texts(compiled(NUMBERS), renderer)[PAGE]
    assert "- **BIKE7** The pads are thin\\. Who can mend it: [A workshop](#brakes).\n{ #bike7 }" in text
    assert (
        "[You](#brakes). Go to [Pump the tyre up](/remedies/pump-up.md).\n{ #bike12 }\n    - **You:** Brake\\." in text
    )
    assert "- **A workshop:** Look at the pads\\." in text


def test_the_page_names_all_numbers_as_people_count(compiled: "Compile", renderer: Renderer) -> None:
    text = texts(compiled(NUMBERS), renderer)[PAGE]
    assert re.findall(r"^\[(.+)\]\(#\w+\)$", text, re.M) == ["7", "12", "E\\_1"]


@given(st.lists(st.integers(0, 10**8), unique=True))
def test_numbers_of_one_kind_are_sorted_by_their_digits(digits: list[int]) -> None:
    found = lookup.in_order(Answer(f"X{one}", None, "", (), {}, ()) for one in digits)
    assert [answer.code for answer in found] == [f"X{one}" for one in sorted(digits)]


def test_no_facet_can_take_the_address_of_the_numbers(write: "Write", compiled: "Compile") -> None:
    text = (write({}) / "vocabulary.yml").read_text(encoding="utf-8").replace("  wear:", "  numbers:")
    with pytest.raises(FaultsError, match="reserved-facet: 'numbers'"):
        compiled({"vocabulary.yml": text})
