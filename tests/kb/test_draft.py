"""A new article: at its place, free, and with no fault but its blanks."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import article, blank, document, draft, knowledge, schema
from kb.article import FOLDERS, Kind
from kb.document import Document
from kb.draft import Draft
from kb.fault import Fault, FaultsError
from kb.render import Renderer
from kb.source import Source
from kb.vocabulary import Vocabulary

if TYPE_CHECKING:
    from tests.kb.conftest import Load, Text, Write

KINDS: tuple[Kind, ...] = get_args(Kind)
TODAY = date(2026, 12, 1)
TITLES = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="<>\u2028\u2029\ufffe\uffff"), min_size=1
)


@pytest.fixture(scope="module")
def renderer(root: Path) -> Renderer:
    return Renderer(root / "overrides/markdown")


@pytest.fixture(scope="module")
def vocabulary(root: Path) -> Vocabulary:
    words = knowledge.read_vocabulary(root / "tests/tiny/docs")
    assert not isinstance(words, list)
    return words[0]


def parsed(made: Draft) -> Document:
    found = document.parse(Source(made.page, made.text))
    assert isinstance(found, Document)
    return found


@pytest.mark.parametrize("kind", KINDS)
@given(title=TITLES.map(str.strip).filter(lambda title: 0 < len(title) <= 70))
def test_with_any_title_it_has_no_fault_but_its_blanks(
    kind: Kind, title: str, renderer: Renderer, vocabulary: Vocabulary, root: Path
) -> None:
    made = draft.write(kind, title, "new", root / "tests/tiny/docs", vocabulary, TODAY, 180, renderer)
    assert isinstance(made, Draft), made
    found = parsed(made)
    assert found.front.data["title"] == title
    blanks = {(fault.line, fault.column) for fault in blank.check(kind, found, vocabulary)}
    faults = article.make(kind, "new", found, vocabulary)
    assert isinstance(faults, list)
    assert {(fault.line, fault.column) for fault in faults} <= blanks


@given(title=st.text(), taken=st.lists(st.sampled_from(["a", "a-2", "index", "index-2", "my-phone"])))
def test_a_slug_is_one_that_is_free_or_none(title: str, taken: list[str]) -> None:
    slug = draft.slug_of(title, dict.fromkeys(taken, ""))
    assert slug not in taken
    assert slug not in draft.UNWANTED
    assert not slug or (schema.SLUG.fullmatch(slug) and len(slug) <= schema.SLUG_LONGEST)


SLUGS = {
    "My chain came off": "my-chain-came-off",
    "  Überholte Straße: naïve?  ": "uberholte-strasse-naive",
    "snake_case and CAPITALS": "snake-case-and-capitals",
    "Flat tyre": "flat-tyre-3",
    "Index": "index-2",
    "12 o'clock": "12-oclock",
    "\u041f\u0440\u0438\u0432\u0435\u0442": "",
    "…": "",
    "word " * 30: "-".join(["word"] * 11),
    "x" * 100: "x" * 56,
}


@pytest.mark.parametrize("title", SLUGS)
def test_a_slug_is_made_of_the_words_of_the_title(title: str) -> None:
    assert draft.slug_of(title, {"flat-tyre": "", "flat-tyre-2": ""}) == SLUGS[title]


@pytest.mark.parametrize("kind", KINDS)
def test_it_stands_in_the_folder_of_its_kind_and_has_only_the_keys_that_are_needed(
    kind: Kind, write: "Write", load: "Load", renderer: Renderer
) -> None:
    docs, words = write({}), load({}).vocabulary
    made = draft.write(kind, "Something new", "something-new", docs, words, TODAY, 180, renderer)
    assert isinstance(made, Draft)
    assert made.page == f"{FOLDERS[kind]}/something-new.md"
    needed = {name for name, field in article.FRONTS[kind].model_fields.items() if field.is_required()}
    facets = {name for name, facet in words.facets.items() if facet.required and kind == "problem"}
    assert parsed(made).front.data.keys() == needed | facets


def test_the_comments_say_what_every_key_is_for(write: "Write", load: "Load", renderer: Renderer) -> None:
    made = draft.write("problem", "Something new", "new", write({}), load({}).vocabulary, TODAY, 180, renderer)
    assert isinstance(made, Draft)
    assert "# What is wrong with the bicycle? One or more of: soft-tyre, chain, noise.\nsymptom: […]\n" in made.text
    assert "#   messages: Exact words on the screen.\n" in made.text
    assert "#   speed: How fast does the air go? One or more of: at-once, overnight.\n" in made.text
    assert max(map(len, made.text.splitlines())) <= 120


@pytest.mark.parametrize("days", [1, 180])
def test_it_was_reviewed_today_and_is_due_after_the_days_of_the_settings(
    days: int, write: "Write", load: "Load", renderer: Renderer
) -> None:
    made = draft.write("reference", "Something new", "new", write({}), load({}).vocabulary, TODAY, days, renderer)
    assert isinstance(made, Draft)
    data = parsed(made).front.data
    assert date.fromisoformat(data["reviewed"]) == TODAY
    assert date.fromisoformat(data["review_by"]) == TODAY + timedelta(days=days)


REFUSED = {
    "a title of another article": ("my  CHAIN came off", "new", "duplicate-title"),
    "a title that is too long": ("long " * 15, "new", "too-long"),
    "a title with a tag": ("My <b>chain</b>", "new", "markup-in-text"),
    "an invisible character": ("My \x85 chain", "new", "control-character"),
    "a slug that is taken": ("Something new", "flat-tyre", "duplicate-slug"),
    "a slug of another kind": ("Something new", "pump-up", "duplicate-slug"),
    "a slug that is none": ("Something new", "Not A Slug", "bad-slug"),
    "a way out of the folder": ("Something new", "../../mkdocs", "bad-slug"),
    "no slug": ("Something new", "", "bad-slug"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_will_not_do_is_refused(what: str, write: "Write", load: "Load", renderer: Renderer) -> None:
    title, slug, code = REFUSED[what]
    made = draft.write("problem", title, slug, write({}), load({}).vocabulary, TODAY, 180, renderer)
    assert isinstance(made, list)
    assert [fault.code for fault in made] == [code]


def test_slugs_and_titles_are_known_from_files_at_fault_too(write: "Write", good: "Text") -> None:
    docs = write({"problems/half.md": "no front matter", "remedies/odd.md": good("remedies/pump-up.md", colour="red")})
    known = draft.titles(docs)
    assert known["half"] == ""
    assert known["odd"] == known["pump-up"] == "Pump the tyre up"
    assert known["valve-kinds"]


def test_a_draft_keeps_nobody_else_from_being_checked(
    write: "Write", load: "Load", good: "Text", renderer: Renderer
) -> None:
    made = draft.write("remedy", "Something new", "new", write({}), load({}).vocabulary, TODAY, 180, renderer)
    assert isinstance(made, Draft)
    squeal = good("problems/squeal.md", remedies=["new", "gone"])
    with pytest.raises(FaultsError) as caught:
        load({made.page: made.text, "problems/squeal.md": squeal})
    codes = {(fault.path, fault.code) for fault in caught.value.faults}
    assert codes == {("docs/remedies/new.md", "to-write"), ("docs/problems/squeal.md", "unknown-remedy")}


def test_a_blank_with_a_long_list_of_words_does_not_name_them_all(load: "Load") -> None:
    vocabulary = load({}).vocabulary
    facet = vocabulary.facets["symptom"]
    many = {f"value-{number}": next(iter(facet.values.values())) for number in range(20)}
    wide = vocabulary.model_copy(update={"facets": {"symptom": facet.model_copy(update={"values": many})}})
    found = document.parse(Source("x.md", "---\nsymptom: […]\n---\n"))
    assert isinstance(found, Document)
    (fault,) = blank.check("problem", found, wide)
    assert isinstance(fault, Fault)
    assert fault.suggestion == "What is wrong with the bicycle?"


FILLED: Mapping[Kind, Mapping[str, str]] = {
    "problem": {"symptom: […]": "symptom: [noise]", "  - …": "  - visit-shop: a bolt is loose"},
    "remedy": {
        "who: […]": "who: [rider]",
        "minutes: …": "minutes: 2",
        "needs: […]": "needs: []",
        "undo: …": "undo: easy",
    },
    "reference": {},
}


@pytest.mark.parametrize("kind", KINDS)
def test_with_its_blanks_filled_in_it_is_an_article_without_a_fault(
    kind: Kind, write: "Write", load: "Load", good: "Text", renderer: Renderer
) -> None:
    docs = write({})
    words = knowledge.read_vocabulary(docs)
    assert not isinstance(words, list)
    made = draft.write(kind, "The saddle moves: what now?", "saddle", docs, words[0], TODAY, 180, renderer)
    assert isinstance(made, Draft)
    text = made.text.replace(
        "description: …", "description: What to do about a saddle that moves while somebody rides."
    )
    for blanked, filled in FILLED[kind].items():
        assert blanked in text
        text = text.replace(blanked, filled)
    text = text.replace("\n---\n\n…\n", "\n---\n\nTighten the bolt.\n")
    squeal = good("problems/squeal.md", remedies=["saddle"] if kind == "remedy" else ["visit-shop"])
    known = load({made.page: text, "problems/squeal.md": squeal})
    assert known.by_slug["saddle"].title == "The saddle moves: what now?"
