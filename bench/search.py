"""Measures the search in a browser: whether it finds what people type, what it loads, and how long they wait.

usage: python bench/search.py [COUNT ...]

The queries of bench/search/ are asked on the real site, which is built for it. Then bytes and waiting are measured with
the words of COUNT generated articles, and beside it those of the theme's own search over the same articles. It fails if
a goal is missed; time is only compared within the run.
"""

import argparse
import csv
import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "hooks"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests/site"))

import browser as found
from kb import day, page, search, settings
from kb.render import Renderer
from kb.site import Site, compile_site

BENCH = Path(__file__).resolve().parent
PROJECT = BENCH.parent
FIRST, FIRST_THREE = 80, 95
"""Per cent of the queries for which the right article comes first, and is among the first three."""
MOST_BYTES = 180_000
"""With gzip, for the first query at 1,000 articles."""
PART = 0.25
"""Of the time that the theme's own search takes at 1,000 articles."""
GOALS_AT = 1000
TIMES = 5
QUERY = "password"
SCRIPTS = ("find.js", "minisearch.js")

ASK = """async (queries) => {
  const { finder } = await import(new URL("assets/js/search/find.js", document.baseURI).href);
  const find = finder(await (await fetch("search.json")).json());
  return queries.map((query) => find(query).results.filter(({ kind }) => kind === "article").map(({ url }) => url));
}"""
WATCH = """(() => {
  addEventListener("keydown", (event) => {
    if (event.target.matches?.("input")) window.began ??= performance.now();
  }, true);
  const look = () => {
    if (document.querySelector(".kb-results a, .md-search-result__item a")) window.ended ??= performance.now();
    else requestAnimationFrame(look);
  };
  look();
})()"""


class Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        """Nobody reads it."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def build(configuration: Path, out: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--quiet",
        "--config-file",
        str(configuration),
        "--site-dir",
        str(out),
    ]
    subprocess.run(command, check=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"})


def quality(window: Page) -> bool:
    """Ask all queries, print what is not found first, and say whether the goals are met."""
    met = True
    for file in sorted((BENCH / "search").glob("*.csv")):
        rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
        places = []
        for row, urls in zip(rows, window.evaluate(ASK, [row["query"] for row in rows]), strict=True):
            slugs = [url.rstrip("/").rpartition("/")[2] for url in urls]
            place = next((number for number, slug in enumerate(slugs) if slug in row["expected"].split("|")), None)
            places.append(place)
            if place != 0:
                where = "not found" if place is None else f"in place {place + 1}"
                print(f"  {row['query']!r}: {row['expected']} is {where}")
        first = 100 * places.count(0) / len(rows)
        three = 100 * sum(place is not None and place < 3 for place in places) / len(rows)
        print(f"{file.stem:<8} {len(rows)} queries: first {first:.1f} %, in the first three {three:.1f} %", flush=True)
        met &= first >= FIRST and three >= FIRST_THREE
    return met


def waiting(browser: Browser, address: str, words: str | None = None) -> float:
    """Milliseconds from the first key to the first result, the median of new windows. `words` stand for search.json."""
    taken = []
    for _ in range(TIMES):
        with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
            window = context.new_page()
            window.add_init_script(WATCH)
            if words is not None:
                window.route("**/search.json", lambda route: route.fulfill(body=words, content_type="application/json"))
            window.goto(address)
            window.wait_for_load_state("networkidle")
            window.locator("input[type=text]").first.click()
            window.keyboard.type(QUERY)
            window.wait_for_function("() => window.ended", timeout=120_000)
            taken.append(float(window.evaluate("ended - began")))
    return statistics.median(taken)


def plain_site(site: Site, folder: Path) -> Path:
    """The same articles in the bare theme, for its own search. Returns its configuration."""
    renderer = Renderer(PROJECT / "overrides/markdown")
    for article in site.knowledge.articles:
        path = folder / "docs" / article.page
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.article_markdown(site, article, renderer), encoding="utf-8")
    (folder / "docs/index.md").write_text("# Start\n", encoding="utf-8")
    configuration = folder / "mkdocs.yml"
    own = {
        "site_name": "The theme's own search",
        "theme": {"name": "material", "font": False},
        "plugins": ["search"],
        "nav": ["index.md"],
        "not_in_nav": "*",
        "validation": {"links": {"not_found": "ignore", "absolute_links": "ignore", "anchors": "ignore"}},
        "markdown_extensions": ["attr_list", "admonition", "tables", "pymdownx.blocks.html"],
    }
    configuration.write_text(yaml.safe_dump(own), encoding="utf-8")
    return configuration


def cost(browser: Browser, real: Path, count: int, folder: Path) -> bool:
    """Print bytes and waiting at so many articles, and say whether the goals are met."""
    made = folder / str(count)
    subprocess.run([sys.executable, str(BENCH / "generate.py"), str(count), str(made)], check=True)
    site = compile_site(made / "docs", settings.read(made / "mkdocs.yml"), day.today())
    words = search.text(site)
    build(plain_site(site, folder / f"plain-{count}"), folder / f"theme-{count}")
    scripts = sum(packed((real / "assets/js/search" / name).read_bytes()) for name in SCRIPTS)
    ours, theirs = (
        scripts + packed(words.encode()),
        packed((folder / f"theme-{count}/search/search_index.json").read_bytes()),
    )
    with served(real) as address:
        our_wait = waiting(browser, address, words)
    with served(folder / f"theme-{count}") as address:
        their_wait = waiting(browser, address)
    print(
        f"{count} articles: {ours / 1000:.0f} kB for the first query, {our_wait:.0f} ms from key press to first result"
    )
    print(
        f"{'':<{len(str(count))}} the theme: {theirs / 1000:.0f} kB with every first page, {their_wait:.0f} ms",
        flush=True,
    )
    return count != GOALS_AT or (ours <= MOST_BYTES and our_wait <= PART * their_wait)


def packed(data: bytes) -> int:
    return len(gzip.compress(data, 6))


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the search.")
    parser.add_argument("counts", type=int, nargs="*", default=[GOALS_AT], help="how many articles to generate")
    arguments = parser.parse_args()
    program = found.find()
    if program is None:
        sys.exit(found.MISSING)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name).resolve()
        build(PROJECT / "mkdocs.yml", folder / "real")
        browser = playwright.chromium.launch(executable_path=program, chromium_sandbox=found.sandboxed())
        with served(folder / "real") as address:
            window = browser.new_page()
            window.goto(address)
            met = quality(window)
        known = json.loads((folder / "real/search.json").read_text(encoding="utf-8"))["pages"]
        size = packed((folder / "real/search.json").read_bytes())
        print(f"real site: {len(known)} pages, {size / 1000:.0f} kB of words", flush=True)
        for count in arguments.counts:
            met &= cost(browser, folder / "real", count, folder)
        browser.close()
    if not met:
        sys.exit("A goal is missed.")


if __name__ == "__main__":
    main()
