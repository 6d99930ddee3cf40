"""Measures how long `mkdocs serve` takes from saving an article to showing it, on a generated knowledge base.

usage: python bench/serve.py [COUNT] [--times N]

It asks as a browser does, from outside and by the wall clock: MkDocs looks for changes every half second, which counts.
Every change shows in the article, and the title also in the indexes and on the pages of the flow that name it.
"""

import argparse
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BENCH = Path(__file__).resolve().parent
PATIENCE = 600
"""Seconds until a page that does not change is given up."""
PAUSE = 0.02


def fetch(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as response:  # noqa: S310 - our own server
            return str(response.read().decode())
    except (urllib.error.URLError, ConnectionError):
        return ""


def until(address: str, text: str) -> float:
    """Seconds until the page at the address has this text."""
    start = time.perf_counter()
    while text not in fetch(address):
        if time.perf_counter() - start > PATIENCE:
            raise TimeoutError(address)
        time.sleep(PAUSE)
    return time.perf_counter() - start


@contextmanager
def served(folder: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{free.getsockname()[1]}"
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", host]
    process = subprocess.Popen(command, cwd=folder, env=environment)
    try:
        yield f"http://{host}/"
    finally:
        process.terminate()
        process.wait()


def edits(article: Path, times: int) -> Iterator[tuple[str, str]]:
    """Save the article again and again. Yields what kind of change it was, and a text that shows it."""
    text = article.read_text(encoding="utf-8")
    for number in range(times):
        text += f"\nSaved again, edition {number}.\n"
        article.write_text(text, encoding="utf-8")
        yield "a sentence", f"edition {number}"
        text = re.sub("(?m)^title: .*", f"title: Title {number} of it", text, count=1)
        article.write_text(text, encoding="utf-8")
        yield "the title", f"Title {number} of it"


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the time from saving an article to seeing it.")
    parser.add_argument("count", type=int, nargs="?", default=100, help="how many articles to generate")
    parser.add_argument("--times", type=int, default=5, help="how many times to save each kind of change")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        subprocess.run([sys.executable, str(BENCH / "generate.py"), str(arguments.count), str(folder)], check=True)
        article = sorted((folder / "docs" / "problems").glob("*.md"))[0]
        with served(folder) as address:
            print(f"{'until the first page':<22} {until(address, '<h1'):>8.2f} s", flush=True)
            spent: dict[str, list[float]] = {}
            for kind, shown in edits(article, arguments.times):
                spent.setdefault(kind, []).append(until(f"{address}problems/{article.stem}/", shown))
    for kind, taken in spent.items():
        print(f"{kind:<22} {statistics.median(taken):>8.2f} s (from {min(taken):.2f} to {max(taken):.2f})")


if __name__ == "__main__":
    main()
