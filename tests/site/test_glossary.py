"""Words that are explained, in the built site: by mouse, touch and keyboard, without scripts, on paper, with axe."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

import keyboard
import reader

ADDRESS = "remedies/use-wifi/"
WORD, NAME, MEANS = "Authenticator app", "Authenticator app", "Microsoft's app for your phone."
SHORT, LONG = 360, 1280


@contextmanager
def opened(chromium: Browser, url: str, width: int = SHORT, **more: Any) -> Iterator[Page]:
    with chromium.new_context(viewport={"width": width, "height": 740}, **more) as context:
        page = context.new_page()
        page.goto(url)
        yield page


def explain(page: Page) -> None:
    page.get_by_role("button", name=WORD, exact=True).click()
    expect(page.get_by_role("dialog", name=NAME)).to_contain_text(MEANS)


@pytest.mark.parametrize("width", [SHORT, LONG])
@pytest.mark.parametrize("scripts", [True, False])
def test_a_word_opens_its_explanation_with_scripts_and_without(
    width: int, chromium: Browser, served: str, *, scripts: bool
) -> None:
    with opened(chromium, served + ADDRESS, width, java_script_enabled=scripts) as page:
        expect(page.get_by_text(MEANS)).to_be_hidden()
        explain(page)
        page.get_by_role("button", name="Close", exact=True).click()
        expect(page.get_by_text(MEANS)).to_be_hidden()


def test_a_finger_opens_it_and_a_tap_beside_it_closes_it(chromium: Browser, served: str) -> None:
    with opened(chromium, served + ADDRESS, has_touch=True, is_mobile=True) as page:
        page.get_by_role("button", name=WORD, exact=True).tap()
        expect(page.get_by_text(MEANS)).to_be_visible()
        page.touchscreen.tap(180, 100)
        expect(page.get_by_text(MEANS)).to_be_hidden()


def test_the_keyboard_reads_on_in_the_explanation_and_comes_back_to_the_word(chromium: Browser, served: str) -> None:
    with opened(chromium, served + ADDRESS, LONG) as page:
        keyboard.tab_to(page, WORD)
        page.keyboard.press("Enter")
        keyboard.tab_to(page, "All words explained")
        page.keyboard.press("Escape")
        expect(page.get_by_text(MEANS)).to_be_hidden()
        expect(page.get_by_role("button", name=WORD, exact=True)).to_be_focused()


@pytest.mark.parametrize("width", [320, LONG])
def test_an_open_explanation_lies_within_the_window_and_moves_nothing(
    width: int, chromium: Browser, served: str
) -> None:
    with opened(chromium, served + ADDRESS, width) as page:
        size = "document.documentElement.scrollWidth + ' ' + document.querySelector('article').scrollHeight"
        before = page.evaluate(size)
        explain(page)
        box = page.get_by_role("dialog", name=NAME).bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert 0 <= box["y"] <= 740 - box["height"]
        assert page.evaluate(size) == before


def test_on_a_wide_window_it_opens_beside_its_word(chromium: Browser, served: str) -> None:
    with opened(chromium, served + ADDRESS, LONG) as page:
        explain(page)
        word = page.get_by_role("button", name=WORD, exact=True).bounding_box()
        box = page.get_by_role("dialog", name=NAME).bounding_box()
        assert word
        assert box
        assert min(abs(box["y"] - word["y"] - word["height"]), abs(word["y"] - box["y"] - box["height"])) < 20


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [SHORT, LONG])
def test_axe_finds_nothing_in_an_open_explanation(width: int, scheme: Any, chromium: Browser, served: str) -> None:
    with opened(chromium, served + ADDRESS, width, color_scheme=scheme) as page:
        explain(page)
        assert Axe().run(page).response["violations"] == []


def test_in_forced_colours_a_word_is_still_underlined(chromium: Browser, served: str) -> None:
    with opened(chromium, served + ADDRESS, forced_colors="active") as page:
        word = page.get_by_role("button", name=WORD, exact=True)
        assert "underline" in word.evaluate("one => getComputedStyle(one).textDecorationLine")
        explain(page)
        edge = page.get_by_role("dialog", name=NAME).evaluate("one => getComputedStyle(one).borderTopStyle")
        assert edge == "solid"


def test_on_paper_the_word_is_a_word_and_nothing_explains_it(chromium: Browser, served: str) -> None:
    with opened(chromium, served + ADDRESS, LONG) as page:
        explain(page)
        page.emulate_media(media="print")
        expect(page.get_by_text(MEANS)).to_be_hidden()
        style = "one => [getComputedStyle(one).textDecorationLine, getComputedStyle(one).color]"
        paragraph = page.locator("article p", has_text="Over Wi-Fi").evaluate(style)
        assert page.locator(".kb-word").first.evaluate(style) == paragraph


def test_every_mark_opens_an_explanation_of_its_page_and_each_leads_to_its_place(
    built: Path, site: reader.Site
) -> None:
    marks = 0
    for url, page in site.pages.items():
        text = (built / url / "index.html").read_text(encoding="utf-8") if url.endswith("/") else ""
        targets = re.findall(r'class="kb-word" popovertarget="(word-[^"]+)"', text)
        assert targets == [one for one in page.ids if one.startswith("word-") and not one.endswith("-name")], url
        for target in targets:
            assert f'glossary/#{target.removeprefix("word-")}"' in text, url
        marks += len(targets)
    assert marks > 100
