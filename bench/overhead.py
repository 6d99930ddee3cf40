"""Measures what part of a build's CPU time the hooks take, on a generated knowledge base.

usage: python bench/overhead.py [COUNT] [--pages N] [--profile] [--results DIR]

The hooks do not know that they are watched: the functions that MkDocs calls are wrapped from outside, in this process,
with the clock of its CPU time, so that other work on the machine does not count.
"""

import argparse
import cProfile
import logging
import os
import pstats
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partialmethod, wraps
from pathlib import Path
from time import process_time
from typing import Any
from xml.etree.ElementTree import Element

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "hooks"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.record import conditions, write
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from kb import day, flow, index, knowledge, memory, redirect, settings
from kb.site import Site, compile_site

PROJECT = Path(__file__).resolve().parent.parent
HOOKS = PROJECT / "hooks"
GOAL = 3.0
"""Per cent of the build that the events of all hooks may take at 1,000 articles."""
STEPS = {"simple": 21, "ladder": 6, "disarm": -10}
"""The engine's steps in the Markdown converter, with their places among all others."""


@dataclass
class Spent:
    """CPU time of one thing that was called so many times."""

    name: str
    calls: int = 0
    seconds: float = 0.0


@dataclass
class Watch:
    """Adds up what runs under it. What runs inside of something else that is watched counts for itself alone."""

    profile: cProfile.Profile | None = None
    events: dict[str, Spent] = field(default_factory=dict)
    steps: Spent = field(default_factory=lambda: Spent("their steps in the Markdown converter"))
    converter: Spent = field(default_factory=lambda: Spent("the Markdown converter itself"))
    _inside: float = 0.0

    def call(self, spent: Spent, function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """What the function returns. Nothing else runs between the two looks at the clock: some functions are short."""
        before, self._inside = self._inside, 0.0
        if self.profile and spent is not self.converter:
            self.profile.enable()
        start = process_time()
        try:
            return function(*arguments, **named)
        finally:
            whole = process_time() - start
            spent.seconds += whole - self._inside
            spent.calls += 1
            self._inside = before + whole
            if self.profile and spent is not self.converter:
                self.profile.disable()

    def wrap(self, config: MkDocsConfig) -> None:
        """Put the watch around every event function that comes from the hooks' folder, and around the converter, which
        one of them calls."""
        for event, functions in config.plugins.events.items():
            functions[:] = [self._watched(event, function) for function in functions]
        # Runs after the hooks' own, which registers the steps.
        config.plugins.events["config"].append(lambda config: config.markdown_extensions.append(_Watching(self)))
        convert = Markdown.convert
        Markdown.convert = partialmethod(lambda md, text: self.call(self.converter, convert, md, text))  # type: ignore[assignment]

    def _watched(self, event: str, function: Callable[..., Any]) -> Callable[..., Any]:
        file = Path(function.__code__.co_filename)
        if file.parent != HOOKS:
            return function
        name = f"{file.stem}: on_{event}"
        spent = self.events.setdefault(name, Spent(name))

        @wraps(function)
        def watched(*arguments: Any, **named: Any) -> Any:
            return self.call(spent, function, *arguments, **named)

        return watched


class _Watching(Extension):
    """Puts the watch around the engine's own steps in the converter, which are no events."""

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the converter's name for it
        for name, place in STEPS.items():
            md.treeprocessors.register(_WatchedStep(md.treeprocessors[name], self._watch), name, place)


class _WatchedStep(Treeprocessor):
    def __init__(self, step: Treeprocessor, watch: Watch) -> None:
        super().__init__()
        self._step, self._watch = step, watch

    def run(self, root: Element) -> Element | None:
        changed: Element | None = self._watch.call(self._watch.steps, self._step.run, root)
        return changed


@dataclass
class Measured:
    site: Site
    pages: int
    whole: float
    watch: Watch
    compiling: list[Spent]
    imports: float

    @property
    def hooks(self) -> float:
        return sum(spent.seconds for spent in self.watch.events.values())


def measure(folder: Path, profile: cProfile.Profile | None) -> Measured:
    """Build the knowledge base that is in the folder; strictly, since a build with broken links measures nothing."""
    watch = Watch(profile)
    start = process_time()
    config = load_config(str(folder / "mkdocs.yml"), site_dir=str(folder / "site"), strict=True)
    watch.wrap(config)
    build(config)
    whole = process_time() - start
    site: Site = config.extra["knowledge"]
    pages = sum(1 for _ in (folder / "site").rglob("*.html"))
    return Measured(site, pages, whole, watch, compiling(folder), imports())


def compiling(folder: Path) -> list[Spent]:
    """The way from files to the compiled site, step by step, and as a whole with all its checks."""
    watch = Watch()
    load, indexes, questions, moved = (
        Spent(name) for name in ("reading and checking the files", "indexes", "flow", "old addresses")
    )
    whole = Spent("all of it, with the checks between articles")
    docs, own = folder / "docs", settings.read(folder / "mkdocs.yml")
    with memory.growing():
        known = watch.call(load, knowledge.load, docs)
        watch.call(indexes, index.compile_all, known)
        watch.call(questions, flow.compile_flow, known, own.flow.pages)
        watch.call(moved, redirect.collect, known)
        watch.call(whole, compile_site, docs, own, day.today())
    return [load, indexes, questions, moved, whole]


def imports() -> float:
    """What importing the engine adds to a build's start, in a process that has imported MkDocs already."""
    code = (
        "import mkdocs.commands.build; from time import process_time as now; start = now(); "
        "import kb.catalogue, kb.page, kb.plain, kb.view; print(now() - start)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=HOOKS, capture_output=True, text=True, check=True)
    return float(done.stdout)


def table(measured: Measured) -> Iterator[str]:
    known, whole = measured.site.knowledge, measured.whole
    states = len(measured.site.flow.states)
    yield (
        f"{len(known.problems)} problems, {len(known.references)} references, {len(known.remedies)} remedies, "
        f"{states} pages of the flow; {measured.pages} pages built"
    )
    yield ""
    yield f"{'CPU time':<46} {'calls':>7} {'s':>9} {'ms a call':>10} {'% of build':>10}"
    for spent in sorted(measured.watch.events.values(), key=lambda each: -each.seconds):
        yield _row(spent, whole)
    yield _row(
        Spent("all events of the hooks", sum(e.calls for e in measured.watch.events.values()), measured.hooks), whole
    )
    yield _row(Spent("the whole build", 1, whole), whole)
    yield ""
    yield "Beside the events"
    yield _row(measured.watch.steps, whole)
    yield _row(measured.watch.converter, whole)
    yield _row(Spent("importing the engine, once", 1, measured.imports), whole)
    yield ""
    yield "Compiling alone, apart from the build"
    for spent in measured.compiling:
        yield _row(spent, whole)
    yield ""
    share = 100 * measured.hooks / whole
    yield f"The hooks' events take {share:.2f} % of the build; the goal at 1,000 articles is {GOAL:g} %."


def _row(spent: Spent, whole: float) -> str:
    each = 1000 * spent.seconds / spent.calls if spent.calls else 0.0
    return f"{spent.name:<46} {spent.calls:>7} {spent.seconds:>9.3f} {each:>10.3f} {100 * spent.seconds / whole:>10.2f}"


def record(measured: Measured, count: int, results: Path) -> Path:
    """Keep the figures, with what they were measured on."""
    known = measured.site.knowledge
    data = {
        **conditions(),
        "articles": count,
        "remedies": len(known.remedies),
        "states": len(measured.site.flow.states),
        "pages": measured.pages,
        "share": round(measured.hooks / measured.whole, 5),
        "seconds": {
            "build": round(measured.whole, 3),
            "events": {spent.name: round(spent.seconds, 4) for spent in measured.watch.events.values()},
            "steps": round(measured.watch.steps.seconds, 4),
            "converter": round(measured.watch.converter.seconds, 4),
            "imports": round(measured.imports, 4),
            "compiling": {spent.name: round(spent.seconds, 4) for spent in measured.compiling},
        },
    }
    return write(results, "overhead", data)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure what part of a build's CPU time the hooks take.")
    parser.add_argument("count", type=int, nargs="?", default=1000, help="how many articles to generate")
    parser.add_argument("--pages", type=float, help="the flow has so many pages for each problem at most")
    parser.add_argument(
        "--profile", action="store_true", help="show where the hooks' time goes; slower, records nothing"
    )
    parser.add_argument("--results", type=Path, help="a folder in which to record the figures")
    arguments = parser.parse_args()
    # Material would print a banner about MkDocs 2 in the middle of the table.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    # What another process does would not count.
    os.environ["JOBS"] = "1"
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    profile = cProfile.Profile() if arguments.profile else None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        # In a process of its own, so that its memory is no burden to the one that is measured.
        command = [sys.executable, str(PROJECT / "bench" / "generate.py"), str(arguments.count), str(folder)]
        command += ["--pages", str(arguments.pages)] if arguments.pages else []
        subprocess.run(command, check=True)
        print(f"Building {arguments.count} articles …", file=sys.stderr, flush=True)
        measured = measure(folder, profile)
    for line in table(measured):
        print(line)
    if profile:
        pstats.Stats(profile).strip_dirs().sort_stats("tottime").print_stats(30)
    elif arguments.results:
        record(measured, arguments.count, arguments.results)


if __name__ == "__main__":
    main()
