"""How well pasted texts are recognised: the real script, in a browser, on labelled texts.

usage: python bench/pasted.py

The labelled texts are those of tests/site/corpus: pasted.jsonl has messages and numbers of the site with many kinds of
noise, unrelated.txt a text a line that shows none of them. A message that the site no longer has is left out.
"""

import json
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "hooks"), str(ROOT / "tests/site")]

from playwright.sync_api import sync_playwright  # noqa: E402

import browser  # noqa: E402 - the engine and the tests are no packages
import server  # noqa: E402
from kb import day, paste, settings  # noqa: E402
from kb.site import compile_site  # noqa: E402

CORPUS = ROOT / "tests/site/corpus"
MATCH = "paste/match.js"

Recognise = Callable[[Sequence[str]], list[list[str]]]
"""For each text what was found in it: numbers and messages, the best first."""

IN_BROWSER = """async ([script, file, texts]) => {
    const [{match}, entries] = await Promise.all([import(script), fetch(file).then(answer => answer.json())])
    return texts.map(text => match(text, entries).map(hit => hit.entry.text))
}"""


@dataclass(frozen=True, slots=True)
class Row:
    noise: str
    shows: str
    pasted: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts; `missed` are the rows whose first hit is wrong, `false` the texts in which something was found."""

    rows: int
    first: int
    in_three: int
    unrelated: int
    missed: tuple[Row, ...]
    false: tuple[str, ...]


def rows(entries: Iterable[dict[str, Any]]) -> list[Row]:
    known = {entry["text"] for entry in entries}
    lines = (CORPUS / "pasted.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for row in (Row(**json.loads(line)) for line in lines) if row.shows in known]


def unrelated() -> list[str]:
    return (CORPUS / "unrelated.txt").read_text(encoding="utf-8").splitlines()


def measure(entries: Iterable[dict[str, Any]], recognise: Recognise) -> Figures:
    labelled, others = rows(entries), unrelated()
    found = list(zip(labelled, recognise([row.pasted for row in labelled]), strict=True))
    missed = tuple(row for row, hits in found if hits[:1] != [row.shows])
    return Figures(
        rows=len(labelled),
        first=len(labelled) - len(missed),
        in_three=sum(row.shows in hits[:3] for row, hits in found),
        unrelated=len(others),
        missed=missed,
        false=tuple(text for text, hits in zip(others, recognise(others), strict=True) if hits),
    )


def main() -> None:
    program = browser.find()
    if program is None:
        sys.exit(browser.MISSING)
    site = compile_site(ROOT / "docs", settings.read(ROOT / "mkdocs.yml"), day.today())
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        shutil.copytree(ROOT / "docs/assets/js", folder / "js")
        (folder / paste.FILE).write_text(paste.text(site), encoding="utf-8")
        (folder / "404.html").write_text("<p>", encoding="utf-8")
        launched = playwright.chromium.launch(executable_path=program, chromium_sandbox=browser.sandboxed())
        with server.serve(folder, "/") as address:
            page = launched.new_page()
            page.goto(f"{address}404.html")

            def recognise(texts: Sequence[str]) -> list[list[str]]:
                found: list[list[str]] = page.evaluate(
                    IN_BROWSER, [f"{address}js/{MATCH}", address + paste.FILE, list(texts)]
                )
                return found

            _say(measure(json.loads(paste.text(site)), recognise))
        launched.close()


def _say(figures: Figures) -> None:
    noises = Counter(row.noise for row in figures.missed)
    lines = [
        f"{figures.rows} labelled texts: the first hit is right for {figures.first / figures.rows:.1%}, "
        f"one of the first three for {figures.in_three / figures.rows:.1%}",
        f"{figures.unrelated} unrelated texts: something is found in {len(figures.false) / figures.unrelated:.1%}",
        *(f"  missed, {noise}: {count}" for noise, count in noises.most_common()),
        *(f"  {row.shows} in {row.pasted!r}" for row in figures.missed),
        *(f"  something in {text!r}" for text in figures.false),
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
