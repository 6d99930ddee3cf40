"""Measures how the engine's own work grows with the number of articles: compiling, and what `make check` compares.

usage: python bench/checks.py [SIZE ...] [--results DIR]

To find passages that are told twice, problems that might be one, or relations both ways, articles are held against each
other. An exponent near 1 says that this does not mean each against each.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from time import process_time
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "hooks"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import growth, record

from kb import day, duplicate, knowledge, memory, overlap, prose, settings, site, source

PROJECT = Path(__file__).resolve().parent.parent
SIZES = (100, 1_000, 10_000)

Seconds = Mapping[str, float]


def measure(folder: Path) -> Seconds:
    """CPU seconds of each, and under `passages` how many of these there are."""
    docs = folder / "docs"
    taken: dict[str, float] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        start = process_time()
        done = work()
        taken[name] = process_time() - start
        return done

    with memory.growing():
        known = timed("articles read, checked and related", lambda: knowledge.load(docs))
        timed(
            "everything compiled",
            lambda: site.compile_site(docs, settings.read(folder / "mkdocs.yml"), day.today()),
        )
        texts = [source.read(docs / one.page, f"docs/{one.page}") for one in known.articles]
        read = [(text.path, prose.of_article(text)) for text in texts if isinstance(text, source.Source)]
        timed("passages told twice", lambda: duplicate.check(read))
        timed("titles nearly the same", lambda: list(duplicate.titles(passages for _, passages in read)))
        timed("remedies of another problem", lambda: list(overlap.hints(known)))
    return {"passages": sum(len(passages) for _, passages in read), **taken}


def _apart(size: int) -> Seconds:
    """In a process of its own: what one size leaves in memory is no burden to the next."""
    print(f"Writing and checking {size:,} articles …", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as name:
        subprocess.run([sys.executable, PROJECT / "bench" / "generate.py", str(size), name], check=True)
        command = [sys.executable, __file__, "--measure", name]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    measured: Seconds = json.loads(done.stdout)
    return measured


def table(measured: Mapping[int, Seconds]) -> Iterator[str]:
    sizes = sorted(measured)
    steps = list(growth.exponents(dict.fromkeys(sizes, 1.0)))
    heads = [*(f"{size:,}" for size in sizes), *(f"{few:,} to {many:,}" for few, many in steps)]
    yield f"{'CPU s, and exponents':<40}" + "".join(f"{head:>18}" for head in heads)
    for name in measured[sizes[0]]:
        points = {size: measured[size][name] for size in sizes}
        found = growth.exponents({size: max(seconds, 1e-6) for size, seconds in points.items()})
        digits = ",.0f" if name == "passages" else ".4f"
        cells = [*(f"{points[size]:{digits}}" for size in sizes), *(f"{found[step]:.2f}" for step in steps)]
        yield f"{name:<40}" + "".join(f"{cell:>18}" for cell in cells)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how the engine's own work grows with the articles.")
    parser.add_argument("sizes", type=int, nargs="*", metavar="SIZE", help="numbers of articles; 100 1000 10000")
    parser.add_argument("--results", type=Path, help="a folder in which to record the figures")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        print(json.dumps(measure(arguments.measure)))
        return
    before = record.conditions()
    measured = {size: _apart(size) for size in sorted(set(arguments.sizes)) or SIZES}
    for line in table(measured):
        print(line)
    if arguments.results:
        record.write(arguments.results, "checks", {**before, "seconds": measured})


if __name__ == "__main__":
    main()
