"""How many requests a second nginx answers with the built site, and how long the slowest take.

usage: python bench/load.py [SITE] [--seconds N] [--connections N]

wrk and nginx run on this machine, over loopback, and share its processors: the figures say what a host of this size can
do at the least, and whether a change made it slower. wrk asks for each page in its turn, and takes it compressed.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests/site"))

import nginx

ROOT = Path(__file__).resolve().parent.parent
MISSING = "make load needs wrk: install it (Debian: apt-get install wrk; macOS: brew install wrk)"
PREFIX = "/help/"


def measure(site: Path, seconds: int, connections: int) -> dict[str, float]:
    """What wrk counted: requests, seconds, p50 and p99 in milliseconds, and how many requests failed."""
    pages = sorted(path.relative_to(site).parent.as_posix() for path in site.rglob("index.html"))
    with tempfile.TemporaryDirectory() as folder, nginx.serve(site, PREFIX) as address:
        paths = Path(folder) / "paths.txt"
        paths.write_text("".join(f"{PREFIX}{page}/\n".replace("/./", "/") for page in pages), encoding="utf-8")
        command = ["wrk", "--threads", "1", "--connections", str(connections), "--duration", f"{seconds}s"]
        command += ["--script", str(ROOT / "bench/load.lua"), address, "--", str(paths)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    counted: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return counted | {"pages": len(pages)}


def main() -> str | None:
    parser = argparse.ArgumentParser(description="Measure how many requests a second nginx answers with the site.")
    parser.add_argument("site", nargs="?", type=Path, default=ROOT / "site")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--connections", type=int, default=32)
    asked = parser.parse_args()
    if shutil.which("wrk") is None:
        return MISSING
    if nginx.find() is None:
        return nginx.MISSING
    seen = measure(asked.site.resolve(), asked.seconds, asked.connections)
    rate = seen["requests"] / seen["seconds"]
    sys.stdout.write(
        f"{rate:,.0f} requests a second, p99 {seen['p99']:.2f} ms, half of them within {seen['p50']:.2f} ms\n"
        f"({seen['requests']:,.0f} requests in {seen['seconds']:.0f} s, {asked.connections} at a time, for "
        f"{seen['pages']:,} pages; nginx with one worker)\n"
    )
    return f"{seen['failed']:.0f} of them failed." if seen["failed"] else None


if __name__ == "__main__":
    sys.exit(main())
