"""Measures what a build takes after one edit, of a build that makes everything, and whether both make the same site.

usage: python bench/again.py [COUNT] [--times N] [--packed]

Each build is a process of its own. The ones that make everything replace a site, too, so both take an old one away. In
turn, so that what else the machine does meets both; medians of the CPU time count.
"""

import argparse
import filecmp
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

PROJECT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(PROJECT)]

from bench.process import Limits, Run, run  # noqa: E402 - bench is no package

LIMITS = Limits(seconds=3600, memory=8_000_000_000)


def build(folder: Path, site: str, environment: dict[str, str]) -> Run:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", site]
    return run(command, folder, LIMITS, os.environ | {"NO_MKDOCS_2_WARNING": "1"} | environment)


def differences(one: Path, other: Path) -> list[str]:
    names = {path.relative_to(folder).as_posix() for folder in (one, other) for path in folder.rglob("*")}
    names = {name for name in names if not ((one / name).is_dir() and (other / name).is_dir())}
    _, different, missing = filecmp.cmpfiles(one, other, sorted(names), shallow=False)
    return different + missing


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure what a build takes after one edit.")
    parser.add_argument("count", type=int, nargs="?", default=300, help="how many articles to generate")
    parser.add_argument("--times", type=int, default=3, help="how many times to edit")
    parser.add_argument("--packed", action="store_true", help="with compressed copies, as `make build` lays them")
    arguments = parser.parse_args()
    how = {"COMPRESS": "yes" if arguments.packed else "", "SOURCE_DATE_EPOCH": "1793318400"}
    everything, again = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        subprocess.run([sys.executable, PROJECT / "bench/generate.py", str(arguments.count), folder], check=True)
        article = sorted((folder / "docs/problems").glob("*.md"))[0]
        for site in ("again", "everything"):
            build(folder, site, how | ({} if site == "again" else {"CACHE": "no"}))
        for number in range(arguments.times):
            with article.open("a", encoding="utf-8") as text:
                text.write(f"\nSaved again, edition {number}.\n")
            again.append(build(folder, "again", how).cpu)
            everything.append(build(folder, "everything", how | {"CACHE": "no"}).cpu)
            print(f"after one edit {again[-1]:.2f} s, everything {everything[-1]:.2f} s", flush=True)
            if found := differences(folder / "again", folder / "everything"):
                sys.exit(f"Not the same: {', '.join(found[:5])}")
    print(f"{arguments.count:,} articles: {median(again) / median(everything):.3f} of a build of everything")


if __name__ == "__main__":
    main()
