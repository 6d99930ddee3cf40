"""Five people on their way from the first page to what helps them, and to a report for the help desk."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from keyboard import HEADING, enter, tab_to
from route import Step, route

NOW = "2026-11-21T13:32:00Z"
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 3,
    "user_agent": "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile Safari/537.36",
}
SMALL_PHONE: dict[str, Any] = PHONE | {
    "viewport": {"width": 320, "height": 568},
    "device_scale_factor": 2,
    "user_agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Safari/604.1",
    "color_scheme": "dark",
}
DESK: dict[str, Any] = {
    "viewport": {"width": 1280, "height": 800},
    "user_agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36",
}
CONDITIONS: dict[str, dict[str, Any]] = {
    "as narrow as can be": {"viewport": {"width": 320, "height": 640}},
    "enlarged four times": {"viewport": {"width": 320, "height": 256}},
    "forced colours": {"viewport": {"width": 1280, "height": 800}, "forced_colors": "active"},
    "reduced motion": {"viewport": {"width": 360, "height": 740}, "reduced_motion": "reduce"},
}
BLOCKED = """for (const name of ["localStorage", "sessionStorage"])
    Object.defineProperty(window, name, {get() { throw new DOMException("blocked", "SecurityError") }})"""
ERROR_PAGE = (
    (Path(__file__).parent / "corpus/pages/conditional-access.txt").read_text(encoding="utf-8").split("---\n")[0]
)

Opens = Callable[..., AbstractContextManager[Page]]


@pytest.fixture(scope="module")
def window(chromium: Browser, served: str) -> Opens:
    """Opens a window whose clock stands still. In the end, the console is empty and no other host was asked."""

    @contextmanager
    def opens(**options: Any) -> Iterator[Page]:
        with chromium.new_context(**options) as context:
            page = context.new_page()
            page.set_default_timeout(10_000)
            if options.get("java_script_enabled", True):
                page.clock.set_fixed_time(NOW)
            said: list[str] = []
            foreign: list[str] = []
            page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
            page.on("pageerror", lambda error: said.append(f"error: {error}"))
            page.on(
                "request",
                lambda asked: None if asked.url.startswith((served, "data:", "blob:")) else foreign.append(asked.url),
            )
            yield page
            assert (said, foreign) == ([], [])

    return opens


@pytest.fixture(scope="module")
def articles(catalogue: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The articles, by their names."""
    return {one["id"]: one for one in catalogue["articles"]}


@pytest.fixture(scope="module")
def titles(catalogue: dict[str, Any]) -> dict[str, str]:
    """What each remedy is called."""
    return {one["id"]: one["title"] for one in catalogue["remedies"]}


def test_on_a_phone_touch_leads_over_what_did_not_help_to_what_helped_and_the_report_tells_it_all(
    window: Opens, served: str, catalogue: dict[str, Any], articles: dict[str, dict[str, Any]], titles: dict[str, str]
) -> None:
    problem = articles["no-text-code"]
    way = route(catalogue, problem["url"])
    assert len(way) == 3
    first, second, third = problem["remedies"][:3]
    with window(**PHONE, timezone_id="Europe/Berlin") as page:
        page.goto(served)
        answers = _walk(page, served, way, lambda step: _choice(page, step).tap())
        for remedy in (first, second):
            _step(page, remedy).get_by_role("button", name="Still stuck").tap()
        expect(_step(page, third).get_by_role("heading")).to_be_in_viewport()
        page.get_by_role("button", name="Write the report").tap()
        page.get_by_label("The whole error page").tap()
        page.get_by_label("The whole error page").fill(ERROR_PAGE)
        page.get_by_label("User name").tap()
        page.get_by_label("User name").fill("anna.berg@contoso.com")
        page.get_by_label("Device", exact=True).tap()
        written = "21 November 2026, 14:32 (Europe/Berlin, UTC+01:00)"
        told = [
            f"Problem: {problem['title']}",
            f"Page: {served}{problem['url']}",
            f"Written: {written}",
            "",
            "What I saw",
            "Message: You cannot access this right now",
            "Error code: 53003",
            "Request ID: 8fdc0a48-915a-4099-b368-bf7ac719bf00",
            "Correlation ID: e2af9d80-f80a-4465-ac5b-3ce95baa4b9b",
            "Time of the error: 2026-11-21T09:14:03.113Z",
            "",
            "About me",
            "User name: anna.berg@contoso.com",
            "Method: Text message",
            "Device: Android 15, Chrome",
            "",
            "What I answered",
            *answers,
            "",
            "What I tried",
            f"1. {titles[first]}: did not help, {written}",
            f"2. {titles[second]}: did not help, {written}",
        ]
        assert _report(page) == told
        _step(page, third).get_by_role("button", name="That helped").tap()
        expect(page.get_by_role("heading", name="Good that this helped")).to_be_in_viewport()
        assert _report(page) == [*told, f"3. {titles[third]}: helped, {written}"]


def test_on_a_small_phone_nothing_helps_until_the_next_page_and_the_report_remembers_both(
    window: Opens, served: str, catalogue: dict[str, Any], articles: dict[str, dict[str, Any]], titles: dict[str, str]
) -> None:
    problem = articles["trouble-verifying"]
    written = "21 November 2026, 10:02 (America/St_Johns, UTC-03:30)"
    way = route(catalogue, problem["url"])
    with window(**SMALL_PHONE, timezone_id="America/St_Johns") as page:
        page.goto(served)
        answers = _walk(page, served, way, lambda step: _choice(page, step).tap())
        for remedy in problem["remedies"]:
            _step(page, remedy).get_by_role("button", name="Still stuck").tap()
        expect(page.get_by_role("heading", name="There is nothing more to try")).to_be_in_viewport()
        # The report has opened by itself.
        page.get_by_role("button", name=problem["messages"][0]).tap()
        told = _report(page)
        assert told[:2] == [f"Problem: {problem['title']}", f"Page: {served}{problem['url']}"]
        assert f"Message: {problem['messages'][0]}" in told
        assert "Device: iPhone, Safari" in told

        # What stands right below fits better.
        known = {one["url"]: one for one in articles.values() if one["kind"] == "problem"}
        links = page.locator("#kb-next a")
        found = [known[str(link.evaluate("link => link.href")).removeprefix(served)] for link in links.all()]
        following = next(one for one in found if set(one["remedies"]) - set(problem["remedies"]))
        links.get_by_text(following["title"], exact=True).tap()
        page.wait_for_url(served + following["url"])
        for remedy in set(following["remedies"]) & set(problem["remedies"]):
            expect(_step(page, remedy).locator(".ladder-mark")).to_have_text("Tried just now: did not help.")
        helps = next(remedy for remedy in following["remedies"] if remedy not in problem["remedies"])
        _step(page, helps).get_by_role("button", name="That helped").tap()
        expect(page.get_by_role("heading", name="Good that this helped")).to_be_in_viewport()
        page.get_by_role("button", name="Write the report").tap()
        told = _report(page)
        assert told[:3] == [
            f"Problem: {following['title']}",
            f"Page: {served}{following['url']}",
            f"Written: {written}",
        ]
        assert f"Message: {problem['messages'][0]}" in told
        assert _part(told, "What I answered") == answers
        assert _part(told, "What I tried") == [
            *(
                f"{number}. {titles[remedy]}: did not help, {written}"
                for number, remedy in enumerate(problem["remedies"], start=1)
            ),
            f"{len(problem['remedies']) + 1}. {titles[helps]}: helped, {written}",
        ]


def test_the_keyboard_alone_leads_to_what_helped_and_through_every_field_to_the_copied_report(
    window: Opens, served: str, catalogue: dict[str, Any], articles: dict[str, dict[str, Any]], titles: dict[str, str]
) -> None:
    problem = articles["travelling"]
    written = "21 November 2026, 22:32 (Asia/Tokyo, UTC+09:00)"
    way = route(catalogue, problem["url"])
    first, second = problem["remedies"][:2]
    with window(**DESK, timezone_id="Asia/Tokyo", permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(served)

        def press(step: Step) -> None:
            tab_to(page, step.label)
            enter(page)

        answers = _walk(page, served, way, press)
        for name in ("Still stuck", "That helped"):
            tab_to(page, name)
            page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Good that this helped")).to_be_focused()
        tab_to(page, "Write the report")
        page.keyboard.press("Enter")
        for field, words in (
            ("The message on the screen", "We cannot verify you. Password: Summer2026!"),
            ("Error code", "500121"),
            ("User name", "anna.berg@contoso.com"),
            ("Device", ""),
        ):
            tab_to(page, field)
            page.keyboard.type(words)
        tab_to(page, "The report")
        told = _report(page)
        assert [line for line in told if "Summer2026" in line] == []
        assert told[:3] == [
            f"Problem: {problem['title']}",
            f"Page: {served}{problem['url']}",
            f"Written: {written}",
        ]
        assert "Error code: 500121" in told
        assert _part(told, "About me") == ["User name: anna.berg@contoso.com", "Device: Windows, Chrome"]
        assert _part(told, "What I answered") == answers
        assert _part(told, "What I tried") == [
            f"1. {titles[first]}: did not help, {written}",
            f"2. {titles[second]}: helped, {written}",
        ]
        page.keyboard.press("ControlOrMeta+End")
        page.keyboard.type("Please call me back.")
        tab_to(page, "Copy")
        page.keyboard.press("Enter")
        expect(page.locator("[data-report=status]")).to_contain_text("copied")
        assert page.evaluate("navigator.clipboard.readText()").splitlines() == [*told, "Please call me back."]


@pytest.mark.parametrize(
    "labels",
    [
        [
            "No code, call or notification reaches me",
            "With a call to my mobile phone",
            "I am abroad with it",
        ],
        [
            "It is about my phone: missing, new, abroad, without signal, or with a new number",
            "I left it somewhere, or its battery is empty",
            "A computer where I am still signed in",
        ],
    ],
    ids=["of two methods the second", "of two things the first"],
)
def test_the_report_tells_the_answer_that_was_chosen_where_others_lead_to_the_same_page(
    labels: list[str], window: Opens, served: str
) -> None:
    with window(**DESK) as page:
        page.goto(served)
        for label in labels:
            page.locator(":is(.kb-home__question, .kb-answers)").get_by_role("link", name=label, exact=True).click()
            # The scripts of the next page are there once it is loaded.
            page.wait_for_load_state("load")
        page.get_by_role("button", name="Write the report").click()
        told = _part(_report(page), "What I answered")
        assert len(told) == len(labels)
        assert told[-1].endswith(labels[-1])


def test_without_scripts_a_checklist_leads_to_the_help_desk_and_says_what_to_tell(
    window: Opens, served: str, catalogue: dict[str, Any], articles: dict[str, dict[str, Any]]
) -> None:
    problem = articles["phone-lost-or-stolen"]
    with window(**DESK, java_script_enabled=False) as page:
        page.goto(served)
        _walk(page, served, route(catalogue, problem["url"]), lambda step: _choice(page, step).click())
        expect(page.locator(HEADING)).to_contain_text(problem["title"])
        for remedy in problem["remedies"]:
            tick = page.locator(f"[data-remedy={remedy}]").get_by_role("checkbox", name="I have tried this")
            tick.check()
            expect(tick).to_be_checked()
        # What only scripts could do is not offered.
        expect(page.get_by_role("button", name="Still stuck")).to_have_count(0)
        expect(page.get_by_role("button", name="Write the report")).to_have_count(0)
        report = page.get_by_role("region", name="Tell the help desk")
        for detail in (problem["title"], "word for word", "Correlation ID", "your time zone", "what you tried"):
            expect(report).to_contain_text(detail)
        report.get_by_role("link", name="How to find these details").click()
        expect(page.locator(HEADING)).to_contain_text(articles["contact-help-desk"]["title"])
        details = page.locator("[data-remedy=collect-details]")
        for detail in ("user ID", "word for word", "error code", "Request Id", "correlation ID", "time zone"):
            expect(details).to_contain_text(detail)
        expect(details).to_contain_text("Leave out passwords, app passwords and verification codes")


def test_with_blocked_storage_it_helps_all_the_same_and_the_page_knows_what_was_tried(
    window: Opens, served: str, catalogue: dict[str, Any], articles: dict[str, dict[str, Any]], titles: dict[str, str]
) -> None:
    problem = articles["new-phone"]
    written = "21 November 2026, 13:32 (Europe/London, UTC+00:00)"
    first, second = problem["remedies"][:2]
    with window(**DESK, timezone_id="Europe/London") as page:
        page.add_init_script(BLOCKED)
        page.goto(served)
        _walk(page, served, route(catalogue, problem["url"]), lambda step: _choice(page, step).click())
        _step(page, first).get_by_role("button", name="Still stuck").click()
        page.get_by_role("button", name="Write the report").click()
        page.get_by_label("The message on the screen").fill("We could not reach your phone")
        _step(page, second).get_by_role("button", name="That helped").click()
        expect(page.get_by_role("heading", name="Good that this helped")).to_be_focused()
        told = _report(page)
        assert told[:6] == [
            f"Problem: {problem['title']}",
            f"Page: {served}{problem['url']}",
            f"Written: {written}",
            "",
            "What I saw",
            "Message: We could not reach your phone",
        ]
        assert _part(told, "What I tried") == [
            f"1. {titles[first]}: did not help, {written}",
            f"2. {titles[second]}: helped, {written}",
        ]
        # Even that can be forgotten.
        page.get_by_role("button", name="Forget everything").click()
        assert _part(_report(page), "What I tried") == []


def test_with_blocked_storage_the_answers_come_along_to_the_article_and_to_the_next(
    window: Opens, served: str, catalogue: dict[str, Any], articles: dict[str, dict[str, Any]]
) -> None:
    problem, following = articles["phone-lost-or-stolen"], articles["new-phone"]
    with window(**DESK) as page:
        page.add_init_script(BLOCKED)
        page.goto(served)
        way = route(catalogue, problem["url"])
        answers = _walk(page, served, way, lambda step: _choice(page, step).click())
        first = problem["remedies"][0]
        _step(page, first).get_by_role("button", name="Still stuck").click()
        page.get_by_role("button", name="Write the report").click()
        assert _part(_report(page), "What I answered") == answers
        page.locator(f"main a[href$='/{following['id']}/']").first.click()
        page.wait_for_url(served + following["url"])
        step = page.locator("[data-remedy=set-up-new-phone]")
        expect(step).to_contain_text("Not possible now")
        expect(step).to_contain_text(f"You answered: {way[-1].label}.")
        assert page.locator("[data-remedy]").last.get_attribute("data-remedy") == "set-up-new-phone"
        # What is forgotten goes nowhere.
        page.get_by_role("button", name="Forget everything").click()
        expect(step).not_to_contain_text("Not possible now")
        page.reload()
        expect(page.locator(".ladder-status")).to_contain_text("Step 1 of")
        expect(page.locator("[data-state=missing]")).to_have_count(0)


@pytest.mark.parametrize("condition", CONDITIONS)
def test_axe_finds_nothing_and_nothing_lies_sideways_in_any_state(
    condition: str, window: Opens, served: str, articles: dict[str, dict[str, Any]]
) -> None:
    problem = articles["trouble-verifying"]
    axe = Axe()
    found: dict[str, Any] = {}

    def look(state: str) -> None:
        violations = {
            violation["id"]: [node["html"][:160] for node in violation["nodes"]]
            for violation in axe.run(page).response["violations"]
        }
        sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if violations or sideways:
            found[state] = (violations, sideways)

    with window(**CONDITIONS[condition]) as page:
        page.goto(f"{served}find/")
        look("question")
        page.goto(served + problem["url"])
        expect(page.locator(".ladder-status")).to_contain_text("Step 1 of")
        look("ladder open")
        page.get_by_role("button", name="Still stuck").click()
        expect(page.locator(".ladder-mark:visible")).to_have_count(1)
        look("one tried")
        page.locator(f"#{problem['remedies'][0]} button").click()
        expect(page.get_by_role("button", name="Try it again")).to_be_visible()
        look("tried one open again")
        page.get_by_role("button", name="Write the report").click()
        page.get_by_label("The message on the screen").fill("code 771204 " + "x" * 200)
        page.get_by_label("The message on the screen").blur()
        expect(page.locator("[data-report=removed]")).to_contain_text("a code")
        look("report open")
        _step(page, problem["remedies"][1]).get_by_role("button", name="That helped").click()
        look("helped")
    assert found == {}


def test_enlarged_four_times_the_keyboard_comes_to_every_button_in_sight(
    window: Opens, served: str, articles: dict[str, dict[str, Any]], titles: dict[str, str]
) -> None:
    problem = articles["trouble-verifying"]
    with window(**CONDITIONS["enlarged four times"]) as page:
        page.goto(served + problem["url"])
        for remedy in problem["remedies"]:
            assert page.locator(f"#{remedy} button").get_attribute("aria-expanded") == "true", titles[remedy]
            tab_to(page, "Still stuck")
            page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="There is nothing more to try")).to_be_in_viewport()
        for name in ("The message on the screen", "Device", "The report", "Copy"):
            tab_to(page, name)


def _walk(page: Page, served: str, way: list[Step], choose: Callable[[Step], None]) -> list[str]:
    """Gives the answers one after the other. What the report is to say of them is what the pages said."""
    given: list[str] = []
    for step in way:
        choose(step)
        page.wait_for_url(served + step.url)
        if step is not way[-1]:
            expect(page.locator(".kb-given__item")).to_have_count(way.index(step) + 1)
            questions = page.locator(".kb-given__question").all_inner_texts()
            given = [
                f"- {question.removesuffix('?')}: {answer}"
                for question, answer in zip(questions, page.locator(".kb-given__answer").all_inner_texts(), strict=True)
            ]
    return [*given, f"- {way[-1].question.removesuffix('?')}: {way[-1].label}"]


def _choice(page: Page, step: Step) -> Locator:
    """The large button of an answer."""
    return page.locator(":is(.kb-choices, .kb-answers)").get_by_role("link", name=step.label, exact=True)


def _step(page: Page, remedy: str) -> Locator:
    """A remedy on the ladder; opened if it is not."""
    button = page.locator(f"#{remedy} button")
    expect(button).to_be_visible()
    if button.get_attribute("aria-expanded") == "false":
        button.click()
    return page.locator(f"[data-remedy={remedy}]")


def _report(page: Page) -> list[str]:
    """The text of the report, which stands there for everybody to read before it goes anywhere."""
    text = page.get_by_role("textbox", name="The report", exact=True)
    expect(text).to_be_visible()
    return text.input_value().splitlines()


def _part(told: list[str], heading: str) -> list[str]:
    """The lines below a heading of the report."""
    if heading not in told:
        return []
    lines = told[told.index(heading) + 1 :]
    return lines[: lines.index("")] if "" in lines else lines
