"""What pages are made of is known before they are made."""

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kb import allowed, catalogue, glossary, ledger, lexicon, numbers, origin, record, search, settings, vocabulary
from kb.basis import DATA, Basis
from kb.memo import Memo
from kb.site import Site, compile_site

if TYPE_CHECKING:
    from tests.kb.conftest import Write

TODAY = date(2026, 12, 1)
GLOSSARY = (
    "index: {title: Words, intro: Words about bicycles in a plain language.}\n"
    "terms:\n  rim: {means: The edge of a wheel.}\n"
)

Edit = tuple[str, str, str]
"""The path of a file below docs, what stands there, and what is to stand there."""


@pytest.fixture
def docs(write: "Write") -> Path:
    return write({"glossary.yml": GLOSSARY})


def site(docs: Path, day: date = TODAY, memo: Memo | None = None) -> Site:
    return compile_site(docs, settings.read(docs.parent / "mkdocs.yml"), day, memo=memo)


def edit(docs: Path, change: Edit) -> None:
    name, old, new = change
    text = (docs / name).read_text(encoding="utf-8")
    assert old in text
    (docs / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def others(before: Basis, after: Basis) -> set[str]:
    """The articles whose pages show other texts."""
    assert before.texts.keys() == after.texts.keys()
    return {slug for slug in before.texts if before.texts[slug] != after.texts[slug]}


@pytest.mark.parametrize(
    ("change", "shown_by"),
    [
        (("problems/chain-off.md", "by hand", "with bare hands"), {"chain-off"}),
        (("remedies/mend-tube.md", "patch", "piece"), {"mend-tube", "flat-tyre", "slow-leak"}),
        (("reference/valve-kinds.md", ".", "!"), {"valve-kinds"}),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_a_sentence_is_shown_by_the_pages_that_hold_its_text(docs: Path, change: Edit, shown_by: set[str]) -> None:
    before = site(docs).basis
    name, old, new = change
    text = (docs / name).read_text(encoding="utf-8")
    body = text.index("\n---\n", 4)
    (docs / name).write_text(text[:body] + text[body:].replace(old, new, 1), encoding="utf-8")
    after = site(docs).basis
    assert others(before, after) == shown_by
    assert after.shared == before.shared


@pytest.mark.parametrize(
    "change",
    [
        ("problems/chain-off.md", "My chain came off", "The chain is off"),
        ("problems/chain-off.md", "reviewed: 2026-11-21", "reviewed: 2026-11-20"),
        ("problems/flat-tyre.md", "## How to tell", "## How to see it"),
        ("problems/chain-off.md", "The chain", "Beside the rim the chain"),
        ("vocabulary.yml", "The brake pads", "The pads"),
        ("ledger.csv", "A leaking valve", "A leaky valve"),
        ("glossary.yml", "The edge", "The outer edge"),
    ],
    ids=["title", "front matter", "heading", "word of the glossary", "vocabulary", "ledger", "explanation"],
)
def test_what_other_pages_may_show_too_makes_all_pages_new(docs: Path, change: Edit) -> None:
    before = site(docs).basis
    edit(docs, change)
    assert site(docs).basis.shared != before.shared


def test_whatever_the_engine_reads_besides_markdown_counts() -> None:
    read = (allowed, glossary, ledger, lexicon, numbers, origin, record, vocabulary)
    assert {Path(module.PATH).suffix for module in read} <= DATA


def test_a_file_that_cannot_be_read_is_of_no_matter_where_nobody_else_reads_it(docs: Path) -> None:
    before = site(docs).basis
    (docs / "notes.txt").symlink_to("nowhere")
    assert site(docs).basis.texts == before.texts


def test_the_day_makes_all_pages_new(docs: Path) -> None:
    assert site(docs, TODAY + timedelta(days=1)).basis.shared != site(docs).basis.shared


def test_compiling_again_with_a_memo_is_as_compiling_anew(docs: Path) -> None:
    memo = Memo()
    for change in (
        ("problems/chain-off.md", "by hand", "with bare hands"),
        ("problems/chain-off.md", "My chain came off", "The chain is off"),
        ("problems/slow-leak.md", "speed: [overnight]", "speed: [overnight]\nwear: [tube]"),
        ("vocabulary.yml", "The brake pads", "The pads"),
        ("vocabulary.yml", "How fast does the air go?", "How fast?"),
    ):
        edit(docs, change)
        again, anew = site(docs, memo=memo), site(docs)
        memo.sweep()
        assert again.flow == anew.flow
        assert again.basis == anew.basis
        assert [*catalogue.lines(again)] == [*catalogue.lines(anew)]
        assert search.text(again) == search.text(anew)
