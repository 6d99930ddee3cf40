"""Old addresses."""

from typing import TYPE_CHECKING

import pytest

from kb import redirect
from kb.fault import FaultsError

if TYPE_CHECKING:
    from tests.kb.conftest import Compile, Load, Text


def test_an_old_page_leads_to_the_article_that_took_it_over(load: "Load") -> None:
    found = {one.path: one for one in redirect.collect(load({}))}
    assert found["old/flat"].article
    assert found["old/flat"].article.slug == "flat-tyre"
    assert found["old/flat"].sections == ()


def test_an_old_page_that_was_split_up_shows_where_each_section_went(load: "Load", good: "Text") -> None:
    known = load({"problems/squeal.md": good("problems/squeal.md", redirects=["old/tyres#brakes", "old/tyres"])})
    found = {one.path: one for one in redirect.collect(known)}["old/tyres"]
    assert found.article
    assert found.article.slug == "squeal"
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
        "problems/squeal#x",
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
