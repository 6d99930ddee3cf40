"""Measures how the flow is compiled at any size, how many pages it has, and how far from the optimum it is.

usage: python bench/flow.py [SIZE ...] [--results DIR]

The knowledge bases are those of bench/generate.py: eight facets that are asked. The goal is 10,000 articles within 10
seconds and 300 MB, which is what the whole process holds: Python, the articles and the flow.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from time import process_time
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "hooks"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import growth, record

from kb import flow, knowledge, memory, solver

PROJECT = Path(__file__).resolve().parent.parent
SIZES = (100, 1_000, 10_000)
SMALL = (50, 100, 200, 400, 800)
"""Sizes at which the optimum is sought too; this site's own articles come first."""
PLENTY = 50_000
"""States that the search for the optimum may look into: some seconds."""

Figures = Mapping[str, Any]


BOUND = 1.5
"""Pages for each problem, to show what bounding the flow does."""


def bounded(folder: Path) -> Figures:
    """With so many pages for each problem that questions behind "I'm not sure" become lists."""
    return compiled(folder, BOUND)


def compiled(folder: Path, pages: float | None = None) -> Figures:
    """Compile the flow of a knowledge base, and say what that took and what came out."""
    with memory.growing():
        known = knowledge.load(folder / "docs")
        before, start = _held(), process_time()
        made = flow.compile_flow(known, pages)
        seconds = process_time() - start
    figures = made.figures
    return {
        "problems": len(flow.live_problems(known)),
        "seconds": seconds,
        "before": before,
        "memory": _held(),
        "states": figures.states,
        "cut": figures.cut,
        "mean": figures.mean,
        "floor": figures.floor,
        "longest": figures.longest,
        "exact": figures.exact,
    }


def _held() -> int:
    """The most bytes that this process held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def compared(folder: Path) -> Figures:
    """The expected number of questions of the greedy flow, and of the best one."""
    known = knowledge.load(folder / "docs")
    table = flow.table(known, flow.live_problems(known))
    best = solver.solve(table, budget=PLENTY, max_unsure=0).figures
    greedy = solver.solve(table, budget=0, max_unsure=0).figures
    return {
        "problems": len(table.weights),
        "floor": best.floor,
        "optimum": best.optimum,
        "greedy": greedy.mean,
    }


TASKS = {"compiled": compiled, "bounded": bounded, "compared": compared}


def _generated(size: int, *tasks: str) -> list[Figures]:
    """The figures of each task for a knowledge base of this size."""
    print(f"The flow of {size:,} articles …", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as name:
        subprocess.run([sys.executable, PROJECT / "bench" / "generate.py", str(size), name], check=True)
        return [_done(task, Path(name)) for task in tasks]


def _done(task: str, folder: Path) -> Figures:
    """In a process of its own, since its memory is measured."""
    command = [sys.executable, __file__, "--task", task, "--folder", str(folder)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    figures: Figures = json.loads(done.stdout)
    return figures


def scale(measured: Mapping[int, Figures]) -> Iterator[str]:
    """How the flow grows."""
    heads = ("articles", "CPU s", "MB held", "before it", "pages", "an article", "cut", "mean", "floor", "longest")
    yield "".join(f"{head:>11}" for head in heads)
    for one in measured.values():
        cells = (
            f"{one['problems']:,}",
            f"{one['seconds']:.2f}",
            f"{one['memory'] / 1e6:,.0f}",
            f"{one['before'] / 1e6:,.0f}",
            f"{one['states']:,}",
            f"{one['states'] / one['problems']:.2f}",
            f"{one['cut']:,}",
            f"{one['mean']:.3f}",
            f"{one['floor']:.3f}",
            str(one["longest"]),
        )
        yield "".join(f"{cell:>11}" for cell in cells)
    for (few, many), p in growth.exponents({size: one["seconds"] for size, one in measured.items()}).items():
        yield f"exponent of CPU time from {few:,} to {many:,}: {p:.2f}"


def distance(measured: Sequence[Figures]) -> Iterator[str]:
    """How far greedy questions are from the best ones."""
    heads = ("articles", "none below", "the least", "greedy", "more")
    yield "".join(f"{head:>11}" for head in heads)
    for one in measured:
        cells = [f"{one['problems']:,}", f"{one['floor']:.3f}", "too costly", f"{one['greedy']:.3f}", "-"]
        if one["optimum"]:
            cells[2], cells[4] = f"{one['optimum']:.3f}", f"{100 * (one['greedy'] / one['optimum'] - 1):.2f} %"
        yield "".join(f"{cell:>11}" for cell in cells)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the flow of large knowledge bases.")
    parser.add_argument("sizes", type=int, nargs="*", metavar="SIZE", help="numbers of articles; 100 1000 10000")
    parser.add_argument("--results", type=Path, help="a folder in which to record the figures")
    parser.add_argument("--task", choices=TASKS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.task:
        print(json.dumps(TASKS[arguments.task](arguments.folder)))
        return
    before = record.conditions()
    sizes = sorted(set(arguments.sizes)) or SIZES
    both = {size: _generated(size, "compiled", "bounded") for size in sizes}
    large, less = ({size: figures[number] for size, figures in both.items()} for number in (0, 1))
    small = [_done("compared", PROJECT), *(_generated(size, "compared")[0] for size in SMALL)]
    bound = f"With {BOUND:g} pages for each problem, {flow.FEW} at least"
    for line in (
        *scale(large),
        "",
        bound,
        *scale(less),
        "",
        "Questions on average; this site's own first",
        *distance(small),
    ):
        print(line)
    if arguments.results:
        record.write(arguments.results, "flow", {**before, "compiled": large, "bounded": less, "compared": small})


if __name__ == "__main__":
    main()
