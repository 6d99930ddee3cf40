"""People on their way from the first page to the article that helps them, with nothing but a keyboard."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

SIZES: dict[str, ViewportSize] = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}
PATIENCE = 120
"""How often somebody presses Tab before giving up."""

FOCUSED = """() => {
    const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one)
    const middle = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20))
    return {
        name: (one.ariaLabel || one.innerText || one.textContent || "").trim().replace(/\\s+/g, " "),
        tag: one.tagName,
        seen: one.checkVisibility({ opacityProperty: true, visibilityProperty: true })
            && box.width > 0 && box.height > 0 && box.right > 0 && box.left < innerWidth
            && box.bottom > 0 && box.top < innerHeight,
        marked: style.outlineStyle !== "none" || style.boxShadow !== "none",
        covered: middle !== null && middle !== one && !one.contains(middle) && !middle.contains(one)
            && !(one.labels && one.labels.length),
        html: one.outerHTML.slice(0, 160),
    }
}"""


@dataclass(frozen=True, slots=True)
class Step:
    """One answer on the way, and where it leads."""

    label: str
    url: str


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    """A new window, of a phone and of a desk."""
    with chromium.new_context(viewport=SIZES[request.param]) as context:
        yield context.new_page()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """A new window of a phone's width."""
    with chromium.new_context(viewport=SIZES["phone"]) as context:
        yield context.new_page()


@pytest.fixture(scope="module")
def commonest(catalogue: dict[str, Any]) -> dict[str, Any]:
    """The problem that most people have."""
    problems = [article for article in catalogue["articles"] if article["kind"] == "problem"]
    most: dict[str, Any] = max(problems, key=lambda article: (article["weight"], article["id"]))
    return most


def test_the_keyboard_leads_from_the_first_page_through_the_questions_to_the_article(
    page: Page, served: str, catalogue: dict[str, Any], commonest: dict[str, Any]
) -> None:
    page.goto(served)
    for step in _route(catalogue, commonest["url"]):
        _tab_to(page, step.label)
        page.keyboard.press("Enter")
        page.wait_for_url(served + step.url)
        # Whoever does not see the page hears its heading first.
        expect(page.locator("h1")).to_be_focused()
    expect(page.locator("h1")).to_contain_text(commonest["title"])
    page.go_back()
    page.wait_for_url(lambda url: url != served + commonest["url"])
    expect(page.locator("h1")).to_be_visible()


def test_the_first_tab_stop_skips_to_the_content(page: Page, served: str, commonest: dict[str, Any]) -> None:
    page.goto(served + commonest["url"])
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["name"].lower().startswith("skip")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main article, article').contains(document.activeElement)")


def test_the_menu_of_a_phone_opens_and_closes_with_the_keyboard(phone: Page, served: str) -> None:
    phone.goto(served)
    menu = phone.get_by_role("button", name=re.compile("menu", re.I)).first
    _tab_to(phone, "Menu")
    expect(menu).to_have_attribute("aria-expanded", "false")
    phone.keyboard.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    _tab_to(phone, "About")
    phone.keyboard.press("Escape")
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(menu).to_be_focused()
    phone.keyboard.press("Enter")
    _tab_to(phone, "About")
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/about/")
    expect(phone.locator("h1")).to_be_visible()


def test_the_search_opens_with_the_keyboard_and_finds_the_article_by_what_people_call_it(
    page: Page, served: str, commonest: dict[str, Any]
) -> None:
    page.goto(served)
    _tab_to(page, re.compile("^Search", re.I))
    page.keyboard.press("Enter")
    field = page.get_by_role("textbox", name=re.compile("search", re.I)).first
    expect(field).to_be_focused()
    field.press_sequentially(commonest["phrases"][0])
    result = page.locator(".md-search-result__link", has_text=commonest["title"]).first
    expect(result).to_be_visible()
    _tab_to(page, re.compile(re.escape(commonest["title"])))
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.startswith(served + commonest["url"]))
    expect(page.locator("h1")).to_contain_text(commonest["title"])


def test_an_answer_can_be_changed_without_giving_all_others_again(
    phone: Page, served: str, catalogue: dict[str, Any]
) -> None:
    deepest = max(
        (node for node in catalogue["flow"]["nodes"] if node["facet"]), key=lambda node: node["url"].count("/")
    )
    phone.goto(served + deepest["url"])
    changes = phone.get_by_role("link", name=re.compile("^Change"))
    assert changes.count() >= 1
    _tab_to(phone, re.compile("^Change"))
    phone.keyboard.press("Enter")
    phone.wait_for_url(lambda url: url.partition("#")[0] != served + deepest["url"])
    expect(phone.locator("h1")).to_be_focused()


def _route(catalogue: dict[str, Any], target: str) -> list[Step]:
    """The shortest way through the questions to an article."""
    nodes = {node["url"]: node for node in catalogue["flow"]["nodes"]}
    ahead: deque[tuple[str, list[Step]]] = deque([(catalogue["flow"]["root"], [])])
    while ahead:
        url, steps = ahead.popleft()
        if url == target:
            return steps
        for answer in nodes[url]["answers"] if url in nodes else []:
            ahead.append((answer["url"], [*steps, Step(answer["label"], answer["url"])]))
    raise AssertionError(f"No answers lead to {target}")


def _tab_to(page: Page, name: str | re.Pattern[str]) -> None:
    """Presses Tab until what has this name has the focus. Every stop on the way has to be in sight and marked."""
    passed = []
    for _ in range(PATIENCE):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUSED)
        if focus["tag"] == "BODY":
            continue
        passed.append(focus["name"])
        assert focus["seen"], f"out of sight: {focus['html']}"
        assert not focus["covered"], f"covered by something else: {focus['html']}"
        assert focus["marked"] or focus["tag"] == "INPUT", f"nothing marks the focus: {focus['html']}"
        if name.search(focus["name"]) if isinstance(name, re.Pattern) else focus["name"] == name:
            return
    raise AssertionError(f"Tab never came to {name!r}, only to {passed}")
