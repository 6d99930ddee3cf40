"""How well the check finds passages that are told twice: precision and recall on labelled pairs, by threshold.

usage: python bench/duplicates.py

The pairs are those of tests/kb/passages/pairs.yml. Each passage stands in an article of its own between other
sentences, as it would on a site: the windows that are compared do not begin and end where the passages do.
"""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "hooks"))

from kb import duplicate, prose  # noqa: E402 - the engine is no package
from kb.source import Source  # noqa: E402

PAIRS = ROOT / "tests/kb/passages/pairs.yml"
THRESHOLDS = (60, 65, 68, 70, 72, 74, 76, 78, 80, 85, 90)
AROUND = (
    ("Mornings are cooler in the valley than on the hill.", "Nobody has counted the birches behind the old mill."),
    (
        "A violin is tuned from its thickest string to its thinnest.",
        "The ferry leaves the harbour when the tide allows.",
    ),
)
"""Sentences of another world before and behind a passage; no two of them are alike."""


def pairs() -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = yaml.safe_load(PAIRS.read_text(encoding="utf-8"))
    return found


def told_twice(pair: Mapping[str, Any], alike: float = duplicate.ALIKE) -> bool:
    """What the check says of two articles that hold the two passages of a pair."""
    articles: list[tuple[str, Sequence[prose.Passage]]] = []
    for name, (before, behind) in zip(("one", "other"), AROUND, strict=True):
        text = Source(f"docs/problems/{name}.md", f"{before} {pair[name]} {behind}\n")
        articles.append((text.path, prose.of_article(text)))
    return bool(duplicate.check(articles, alike))


def figures(alike: float = duplicate.ALIKE) -> tuple[float, float]:
    """Precision: how many of what is found is told twice. Recall: how many of what is told twice is found."""
    known = pairs()
    found = [pair for pair in known if told_twice(pair, alike)]
    right = sum(pair["told"] == "twice" for pair in found)
    return right / max(len(found), 1), right / sum(pair["told"] == "twice" for pair in known)


def main() -> None:
    known = pairs()
    twice = sum(pair["told"] == "twice" for pair in known)
    print(f"passages told twice: {len(known)} labelled pairs, {twice} of them told twice")
    for alike in sorted({*THRESHOLDS, duplicate.ALIKE}):
        precision, recall = figures(alike)
        mark = "  <- in use" if alike == duplicate.ALIKE else ""
        print(f"  likeness {alike:g}: precision {precision:.3f}, recall {recall:.3f}{mark}")


if __name__ == "__main__":
    main()
