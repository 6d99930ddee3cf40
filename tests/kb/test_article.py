"""Articles made of documents."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kb import article, document, vocabulary
from kb.article import Article, Kind, Problem, Reference, Remedy, Step
from kb.document import Document
from kb.fault import Fault
from kb.source import Source
from kb.vocabulary import Vocabulary

if TYPE_CHECKING:
    from tests.kb.conftest import Text

WORDS = Path(__file__).parents[1] / "cases/_good/docs/vocabulary.yml"
FILES: dict[Kind, str] = {
    "problem": "problems/flat-tyre.md",
    "remedy": "remedies/mend-tube.md",
    "reference": "reference/valve-kinds.md",
}


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    found = vocabulary.parse(Source("vocabulary.yml", WORDS.read_text(encoding="utf-8")), article.RESERVED)
    assert isinstance(found, tuple)
    return found[0]


class Make:
    """Makes an article of a good file with changed front matter."""

    def __init__(self, good: "Text", words: Vocabulary) -> None:
        self.good, self.words = good, words

    def any(self, kind: Kind, slug: str = "x", /, **keys: Any) -> Article | list[Fault]:
        parsed = document.parse(Source(f"docs/{FILES[kind]}", self.good(FILES[kind], **keys)))
        assert isinstance(parsed, Document)
        return article.make(kind, slug, parsed, self.words)

    def faults(self, kind: Kind, slug: str = "x", /, **keys: Any) -> list[tuple[str, str]]:
        found = self.any(kind, slug, **keys)
        assert isinstance(found, list), found
        return [(fault.code, fault.sentence) for fault in found]


@pytest.fixture
def make(good: "Text", words: Vocabulary) -> Make:
    return Make(good, words)


def test_a_problem_has_everything_that_its_file_says(make: Make) -> None:
    found = make.any("problem", "flat-tyre")
    assert isinstance(found, Problem)
    assert found.title == "My tyre went flat all at once"
    assert found.messages == ("TYRE PRESSURE LOW",)
    assert found.steps == (Step(remedy="mend-tube", cause="a thorn went through the tube"), Step(remedy="visit-shop"))
    assert (found.related, found.facts, found.weight) == (("slow-leak", "valve-kinds"), ("B001",), 5)
    assert found.redirects == {"old/flat": None, "old/tyres#flat": None}
    assert (found.reviewed, found.review_by) == (date(2026, 11, 21), date(2027, 5, 21))
    assert found.body.startswith("Stop riding")


def test_a_remedy_has_everything_that_its_file_says(make: Make) -> None:
    found = make.any("remedy")
    assert isinstance(found, Remedy)
    assert (found.who, found.minutes, found.needs, found.undo) == (("rider", "workshop"), 30, ("pump", "tools"), "easy")


def test_a_reference_may_have_facets(make: Make) -> None:
    found = make.any("reference")
    assert isinstance(found, Reference)
    assert found.facets == {"wear": ("tube",)}


@pytest.mark.parametrize(
    ("kind", "folder"), [("problem", "problems"), ("remedy", "remedies"), ("reference", "reference")]
)
def test_page_and_address_follow_from_kind_and_slug(kind: Kind, folder: str, make: Make) -> None:
    found = make.any(kind, "some-slug")
    assert isinstance(found, Article)
    assert (found.page, found.url) == (f"{folder}/some-slug.md", f"{folder}/some-slug/")


def test_facets_stand_in_the_order_of_the_vocabulary_and_values_in_that_of_the_writer(make: Make) -> None:
    found = make.any("problem", wear=["pads", "tube"], speed=["overnight"], symptom=["noise"])
    assert isinstance(found, Article)
    assert list(found.facets.items()) == [
        ("symptom", ("noise",)),
        ("speed", ("overnight",)),
        ("wear", ("pads", "tube")),
    ]


@pytest.mark.parametrize(
    "remedies", [["a", "b"], [{"a": None}, {"b": None}], [{"a": None}, "b"]], ids=["slugs", "mappings", "both"]
)
def test_a_remedy_without_a_cause_may_be_written_with_or_without_a_colon(remedies: list[Any], make: Make) -> None:
    found = make.any("problem", remedies=remedies)
    assert isinstance(found, Problem)
    assert found.steps == (Step(remedy="a"), Step(remedy="b"))


@pytest.mark.parametrize("entry", [{"a": "b", "c": "d"}, ["a"], {}])
def test_what_is_neither_a_slug_nor_a_slug_with_a_cause_is_no_remedy(entry: Any, make: Make) -> None:
    assert [code for code, _ in make.faults("problem", remedies=[entry])] == ["bad-remedy"]


def test_a_facet_that_must_be_given_is_asked_for(make: Make) -> None:
    assert make.faults("problem", symptom=None) == [("missing-key", "'symptom' is missing.")]


def test_an_article_that_leads_to_a_human_need_not_have_facets(make: Make) -> None:
    assert isinstance(make.any("problem", "ask-shop", symptom=None), Problem)


def test_a_remedy_has_no_facets(make: Make) -> None:
    assert make.faults("remedy", wear=["tube"]) == [("unknown-key", "'wear' is not a known key.")]


@pytest.mark.parametrize(("kind", "key"), [("reference", "remedies"), ("remedy", "related"), ("problem", "minutes")])
def test_each_kind_has_only_its_own_keys(kind: Kind, key: str, make: Make) -> None:
    assert make.faults(kind, **{key: ["x"]}) == [("unknown-key", f"'{key}' is not a known key.")]


@pytest.mark.parametrize("key", ["title", "description", "reviewed", "review_by"])
@pytest.mark.parametrize("kind", ["problem", "remedy", "reference"])
def test_every_kind_needs_title_description_and_dates(kind: Kind, key: str, make: Make) -> None:
    assert make.faults(kind, **{key: None}) == [("missing-key", f"'{key}' is missing.")]


def test_the_next_review_comes_after_the_last(make: Make) -> None:
    assert make.faults("remedy", review_by="2026-11-21") == [
        ("bad-date", "'review_by': 2026-11-21 does not come after 'reviewed' (2026-11-21).")
    ]


@pytest.mark.parametrize(
    ("key", "least", "most", "unit"),
    [("title", 1, 70, "x"), ("description", 50, 160, "x"), ("phrases", 0, 15, None)],
)
def test_texts_and_lists_have_the_promised_lengths(
    key: str, least: int, most: int, unit: str | None, make: Make
) -> None:
    def of(length: int) -> Any:
        return unit * length if unit else [f"phrase {number}" for number in range(length)]

    assert isinstance(make.any("problem", **{key: of(least)}), Problem)
    assert isinstance(make.any("problem", **{key: of(most)}), Problem)
    assert len(make.faults("problem", **{key: of(most + 1)})) == 1
    if least:
        assert len(make.faults("problem", **{key: of(least - 1)})) == 1


@pytest.mark.parametrize(
    ("kind", "key", "least", "most"), [("problem", "weight", 1, 100), ("remedy", "minutes", 1, 240)]
)
def test_numbers_have_the_promised_limits(kind: Kind, key: str, least: int, most: int, make: Make) -> None:
    for number in (least, most):
        assert isinstance(make.any(kind, **{key: number}), Article)
    for number in (least - 1, most + 1):
        assert [code for code, _ in make.faults(kind, **{key: number})] == ["out-of-range"]


def test_a_problem_that_says_nothing_of_its_weight_weighs_1(make: Make) -> None:
    found = make.any("problem", weight=None)
    assert isinstance(found, Problem)
    assert found.weight == 1


@pytest.mark.parametrize("address", ["old", "old/page", "old/page#part", "Old/2020/page.html", "a_b-c~d"])
def test_an_old_address_may_be_any_path_with_or_without_a_section(address: str, make: Make) -> None:
    found = make.any("problem", redirects=[address])
    assert isinstance(found, Problem)
    assert found.redirects == {address: None}


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/old",
        "old/",
        "a//b",
        ".",
        "../x",
        "a/../b",
        "a/./b",
        "a b",
        "a\\b",
        "a?b",
        "a%20b",
        "#a",
        "a#",
        "a#b#c",
        "javascript:alert(1)",
        "https://x.example",
        "//x.example",
        'a"b',
        "a'b",
        "a<b",
        "a|b",
        "a*b",
        "größe",
        "a\tb",
    ],
)
def test_what_is_no_address_on_this_site_is_refused(address: str, make: Make) -> None:
    assert [code for code, _ in make.faults("problem", redirects=[address])] == ["bad-address"]


@pytest.mark.parametrize("slug", ["Big", "two words", "under_score", "-a", "a-", "a--b", "größe", "a" * 61])
def test_a_file_name_that_makes_no_address_is_refused(slug: str, make: Make) -> None:
    assert [code for code, _ in make.faults("problem", slug)] == ["bad-slug"]


def test_faults_of_facets_and_of_other_keys_are_reported_together(make: Make) -> None:
    found = make.faults("problem", symptom=["nose"], wear="tube", weight=0, colour="red")
    assert sorted(code for code, _ in found) == ["out-of-range", "unknown-key", "unknown-value", "wrong-type"]


def test_a_value_is_said_once(make: Make) -> None:
    assert make.faults("problem", wear=["tube", "pads", "tube"]) == [("said-twice", "'tube' stands in 'wear' twice.")]


@pytest.mark.parametrize("key", ["who", "needs"])
def test_who_and_needs_are_those_of_the_vocabulary(key: str, make: Make) -> None:
    assert make.faults("remedy", **{key: ["nobody"]}) == [
        ("unknown-value", f"'nobody' is not a known value of '{key}'.")
    ]


def test_a_fault_of_an_article_stands_where_its_file_says_it(make: Make) -> None:
    found = make.any("problem")
    assert isinstance(found, Article)
    assert found.fault(("phrases", 1), "code", "Sentence.") == Fault(
        "docs/problems/flat-tyre.md", 8, 21, "code", "Sentence."
    )


@pytest.mark.parametrize("key", sorted(article.RESERVED - {"minutes", "weight", "reviewed", "review_by"}))
def test_a_script_is_refused_in_every_text_with_its_place(key: str, make: Make) -> None:
    attack = "<script>alert(1)</script>"
    kind: Kind = "remedy" if key in {"who", "needs", "undo"} else "problem"
    listed = key not in {"title", "description", "undo"}
    keys: dict[str, Any] = {key: [attack] if listed else attack.ljust(50, "!")}
    found = make.any(kind, **keys)
    assert isinstance(found, list)
    assert len(found) == 1, found
    line = make.good(FILES[kind], **keys).splitlines()[found[0].line - 1]
    assert line.startswith(f"{key}: ")
    assert found[0].column == len(key) + 3 + listed
