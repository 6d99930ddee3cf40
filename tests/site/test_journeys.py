"""People on their way from the first page to the article that helps them, with nothing but a keyboard."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from keyboard import HEADING, NAME, PATIENCE, enter, tab_to
from route import route


@pytest.fixture(scope="module")
def chromium(usual_browser: Browser) -> Browser:
    return usual_browser


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
    for step in route(catalogue, commonest["url"]):
        tab_to(page, step.label)
        enter(page)
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
    page.wait_for_function("() => document.activeElement.id === location.hash.slice(1)")
    # What comes next is behind the header.
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('.md-container')")


def test_the_menu_of_a_phone_opens_and_closes_with_the_keyboard(phone: Page, served: str) -> None:
    phone.goto(served)
    menu = phone.get_by_role("button", name=re.compile("menu", re.I)).first
    tab_to(phone, "Menu")
    expect(menu).to_have_attribute("aria-expanded", "false")
    phone.keyboard.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    tab_to(phone, "About")
    phone.keyboard.press("Escape")
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(menu).to_be_focused()
    phone.keyboard.press("Enter")
    tab_to(phone, "About")
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/about/")
    expect(phone.locator(HEADING)).to_be_visible()


def test_the_search_opens_with_the_keyboard_and_finds_the_article_by_what_people_call_it(
    page: Page, served: str, commonest: dict[str, Any]
) -> None:
    page.goto(served)
    tab_to(page, re.compile("^Search", re.I))
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
    enter(page)
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
    tab_to(phone, re.compile("^Change"))
    enter(phone)
    # The later answers come along; the question that was answered first is asked again.
    phone.wait_for_url(f"{served}{catalogue['flow']['root']}#keep=*")
    kept = phone.url.partition("=")[2].split(".")
    assert kept
    assert all(answer in deepest["url"] for answer in kept)
