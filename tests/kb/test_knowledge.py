"""All articles of a folder, checked against each other."""

import shutil
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb import knowledge
from kb.fault import FaultsError

if TYPE_CHECKING:
    from tests.kb.conftest import Load, Text, Write

GOOD = Path(__file__).parents[1] / "cases/_good/docs"


@pytest.fixture
def faults(write: "Write") -> Any:
    def faults(changes: dict[str, str | bytes | None]) -> list[str]:
        with pytest.raises(FaultsError) as raised:
            knowledge.load(write(changes))
        return [
            f"{fault.path.removeprefix('docs/')}:{fault.line}:{fault.column} {fault.code}"
            for fault in raised.value.faults
        ]

    return faults


def test_articles_are_sorted_by_slug_within_their_kind(load: "Load") -> None:
    known = load({})
    assert [one.slug for one in known.problems] == ["ask-shop", "chain-off", "flat-tyre", "slow-leak", "squeal"]
    assert [one.slug for one in known.remedies] == ["mend-tube", "pump-up", "visit-shop"]
    assert [one.slug for one in known.references] == ["valve-kinds"]


def test_a_relation_that_is_written_on_one_side_is_known_on_both(load: "Load") -> None:
    related = load({}).related
    assert related["flat-tyre"] == ("slow-leak", "valve-kinds")
    assert related["slow-leak"] == ("flat-tyre",)
    assert related["valve-kinds"] == ("flat-tyre",)
    assert related["ask-shop"] == ()


def test_a_relation_that_is_written_on_both_sides_is_known_once(load: "Load", good: "Text") -> None:
    known = load({"problems/slow-leak.md": good("problems/slow-leak.md", related=["squeal", "flat-tyre"])})
    assert known.related["slow-leak"] == ("squeal", "flat-tyre")
    assert known.related["flat-tyre"] == ("slow-leak", "valve-kinds")


def test_what_an_article_names_itself_comes_before_what_only_names_it(load: "Load", good: "Text") -> None:
    known = load({"problems/squeal.md": good("problems/squeal.md", related=["slow-leak"])})
    assert known.related["squeal"] == ("slow-leak", "chain-off")


def test_a_remedy_knows_the_problems_that_name_it(load: "Load") -> None:
    solves = load({}).solves
    assert solves["mend-tube"] == ("flat-tyre", "slow-leak")
    assert solves["visit-shop"] == ("ask-shop", "chain-off", "flat-tyre", "squeal")


def test_lists_for_readers_begin_with_the_most_common_problem_and_end_with_references(load: "Load") -> None:
    known = load({})
    found = known.by_weight(["valve-kinds", "squeal", "slow-leak", "chain-off", "flat-tyre"])
    assert [one.slug for one in found] == ["flat-tyre", "slow-leak", "squeal", "chain-off", "valve-kinds"]


def test_files_outside_the_three_folders_are_no_articles_but_are_known(load: "Load") -> None:
    known = load({"about.md": "# About", "guide/x.md": "# X", "problems.md": "# Problems"})
    assert {"about.md", "guide/x.md", "problems.md", "problems/squeal.md"} <= known.written
    assert len(known.articles) == 9


def test_an_article_further_down_is_told_where_to_stand(faults: Any, good: "Text") -> None:
    assert faults({"problems/wheels/a.md": good("problems/squeal.md")}) == [
        "problems/wheels/a.md:1:1 misplaced-article"
    ]


@pytest.mark.parametrize("name", ["index.md", "README.md"])
def test_an_article_is_not_called_like_the_page_of_a_folder(name: str, faults: Any, good: "Text") -> None:
    assert faults({f"problems/{name}": good("problems/squeal.md")}) == [f"problems/{name}:1:1 bad-slug"]


def test_a_slug_belongs_to_one_article_of_any_kind(faults: Any, good: "Text") -> None:
    changed = good("reference/valve-kinds.md", title="Other", phrases=None, description="d" * 50)
    assert faults({"reference/squeal.md": changed}) == ["reference/squeal.md:1:1 duplicate-slug"]


@pytest.mark.parametrize(
    ("key", "value", "column"),
    [
        ("title", "my  CHAIN came off", 8),
        ("description", "How to put a chain back on and why it comes off again.", 14),
        ("phrases", ["new", "flat  tyre"], 18),
        ("redirects", ["new", "Old/flat"], 20),
    ],
)
def test_what_must_be_unique_is_compared_without_case_and_spaces(
    key: str, value: Any, column: int, faults: Any, good: "Text"
) -> None:
    changed = good("problems/squeal.md", **{key: value})
    line = next(number for number, text in enumerate(changed.splitlines(), 1) if text.startswith(f"{key}:"))
    (found,) = faults({"problems/squeal.md": changed})
    what = {"phrases": "phrase", "redirects": "old-address"}.get(key, key)
    assert found == f"problems/squeal.md:{line}:{column} duplicate-{what}"


def test_two_sections_of_an_old_page_may_go_to_two_articles(load: "Load", good: "Text") -> None:
    known = load({"problems/squeal.md": good("problems/squeal.md", redirects=["old/tyres#noise"])})
    assert known.by_slug["squeal"].redirects == {"old/tyres#noise": None}


def test_a_remedy_is_found_by_its_slug_only_among_remedies(faults: Any, good: "Text") -> None:
    assert faults({"problems/squeal.md": good("problems/squeal.md", remedies=["visit-shop", "chain-off"])}) == [
        "problems/squeal.md:9:26 unknown-remedy"
    ]


def test_what_refers_to_a_broken_article_is_not_blamed_for_it(faults: Any) -> None:
    assert faults({"problems/slow-leak.md": b""}) == ["problems/slow-leak.md:1:1 empty-file"]


def test_a_remedy_that_only_a_broken_problem_names_is_not_blamed_for_it(faults: Any) -> None:
    assert faults({"problems/slow-leak.md": "x"}) == ["problems/slow-leak.md:1:1 no-front-matter"]


def test_faults_of_several_files_come_together_and_sorted(faults: Any, good: "Text") -> None:
    assert faults(
        {
            "remedies/pump-up.md": "x",
            "problems/squeal.md": good("problems/squeal.md", body="<b>", weight=0),
            "problems/chain-off.md": good("problems/chain-off.md", related=["nowhere"]),
            "ledger.csv": "x",
        }
    ) == [
        "ledger.csv:1:1 bad-columns",
        "problems/chain-off.md:10:11 unknown-article",
        "problems/squeal.md:11:9 out-of-range",
        "problems/squeal.md:14:1 raw-html",
        "remedies/pump-up.md:1:1 no-front-matter",
    ]


def test_without_a_vocabulary_the_bodies_are_checked_all_the_same(faults: Any, good: "Text") -> None:
    assert faults({"vocabulary.yml": "[", "problems/squeal.md": good("problems/squeal.md", body="<b>")}) == [
        "problems/squeal.md:13:1 raw-html",
        "vocabulary.yml:1:1 invalid-yaml",
    ]


def test_a_report_is_the_same_whatever_the_order_of_files(tmp_path: Path) -> None:
    """The order in which a folder lists its files is often that of their making."""
    reports = set()
    files = [path for path in GOOD.rglob("*") if path.is_file()]
    for seed in range(4):
        docs = tmp_path / str(seed) / "docs"
        for file in Random(seed).sample(files, len(files)):  # noqa: S311 - nothing secret
            path = docs / file.relative_to(GOOD)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(
                file.read_text(encoding="utf-8").replace("title: ", "title: My ").replace("weight: 3", "weight: x")
            )
        with pytest.raises(FaultsError) as raised:
            knowledge.load(docs)
        reports.add(str(raised.value))
    assert len(reports) == 1


# Parts of articles that other parts may be put in the place of.
lines = sorted({line for path in GOOD.rglob("*.*") for line in path.read_text(encoding="utf-8").splitlines()})
junk = st.sampled_from(
    ["---", "\t", "[", "'", '"', "&a", "*a", "!x", "? ", ": ", "<b>", "```", "{", "\x00", "\ufeff", "- "]
)
mutations = st.lists(
    st.tuples(st.sampled_from(["take", "put", "swap", "cut"]), st.integers(0, 60), st.sampled_from(lines) | junk),
    min_size=1,
    max_size=4,
)


def mutated(text: str, changes: list[tuple[str, int, str]]) -> str:
    found = text.split("\n")
    for what, where, line in changes:
        at = where % len(found)
        match what:
            case "take":
                del found[at]
            case "put":
                found.insert(at, line)
            case "swap":
                found[at] = line
            case _:
                found[at] = found[at][: len(found[at]) // 2] + line
        found = found or [""]
    return "\n".join(found)


@settings(max_examples=80)
@given(name=st.sampled_from(sorted(path.relative_to(GOOD).as_posix() for path in GOOD.rglob("*.*"))), changes=mutations)
def test_whatever_writers_do_the_answer_is_a_knowledge_base_or_a_report(
    name: str, changes: list[tuple[str, int, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    docs = tmp_path_factory.getbasetemp() / "mutated" / "docs"
    shutil.copytree(GOOD, docs, dirs_exist_ok=True)
    text = mutated((GOOD / name).read_text(encoding="utf-8"), changes)
    (docs / name).write_text(text, encoding="utf-8", newline="")
    try:
        known = knowledge.load(docs)
    except FaultsError as error:
        for fault in error.faults:
            where = docs.parent / fault.path
            assert where.is_file(), fault
            length = len(where.read_text(encoding="utf-8").split("\n"))
            assert 1 <= fault.line <= length, fault
    else:
        assert len(known.articles) == 9


def test_remedies_stand_in_the_order_of_the_writer(load: "Load") -> None:
    known = load({})
    assert [remedy.slug for remedy, _ in known.steps(known.problem("flat-tyre"))] == ["mend-tube", "visit-shop"]


def test_remedies_with_figures_stand_by_likelihood_over_minutes_and_hard_ones_last(load: "Load", good: "Text") -> None:
    figures = [
        {"mend-tube": {"cause": "a thorn", "likely": 90}},
        {"visit-shop": {"likely": 60}},
        {"pump-up": {"cause": "it was low", "likely": 10}},
    ]
    known = load(
        {
            "problems/flat-tyre.md": good("problems/flat-tyre.md", remedies=figures),
            "remedies/mend-tube.md": good("remedies/mend-tube.md", undo="hard", minutes=1),
            "remedies/visit-shop.md": good("remedies/visit-shop.md", minutes=60),
            "remedies/pump-up.md": good("remedies/pump-up.md", minutes=2),
            "problems/slow-leak.md": good("problems/slow-leak.md", remedies=["pump-up"]),
        }
    )
    steps = known.steps(known.problem("flat-tyre"))
    assert [remedy.slug for remedy, _ in steps] == ["pump-up", "visit-shop", "mend-tube"]
    assert [cause for _, cause in steps] == ["it was low", None, "a thorn"]


def test_what_articles_claim_is_checked_even_while_another_article_is_broken(faults: Any, good: "Text") -> None:
    found = faults(
        {
            "problems/squeal.md": good("problems/squeal.md", facts=["B999"]),
            "problems/slow-leak.md": good("problems/slow-leak.md", weight="many"),
        }
    )
    assert [fault.split()[1] for fault in found] == ["wrong-type", "unknown-fact"]
