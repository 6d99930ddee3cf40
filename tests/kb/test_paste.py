"""What may stand on a screen, for the field into which people paste it, and the pages that have that field."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kb import paste, view
from kb.site import Site

if TYPE_CHECKING:
    from tests.kb.conftest import Compile

GOOD = Path(__file__).parents[1] / "cases/_good/docs"
BRAKES = {
    "title": "The brakes", "means": "Something about the brakes.", "who": ["rider"], "advice": {"rider": "Brake."},
    "more": "squeal", "numbers": {"E7": {"means": "The drive is gone."}, "E8": {"means": "The pads are thin."}},
}  # fmt: skip
NUMBERS = {"index": {"title": "By number", "intro": "What it means."}, "families": {"brakes": BRAKES}}
FIELD = {"file": "pasted.json", "index": "symptoms/messages/", "page": "symptoms/messages.md"}


def entries(site: Site) -> dict[str, dict[str, Any]]:
    return {entry["text"]: entry for entry in json.loads(paste.text(site))}


def test_a_message_leads_to_the_articles_that_have_it(compiled: "Compile") -> None:
    found = entries(compiled({}))
    assert list(found) == ["ERROR 7: NO DRIVE", "TYRE PRESSURE LOW"]
    (link,) = found["ERROR 7: NO DRIVE"]["links"]
    assert link == {"title": "My chain came off", "url": "problems/chain-off/"}


def test_a_number_says_what_it_means_and_leads_to_what_speaks_of_it_and_then_to_its_own_place(
    compiled: "Compile",
) -> None:
    chain = (GOOD / "problems/chain-off.md").read_text(encoding="utf-8").replace("ERROR 7: NO DRIVE", "E7")
    found = entries(compiled({"numbers.yml": json.dumps(NUMBERS), "problems/chain-off.md": chain}))
    # The message that is this number and nothing else does not stand there twice.
    assert list(found) == ["E7", "E8", "TYRE PRESSURE LOW"]
    assert found["E7"]["means"] == "The drive is gone."
    assert [link["url"] for link in found["E7"]["links"]] == ["problems/chain-off/", "symptoms/numbers/#e7"]
    assert [link["url"] for link in found["E8"]["links"]] == ["symptoms/numbers/#e8"]


@pytest.mark.parametrize(
    ("page", "field"),
    [("index.md", FIELD), ("symptoms/messages.md", FIELD), ("symptoms/wear.md", None), ("find/index.md", None)],
)
def test_the_first_page_and_the_list_of_messages_have_the_field(
    page: str, field: dict[str, str] | None, compiled: "Compile"
) -> None:
    assert view.page(compiled({}), page).get("paste") == field


def test_a_question_has_the_field_where_the_vocabulary_wants_it(compiled: "Compile") -> None:
    words = (GOOD / "vocabulary.yml").read_text(encoding="utf-8")
    site = compiled({"vocabulary.yml": words.replace("    first: true\n", "    first: true\n    paste: true\n")})
    shown = {state.page: view.page(site, state.page)["paste"] for state in site.flow.states}
    assert shown.pop(site.flow.root.page) == FIELD
    assert not any(shown.values())


def test_what_somebody_answers_for_another_person_has_no_field(real: Site) -> None:
    assert any(view.page(real, page)["paste"] for page in real.flow.by_page)
    assert not any(view.page(real, page)["paste"] for page in real.assist)


def test_a_site_without_messages_has_no_field_and_nothing_to_find(compiled: "Compile") -> None:
    without = {
        f"problems/{name}.md": "\n".join(
            line
            for line in (GOOD / f"problems/{name}.md").read_text(encoding="utf-8").split("\n")
            if not line.startswith("messages:")
        )
        for name in ("chain-off", "flat-tyre")
    }
    site = compiled(without)
    assert paste.view(site) is None
    assert paste.text(site) == "[]"
