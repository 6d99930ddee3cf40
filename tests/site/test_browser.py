"""Each kind of page in a real browser: light and dark, on a phone and on a desk, with axe looking at it."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route

WIDTHS = {"phone": 360, "desk": 1280}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
KINDS = (
    "home", "question", "later question", "list", "problem", "remedy", "reference", "overview", "index by what happens",
    "index of messages", "index of error numbers", "index of words", "index by who can fix it", "page for writers",
    "list of facts", "what is due", "about", "words explained", "not found", "redirect", "old page that was split up",
    "question for helpers", "map", "map without network",
)  # fmt: skip
# The later entries of a long list or table are made by the same template as its first ones, with other words.
REPEATED = ["tbody tr:nth-child(n+5)", "li:nth-child(n+5)"]


@dataclass(frozen=True, slots=True)
class Visit:
    """What happened while one page was open."""

    violations: dict[str, list[str]]
    """What axe found in each scheme of colours."""
    brightness: dict[str, float]
    """Of its heading in each scheme, from 0 to 1."""
    console: list[str]
    requests: list[str]
    failures: list[str]
    sideways: int
    """By how many pixels the page is wider than the window."""


@pytest.fixture(scope="module")
def addresses(catalogue: dict[str, Any]) -> dict[str, str]:
    """One page of each kind, relative to the site's root."""
    nodes = catalogue["flow"]["nodes"]
    questions = [node["url"] for node in nodes if node["facet"]]
    # A message and a facet make an article show everything that an article can.
    problem = max(
        (article for article in catalogue["articles"] if article["kind"] == "problem"),
        key=lambda article: (len(article["messages"]) > 0, len(article["remedies"]), article["id"]),
    )
    reference = next(article for article in catalogue["articles"] if article["kind"] == "reference")
    return {
        "home": "",
        "question": catalogue["flow"]["root"],
        "later question": max(questions, key=len),
        "list": next(node["url"] for node in nodes if not node["facet"]),
        "problem": problem["url"],
        "remedy": catalogue["remedies"][0]["url"],
        "reference": reference["url"],
        "overview": "symptoms/",
        "index by what happens": "symptoms/situation/",
        "index of messages": "symptoms/messages/",
        "index of error numbers": "symptoms/numbers/#aadsts50076",
        "index of words": "symptoms/phrases/",
        "index by who can fix it": "symptoms/who/",
        "page for writers": "contributing/",
        "list of facts": "contributing/facts/",
        "what is due": "contributing/freshness/",
        "about": "about/",
        "words explained": "glossary/",
        "not found": "no/such/page/",
        "redirect": next(one["from"] for one in catalogue["redirects"] if "#" not in one["from"]),
        "old page that was split up": next(
            one["from"].partition("#")[0] for one in catalogue["redirects"] if "#" in one["from"]
        ),
        "question for helpers": "assist/",
        "map": "map/",
        "map without network": "map-offline.html",
    }


@pytest.fixture(scope="module")
def visits(chromium: Browser, served: str, addresses: dict[str, str]) -> dict[tuple[str, str], Visit]:
    """Every kind of page, opened once in each width."""
    axe = Axe()
    seen: dict[tuple[str, str], Visit] = {}
    for width, pixels in WIDTHS.items():
        with chromium.new_context(viewport={"width": pixels, "height": 740}, color_scheme="light") as context:
            # What is fetched does not depend on the width, so one of the two waits for all of it.
            patient = not seen
            for kind, address in addresses.items():
                url, stay = served + address, kind == "redirect"
                seen[kind, width] = _visit(context, axe, url, stay=stay, patient=patient)
    return seen


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(kind: str, visits: dict[tuple[str, str], Visit]) -> None:
    found = {of: visit.violations for of, visit in visits.items() if of[0] == kind}
    assert {of: violations for of, violations in found.items() if any(violations.values())} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_each_page_has_the_colours_that_the_device_asks_for(kind: str, visits: dict[tuple[str, str], Visit]) -> None:
    for of, visit in visits.items():
        if of[0] == kind:
            assert visit.brightness["light"] < 0.3, of
            assert visit.brightness["dark"] > 0.7, of


@pytest.mark.parametrize("kind", KINDS)
def test_the_console_stays_empty(kind: str, visits: dict[tuple[str, str], Visit]) -> None:
    assert {of: visit.console for of, visit in visits.items() if of[0] == kind and visit.console} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_fetched_from_another_host_and_nothing_fails(
    kind: str, visits: dict[tuple[str, str], Visit], served: str
) -> None:
    for of, visit in visits.items():
        if of[0] == kind:
            foreign = [url for url in visit.requests if not url.startswith((served, "data:", "blob:"))]
            assert (foreign, visit.failures) == ([], []), of


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_has_to_be_pushed_sideways(kind: str, visits: dict[tuple[str, str], Visit]) -> None:
    assert {of: visit.sideways for of, visit in visits.items() if of[0] == kind and visit.sideways} == {}


@pytest.mark.parametrize("kind", ["problem", "remedy", "reference", "question"])
def test_on_paper_everything_of_the_page_is_there_and_nothing_else(
    kind: str, chromium: Browser, served: str, addresses: dict[str, str]
) -> None:
    with chromium.new_context(viewport={"width": 800, "height": 1100}, color_scheme="dark") as context:
        page = context.new_page()
        page.goto(served + addresses[kind])
        page.emulate_media(media="print")
        # Nobody pastes on paper, and the links of "Did this page help?" lead nowhere there; the third is seldom said.
        texts = "article :is(h1, h2, h3, p, li, td):not([hidden], [hidden] *, .kb-feedback *, .kb-paste *, .kb-changed)"
        hidden = page.locator(texts).evaluate_all(
            "all => all.filter(one => !one.checkVisibility() && one.textContent.trim()).map(one => one.textContent)"
        )
        assert hidden == []
        for selector in (
            "header.md-header",
            "nav",
            "footer nav",
            "#kb-search",
            "[data-md-component=top]",
        ):
            assert [one for one in page.locator(selector).all() if one.is_visible()] == [], selector
        # Ink: dark text on white, whatever the screen shows.
        colours = page.locator("article h1").first.evaluate(
            "one => [getComputedStyle(one).color, getComputedStyle(document.body).backgroundColor]"
        )
        assert _brightness(colours[0]) < 0.45
        assert _brightness(colours[1]) > 0.9


def _visit(context: BrowserContext, axe: Axe, url: str, *, stay: bool, patient: bool) -> Visit:
    page = context.new_page()
    console: list[str] = []
    requests: list[str] = []
    failures: list[str] = []
    page.on("console", lambda message: console.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: console.append(f"error: {error}"))
    page.on("request", lambda request: requests.append(request.url))
    page.on("requestfailed", lambda request: failures.append(f"{request.url}: {request.failure}"))
    page.on("response", lambda reply: failures.append(f"{reply.url}: {reply.status}") if reply.status >= 400 else None)
    if stay:
        _forbid_leaving(page, url)
    # A page that its script leaves at once is never wholly loaded.
    page.goto(url, wait_until="commit" if stay else "load")
    page.locator("h1").first.wait_for()
    if patient and not stay:
        # Whatever scripts fetch on their own, late or early, they have fetched then.
        page.wait_for_load_state("networkidle")
    violations: dict[str, list[str]] = {}
    brightness: dict[str, float] = {}
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        # Names and roles do not depend on colours and widths, so every entry of a long list is looked at once.
        part = None if patient and scheme == "light" else {"exclude": REPEATED}
        # Without a style sheet the colours are the browser's own, and axe takes its dark page for a white one.
        bare = scheme == "dark" and page.evaluate("document.styleSheets.length === 0")
        options = {"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": not bare}}}
        violations[scheme] = [
            f"{violation['id']}: {node['html'][:160]} ({'; '.join(part['message'] for part in node['any'])})"
            for violation in axe.run(page, context=part, options=options).response["violations"]
            for node in violation["nodes"]
        ]
        brightness[scheme] = _brightness(page.locator("h1").first.evaluate("one => getComputedStyle(one).color"))
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.close()
    if stay:
        failures = [line for line in failures if "ERR_ABORTED" not in line]
    if "/no/such/" in url:
        # The answer "not found" is what that page is about, and Chromium says so in its console.
        failures = [line for line in failures if not line.startswith(url)]
        console = [line for line in console if "404" not in line]
    return Visit(violations, brightness, console, requests, failures, sideways)


def _forbid_leaving(page: Page, url: str) -> None:
    """Keeps the page that sends people on at once, so that it can be looked at."""

    def only_this(route: Route) -> None:
        if route.request.is_navigation_request() and route.request.url.partition("#")[0].rstrip("/") != url.rstrip("/"):
            # 204: the browser stays where it is, and calls nothing failed.
            route.fulfill(status=204)
        else:
            route.continue_()

    page.route("**/*", only_this)


def _brightness(colour: str) -> float:
    red, green, blue = (float(part) for part in colour.partition("(")[2].rstrip(")").split(",")[:3])
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255


COLOURS = """names => {
    const style = getComputedStyle(document.body);
    const dark = style.colorScheme === "dark";
    return Object.fromEntries([["dark", dark], ...names.map(name => [name, style.getPropertyValue(name)])]);
}"""


@pytest.mark.parametrize("scheme", SCHEMES)
def test_without_scripts_the_colours_are_those_that_scripts_would_choose(
    scheme: Literal["light", "dark"], chromium: Browser, served: str, root: Path
) -> None:
    ours = sorted(set(re.findall(r"--kb-[\w-]+", (root / "docs/assets/css/colours.css").read_text(encoding="utf-8"))))
    shown = []
    for scripts in (True, False):
        with chromium.new_context(color_scheme=scheme, java_script_enabled=scripts) as context:
            page = context.new_page()
            page.goto(served)
            if scripts:
                page.wait_for_selector("body[data-md-color-media]", state="attached")
            on_screen = page.evaluate(COLOURS, ours)
            page.emulate_media(media="print")
            shown.append((on_screen, page.evaluate(COLOURS, ours)))
    assert shown[0] == shown[1]
    assert [medium["dark"] for medium in shown[0]] == [scheme == "dark", False]
