"""The field for what the screen says: what it recognises, what it says of it, what it keeps, and what it never does."""

import gzip
import importlib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

# Bytes, each file compressed alone.
MOST = 5_000
PAGES = Path(__file__).parent / "corpus/pages"
BLOCKED = """for (const name of ["localStorage", "sessionStorage"])
    Object.defineProperty(window, name, {get() { throw new DOMException("blocked", "SecurityError") }})"""
# As strict as the theme's own inline scripts allow.
POLICY = "default-src 'self'; script-src 'self' 'unsafe-inline'; img-src 'self' data:"
FIELD = "Paste what the screen says"
NUMBER = "AADSTS50076"
Match = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="module")
def bench(root: Path) -> Any:
    sys.path.insert(0, str(root / "bench"))
    return importlib.import_module("pasted")


@pytest.fixture(scope="module")
def entries(built: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((built / "pasted.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def match(chromium: Browser, served: str) -> Iterator[Match]:
    """What the published script finds in a text, among the given entries."""
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(f"{served}about/")

        def run(pasted: str, texts: Sequence[str]) -> list[dict[str, Any]]:
            hits: list[dict[str, Any]] = page.evaluate(
                """async ([script, pasted, texts]) => (await import(script))
                    .match(pasted, texts.map(text => ({text, links: []})))
                    .map(({entry, how, sure}) => ({text: entry.text, how, sure}))""",
                [f"{served}assets/js/paste/match.js", pasted, list(texts)],
            )
            return hits

        yield run


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with chromium.new_context(viewport={"width": 320, "height": 740}) as context:
        opened = context.new_page()
        opened.set_default_timeout(10_000)
        yield opened


@pytest.fixture(scope="module")
def question(catalogue: dict[str, Any], built: Path) -> str:
    """A question beside which people can paste."""
    urls: list[str] = [node["url"] for node in catalogue["flow"]["nodes"] if node["facet"]]
    return next(url for url in urls[1:] if "data-kb-paste" in (built / url / "index.html").read_text(encoding="utf-8"))


def test_of_the_labelled_texts_nearly_all_are_recognised_and_nothing_is_found_where_nothing_is(
    bench: Any, chromium: Browser, served: str, entries: list[dict[str, Any]]
) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(f"{served}about/")
        urls = [f"{served}assets/js/{bench.MATCH}", f"{served}pasted.json"]
        figures = bench.measure(entries, lambda texts: page.evaluate(bench.IN_BROWSER, [*urls, texts]))
    assert figures.rows >= 200
    assert figures.unrelated >= 100
    assert figures.first / figures.rows >= 0.95, figures.missed
    assert figures.in_three / figures.rows >= 0.99, figures.missed
    assert len(figures.false) / figures.unrelated <= 0.02, figures.false


def test_the_labelled_texts_are_of_many_kinds(bench: Any, entries: list[dict[str, Any]]) -> None:
    rows = bench.rows(entries)
    assert len({row.noise for row in rows}) >= 30
    assert len({row.pasted for row in rows}) == len(rows)


def test_the_scripts_of_the_field_weigh_no_more_than_they_may(built: Path) -> None:
    scripts = sorted((built / "assets/js/paste").glob("*.js"))
    weights = {path.name: len(gzip.compress(path.read_bytes(), 9, mtime=0)) for path in scripts}
    assert set(weights) == {"main.js", "match.js"}
    assert sum(weights.values()) <= MOST, weights


def test_everything_that_is_offered_is_there(site: Any, entries: list[dict[str, Any]]) -> None:
    urls = {link["url"].partition("#")[0] for entry in entries for link in entry["links"]}
    assert urls
    assert urls <= set(site.pages)


@pytest.mark.parametrize(
    ("pasted", "text", "how"),
    [
        ("E50076", "E50076", "number"),
        ("Screen broken: E50076, E50077", "E50076", "number"),
        ("You have 7 days left", "You have 5 days left", "same"),
        ("You have five days left", "You have 5 days left", "near"),
        ("Hello Anna Berg, your badge is lost", "Hello …, your badge is lost", "same"),
        ("left days have", "You have 5 days left", "words"),
        ("left days have\nID: 8fdc0a48-915a-4099-b368-bf7ac719bf00", "You have 5 days left", "words"),
        ("12 days until Monday", None, None),
    ],
)
def test_a_text_is_matched_by_its_number_then_word_for_word_then_by_what_is_nearest(
    pasted: str, text: str | None, how: str | None, match: Match
) -> None:
    known = ["You have 5 days left", "Hello …, your badge is lost", "E50076", "E50077", "…"]
    assert [(hit["text"], hit["how"]) for hit in match(pasted, known)][:1] == ([(text, how)] if text else [])


@pytest.mark.parametrize(
    ("pasted", "sure"),
    [("ABC50076", 1), ("abc 50076", 1), ("AB50076", 0.95), ("Error: 50076", 0.9), ("50076", 0.85)],
)
def test_a_number_is_surer_with_its_letters(pasted: str, sure: float, match: Match) -> None:
    assert [hit["sure"] for hit in match(pasted, ["ABC50076"])] == [sure]


@pytest.mark.parametrize(
    "pasted", ["we sold 50076 of them in the year 2025", "12:50:076", "2026-50076-1", "x@50076.example"]
)
def test_digits_of_something_else_are_no_number(pasted: str, match: Match) -> None:
    assert match(pasted, ["ABC50076"]) == []


@pytest.mark.parametrize("pasted", ["", " \n", "a" * 100_000, "\ud800", "(" * 5000, "5 " * 20_000])
def test_what_is_no_message_is_none_in_good_time(pasted: str, match: Match) -> None:
    assert match(pasted, ["You have 5 days left", "ABC50076"]) == []


def test_no_more_than_three_are_offered(match: Match) -> None:
    known = [f"The door number {letter} is open" for letter in "abcdefgh"]
    assert len(match("The door number is open", known)) == 3


@pytest.mark.parametrize("where", ["home", "question", "list"])
def test_a_number_leads_to_its_article_and_says_why_and_how_sure_it_is(
    where: str, page: Page, served: str, question: str, entries: list[dict[str, Any]]
) -> None:
    entry = next(entry for entry in entries if entry["text"] == NUMBER)
    page.goto(served + {"home": "", "question": question, "list": "symptoms/messages/"}[where])
    page.get_by_label(FIELD).fill(f"Error: {NUMBER}: something")
    hit = page.locator(".kb-paste__hit")
    expect(hit).to_have_count(1)
    expect(hit.locator("p")).to_contain_text(f"Sure. Your text has this number: {NUMBER} {entry['means']}")
    expect(hit.get_by_role("link")).to_have_text([link["title"] for link in entry["links"]])
    expect(page.get_by_role("status").first).to_have_text("Number of matches: 1")
    hit.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(entry["links"][0]["title"])


def test_a_guess_is_called_one_and_other_ways_stand_beside_it(page: Page, served: str) -> None:
    page.goto(served)
    before = page.url
    page.get_by_label(FIELD).fill("limit text codes")
    expect(page.locator(".kb-paste__hit p").first).to_contain_text("Perhaps. Your text has words of this message:")
    expect(page.get_by_role("link", name="Look through all messages")).to_be_visible()
    assert page.url == before


def test_where_nothing_is_found_that_is_said_with_other_ways(page: Page, served: str) -> None:
    page.goto(served)
    page.get_by_label(FIELD).fill("the printer is out of paper again")
    expect(page.get_by_text("We know no message or number like this.")).to_be_visible()
    expect(page.get_by_role("link", name="Look through all messages")).to_be_visible()
    expect(page.locator(".kb-paste__hit")).to_have_count(0)
    page.get_by_label(FIELD).fill("")
    expect(page.get_by_role("link", name="Look through all messages")).to_be_hidden()


def test_nothing_is_asked_of_the_server_before_somebody_turns_to_the_field_nor_while_they_type(
    page: Page, served: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(served)
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if url.endswith(("match.js", "pasted.json"))]
    with page.expect_response("**/pasted.json"):
        page.get_by_label(FIELD).focus()
    page.wait_for_load_state("networkidle")
    asked.clear()
    page.get_by_label(FIELD).press_sequentially("You have too many devices", delay=5)
    expect(page.locator(".kb-paste__hit")).to_have_count(1)
    assert asked == []


def test_ids_and_time_of_an_error_page_are_kept_for_the_report_and_can_be_forgotten(page: Page, served: str) -> None:
    pasted = (PAGES / "conditional-access.txt").read_text(encoding="utf-8").partition("---\n")[0]
    page.goto(f"{served}symptoms/messages/")
    page.get_by_label(FIELD).fill(pasted)
    expect(page.locator(".kb-paste__kept")).to_have_text(
        "Kept for your report to the help desk: Correlation ID, Request ID, time."
    )
    expect(page.get_by_role("button", name="Forget everything")).to_be_visible()
    page.locator(".kb-paste__hit").get_by_role("link").first.click()
    page.get_by_role("button", name="Write the report").click()
    expect(page.locator("[name=correlationId]")).to_have_value("e2af9d80-f80a-4465-ac5b-3ce95baa4b9b")
    expect(page.locator("[name=requestId]")).to_have_value("8fdc0a48-915a-4099-b368-bf7ac719bf00")
    expect(page.locator("[name=time]")).to_have_value("2026-11-21T09:14:03.113Z")
    expect(page.locator("[name=code]")).to_have_value("AADSTS53003")


def test_a_text_without_ids_keeps_nothing_until_a_page_is_chosen(page: Page, served: str) -> None:
    page.goto(served)
    page.get_by_label(FIELD).fill("You have too many devices registered")
    link = page.locator(".kb-paste__hit").get_by_role("link").first
    expect(link).to_be_visible()
    assert page.evaluate("localStorage.getItem('kb:memory')") is None
    link.click()
    page.get_by_role("button", name="Write the report").click()
    expect(page.locator("[name=message]")).to_have_value("You have too many devices registered")


def test_a_hostile_page_is_only_text(page: Page, served: str) -> None:
    page.goto(served)
    hostile = (PAGES / "hostile.txt").read_text(encoding="utf-8")
    page.get_by_label(FIELD).fill(f"{hostile}\n{NUMBER}<img src=x onerror=ran=1>")
    expect(page.locator(".kb-paste__hit")).to_have_count(1)
    assert page.locator(".kb-paste img, .kb-paste script").count() == 0
    assert page.evaluate("window.ran") is None


def test_after_a_look_at_a_page_and_back_it_works_again(page: Page, served: str, question: str) -> None:
    page.goto(f"{served}{question}")
    page.get_by_label(FIELD).fill(NUMBER)
    page.locator(".kb-paste__hit").get_by_role("link").first.click()
    page.wait_for_url("**/problems/**")
    page.go_back()
    page.wait_for_url(f"**/{question}")
    page.get_by_label(FIELD).fill("You have too many devices registered")
    expect(page.locator(".kb-paste__hit p").first).to_contain_text("You have too many devices registered")


def test_with_blocked_storage_it_works_and_nothing_fails(chromium: Browser, served: str) -> None:
    with chromium.new_context() as context:
        context.add_init_script(BLOCKED)
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text))
        page.goto(served)
        page.get_by_label(FIELD).fill((PAGES / "conditional-access.txt").read_text(encoding="utf-8"))
        expect(page.locator(".kb-paste__hit")).to_have_count(1)
        page.locator(".kb-paste__hit").get_by_role("link").first.click()
        page.wait_for_url("**/problems/**")
        assert faults == []


def test_what_cannot_be_loaded_is_said_and_tried_again(page: Page, served: str) -> None:
    page.route("**/pasted.json", lambda route: route.abort())
    page.goto(served)
    page.get_by_label(FIELD).fill(NUMBER)
    expect(page.get_by_text("The list of messages could not be loaded.")).to_be_visible()
    expect(page.get_by_role("link", name="Look through all messages")).to_be_visible()
    page.unroute("**/pasted.json")
    page.get_by_label(FIELD).blur()
    with page.expect_response("**/pasted.json"):
        page.get_by_label(FIELD).focus()
    page.get_by_label(FIELD).fill(f"{NUMBER} ")
    expect(page.locator(".kb-paste__hit")).to_have_count(1)


def test_a_strict_policy_refuses_nothing_of_it(page: Page, served: str) -> None:
    def strict(route: Route) -> None:
        reply = route.fetch()
        route.fulfill(response=reply, headers=reply.headers | {"content-security-policy": POLICY})

    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.route(served, strict)
    page.goto(served)
    page.get_by_label(FIELD).fill(NUMBER)
    expect(page.locator(".kb-paste__hit")).to_have_count(1)
    assert [text for text in said if "Content Security" in text] == []


def test_axe_finds_nothing_in_what_is_found_and_nothing_has_to_be_pushed_sideways(page: Page, served: str) -> None:
    page.goto(served)
    page.get_by_label(FIELD).fill((PAGES / "json.txt").read_text(encoding="utf-8"))
    expect(page.locator(".kb-paste__hit")).to_have_count(1)
    found = Axe().run(page).response["violations"]
    assert [violation["id"] for violation in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("where", ["", "question"])
def test_without_scripts_a_link_leads_to_the_list_of_messages(
    where: str, chromium: Browser, served: str, question: str
) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(served + (question if where else ""))
        expect(page.get_by_label(FIELD)).to_be_hidden()
        page.get_by_role("link", name="Look your message up in the list of all messages").click()
        page.wait_for_url("**/symptoms/messages/")
        expect(page.get_by_label(FIELD)).to_be_hidden()
