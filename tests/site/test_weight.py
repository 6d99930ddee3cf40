"""What the first visit of each kind of page weighs, and that all that it loads is of use to it."""

import gzip
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, CDPSession, Request

BUDGET: dict[str, dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "budget.yml").read_text(encoding="utf-8"))
KINDS = {
    "document": "html",
    "stylesheet": "css",
    "script": "js",
    "font": "fonts",
    "image": "pictures",
    "other": "pictures",
}
MODERN = {".svg", ".webp", ".avif"}
SHIFT = """() => new Promise(resolve => {
    let sum = 0;
    new PerformanceObserver(list => { for (const { value } of list.getEntries()) sum += value; })
        .observe({ type: "layout-shift", buffered: true });
    setTimeout(() => resolve(sum), 50);
})"""
"""How far things moved by themselves, as Cumulative Layout Shift adds it up (web.dev)."""
NOTICED = 0.05
"""Half of what counts as good there."""
LITTLE = 0.1
"""A file of which less is used has no business on a page."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody's first, on a phone."""

    kind: str
    weights: dict[str, float]
    """kB with gzip, by what it is."""
    counts: dict[str, int]
    """Files that were loaded, and pages that were fetched ahead."""
    moved: float
    shares: dict[str, float]
    """The part of each style sheet and script that was used, by its address."""


@pytest.fixture(scope="module", params=BUDGET)
def visit(request: pytest.FixtureRequest, chromium: Browser, served: str, built: Path) -> Visit:
    with chromium.new_context(viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        asked: list[Request] = []
        page.on("request", lambda one: asked.append(one))
        session = context.new_cdp_session(page)
        sheets: dict[str, str] = {}
        session.on(
            "CSS.styleSheetAdded",
            lambda told: sheets.update({told["header"]["styleSheetId"]: told["header"]["sourceURL"]}),
        )
        for step in ("Profiler.enable", "DOM.enable", "CSS.enable", "CSS.startRuleUsageTracking"):
            session.send(step)
        session.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": True})
        page.goto(served + BUDGET[request.param]["address"])
        page.wait_for_load_state("networkidle")
        shares = _styles_used(session, sheets) | _scripts_used(session)
        return Visit(request.param, *_weights(asked, served, built), page.evaluate(SHIFT), shares)


def test_a_first_visit_weighs_no_more_than_its_budget(visit: Visit) -> None:
    figures = {name: round(weight, 1) for name, weight in visit.weights.items()} | visit.counts
    allowed = {name: BUDGET[visit.kind].get(name, 0) for name in figures}
    assert {name: figure for name, figure in figures.items() if figure > allowed[name]} == {}, (figures, allowed)


def test_nothing_is_pushed_about_while_a_page_comes(visit: Visit) -> None:
    assert visit.moved <= NOTICED


def test_a_page_uses_something_of_each_file_that_it_loads(visit: Visit) -> None:
    assert len(visit.shares) > 2
    assert {url: share for url, share in visit.shares.items() if share < LITTLE} == {}


def test_every_picture_has_its_size_comes_when_it_is_near_and_is_of_a_modern_kind(built: Path) -> None:
    good = '<img src="a.webp" width="20" height="10" loading="lazy" alt="">'
    assert _heavy(f"<p>{good}</p>") == []
    for bad in ("webp", "width", "height", "loading"):
        assert _heavy(good.replace(bad, "x")) == [good.replace(bad, "x")]
    assert {path: found for path in sorted(built.rglob("*.html")) if (found := _heavy(path.read_text("utf-8")))} == {}


def _heavy(html: str) -> list[str]:
    """The pictures in a page for which it would wait, or make room only when they are there."""
    return [
        tag
        for tag in re.findall(r"<img\b[^>]*>", html)
        if not all(f" {name}=" in tag for name in ("width", "height", "loading"))
        or Path(re.findall(r'src="([^"?#]*)', tag)[0]).suffix not in MODERN
    ]


def _weights(asked: list[Request], served: str, built: Path) -> tuple[dict[str, float], dict[str, int]]:
    weights = dict.fromkeys(["html", "css", "js", "fonts", "pictures", "others"], 0.0)
    counts = {"files": 0, "ahead": 0}
    for request in asked:
        if request.headers.get("sec-purpose") == "prefetch":
            counts["ahead"] += 1
        elif not request.url.startswith("data:"):
            counts["files"] += 1
            path = request.url.removeprefix(served)
            file = built / (path + "index.html" if path.endswith("/") or not path else path)
            file = file if file.is_file() else built / "404.html"
            weights[KINDS.get(request.resource_type, "others")] += len(gzip.compress(file.read_bytes(), 6)) / 1000
    return weights, counts


def _styles_used(session: CDPSession, sheets: dict[str, str]) -> dict[str, float]:
    """The part of each style sheet, by its address, whose rules fit something on the page."""
    used = dict.fromkeys(sheets, 0)
    for rule in session.send("CSS.stopRuleUsageTracking")["ruleUsage"]:
        used[rule["styleSheetId"]] += (rule["endOffset"] - rule["startOffset"]) * rule["used"]
    whole = {sheet: len(session.send("CSS.getStyleSheetText", {"styleSheetId": sheet})["text"]) for sheet in sheets}
    return {url: used[sheet] / whole[sheet] for sheet, url in sheets.items() if url}


def _scripts_used(session: CDPSession) -> dict[str, float]:
    """The part of each script, by its address, that has run."""
    shares = {}
    for script in session.send("Profiler.takePreciseCoverage")["result"]:
        ranges = [one for function in script["functions"] for one in function["ranges"]]
        ran = bytearray(max(one["endOffset"] for one in ranges))
        # From the whole to its parts: what did not run lies within what did.
        for one in sorted(ranges, key=lambda one: (one["startOffset"], -one["endOffset"])):
            length = one["endOffset"] - one["startOffset"]
            ran[one["startOffset"] : one["endOffset"]] = bytes([one["count"] > 0]) * length
        if script["url"].endswith(".js"):
            shares[script["url"]] = sum(ran) / len(ran)
    return shares
