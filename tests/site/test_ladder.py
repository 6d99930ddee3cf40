"""The remedies of a problem as a ladder: one open at a time, each asks whether it helped."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

STEP = "[data-remedy]"
STILL_STUCK = ".ladder-ask button[value=not]:visible"
FOCUSED = "document.activeElement.textContent.trim()"


@pytest.fixture(scope="module")
def problem(catalogue: dict[str, Any]) -> dict[str, Any]:
    """The problem with the most remedies."""
    problems = (one for one in catalogue["articles"] if one["kind"] == "problem")
    most: dict[str, Any] = max(problems, key=lambda one: (len(one["remedies"]), one["id"]))
    return most


@pytest.fixture(params=[360, 1280])
def page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    with chromium.new_context(viewport={"width": request.param, "height": 740}) as context:
        yield context.new_page()


def test_one_step_is_open_at_a_time(page: Page, served: str, problem: dict[str, Any]) -> None:
    _open(page, served + problem["url"])
    expect(page.locator(".ladder-status")).to_have_text(f"Step 1 of {len(problem['remedies'])}")
    assert _opened(page) == problem["remedies"][:1]
    page.locator(f"{STEP} h3 button").nth(2).click()
    assert _opened(page) == [problem["remedies"][2]]
    page.locator(f"{STEP} h3 button").nth(2).click()
    assert _opened(page) == []


def test_with_the_keyboard_alone_still_stuck_leads_on_to_the_end_and_axe_finds_nothing(
    page: Page, served: str, problem: dict[str, Any]
) -> None:
    axe = Axe()
    _open(page, served + problem["url"])
    page.evaluate("addEventListener('kb:stuck', () => { window.stuck = true })")
    for number in range(1, len(problem["remedies"])):
        page.locator(STILL_STUCK).focus()
        page.keyboard.press("Enter")
        title = page.locator(f"[data-remedy={problem['remedies'][number]}] h3 button").inner_text()
        assert page.evaluate(FOCUSED) == title
        expect(page.locator(".ladder-status")).to_contain_text(f"Step {number + 1} of")
    assert axe.run(page).response["violations"] == []
    page.locator(STILL_STUCK).focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-end=stuck]")).to_be_visible()
    assert page.evaluate(FOCUSED) == page.locator("[data-end=stuck] h3").inner_text()
    assert page.evaluate("window.stuck")
    # What leads on stands right below: other problems, the report, a person.
    assert page.evaluate("document.querySelector('.ladder').nextElementSibling.id") == "kb-onward"
    assert axe.run(page).response["violations"] == []


def test_what_helped_ends_it_and_it_can_be_opened_again(page: Page, served: str, problem: dict[str, Any]) -> None:
    _open(page, served + problem["url"])
    page.get_by_role("button", name="That helped").click()
    expect(page.locator("[data-end=helped]")).to_be_visible()
    assert page.evaluate(FOCUSED) == page.locator("[data-end=helped] h3").inner_text()
    assert _opened(page) == []
    assert Axe().run(page).response["violations"] == []
    _open(page, served + problem["url"])
    expect(page.locator("[data-end=helped]")).to_be_visible()
    page.locator("[data-end=helped] button").click()
    expect(page.locator("[data-end=helped]")).to_be_hidden()
    assert _opened(page) == problem["remedies"][:1]


def test_a_link_to_a_remedy_opens_the_ladder_at_that_step(page: Page, served: str, problem: dict[str, Any]) -> None:
    third = problem["remedies"][2]
    _open(page, f"{served}{problem['url']}#{third}")
    assert _opened(page) == [third]
    expect(page.locator(f"#{third}")).to_be_in_viewport()
    page.evaluate(f"location.hash = '{problem['remedies'][1]}'")
    expect(page.locator(f"[data-remedy={problem['remedies'][1]}] .ladder-body")).to_be_visible()


def test_a_page_that_is_shown_again_has_one_of_everything(page: Page, served: str, problem: dict[str, Any]) -> None:
    _open(page, served + problem["url"])
    page.locator(".kb-human a").click()
    page.wait_for_url(lambda url: problem["url"] not in url)
    page.go_back()
    page.wait_for_url(served + problem["url"])
    page.wait_for_selector(".ladder[data-on]")
    assert page.locator(".ladder-status").count() == 1
    assert page.locator(f"{STEP} h3 button").count() == len(problem["remedies"])


def test_without_scripts_it_is_a_checklist_with_nothing_hidden(
    chromium: Browser, served: str, problem: dict[str, Any]
) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(served + problem["url"])
        assert page.locator(f"{STEP} h3:visible").count() == len(problem["remedies"])
        assert page.locator(f"{STEP} ol:visible").count() == page.locator(f"{STEP} ol").count() > 0
        boxes = page.get_by_role("checkbox", name="I have tried this")
        assert boxes.count() == len(problem["remedies"])
        boxes.first.check()


def test_on_paper_every_step_is_open(page: Page, served: str, problem: dict[str, Any]) -> None:
    _open(page, served + problem["url"])
    page.locator(STILL_STUCK).click()
    page.emulate_media(media="print")
    assert page.locator(f"{STEP} ol:visible").count() == page.locator(f"{STEP} ol").count()
    assert page.locator(".remedy-tick input:visible").count() == len(problem["remedies"])
    assert page.locator(".remedy-tick input:checked").count() == 1
    assert page.locator(":is(.ladder-ask, .ladder-status, .kb-memory):visible").count() == 0


def _open(page: Page, url: str) -> None:
    page.goto("about:blank")
    page.goto(url)
    page.wait_for_selector(".ladder[data-on]")


def _opened(page: Page) -> list[str | None]:
    steps = page.locator(f"{STEP}:has([aria-expanded=true])").all()
    for step in steps:
        expect(step.locator(".ladder-body")).to_be_visible()
    return [step.get_attribute("data-remedy") for step in steps]
