"""Links of the past to questions, sections and articles that have changed since, followed in a browser."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

import builder
import reader
import server

CHANGED = re.compile("The questions have changed since this link was made")
GONE = "find/situation-not-arriving/colour-red"
OLD = """\
redirects:
  - problems/unknown-sender#signs: calls
  - problems/unfamiliar-sender#old-name: texts
  - problems/unknown-sender
"""


@pytest.fixture(scope="module")
def later(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site after an article and two sections were renamed, and the flow has lost a question."""
    folder = tmp_path_factory.mktemp("later")
    for name in builder.SOURCES:
        shutil.copytree(root / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "mkdocs.yml", folder)
    article = folder / "docs/problems/unfamiliar-sender.md"
    article.write_text(article.read_text(encoding="utf-8").replace("reviewed:", f"{OLD}reviewed:", 1), encoding="utf-8")
    with (folder / "docs/addresses.txt").open("a", encoding="utf-8") as record:
        record.write(f"{GONE}\nproblems/unknown-sender\nproblems/unknown-sender#texts\nproblems/unknown-sender#gone\n")
    return builder.build(folder, folder / "project")


@pytest.fixture(scope="module")
def address(later: Path) -> Iterator[str]:
    with server.serve(later, builder.PREFIX) as served:
        yield served


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    with chromium.new_context(java_script_enabled=request.param) as context:
        yield context.new_page()


def test_a_saved_link_to_a_question_that_is_gone_leads_to_the_nearest_one_which_says_so(
    page: Page, address: str
) -> None:
    page.goto(address + GONE + "/")
    page.wait_for_url(f"{address}find/situation-not-arriving/#changed")
    expect(page.get_by_text(CHANGED)).to_be_visible()


def test_a_helper_is_led_to_the_nearest_question_for_helpers(page: Page, address: str) -> None:
    page.goto(address + GONE.replace("find/", "assist/") + "/")
    page.wait_for_url(f"{address}assist/situation-not-arriving/#changed")


def test_a_question_says_nothing_of_that_to_anybody_else(page: Page, address: str) -> None:
    page.goto(f"{address}find/situation-not-arriving/")
    expect(page.get_by_text(CHANGED)).to_be_hidden()


@pytest.mark.parametrize(
    ("old", "question"),
    [
        ("find/situation-not-arriving/colour-blue/", "find/situation-not-arriving/"),
        ("find/colour-blue/situation-not-arriving/", "find/situation-not-arriving/"),
        ("find/colour-blue/", "find/"),
        ("find/colour-blue/situation-unsure/", "find/situation-unsure/"),
        ("assist/situation-not-arriving/colour-blue/", "assist/situation-not-arriving/"),
    ],
)
def test_a_question_that_nobody_recorded_is_offered_on_the_page_that_says_what_is_missing(
    old: str, question: str, chromium: Browser, address: str
) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(address + old)
        expect(page.get_by_text(CHANGED).filter(visible=True)).to_have_count(1)
        page.get_by_role("link", name="Go on from the nearest one").click()
        page.wait_for_url(re.compile(re.escape(address + question) + "(#.*)?$"))
        expect(page.locator(".kb-answers")).to_be_visible()


def test_the_page_for_any_other_missing_page_says_nothing_of_questions(page: Page, address: str) -> None:
    page.goto(f"{address}problems/nothing-here/")
    expect(page.get_by_text(CHANGED)).to_have_count(2)
    for offer in page.get_by_text(CHANGED).all():
        expect(offer).to_be_hidden()
    expect(page.locator(".kb-button").first).to_be_visible()


def test_a_section_that_was_renamed_is_said_to_have_moved(page: Page, address: str) -> None:
    page.goto(f"{address}problems/unfamiliar-sender/#old-name")
    line = page.locator("#old-name")
    expect(line).to_be_visible()
    line.get_by_role("link").click()
    page.wait_for_url(f"{address}problems/unfamiliar-sender/#texts")


def test_lines_about_what_has_moved_are_seen_by_nobody_else(page: Page, address: str) -> None:
    page.goto(f"{address}problems/unfamiliar-sender/")
    expect(page.locator("#old-name")).to_be_hidden()


def test_an_article_that_was_renamed_keeps_the_fragment(chromium: Browser, address: str) -> None:
    with chromium.new_context() as context:
        for old, new in (("", ""), ("#texts", "#texts"), ("#signs", "#calls"), ("#gone", "#gone")):
            page = context.new_page()
            page.goto(f"{address}problems/unknown-sender/{old}")
            page.wait_for_url(f"{address}problems/unfamiliar-sender/{new}")


def test_without_scripts_the_old_page_shows_the_line_of_the_section(later: Path) -> None:
    site = reader.Site(later, builder.ADDRESS)
    page = site.pages["problems/unknown-sender/"]
    assert page.refresh == ""
    assert {"texts", "signs"} <= set(page.ids)


def test_the_pages_at_old_addresses_have_no_fault_that_axe_finds(chromium: Browser, address: str) -> None:
    with chromium.new_context(java_script_enabled=True) as context:
        page = context.new_page()
        for old in ("problems/unfamiliar-sender/#old-name", "find/situation-not-arriving/#changed"):
            page.goto(address + old)
            assert Axe().run(page).response["violations"] == []
