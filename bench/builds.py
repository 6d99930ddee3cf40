"""Builds the same articles with this project and with other generators, in turn, and prints what each of them takes.

usage: python bench/builds.py [SIZE ...] [--quick] [--only NAME ...] [--rounds N] [--seconds N] [--memory MB]
       [--pages N] [--results DIR]

Each round builds every size with every generator, so that what else the machine does meets all of them; what counts are
medians over the rounds and their ratios. From LARGE articles on a size is built in the first round only.
"""

import argparse
import gzip
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import fmean, median
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "hooks"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import growth, record
from bench.process import FailedError, Limits, OverLimitError, Run, run

PROJECT = Path(__file__).resolve().parent.parent
SIZES, QUICK_SIZES = (100, 1_000, 10_000), (30, 100, 300)
QUICK_MINUTES = 3.5
"""A quick run begins no other round after so long; the first one is always whole."""
LARGE = 5_000
ZENSICAL = PROJECT / ".venv" / "zensical" / "bin" / "python"
"""tools/yardsticks.sh puts it there: it is no part of what this project needs."""
SAMPLE = 50
"""The size with gzip is the mean of so many articles."""


@dataclass(frozen=True, slots=True)
class Generator:
    """Something that builds the folder of one size into another folder."""

    key: str
    name: str
    command: Callable[[Path, Path], Sequence[str | Path]]
    output: Callable[[Path], Path] = lambda folder: folder / "site"
    """Where the site of a folder is, for what does not take that as an argument."""
    version: tuple[str | Path, ...] = ()
    """A command that prints its version."""

    @property
    def absent(self) -> bool:
        return bool(self.version) and shutil.which(self.version[0]) is None


def _mkdocs(settings: str) -> Callable[[Path, Path], Sequence[str | Path]]:
    return lambda folder, site: [
        *(sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", folder / settings, "--site-dir", site)
    ]


GENERATORS = (
    Generator("project", "this project", _mkdocs("base/mkdocs.yml")),
    Generator("all", "Material, all pages in its navigation", _mkdocs("yardsticks/all.yml")),
    Generator("indexes", "Material, our navigation, no hooks", _mkdocs("yardsticks/indexes.yml")),
    Generator(
        "zensical",
        "Zensical, our navigation",
        lambda folder, _: [
            *(ZENSICAL, "-m", "zensical", "build", "--clean", "--config-file", folder / "yardsticks/indexes.yml")
        ],
        output=lambda folder: folder / "yardsticks" / "site",
        version=(ZENSICAL, "-m", "zensical", "--version"),
    ),
    Generator(
        "hugo",
        "Hugo, a trivial theme",
        lambda folder, site: ["hugo", "--quiet", "--source", folder / "yardsticks/hugo", "--destination", site],
        version=("hugo", "version"),
    ),
)


@dataclass(frozen=True, slots=True)
class Output:
    """What a build left behind, in bytes."""

    whole: int
    pages: int
    """HTML files."""
    article: float
    """The mean page of a problem."""
    article_gzip: float


@dataclass
class Measured:
    """All builds of one generator."""

    runs: dict[int, list[Run]] = field(default_factory=dict)
    outputs: dict[int, Output] = field(default_factory=dict)
    left_out: dict[int, str] = field(default_factory=dict)
    """Sizes that were not built to the end, and why."""

    def medians(self, what: str) -> dict[int, float]:
        return {size: median(getattr(run, what) for run in runs) for size, runs in self.runs.items()}

    def out_of_reach(self, size: int, limits: Limits) -> str:
        """Why it is no use to begin: it grows with the articles or faster, so it is not below a straight line.

        By CPU time: on a busy machine the clock would rule out too much.
        """
        if [smaller for smaller in self.left_out if smaller < size]:
            return "not tried: a smaller one was too large"
        seconds = growth.straight_on(self.medians("cpu"), size)
        memory = growth.straight_on(self.medians("memory"), size)
        if seconds > limits.seconds:
            return f"not tried: it would take more than {limits.seconds:,.0f} s, about {seconds:,.0f} s or longer"
        if memory > limits.memory:
            return (
                f"not tried: it would take more than {limits.memory / 1e6:,.0f} MB, about {memory / 1e6:,.0f} or more"
            )
        return ""


Results = Mapping[str, Measured]


def say(text: str, end: str = "\n") -> None:
    """Progress, beside the table."""
    print(text, end=end, file=sys.stderr, flush=True)


def prepare(folder: Path, size: int, more: Sequence[str]) -> Path:
    """The knowledge base, and the same articles for the others, in processes whose memory is not ours.

    `more` are arguments for bench/generate.py.
    """
    say(f"Writing {size:,} articles …")
    folder.mkdir()
    for script, *arguments in (("generate.py", str(size), "base", *more), ("yardsticks.py", "base", "yardsticks")):
        subprocess.run([sys.executable, PROJECT / "bench" / script, *arguments], cwd=folder, check=True)
    return folder


def build(generator: Generator, folder: Path, limits: Limits) -> tuple[Run, Output]:
    """Build once, from nothing. Raises OverLimitError and FailedError."""
    site = generator.output(folder)
    try:
        # The banners of MkDocs and Material would not hold anybody up, but they are nobody's output.
        taken = run(
            generator.command(folder, site), folder, limits, os.environ | {"NO_MKDOCS_2_WARNING": "1", "CACHE": "no"}
        )
        return taken, _output(site)
    finally:
        # What an earlier build keeps for the next one is left beside the settings.
        for left in (site, *folder.glob("*/.cache")):
            shutil.rmtree(left, ignore_errors=True)


def _output(site: Path) -> Output:
    files = [path for path in site.rglob("*") if path.is_file()]
    articles = sorted(site.glob("problems/*/index.html"))
    if not articles:
        raise FailedError("there is no page of an article")
    sample = articles[:: max(1, len(articles) // SAMPLE)]
    return Output(
        whole=sum(path.stat().st_size for path in files),
        pages=sum(path.suffix == ".html" for path in files),
        article=fmean(path.stat().st_size for path in articles),
        article_gzip=fmean(len(gzip.compress(path.read_bytes())) for path in sample),
    )


def there(wanted: Sequence[str]) -> list[Generator]:
    """Of the wanted ones those that are installed; of the others it is said that they are not."""
    asked = [generator for generator in GENERATORS if generator.key in wanted]
    for generator in asked:
        if generator.absent:
            say(f"{generator.name}: left out, it is not installed. tools/yardsticks.sh tries to install it.")
    return [generator for generator in asked if not generator.absent]


def measure(
    present: Sequence[Generator], bases: Mapping[int, Path], rounds: int, minutes: float, limits: Limits
) -> Results:
    """Every round builds everything. A round that would begin after so many minutes is left out."""
    results = {generator.key: Measured() for generator in present}
    start = perf_counter()
    for turn in range(rounds):
        if perf_counter() - start > 60 * minutes:
            say(f"No time for round {turn + 1}.")
            break
        for size in [size for size in bases if turn == 0 or size < LARGE]:
            for generator in present:
                say(f"Round {turn + 1} of {rounds}, {size:,} articles, {generator.name}: ", end="")
                say(_measure(results[generator.key], generator, size, bases[size], limits))
    return results


def _measure(measured: Measured, generator: Generator, size: int, folder: Path, limits: Limits) -> str:
    """Build once more, unless it was too large already. Returns what to say of it."""
    if size not in measured.left_out:
        beyond = "" if size in measured.runs else measured.out_of_reach(size, limits)
        try:
            if not beyond:
                taken, output = build(generator, folder, limits)
                measured.runs.setdefault(size, []).append(taken)
                measured.outputs[size] = output
                return f"{taken.cpu:.1f} s of CPU"
        except OverLimitError as error:
            beyond = f"ended: {error}"
        except FailedError as error:
            beyond = f"failed: {str(error).splitlines()[-1]}"
        measured.left_out[size] = beyond
    return measured.left_out[size]


def table(results: Results, sizes: Sequence[int]) -> Iterator[str]:
    """Medians, and ratios of medians of CPU time."""
    names = {generator.key: generator.name for generator in GENERATORS}
    cpu = {key: measured.medians("cpu") for key, measured in results.items()}
    heads = ("CPU s", "wall s", "MB held", "MB made", "pages", "kB a page", "gzip", "to (1)", "to (2)", "rounds")
    for size in sizes:
        yield f"{f'{size:,} articles':<40}" + "".join(f"{head:>10}" for head in heads)
        for key, measured in results.items():
            if size in measured.left_out or size not in measured.outputs:
                yield f"{names[key]:<40}  {measured.left_out.get(size, 'not built')}"
                continue
            output = measured.outputs[size]
            cells = [
                f"{cpu[key][size]:.2f}",
                f"{measured.medians('wall')[size]:.2f}",
                f"{measured.medians('memory')[size] / 1e6:,.0f}",
                f"{output.whole / 1e6:,.1f}",
                f"{output.pages:,}",
                f"{output.article / 1e3:.2f}",
                f"{output.article_gzip / 1e3:.2f}",
                *(_ratio(cpu, key, to, size) for to in ("all", "indexes")),
                str(len(measured.runs[size])),
            ]
            yield f"{names[key]:<40}" + "".join(f"{cell:>10}" for cell in cells)
        yield ""
    yield "Pages are HTML files; kB and gzip are of the mean page of a problem. to (1), to (2): CPU time, divided by"
    yield "that of Material (1) with all pages in its navigation, (2) with our navigation and no hooks."
    yield ""
    yield from _growth(results, names)


def _ratio(cpu: Mapping[str, Mapping[int, float]], key: str, to: str, size: int) -> str:
    there = cpu.get(to, {}).get(size)
    return f"{cpu[key][size] / there:.2f}" if there else "-"


def _growth(results: Results, names: Mapping[str, str]) -> Iterator[str]:
    """The exponents from size to size, and what became of the page of an article."""
    steps = sorted({step for one in results.values() for step in growth.exponents(one.medians("cpu"))})
    heads = [f"{few:,} to {many:,}" for few, many in steps]
    yield f"{'Growth: exponents of CPU time':<40}" + "".join(f"{head:>18}" for head in [*heads, "largest page"])
    for key, measured in results.items():
        found = growth.exponents(measured.medians("cpu"))
        pages = {size: output.article for size, output in measured.outputs.items()}
        cells = [f"{found[step]:.2f}" if step in found else "-" for step in steps]
        larger = f"x {pages[max(pages)] / pages[min(pages)]:.3f}" if pages else "-"
        yield f"{names[key]:<40}" + "".join(f"{cell:>18}" for cell in [*cells, larger])
    yield ""
    yield "largest page: the mean page of a problem at the largest size built, to that at the smallest."


def data(results: Results, sizes: Sequence[int], limits: Limits, before: Mapping[str, Any]) -> dict[str, Any]:
    """Every single build, with what it was measured on."""
    found = {}
    for generator in GENERATORS:
        measured = results.get(generator.key)
        found[generator.key] = {"name": generator.name, "absent": generator.absent}
        if measured is not None:
            found[generator.key] |= {
                "version": _version(generator),
                "runs": {size: [asdict(taken) for taken in runs] for size, runs in measured.runs.items()},
                "outputs": {size: asdict(output) for size, output in measured.outputs.items()},
                "left out": measured.left_out,
                "exponents": {
                    f"{few} to {many}": round(p, 3)
                    for (few, many), p in growth.exponents(measured.medians("cpu")).items()
                },
            }
    return {**before, "sizes": list(sizes), "limits": asdict(limits), "generators": found}


def _version(generator: Generator) -> str | None:
    if not generator.version:
        return None
    return subprocess.run(generator.version, capture_output=True, text=True, check=False).stdout.strip()


def main() -> None:
    parser = argparse.ArgumentParser(description="Build the same articles with several generators, and compare them.")
    parser.add_argument("sizes", type=int, nargs="*", metavar="SIZE", help="numbers of articles; 100 1000 10000")
    parser.add_argument("--quick", action="store_true", help="sizes 30, 100 and 300, in five minutes")
    keys = [generator.key for generator in GENERATORS]
    parser.add_argument("--only", nargs="+", choices=keys, default=keys, help="build with these alone")
    parser.add_argument("--rounds", type=int, default=3, help="how many times to build everything")
    parser.add_argument("--seconds", type=float, default=600, help="end a build that takes longer by the clock")
    parser.add_argument("--memory", type=int, default=8_000, help="end a build that takes more MB")
    parser.add_argument("--pages", type=float, help="our flow has so many pages for each problem at most")
    parser.add_argument("--results", type=Path, help="a folder in which to record the figures and the drawing")
    arguments = parser.parse_args()
    sizes = sorted(set(arguments.sizes)) or list(QUICK_SIZES if arguments.quick else SIZES)
    minutes = QUICK_MINUTES if arguments.quick else float("inf")
    limits = Limits(arguments.seconds, arguments.memory * 1_000_000)
    more = ["--pages", str(arguments.pages)] if arguments.pages else []
    present = there(arguments.only)
    before = record.conditions() | {"pages": arguments.pages}
    with tempfile.TemporaryDirectory() as name:
        bases = {size: prepare(Path(name).resolve() / str(size), size, more) for size in sizes}
        results = measure(present, bases, arguments.rounds, minutes, limits)
    for line in table(results, sizes):
        print(line)
    if arguments.results:
        kind = "builds" + ("-quick" if arguments.quick else "") + ("-bounded" if arguments.pages else "")
        path = record.write(arguments.results, kind, data(results, sizes, limits, before))
        lines = {one.name: results[one.key].medians("cpu") for one in GENERATORS if one.key in results}
        drawing = growth.drawing("CPU time of a build, by the number of articles", "s", lines)
        path.with_suffix(".svg").write_text(drawing, encoding="utf-8")


if __name__ == "__main__":
    main()
