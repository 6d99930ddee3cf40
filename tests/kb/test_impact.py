"""What a change does to readers."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kb import catalogue, impact
from kb.impact import Edition, Impact, Length, Moved, Page
from kb.render import Renderer
from kb.site import Site

if TYPE_CHECKING:
    from tests.kb.conftest import Changes, Compile, Text

EXPECTED = Path(__file__).parent / "impact.md"


def entries(site: Site) -> list[dict[str, str]]:
    """What the search knows of the articles: enough of it to tell texts apart."""
    found = []
    for article in site.knowledge.articles:
        found.append({"location": article.url, "title": article.title, "text": article.body.partition("##")[0]})
        parts = article.body.split("\n## ")[1:]
        for (section, title), text in zip(article.sections.items(), parts, strict=True):
            found.append({"location": f"{article.url}#{section}", "title": title, "text": text})
    return found


def edition(site: Site) -> Edition:
    told = json.loads(catalogue.text(site))
    # Two of the figures: the others are tested where they are made.
    mean = f"{site.flow.figures.mean:.1f}"
    figures = {
        "questions | on average": mean,
        "problems that are | escapes": str(len(site.knowledge.vocabulary.escapes)),
    }
    return impact.edition(told, entries(site), figures, site.knowledge.record.lines)


@pytest.fixture
def compare(compiled: "Compile") -> Any:
    def compare(changes: "Changes", before: "Changes | None" = None) -> Impact:
        old = edition(compiled(before or {}))
        return impact.compare(old, edition(compiled(changes)))

    return compare


def test_what_did_not_change_has_no_impact(compare: Any) -> None:
    found = compare({})
    assert (found.added, found.removed, found.renamed, found.retitled, found.lost) == ((), (), (), (), ())
    assert (found.moved, found.gained_values, found.lost_values, found.changed) == ((), (), (), ())
    assert found.lengths[0] == found.lengths[1] == Length(4, 1.5)
    assert all(before == after for _, before, after in found.figures)


def changes(good: "Text") -> "Changes":
    """An article comes, a remedy goes, an article gets another name and another text, and a heading is lost."""
    body = good("problems/flat-tyre.md").split("---\n", 2)[2]
    return {
        "problems/squeal.md": None,
        "problems/brakes-squeal.md": good("problems/squeal.md", redirects=["problems/squeal"], wear=["pads", "links"]),
        "problems/chain-off.md": good("problems/chain-off.md", related=["brakes-squeal"], title="The chain came off"),
        "problems/saddle.md": good(
            "problems/squeal.md",
            title="My saddle | creaks",
            description="Why a saddle creaks, and what to do so that it is quiet again.",
            phrases=["creaking"],
            symptom=["noise"],
            speed=None,
            wear=["tube"],
        ),
        "problems/slow-leak.md": good("problems/slow-leak.md", remedies=["visit-shop"]),
        "problems/flat-tyre.md": good(
            "problems/flat-tyre.md", body.replace("## How to tell", "## Signs"), remedies=["mend-tube"]
        ),
        "remedies/pump-up.md": None,
        "vocabulary.yml": good_vocabulary(),
    }


def good_vocabulary() -> str:
    text = (Path(__file__).parents[1] / "cases/_good/docs/vocabulary.yml").read_text(encoding="utf-8")
    return text.replace(
        "    label: What wore out\n", "    label: What wore out\n    question: What wore out?\n"
    ).replace("  wear:\n", "  wear:\n    when: {symptom: [noise]}\n")


def test_the_whole_report_on_two_small_sites(compare: Any, good: "Text", root: Path) -> None:
    found = compare(changes(good))
    renderer = Renderer(root / "overrides/markdown")
    text = renderer.render("impact.md", impact=found, preview="https://preview.example/", most=100)
    assert text + "\n" == EXPECTED.read_text(encoding="utf-8")


def test_a_long_list_is_cut(compare: Any, good: "Text", root: Path) -> None:
    found = compare(changes(good))
    text = Renderer(root / "overrides/markdown").render("impact.md", impact=found, preview="/", most=1)
    assert text.count("\n- … and ") == 2


def test_a_removed_article_is_lost_unless_somebody_takes_it_over(compare: Any, good: "Text") -> None:
    gone: Changes = {"problems/squeal.md": None, "problems/chain-off.md": good("problems/chain-off.md", related=[])}
    assert compare(gone).lost == ("problems/squeal",)
    taken = good("problems/chain-off.md", related=[], redirects=["problems/squeal"])
    assert compare({**gone, "problems/chain-off.md": taken}).lost == ()
    split = good("problems/chain-off.md", related=[], redirects=["problems/squeal#noise"])
    assert compare({**gone, "problems/chain-off.md": split}).lost == ()


def test_a_heading_is_lost_unless_a_line_says_where_it_went(compare: Any, good: "Text") -> None:
    body = "Words.\n\n## Signs\n\nMore.\n"
    assert compare({"problems/flat-tyre.md": good("problems/flat-tyre.md", body)}).lost == (
        "problems/flat-tyre#how-to-tell",
    )
    old = ["old/flat", "old/tyres#flat", {"problems/flat-tyre#how-to-tell": "signs"}]
    assert compare({"problems/flat-tyre.md": good("problems/flat-tyre.md", body, redirects=old)}).lost == ()


def test_an_old_address_stays_old_for_ever(compare: Any, good: "Text") -> None:
    dropped = good("problems/flat-tyre.md", redirects=["old/flat"])
    assert compare({"problems/flat-tyre.md": dropped}).lost == ("old/tyres#flat",)


def test_a_line_of_the_record_cannot_be_taken_out_to_hide_a_loss(compare: Any, good: "Text") -> None:
    taken = good("problems/squeal.md", redirects=["problems/gone"])
    before = {"addresses.txt": "problems/gone\n", "problems/squeal.md": taken}
    assert compare(
        {"addresses.txt": "problems/squeal\n", "problems/squeal.md": good("problems/squeal.md")}, before
    ).lost == ("problems/gone",)


def test_a_state_of_the_flow_is_never_lost(compare: Any, good: "Text") -> None:
    before = {"addresses.txt": "find/symptom-soft-tyre\nfind/colour-red\n"}
    slow = good("problems/slow-leak.md", symptom=["noise"], speed=None, wear=["tube"])
    after = {"addresses.txt": "problems/squeal\n", "problems/slow-leak.md": slow, "vocabulary.yml": good_vocabulary()}
    found = compare(after, before)
    assert found.lost == ()
    assert [route.answers for route in found.moved] == [("A tyre is soft", "Over night"), ("It makes a noise",)]


def test_a_remedy_that_leaves_a_problem_takes_no_address_along(compare: Any, good: "Text") -> None:
    assert compare({"problems/slow-leak.md": good("problems/slow-leak.md", remedies=["pump-up"])}).lost == ()


def test_a_route_that_needs_another_answer_ends_elsewhere(compare: Any, good: "Text") -> None:
    other = good(
        "problems/squeal.md", title="Another noise", description="What else it can be that makes such a terrible noise."
    )
    found = compare(
        {
            "vocabulary.yml": good_vocabulary(),
            "problems/other.md": other.replace("wear: [pads]", "wear: [tube]").replace(
                "screeching, 4 bar squeak", "hum"
            ),
        }
    )
    assert found.moved == (Moved(("It makes a noise",), ("My brakes squeal",), ("What wore out?",)),)


def test_a_route_whose_article_was_renamed_ends_where_it_did(compare: Any, good: "Text") -> None:
    renamed = good("problems/squeal.md", redirects=["problems/squeal"])
    found = compare(
        {
            "problems/squeal.md": None,
            "problems/squeaks.md": renamed,
            "problems/chain-off.md": good("problems/chain-off.md", related=[]),
        }
    )
    assert found.moved == ()
    assert found.renamed == (
        (Page("problems/squeal/", "My brakes squeal"), Page("problems/squeaks/", "My brakes squeal")),
    )
    assert (found.added, found.removed) == ((), ())


def test_a_catalogue_of_an_older_engine_may_lack_parts(compiled: "Compile") -> None:
    old = impact.edition({"articles": [{"id": "x", "url": "problems/x/", "title": "X"}]}, [], {}, [])
    found = impact.compare(old, edition(compiled({})))
    assert found.lost == ("problems/x",)
    assert found.lengths[0] == Length(0, 0.0)
    assert found.figures[0] == ("questions | on average", "–", "1.8")
