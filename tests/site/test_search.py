"""The search as people use it: what it finds and says, by keyboard, on a phone, by a link, and what it costs."""

import csv
import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from keyboard import tab_to

FIELD = "#kb-search input"
RESULTS = ".kb-results a"
END = ".kb-search-end a"
# Bytes with gzip.
FIRST_VISIT = 82_000


def ask(page: Page, query: str) -> list[str]:
    """Open the search with "/", type, and get the addresses of the results."""
    page.locator("h1").first.wait_for()
    page.keyboard.press("/")
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.type(query)
    page.locator(RESULTS).first.wait_for()
    expect(page.locator("[data-kb-state]")).not_to_have_text(re.compile("^Type"))
    return [str(link.get_attribute("href")) for link in page.locator(RESULTS).all()]


def test_nothing_for_the_search_is_loaded_before_somebody_searches(desk: Page, served: str) -> None:
    asked: list[str] = []
    desk.on("request", lambda request: asked.append(request.url))
    desk.goto(served)
    desk.wait_for_load_state("networkidle")
    assert [
        url
        for url in asked
        if re.search(r"search\.json|search/(main|find|minisearch)|search_index|worker|sitemap", url)
    ] == []
    asked.clear()
    ask(desk, "no sms")
    assert sorted(url.rpartition("/")[2] for url in asked) == ["find.js", "main.js", "minisearch.js", "search.json"]
    desk.keyboard.type(" from the bank")
    expect(desk.locator(RESULTS).first).to_be_visible()
    assert len(asked) == 4


def test_the_first_visit_of_an_article_is_light(
    desk: Page, served: str, built: Path, catalogue: dict[str, Any]
) -> None:
    paths: set[str] = set()
    desk.on("request", lambda request: paths.add(request.url.removeprefix(served).partition("?")[0]))
    desk.goto(served + catalogue["articles"][0]["url"])
    desk.wait_for_load_state("networkidle")
    files = [built / path / "index.html" if path.endswith("/") or not path else built / path for path in paths]
    weights = {file.relative_to(built).as_posix(): len(gzip.compress(file.read_bytes(), 6)) for file in files}
    assert sum(weights.values()) <= FIRST_VISIT, weights


def test_the_keys_lead_to_a_result_and_back(page: Page, served: str) -> None:
    page.goto(served)
    found = ask(page, "phone stolen")
    page.keyboard.press("ArrowDown")
    expect(page.locator(RESULTS).first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator(END).last).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#__search")).not_to_be_checked()
    page.keyboard.press("/")
    page.keyboard.press("Enter")
    page.wait_for_url(found[0])
    expect(page.locator("#__search")).not_to_be_checked()
    # Another page has taken its place; the search still works.
    assert ask(page, "phone stolen") == found


def test_a_link_with_a_question_opens_the_search_with_its_results(page: Page, served: str) -> None:
    page.goto(f"{served}about/?q=lost+phone")
    expect(page.locator(FIELD)).to_have_value("lost phone")
    expect(page.locator(RESULTS).first).to_contain_text("lost")


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("pasword reset not working", "password-reset-fails"),
        ("verificationcode invalid", "code-refused"),
        ("500121", "error-500121"),
        ("AADSTS 500121", "error-500121"),
        ("phones stolen", "phone-lost-or-stolen"),
        ("limit hit we've", "hit-our-limit"),
        ("cell missing", "phone-lost-or-stolen"),
        ("notifcations dont come", "no-app-notification"),
        ("mobile number", "new-or-wrong-number"),
    ],
    ids=[
        "a slip",
        "run together",
        "a number",
        "a number with its letters",
        "a plural",
        "another order",
        "synonyms",
        "a slip in a synonym",
        "a synonym in words that mean something together",
    ],
)
def test_an_article_is_found_by_the_words_of_people_in_a_hurry(query: str, slug: str, desk: Page, served: str) -> None:
    desk.goto(f"{served}?q={query}")
    desk.locator(RESULTS).first.wait_for()
    found = [str(link.get_attribute("href")) for link in desk.locator(RESULTS).all()[:3]]
    assert any(f"/{slug}/" in address for address in found), found


def test_who_asks_for_others_finds_what_is_for_them_first(desk: Page, served: str) -> None:
    for query, of_some in (("no code arrives", False), ("user no code arrives", True)):
        desk.goto(f"{served}?q={query}")
        first = desk.locator(RESULTS).first
        expect(first).to_be_visible()
        assert ("For " in first.inner_text()) == of_some, query


def test_articles_come_before_their_sections_remedies_and_lists(desk: Page, served: str) -> None:
    desk.goto(f"{served}?q=qr code")
    desk.locator(RESULTS).first.wait_for()
    kinds = desk.locator(".kb-results ol").evaluate_all("all => all.map(one => one.ariaLabel)")
    assert kinds == ["Problems", "Parts of pages", "Things to try", "Lists"]


def test_a_section_that_is_found_is_there(desk: Page, served: str, built: Path) -> None:
    desk.goto(f"{served}?q=qr code")
    section = desk.get_by_role("list", name="Parts of pages").get_by_role("link").first
    path, _, fragment = str(section.get_attribute("href")).removeprefix(served).partition("#")
    assert f'id="{fragment}"' in (built / path / "index.html").read_text(encoding="utf-8")


def test_a_result_says_why_it_is_there_and_whom_it_is_for(desk: Page, served: str, catalogue: dict[str, Any]) -> None:
    only = [one for one in catalogue["articles"] if one["audience"] == ["admin"] and one["phrases"]]
    phrase = only[0]["phrases"][0]
    desk.goto(f"{served}?q={phrase}")
    result = desk.locator(RESULTS, has_text=only[0]["title"]).first
    expect(result).to_contain_text(phrase)
    expect(result).to_contain_text("For administrators")
    assert result.locator("mark").count() > 0


def test_where_nothing_is_found_there_are_articles_the_questions_and_the_human(page: Page, served: str) -> None:
    page.goto(f"{served}?q=xyzzyxyzzy")
    page.locator(RESULTS).first.wait_for()
    expect(page.get_by_role("status").filter(has_text="come closest")).to_be_visible()
    ways = [str(link.get_attribute("href")) for link in page.locator(END).all()]
    assert len(ways) == 3
    for way in ways:
        reply = page.request.get(page.evaluate("way => new URL(way, location).href", way))
        assert reply.ok, way


def test_where_the_search_cannot_be_loaded_it_says_so_and_names_other_ways(desk: Page, served: str) -> None:
    desk.route("**/search.json", lambda route: route.abort())
    desk.goto(f"{served}?q=phone")
    expect(desk.get_by_text("could not be loaded")).to_be_visible()
    expect(desk.locator(END).first).to_be_visible()
    desk.unroute("**/search.json")
    desk.locator(FIELD).press_sequentially("s")
    expect(desk.locator(RESULTS).first).to_be_visible()


def test_it_works_under_a_strict_policy_and_asks_no_other_host(desk: Page, served: str) -> None:
    noise: list[str] = []
    asked: list[str] = []
    desk.on("console", lambda message: noise.append(message.text))
    desk.on("request", lambda request: asked.append(request.url))
    reply = desk.goto(served)
    assert reply
    assert "unsafe" not in reply.headers["content-security-policy"]
    assert ask(desk, "no sms")
    assert noise == []
    assert [url for url in asked if not url.startswith((served, "data:"))] == []
    assert [url for url in asked if "sms" in url] == []


@pytest.mark.parametrize("query", ["lost phone", "xyzzyxyzzy"])
def test_everybody_can_read_the_results(query: str, page: Page, served: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{served}?q={query}")
    page.locator(RESULTS).first.wait_for()
    page.wait_for_timeout(500)  # until the panel has come in
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_without_scripts_the_words_from_a_to_z_are_offered(chromium: Browser, served: str) -> None:
    with chromium.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(served)
        expect(page.locator(FIELD)).not_to_be_visible()
        page.get_by_role("link", name="Look your words up from A to Z").locator("visible=true").first.click()
        expect(page).to_have_url(f"{served}symptoms/phrases/")


def test_leaving_the_results_by_tab_closes_them(desk: Page, served: str) -> None:
    desk.goto(served)
    ask(desk, "xyzzyxyzzy")
    desk.locator(END).last.focus()
    desk.keyboard.press("Tab")
    expect(desk.locator("#__search")).not_to_be_checked()
    tab_to(desk, "Home")


def test_phrases_are_what_people_say_and_no_query_of_the_benchmark(root: Path, built: Path) -> None:
    queries = set()
    for file in sorted((root / "bench/search").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as rows:
            queries |= {row["query"] for row in csv.DictReader(rows) if len(row["query"].split()) > 5}
    data = json.loads((built / "search.json").read_text(encoding="utf-8"))
    assert len(queries) > 40
    assert queries.isdisjoint(phrase for one in data["pages"] for phrase in one.get("phrases", ()))
