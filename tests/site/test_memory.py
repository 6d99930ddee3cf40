"""What was answered and tried is remembered on this device, for twelve hours, and forgotten when asked."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

HOUR = 60 * 60 * 1000
STILL_STUCK = ".ladder-ask button[value=not]:visible"
BLOCKED = """for (const name of ["localStorage", "sessionStorage"])
    Object.defineProperty(window, name, {get() { throw new DOMException("blocked", "SecurityError") }})"""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with chromium.new_context(viewport={"width": 360, "height": 740}) as context:
        yield context.new_page()


@pytest.fixture(scope="module")
def shared(catalogue: dict[str, Any]) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """A remedy that needs something, with two of its problems."""
    by_id = {one["id"]: one for one in catalogue["articles"]}
    remedy = next(one for one in catalogue["remedies"] if one["needs"] and len(one["problems"]) > 1)
    first, second = (by_id[problem] for problem in remedy["problems"][:2])
    return remedy["id"], first, second


def test_a_remedy_tried_under_one_problem_is_marked_under_the_next_and_can_be_repeated(
    page: Page, served: str, shared: tuple[str, dict[str, Any], dict[str, Any]]
) -> None:
    remedy, first, second = shared
    _open(page, f"{served}{first['url']}#{remedy}")
    page.locator(STILL_STUCK).click()
    _open(page, f"{served}{second['url']}#{remedy}")
    step = page.locator(f"[data-remedy={remedy}]")
    expect(step.locator(".ladder-mark")).to_have_text("Tried just now: did not help.")
    expect(step.locator(".ladder-ask")).to_be_hidden()
    step.get_by_role("button", name="Try it again").click()
    expect(step.locator(".ladder-ask")).to_be_visible()


def test_a_remedy_that_needs_what_is_missing_says_so_and_moves_down(
    page: Page, served: str, catalogue: dict[str, Any], shared: tuple[str, dict[str, Any], dict[str, Any]]
) -> None:
    remedy, first, _ = shared
    need = next(one for one in catalogue["remedies"] if one["id"] == remedy)["needs"][0]
    answer = {"value": "gone", "question": "What about it?", "answer": "It is gone", "lacks": [need]}
    _open(page, served + first["url"])
    _remember(page, {"answers": {"thing": answer}})
    _open(page, served + first["url"])
    states = [one.get_attribute("data-state") for one in page.locator("[data-remedy]").all()]
    assert "missing" in states
    assert states == sorted(states, key=lambda state: state == "missing")
    expect(page.locator(f"[data-remedy={remedy}]")).to_contain_text("Not possible now")
    expect(page.locator(f"[data-remedy={remedy}]")).to_contain_text("You answered: It is gone.")
    expect(page.locator(f"[data-remedy={remedy}] h3 button")).to_be_visible()


def test_the_answers_of_the_questions_come_along(page: Page, served: str, catalogue: dict[str, Any]) -> None:
    ends = {one["url"] for one in catalogue["articles"]}
    nodes = [one for one in catalogue["flow"]["nodes"] if one["facet"] and one["url"] != catalogue["flow"]["root"]]
    node, answer = next((node, answer) for node in nodes for answer in node["answers"] if answer["url"] in ends)
    page.goto(served + node["url"])
    page.wait_for_selector(".kb-memory")
    page.get_by_role("link", name=answer["label"], exact=True).click()
    page.wait_for_url(served + answer["url"])
    answers = _memory(page)["answers"]
    assert node["facet"] in answers
    assert all(f"{facet}-{one['value']}" in node["url"] for facet, one in answers.items() if facet != node["facet"])


def test_everything_can_be_forgotten_and_that_is_offered_as_long_as_there_is_something(
    page: Page, served: str, shared: tuple[str, dict[str, Any], dict[str, Any]]
) -> None:
    _open(page, served + shared[1]["url"])
    expect(page.locator(".kb-memory")).to_be_hidden()
    page.locator(STILL_STUCK).click()
    expect(page.get_by_role("button", name="Forget everything")).to_be_in_viewport()
    page.get_by_role("button", name="Forget everything").click()
    expect(page.locator(".kb-memory")).to_be_hidden()
    assert page.evaluate("document.activeElement.textContent") == "Everything is forgotten."
    assert page.evaluate("localStorage.getItem('kb:memory')") is None
    assert page.locator(".ladder-mark:visible").count() == 0


@pytest.mark.parametrize(("age", "kept"), [(11 * HOUR, True), (12 * HOUR, False), (-HOUR, False)])
def test_it_is_forgotten_twelve_hours_after_the_last_change(
    page: Page, served: str, shared: tuple[str, dict[str, Any], dict[str, Any]], age: int, *, kept: bool
) -> None:
    remedy, first, _ = shared
    _open(page, served + first["url"])
    tried = {"title": "T", "result": "not", "problem": first["id"], "at": "2020-01-01T00:00:00.000Z"}
    _remember(page, {"tried": {remedy: tried}}, age)
    _open(page, served + first["url"])
    assert (page.locator(".ladder-mark:visible").count() == 1) is kept
    assert (page.evaluate("localStorage.getItem('kb:memory')") is not None) is kept


ODD = [
    "",
    "{",
    "[]",
    "null",
    '"text"',
    '{"changed": "soon"}',
    '{"answers": 1, "tried": [], "open": "x", "fields": {"device": 7}, "changed": NOW}',
    '{"answers": {"a": null, "__proto__": {"value": "x"}}, "tried": {"constructor": {}}, "changed": NOW}',
    '{"answers": {"A B": {"value": "x", "question": "q", "answer": "a", "lacks": []}}, "tried": {}, "changed": NOW}',
    '{"answers": {}, "tried": {"x": {"title": "T", "result": "won", "problem": "p", "at": "never"}}, "changed": NOW}',
]


@pytest.mark.parametrize("text", ODD)
def test_what_is_odd_in_the_storage_is_dropped(
    page: Page, served: str, shared: tuple[str, dict[str, Any], dict[str, Any]], text: str
) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    _open(page, served + shared[1]["url"])
    page.evaluate("text => localStorage.setItem('kb:memory', text.replace('NOW', Date.now()))", text)
    _open(page, served + shared[1]["url"])
    memory = page.evaluate("async url => (await import(url)).load()", served + "assets/js/help/memory.js")
    assert (memory["answers"], memory["tried"], set(memory["fields"].values()) <= {""}) == ({}, {}, True)
    assert faults == []


def test_words_from_the_storage_are_only_ever_text(
    page: Page, served: str, catalogue: dict[str, Any], shared: tuple[str, dict[str, Any], dict[str, Any]]
) -> None:
    remedy, first, _ = shared
    need = next(one for one in catalogue["remedies"] if one["id"] == remedy)["needs"][0]
    evil = "<img src=x onerror='window.ran = true'>"
    _open(page, served + first["url"])
    _remember(page, {"answers": {"thing": {"value": "x", "question": evil, "answer": evil, "lacks": [need]}}})
    _open(page, served + first["url"])
    expect(page.locator(f"[data-remedy={remedy}] .ladder-mark")).to_contain_text(evil)
    assert page.locator(".ladder img").count() == 0
    assert page.evaluate("window.ran") is None


def test_with_blocked_storage_nothing_fails_and_the_memory_lives_as_long_as_the_page(
    chromium: Browser, served: str, shared: tuple[str, dict[str, Any], dict[str, Any]]
) -> None:
    with chromium.new_context() as context:
        context.add_init_script(BLOCKED)
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text))
        _open(page, served + shared[1]["url"])
        page.locator(STILL_STUCK).click()
        expect(page.locator(".ladder-mark:visible")).to_have_count(1)
        page.get_by_role("button", name="Forget everything").click()
        expect(page.locator(".ladder-mark:visible")).to_have_count(0)
        assert faults == []


def _open(page: Page, url: str) -> None:
    page.goto("about:blank")
    page.goto(url)
    page.wait_for_selector(".ladder[data-on]")


def _memory(page: Page) -> dict[str, Any]:
    known: dict[str, Any] = json.loads(page.evaluate("localStorage.getItem('kb:memory')"))
    return known


def _remember(page: Page, part: dict[str, Any], age: int = 0) -> None:
    """Puts something into the storage, as old as said."""
    page.evaluate(
        """([part, age]) => {
            const empty = {answers: {}, tried: {}, open: {}, fields: {}}
            localStorage.setItem("kb:memory", JSON.stringify({...empty, ...part, changed: Date.now() - age}))
        }""",
        [part, age],
    )
