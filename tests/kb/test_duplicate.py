"""Passages that are told twice are found, also reworded; what only looks alike is left alone."""

import importlib
import itertools
import random
import sys
from pathlib import Path
from typing import Any

import pytest
from rapidfuzz import fuzz

from kb import duplicate, prose
from kb.fault import Fault
from kb.source import Source

ONCE = "Open the valve and press it once, so that a little air comes out and the pin in its middle is free again."
AGAIN = "So that the pin in the middle of the valve is free again, open it and press once: a little air comes out."


def found(**pages: str) -> list[Fault]:
    """The faults of articles, whose folder is the first part of their name."""
    paths = {f"docs/{name.replace('_', '/')}.md": text for name, text in pages.items()}
    return duplicate.check([(path, prose.of_article(Source(path, text))) for path, text in paths.items()])


def count_comparisons(monkeypatch: pytest.MonkeyPatch, compared: list[str]) -> None:
    ratio = fuzz.ratio

    def counted(one: str, other: str, **options: Any) -> float:
        compared.append(one)
        return ratio(one, other, **options)

    monkeypatch.setattr(fuzz, "ratio", counted)


@pytest.fixture(scope="module")
def bench(root: Path) -> Any:
    sys.path.insert(0, str(root / "bench"))
    return importlib.import_module("duplicates")


def test_the_labelled_pairs_are_enough_about_half_of_them_told_twice(bench: Any) -> None:
    pairs = bench.pairs()
    twice = sum(pair["told"] == "twice" for pair in pairs)
    assert len(pairs) >= 60
    assert 0.4 <= twice / len(pairs) <= 0.6
    assert len({pair["how"] for pair in pairs}) >= 20


def test_precision_and_recall_on_the_labelled_pairs_hold(bench: Any) -> None:
    precision, recall = bench.figures()
    assert precision >= 0.97
    assert recall >= 0.93


def test_the_threshold_stands_where_neither_figure_suffers(bench: Any) -> None:
    lower_precision, _ = bench.figures(duplicate.ALIKE - 8)
    _, higher_recall = bench.figures(duplicate.ALIKE + 8)
    assert lower_precision < bench.figures()[0]
    assert higher_recall < bench.figures()[1]


def test_a_fault_names_both_places_and_the_page_to_use_instead() -> None:
    (fault,) = found(remedies_free="Before.\n\n1. " + ONCE, problems_leak="Something else.\n\n" + AGAIN)
    assert (fault.path, fault.line, fault.column) == ("docs/problems/leak.md", 3, 1)
    assert "docs/remedies/free.md:3:4 tells this already: 'Open the valve" in fault.sentence
    assert "the remedy 'free'" in fault.suggestion
    assert "/remedies/free.md" in fault.suggestion


def test_a_remedy_owns_what_a_reference_says_too_and_a_reference_what_a_problem_says() -> None:
    faults = found(reference_pins=ONCE, remedies_free=AGAIN, problems_leak=ONCE)
    assert [(fault.path, fault.sentence.partition(":")[0]) for fault in faults] == [
        ("docs/reference/pins.md", "docs/remedies/free.md"),
        ("docs/problems/leak.md", "docs/remedies/free.md"),
    ]


def test_two_problems_are_told_to_make_a_remedy_of_it() -> None:
    (fault,) = found(problems_flat=ONCE, problems_leak=AGAIN)
    assert fault.suggestion == "Make it a remedy that both name, or link to /problems/flat.md."


def test_what_an_article_says_in_two_sections_is_found() -> None:
    (fault,) = found(problems_leak=f"{ONCE}\n\n## More\n\n{AGAIN}")
    assert (fault.line, fault.suggestion) == (5, "Say it once.")


def test_the_items_of_one_list_may_be_alike() -> None:
    assert found(problems_leak=f"- {ONCE}\n- {AGAIN}") == []


def test_naming_another_page_is_not_telling_what_it_tells() -> None:
    assert found(remedies_free=ONCE, problems_leak=f"See [{ONCE}](/remedies/free.md)") == []


def test_a_short_sentence_may_be_said_again() -> None:
    assert (
        found(remedies_free="Open the settings of your phone.", remedies_close="Open the settings of your phone.") == []
    )


def test_steps_in_a_row_are_compared_as_one_passage() -> None:
    steps = (
        "1. Open the bag.\n2. Take the pump out.\n3. Press the valve once.\n4. Turn the hose.\n5. Pump it full of air."
    )
    (fault,) = found(remedies_fill=steps, remedies_pump=f"1. Breathe.\n{steps}")
    assert fault.path == "docs/remedies/pump.md"


def test_a_long_passage_is_one_fault_and_not_one_for_each_sentence() -> None:
    story = " ".join(f"{ONCE.removesuffix('.')} on day {number} of week {number * 7}." for number in range(2, 8))
    assert len(found(problems_flat=story, problems_leak=story)) == 1


def test_the_work_grows_with_the_articles_and_not_with_their_square(monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["".join(letters) for letters in itertools.product("bdfgk", "aeiou", "lmnprst", "aeiou", "bkt")]
    compared: list[str] = []

    def work(count: int) -> int:
        chance = random.Random(count)  # noqa: S311 - nothing secret
        pages = {
            f"problems_p{number}": " ".join(" ".join(chance.sample(words, 12)).capitalize() + "." for _ in range(6))
            for number in range(count)
        }
        compared.clear()
        assert found(**pages) == []
        return len(compared)

    count_comparisons(monkeypatch, compared)
    few, many = work(50), work(200)
    pairs = 200 * 6 * 200 * 6 / 2
    assert many < pairs / 100
    assert many < max(few, 50) * 24


def test_a_hundred_copies_cost_a_hundred_comparisons(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []
    count_comparisons(monkeypatch, compared)
    assert len(found(**{f"problems_p{number}": ONCE for number in range(100)})) == 99
    assert len(compared) == 99


def test_titles_are_nearly_the_same_whatever_their_order_endings_and_small_words() -> None:
    def named(*titles: str) -> int:
        pages = [
            Source(f"docs/problems/{number}.md", f"---\ntitle: {title}\n---\n") for number, title in enumerate(titles)
        ]
        return len(list(duplicate.titles(prose.of_article(page) for page in pages)))

    assert named("The code never arrives", "A code that is never arriving") == 1
    assert named("The code never arrives", "The text never arrives") == 0
    assert named("My brakes squeal", "My brakes squeak") == 0
    # Word for word the same is another fault.
    assert named("The code never arrives", "The code never  ARRIVES") == 0
