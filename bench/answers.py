"""Measures how long a person waits for the next question after an answer, with and without pages fetched beforehand.

usage: python bench/answers.py FOLDER [--times N] [--latency MS]

FOLDER is the built site, which nginx serves on loopback. The time is from the beginning of the navigation to the first
paint with text, as the browser itself tells it. Wall clock, so nothing else should run.
"""

import argparse
import statistics
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "site"))

import browser as found
import nginx

PHONE = {"width": 360, "height": 740}
WITHOUT = """
    const drop = () => { for (const link of document.querySelectorAll("link[rel=prefetch]")) link.remove(); };
    new MutationObserver(drop).observe(document, { childList: true, subtree: true });
"""
PAINTED = "performance.getEntriesByName('first-contentful-paint').map(({ startTime }) => startTime)[0]"


def waits(browser: Browser, served: str, times: int, latency: int, *, beforehand: bool) -> list[float]:
    """Milliseconds until each page of the way by the first answers, from the first question on."""
    measured = []
    for _ in range(times):
        with browser.new_context(viewport=PHONE) as context:  # type: ignore[arg-type]
            page = context.new_page()
            network = context.new_cdp_session(page)
            network.send("Network.enable")
            speed = {"offline": False, "latency": latency, "downloadThroughput": -1, "uploadThroughput": -1}
            network.send("Network.emulateNetworkConditions", speed)
            if not beforehand:
                page.add_init_script(WITHOUT)
            page.goto(f"{served}find/")
            page.wait_for_load_state("networkidle")
            while page.locator(".kb-answers .kb-choices a, .kb-answers li > a").count() and "/find/" in page.url:
                before = page.url
                page.locator(".kb-answers li > a").first.click()
                page.wait_for_function("before => location.href !== before", arg=before)
                page.wait_for_function(f"() => {PAINTED} > 0")
                measured.append(float(page.evaluate(PAINTED)))
                page.wait_for_load_state("networkidle")
    return measured


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the wait after an answer.")
    parser.add_argument("site", type=Path)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--latency", type=int, default=0, help="milliseconds that each request waits")
    given = parser.parse_args()
    program = found.find()
    if program is None:
        sys.exit(found.MISSING)
    with nginx.serve(given.site.resolve(), "/") as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, chromium_sandbox=found.sandboxed())
        for beforehand in (True, False):
            all_waits = waits(browser, served, given.times, given.latency, beforehand=beforehand)
            how = "fetched beforehand" if beforehand else "fetched when asked for"
            middle, most = statistics.median(all_waits), max(all_waits)
            print(f"{how}: {middle:.0f} ms, at most {most:.0f} ms ({len(all_waits)} answers)")
        browser.close()


if __name__ == "__main__":
    main()
