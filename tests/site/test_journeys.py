"""People on their way from the first page to the article that helps them, with nothing but a keyboard."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from playwright.sync_api import TimeoutError as TimedOut

SIZES: dict[str, ViewportSize] = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}
HEADING = ".md-content h1"
PATIENCE = 120
"""How often somebody presses Tab before giving up."""

NAME = """() => {
    const one = document.activeElement
    return (one.ariaLabel || one.innerText || one.textContent || "").trim().replace(/\\s+/g, " ")
}"""
FAULT = """() => {
    const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one)
    const inside = box.width > 0 && box.height > 0
        && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight
    if (!inside || !one.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return "out of sight"
    const x = Math.min(Math.max(box.x + box.width / 2, 0), innerWidth - 1)
    const y = Math.min(Math.max(box.y + Math.min(box.height / 2, 20), 0), innerHeight - 1)
    const there = document.elementFromPoint(x, y)
    if (there && !one.contains(there) && !there.contains(one)) return "covered by " + there.outerHTML.slice(0, 80)
    if (style.outlineStyle === "none" && style.boxShadow === "none" && one.tagName !== "INPUT") return "not marked"
    return ""
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
        _enter(page)
        page.wait_for_url(served + step.url)
    expect(page.locator(HEADING)).to_contain_text(commonest["title"])
    page.go_back()
    page.wait_for_url(lambda url: url != served + commonest["url"])
    expect(page.locator(HEADING)).to_be_visible()


def test_the_first_tab_stop_skips_to_the_content(page: Page, served: str, commonest: dict[str, Any]) -> None:
    page.goto(served + commonest["url"])
    page.keyboard.press("Tab")
    assert page.evaluate(NAME).lower().startswith("skip")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === location.hash.slice(1)")
    # What comes next is behind the header.
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('.md-container')")


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
    expect(phone.locator(HEADING)).to_be_visible()


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
    for _ in range(PATIENCE):
        page.keyboard.press("ArrowDown")
        if page.evaluate(NAME).startswith(commonest["title"]):
            break
    _enter(page)
    page.wait_for_url(lambda url: url.startswith(served + commonest["url"]))
    expect(page.locator(HEADING)).to_contain_text(commonest["title"])


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
    _enter(phone)
    # The later answers come along; the question that was answered first is asked again.
    phone.wait_for_url(f"{served}{catalogue['flow']['root']}#keep=*")
    kept = phone.url.partition("=")[2].split(".")
    assert kept
    assert all(answer in deepest["url"] for answer in kept)


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


def _enter(page: Page) -> None:
    """Follows the link that has the focus. Whoever does not see the next page is told at once what it is."""
    page.evaluate("window.before = true")
    heading = page.locator(HEADING).inner_text()
    page.keyboard.press("Enter")
    expect(page.locator(HEADING)).not_to_have_text(heading)
    if page.evaluate("window.before"):
        # Only a part of the page was changed: then its heading is read, as it has the focus.
        expect(page.locator(HEADING)).to_be_focused()
    else:
        # A new page: then its title is read, which begins with the heading.
        assert page.evaluate("document.activeElement === document.body")
        assert page.title().startswith(page.locator(HEADING).inner_text().removesuffix("¶").strip())


def _tab_to(page: Page, name: str | re.Pattern[str]) -> None:
    """Presses Tab until what has this name has the focus. Every stop on the way has to be in sight and marked."""
    passed = []
    for _ in range(PATIENCE):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            continue
        focused = page.evaluate(NAME)
        passed.append(focused)
        try:
            # What opens or closes may take a moment to come to rest.
            page.wait_for_function(f"!({FAULT})()", timeout=2000)
        except TimedOut:
            fault, html = page.evaluate(FAULT), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
            raise AssertionError(f"The focus is {fault}: {html}") from None
        if name.search(focused) if isinstance(name, re.Pattern) else focused == name:
            return
    raise AssertionError(f"Tab never came to {name!r}, only to {passed}")
