"""Old addresses."""

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import catalogue, redirect
from kb.fault import FaultsError
from kb.flow import page_url
from kb.knowledge import Knowledge
from kb.record import Record
from kb.site import Site

if TYPE_CHECKING:
    from tests.kb.conftest import Compile, Load, Text


def test_an_old_page_leads_to_the_article_that_took_it_over(load: "Load") -> None:
    found = {one.path: one for one in redirect.collect(load({}))}
    assert found["old/flat"].whole
    assert found["old/flat"].whole.article.slug == "flat-tyre"
    assert found["old/flat"].sections == ()


def test_an_old_page_that_was_split_up_shows_where_each_section_went(load: "Load", good: "Text") -> None:
    known = load({"problems/squeal.md": good("problems/squeal.md", redirects=["old/tyres#brakes", "old/tyres"])})
    found = {one.path: one for one in redirect.collect(known)}["old/tyres"]
    assert found.whole
    assert found.whole.article.slug == "squeal"
    assert [(moved.fragment, moved.article.slug) for moved in found.sections] == [
        ("brakes", "squeal"),
        ("flat", "flat-tyre"),
    ]


def test_old_pages_are_sorted(load: "Load", good: "Text") -> None:
    known = load({"problems/chain-off.md": good("problems/chain-off.md", redirects=["z", "a"])})
    assert [one.path for one in redirect.collect(known)] == ["a", "old/flat", "old/tyres", "z"]


def test_file_and_way_to_the_root_follow_from_the_path(load: "Load") -> None:
    found = redirect.collect(load({}))[0]
    assert (found.path, found.file, found.to_root) == ("old/flat", "old/flat/index.html", "../../")


@pytest.mark.parametrize(
    "address",
    [
        "problems/squeal",
        "problems/flat-tyre#how-to-tell",
        "problems/flat-tyre#mend-tube",
        "about",
        "find",
        "find/symptom-soft-tyre",
        "symptoms",
        "symptoms/wear",
        "contributing",
        "contributing/facts",
        "problems/squeal/index.html",
        "404.html",
        "_redirects",
    ],
)
def test_an_address_at_which_something_stands_today_is_not_old(address: str, compiled: "Compile", good: "Text") -> None:
    changed = good("problems/chain-off.md", redirects=["free", address])
    with pytest.raises(FaultsError) as raised:
        compiled({"about.md": "# About", "contributing/README.md": "# C", "problems/chain-off.md": changed})
    (found,) = raised.value.faults
    assert (found.path, found.column, found.code) == ("docs/problems/chain-off.md", 21, "address-in-use")


def test_without_facts_their_pages_leave_their_address_free(compiled: "Compile", good: "Text") -> None:
    changed = good("problems/chain-off.md", redirects=["contributing/facts"])
    assert compiled({"ledger.csv": None, "problems/chain-off.md": changed}).redirects[0].path == "contributing/facts"


def test_an_old_address_that_named_a_file_keeps_its_name(compiled: "Compile", good: "Text") -> None:
    site = compiled({"problems/chain-off.md": good("problems/chain-off.md", redirects=["kb/chain.html", "kb/links"])})
    assert {
        redirect.path: (redirect.file, redirect.to_root) for redirect in site.redirects if "kb/" in redirect.path
    } == {
        "kb/chain.html": ("kb/chain.html", "../"),
        "kb/links": ("kb/links/index.html", "../../"),
    }


def test_a_section_that_was_renamed_is_a_line_on_its_own_page(compiled: "Compile", good: "Text") -> None:
    old = [{"problems/flat-tyre#signs": "how-to-tell"}, "problems/squeal#noise"]
    site = compiled({"problems/flat-tyre.md": good("problems/flat-tyre.md", redirects=old)})
    assert site.redirects == ()
    assert {
        slug: [(one.fragment, one.url, one.title) for one in moved] for slug, moved in site.moved_sections.items()
    } == {
        "flat-tyre": [("signs", "problems/flat-tyre/#how-to-tell", "How to tell")],
        "squeal": [("noise", "problems/flat-tyre/", "My tyre went flat all at once")],
    }


def test_a_renamed_article_keeps_the_recorded_sections_that_it_still_has(compiled: "Compile", good: "Text") -> None:
    record = "problems/flat\nproblems/flat#how-to-tell\nproblems/flat#mend-tube\nproblems/flat#gone\n"
    changed = good("problems/flat-tyre.md", redirects=["problems/flat"])
    (found,) = compiled({"addresses.txt": record, "problems/flat-tyre.md": changed}).redirects
    assert [(one.fragment, one.url) for one in found.sections] == [
        ("how-to-tell", "problems/flat-tyre/#how-to-tell"),
        ("mend-tube", "problems/flat-tyre/#mend-tube"),
    ]


FORMER = {
    "find/symptom-soft-tyre/colour-red": "find/symptom-soft-tyre/",
    "find/speed-at-once/symptom-soft-tyre": "find/symptom-soft-tyre/",
    "find/symptom-gone/speed-at-once": "find/",
    "find/what": "find/",
}


@pytest.mark.parametrize("path", FORMER)
def test_a_state_that_is_gone_leads_to_the_nearest_one(path: str, compiled: "Compile") -> None:
    (found,) = compiled({"addresses.txt": path}).former_states
    assert (found.path, found.url) == (path, f"{FORMER[path]}#changed")


def test_a_state_that_stands_or_that_somebody_took_over_needs_no_page(compiled: "Compile", good: "Text") -> None:
    changed = good("problems/squeal.md", redirects=["find/symptom-noise"])
    recorded = "find/symptom-soft-tyre\nfind/symptom-noise\n"
    assert compiled({"addresses.txt": recorded, "problems/squeal.md": changed}).former_states == ()


@given(data=st.data())
def test_the_nearest_state_is_the_one_with_the_most_of_the_answers_and_no_other(
    real: Site, data: st.DataObject
) -> None:
    given_anywhere = sorted({given.part for state in real.flow.states for given in state.given})
    answers = set(data.draw(st.lists(st.sampled_from([*given_anywhere, "colour-red"]), max_size=6)))
    # A question has one answer.
    answers = set({part.partition("-")[0]: part for part in sorted(answers)}.values())
    fitting = [state for state in real.flow.states if {given.part for given in state.given} <= answers]
    best = max(len(state.given) for state in fitting)
    assert [redirect.nearest(real.flow, answers)] == [state for state in fitting if len(state.given) == best]


def test_helpers_are_led_to_the_nearest_state_in_their_words(real: Site) -> None:
    found = redirect.former_states(_recording(real, "find/colour-red"), real.flow, real.assist)
    assert [(one.path, one.url) for one in found] == [
        ("find/colour-red", "find/#changed"),
        ("assist/colour-red", "assist/#changed"),
    ]


def test_no_redirect_leads_to_another(real: Site) -> None:
    site = replace(
        real, former_states=redirect.former_states(_recording(real, "find/colour-red"), real.flow, real.assist)
    )
    redirects = json.loads(catalogue.text(site))["redirects"]
    old = {one["from"] for one in redirects}
    pages = {page_url(page) for page in (*real.by_page, *real.flow.by_page, *real.assist)}
    assert len(old) == len(redirects)
    for one in redirects:
        path, _, section = one["to"].partition("#")
        assert path in pages
        assert path.rstrip("/") not in old
        assert f"{path.rstrip('/')}#{section}" not in old


def _recording(site: Site, address: str) -> Knowledge:
    return replace(site.knowledge, record=Record("docs/addresses.txt", {address: 1}))
