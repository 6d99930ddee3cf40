"""The report for the help desk: what is found in a pasted page, what is written, and how it is handed on."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

PAGES = sorted((Path(__file__).parent / "corpus/pages").glob("*.txt"))
FIELDS = ("message", "code", "requestId", "correlationId", "time")
MEMORY = {
    "answers": {"place": {"value": "abroad", "question": "Where are you?", "answer": "Abroad", "lacks": []}},
    "tried": {
        "second": {"title": "Restart it", "result": "not", "problem": "p", "at": "2026-11-21T09:00:00.000Z"},
        "first": {"title": "Wait a while", "result": "helped", "problem": "p", "at": "2026-11-21T08:30:00.000Z"},
    },
}
NOW = "2026-11-21T13:32:00Z"
ADDRESS = {"title": "Nothing arrives", "url": "https://help.example/problems/nothing/"}
Call = Callable[..., Any]


@pytest.fixture(scope="module")
def problem(catalogue: dict[str, Any]) -> dict[str, Any]:
    """A problem with a message and a way to verify."""
    found: dict[str, Any] = next(
        article for article in catalogue["articles"] if article["messages"] and "method" in article["facets"]
    )
    return found


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A new window, with a clock that stands still."""
    with chromium.new_context(viewport={"width": 360, "height": 740}, timezone_id="Europe/Berlin") as context:
        opened = context.new_page()
        opened.set_default_timeout(10_000)
        opened.clock.set_fixed_time(NOW)
        yield opened


@pytest.fixture
def report(page: Page, served: str, problem: dict[str, Any]) -> Page:
    """The report of a problem, open."""
    page.goto(served + problem["url"])
    page.get_by_role("button", name="Write the report").click()
    return page


@pytest.fixture(scope="module")
def call(chromium: Browser, served: str) -> Iterator[Call]:
    """Calls a function of a module, with arguments that go through JSON; a time is given as {"date": …}."""
    with chromium.new_context() as context:
        opened = context.new_page()
        opened.goto(f"{served}about/")

        def run(module: str, function: str, *arguments: object) -> Any:
            return opened.evaluate(
                """async ([address, name, given]) => {
                    const module = await import(address)
                    return module[name](...given.map(one => one?.date ? new Date(one.date) : one))
                }""",
                [f"{served}assets/js/help/{module}.js", function, arguments],
            )

        yield run


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.stem)
def test_a_pasted_page_is_recognised(file: Path, call: Call) -> None:
    pasted, _, expected = file.read_text(encoding="utf-8").partition("---\n")
    names = dict(line.partition(":")[::2] for line in expected.splitlines())
    found = {name: value.strip() for name, value in names.items()}
    assert call("recognise", "recognise", pasted) == found
    # Windows ends its lines otherwise.
    assert call("recognise", "recognise", pasted.replace("\n", "\r\n")) == found


@pytest.mark.parametrize(
    "text", ["", " ", "\n" * 30000, "Request Id " * 3000, "a" * 50000, "message: " * 5000, "\ud800"]
)
def test_what_is_no_page_is_recognised_as_nothing_in_good_time(text: str, call: Call) -> None:
    found = call("recognise", "recognise", text)
    assert set(found) == set(FIELDS)
    assert found["requestId"] == found["correlationId"] == found["code"] == found["time"] == ""


def test_the_text_says_everything_in_the_order_in_which_it_happened(call: Call) -> None:
    fields = {
        "message": "It broke", "user": "anna@contoso.com", "method": "Text message", "device": "iPhone",
        "code": "53003", "requestId": "r-1", "correlationId": "c-1", "time": "09:14",
    }  # fmt: skip
    written = call("report", "reportText", MEMORY, ADDRESS, fields, {"date": NOW}, "Europe/Berlin")
    assert written.splitlines() == [
        "Problem: Nothing arrives",
        "Page: https://help.example/problems/nothing/",
        "Written: 21 November 2026, 14:32 (Europe/Berlin, UTC+01:00)",
        "",
        "What I saw",
        "Message: It broke",
        "Error code: 53003",
        "Request ID: r-1",
        "Correlation ID: c-1",
        "Time of the error: 09:14",
        "",
        "About me",
        "User name: anna@contoso.com",
        "Method: Text message",
        "Device: iPhone",
        "",
        "What I answered",
        "- Where are you: Abroad",
        "",
        "What I tried",
        "1. Wait a while: helped, 21 November 2026, 09:30 (Europe/Berlin, UTC+01:00)",
        "2. Restart it: did not help, 21 November 2026, 10:00 (Europe/Berlin, UTC+01:00)",
    ]


def test_the_text_leaves_out_what_is_not_known(call: Call) -> None:
    written = call("report", "reportText", {"answers": {}, "tried": {}}, ADDRESS, {}, {"date": NOW}, "UTC")
    assert written.splitlines() == [
        "Problem: Nothing arrives",
        "Page: https://help.example/problems/nothing/",
        "Written: 21 November 2026, 13:32 (UTC, UTC+00:00)",
    ]


def test_an_address_that_holds_all_gives_nothing_back(call: Call) -> None:
    values = {"title": "A & B", "report": "one\ntwo {url} 100 %", "url": "https://help.example/"}
    fitted = call("report", "fit", "https://tickets.example/new?t={title}&d={report}&u={url}", values, 2000)
    assert fitted["rest"] == ""
    query = parse_qs(urlsplit(fitted["url"]).query)
    assert (query["t"], query["d"], query["u"]) == (["A & B"], ["one\r\ntwo {url} 100 %"], ["https://help.example/"])


@pytest.mark.parametrize("limit", [60, 120, 300, 500])
def test_an_address_keeps_its_limit_and_nothing_gets_lost(limit: int, call: Call) -> None:
    lines = [f"Line {number} äöü 😀" for number in range(30)]
    values = {"title": "T", "report": "\n".join(lines), "url": ""}
    fitted = call("report", "fit", "https://tickets.example/?d={report}", values, limit)
    assert len(fitted["url"]) <= limit
    told = parse_qs(urlsplit(fitted["url"]).query).get("d", [""])[0].splitlines()
    assert [*told[:-1], *fitted["rest"].splitlines()] == lines


def test_a_pasted_page_fills_the_fields_and_the_report(report: Page) -> None:
    pasted, _, _ = PAGES[0].read_text(encoding="utf-8").partition("---\n")
    report.get_by_label("The whole error page").fill(f"{pasted}\nMy code was 482913")
    report.get_by_label("The whole error page").blur()
    expect(report.get_by_label("Error code")).to_have_value("53003")
    expect(report.get_by_label("The whole error page")).to_have_value("")
    text = report.get_by_label("The report", exact=True)
    expect(text).to_have_value(re.compile("Correlation ID: e2af9d80-f80a-4465-ac5b-3ce95baa4b9b"))
    expect(text).not_to_have_value(re.compile("482913"))
    expect(report.locator(".kb-report__removed")).to_contain_text("a code")
    # It is still there when the page is opened again.
    report.reload()
    expect(report.locator("[name=code]")).to_have_value("53003")


def test_a_message_and_a_method_of_the_page_can_be_picked(report: Page, problem: dict[str, Any]) -> None:
    report.get_by_role("button", name=problem["messages"][0]).click()
    expect(report.get_by_label("The report", exact=True)).to_have_value(
        re.compile(f"Message: {re.escape(problem['messages'][0])}\n")
    )
    assert report.locator("#kb-report-methods option").count() == len(problem["facets"]["method"])


def test_secrets_never_leave_the_fields(report: Page) -> None:
    report.get_by_label("The message on the screen").fill("Password: Summer2026! was refused")
    report.get_by_label("User name").fill("anna@contoso.com")
    report.get_by_label("Device", exact=True).fill("code 771204")
    report.get_by_label("Device", exact=True).blur()
    text = report.get_by_label("The report", exact=True)
    text.press("End")
    text.fill(f"{text.input_value()}\nmy password is sunshine")
    text.blur()
    everything = report.evaluate(
        "[...document.querySelectorAll('#kb-report :is(input, textarea)')].map(one => one.value).join()"
        "+ JSON.stringify({...localStorage}) + document.querySelector('[data-report=paper]').textContent"
        "+ [...document.querySelectorAll('#kb-report a')].map(one => one.href).join()"
    )
    for secret in ("Summer2026", "771204", "sunshine"):
        assert secret not in unquote(everything)
    assert "anna@contoso.com" in everything


def test_what_was_written_by_hand_stays_until_the_person_wants_it_anew(report: Page) -> None:
    text = report.get_by_label("The report", exact=True)
    text.fill("In my own words")
    report.get_by_label("Device", exact=True).fill("Tablet")
    report.get_by_label("Device", exact=True).blur()
    expect(text).to_have_value("In my own words")
    report.get_by_role("button", name="Write it anew").click()
    expect(text).to_have_value(re.compile("Device: Tablet"))
    expect(text).to_be_focused()


def test_the_report_is_copied_and_mailed_as_it_stands(report: Page) -> None:
    report.context.grant_permissions(["clipboard-read", "clipboard-write"])
    report.get_by_role("button", name="Copy", exact=True).click()
    expect(report.locator("[data-report=status]")).to_contain_text("copied")
    text = report.get_by_label("The report", exact=True).input_value()
    assert report.evaluate("navigator.clipboard.readText()") == text
    mail = urlsplit(report.get_by_role("link", name="Mail").get_attribute("href") or "")
    assert mail.scheme == "mailto"
    assert parse_qs(mail.query)["body"][0].replace("\r\n", "\n").strip() == text.strip()


def test_a_browser_that_does_not_copy_leaves_the_text_selected(report: Page) -> None:
    report.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')) }")
    report.get_by_role("button", name="Copy", exact=True).click()
    expect(report.get_by_label("The report", exact=True)).to_be_focused()
    assert report.evaluate("document.activeElement.selectionEnd - document.activeElement.selectionStart") > 20


def test_the_share_sheet_is_offered_only_where_there_is_one(page: Page, served: str, problem: dict[str, Any]) -> None:
    page.add_init_script(
        "if (new URLSearchParams(location.search).has('share'))"
        "navigator.share = async (given) => { window.shared = given }; else navigator.share = undefined"
    )
    page.goto(served + problem["url"])
    page.get_by_role("button", name="Write the report").click()
    expect(page.get_by_role("button", name="Share")).to_have_count(0)
    page.goto(f"{served}{problem['url']}?share")
    page.get_by_role("button", name="Write the report").click()
    page.get_by_role("button", name="Share").click()
    page.wait_for_function("() => window.shared")
    assert page.evaluate("window.shared.text") == page.get_by_label("The report", exact=True).input_value()


def test_print_prints_the_report_and_nothing_else(report: Page) -> None:
    report.emulate_media(media="print")
    report.evaluate(
        "print = () => { window.printed = document.body.innerText; dispatchEvent(new Event('afterprint')) }"
    )
    report.get_by_role("button", name="Print", include_hidden=True).dispatch_event("click")
    printed = report.evaluate("window.printed")
    assert "Problem: " in printed
    assert "Try these in order" not in printed
    assert report.evaluate("document.documentElement.dataset.kbPrint") is None


def test_when_nothing_is_left_to_try_the_report_opens(page: Page, served: str, problem: dict[str, Any]) -> None:
    page.goto(served + problem["url"])
    expect(page.get_by_label("The report", exact=True)).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('kb:stuck'))")
    expect(page.get_by_role("textbox", name="The report", exact=True)).to_be_visible()


@pytest.mark.parametrize("stored", ["{", "null", "[]", '{"answers": 1, "tried": [], "changed": "x"}', "{}"])
def test_an_odd_memory_does_no_harm(stored: str, page: Page, served: str, problem: dict[str, Any]) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(f"localStorage.setItem('kb:memory', {json.dumps(stored)})")
    page.goto(served + problem["url"])
    page.get_by_role("button", name="Write the report").click()
    expect(page.get_by_label("The report", exact=True)).to_have_value(re.compile("^Problem: "))
    assert errors == []


def test_with_blocked_storage_the_report_is_written_all_the_same(
    page: Page, served: str, problem: dict[str, Any]
) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    page.goto(served + problem["url"])
    page.get_by_role("button", name="Write the report").click()
    page.get_by_label("Error code").fill("53003")
    page.get_by_label("Error code").blur()
    expect(page.get_by_label("The report", exact=True)).to_have_value(re.compile("Error code: 53003"))


def test_what_is_pasted_is_text_and_nothing_else(report: Page) -> None:
    report.get_by_label("The message on the screen").fill('"><img src=x onerror="window.hit = 1">')
    report.get_by_label("The message on the screen").blur()
    expect(report.locator("[data-report=paper]")).to_contain_text("<img src=x", use_inner_text=False)
    assert report.locator("#kb-report img").count() == 0
    assert report.evaluate("window.hit") is None


def test_without_scripts_there_is_a_list_of_what_to_tell(
    chromium: Browser, served: str, problem: dict[str, Any]
) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(served + problem["url"])
        box = page.locator("#kb-report")
        expect(box.get_by_role("listitem")).to_have_count(6)
        expect(box.get_by_role("link")).to_be_visible()
        assert [one for one in box.locator("button, input, textarea").all() if one.is_visible()] == []


def test_axe_finds_nothing_in_the_open_report(report: Page) -> None:
    report.get_by_label("The message on the screen").fill("code 771204")
    report.get_by_label("The message on the screen").blur()
    found = Axe().run(report, context="#kb-report").response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    for width in (320, 360):
        report.set_viewport_size({"width": width, "height": 600})
        assert report.evaluate("document.documentElement.scrollWidth") <= width
