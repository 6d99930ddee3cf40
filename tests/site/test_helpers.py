"""What the site offers to those who help others: the questions in other words, and the whole map."""

import json
import re
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

import reader

ASSIST = "assist/"
RUNBOOK = "problems/admin-reset-user/"
OFFLINE = "map-offline.html"
LARGEST = 150_000
"""Bytes of the file for a device without network."""
SHEETS = 4


def targets(site: reader.Site, url: str) -> set[str]:
    """Where the links of a page lead within the site."""
    page = site.pages[url]
    return {resolved[0] for link in page.links if (resolved := site.resolve(page, link.address))}


@pytest.fixture(scope="module")
def problems(catalogue: dict[str, Any]) -> set[str]:
    return {article["url"] for article in catalogue["articles"] if article["kind"] == "problem"}


def test_every_state_of_the_flow_has_its_twin_for_helpers(site: reader.Site, catalogue: dict[str, Any]) -> None:
    twins = {ASSIST + node["url"].removeprefix("find/") for node in catalogue["flow"]["nodes"]}
    assert {url for url, page in site.pages.items() if url.startswith(ASSIST) and not page.refresh} == twins


def test_helpers_come_to_the_same_articles(site: reader.Site, problems: set[str]) -> None:
    def reached(folder: str) -> set[str]:
        return {target for url in site.pages if url.startswith(folder) for target in targets(site, url)} & problems

    assert reached(ASSIST) == reached("find/")


def test_the_questions_for_helpers_are_not_for_search(site: reader.Site) -> None:
    assert [url for url, page in site.pages.items() if url.startswith(ASSIST) and page.indexed] == []
    found = json.loads((site.folder / "search.json").read_text(encoding="utf-8"))["pages"]
    assert [one["url"] for one in found if one["url"].startswith(ASSIST)] == []


@pytest.mark.parametrize("url", ["", "find/", RUNBOOK])
def test_the_way_to_the_questions_for_helpers_is_in_sight(url: str, site: reader.Site) -> None:
    assert ASSIST in targets(site, url)


@pytest.mark.parametrize("url", ["symptoms/", RUNBOOK])
def test_the_way_to_the_map_is_in_sight(url: str, site: reader.Site) -> None:
    assert "map/" in targets(site, url)


def test_the_list_on_the_map_leads_to_every_problem_and_every_question_that_needs_no_unsure_answer(
    site: reader.Site, catalogue: dict[str, Any], problems: set[str]
) -> None:
    questions = {node["url"] for node in catalogue["flow"]["nodes"] if "-unsure/" not in node["url"]}
    assert targets(site, "map/") >= problems | questions


def test_every_node_of_the_picture_is_a_link_that_the_list_has_too(site: reader.Site, problems: set[str]) -> None:
    html = (site.folder / "map/index.html").read_text(encoding="utf-8")
    drawn = [urljoin("/map/", address).removeprefix("/") for address in re.findall(r'xlink:href="([^"]+)"', html)]
    assert len(drawn) == html.count("<rect ")
    assert set(drawn) <= targets(site, "map/")
    assert problems <= set(drawn)


def test_the_file_without_network_is_small_and_loads_nothing(site: reader.Site) -> None:
    assert len((site.folder / OFFLINE).read_bytes()) <= LARGEST
    # An empty icon keeps the browser from asking for one.
    assert [link.address for link in site.pages[OFFLINE].links if link.loaded] == ["data:,"]


def test_the_file_without_network_names_every_problem_by_its_full_address(
    site: reader.Site, problems: set[str]
) -> None:
    addresses = {link.address for link in site.pages[OFFLINE].links if not link.loaded}
    assert {site.address + url for url in problems} <= addresses
    inside = {address for address in addresses if not address.startswith(site.address)}
    assert {address.removeprefix("#") for address in inside} <= set(site.pages[OFFLINE].ids)


def test_the_file_without_network_opens_from_disk(site: reader.Site, chromium: Browser) -> None:
    with chromium.new_context(offline=True, viewport={"width": 360, "height": 740}, color_scheme="dark") as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        address = (site.folder / OFFLINE).as_uri()
        page.goto(address)
        page.get_by_role("link", name="what to try").first.click()
        expect(page.locator("h3:target")).to_be_visible()
        assert [url for url in asked if url.partition("#")[0] not in (address, "data:,")] == []


@pytest.fixture
def page(chromium: Browser, served: str) -> Any:
    with chromium.new_context(base_url=served, viewport={"width": 360, "height": 740}) as context:
        yield context.new_page()


def test_from_the_first_page_a_helper_comes_to_the_article(page: Page) -> None:
    page.goto("")
    page.get_by_role("link", name="Helping somebody else?").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What does the person see?")
    for answer in (
        "No code, call or notification reaches them",
        "With a code in a text message",
        "It is with them and works",
    ):
        page.get_by_role("link", name=answer).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("The text message with my code never arrives")
    assert urlsplit(page.url).path.endswith("/problems/no-text-code/")


def test_when_a_helper_changes_an_answer_the_later_ones_are_kept(page: Page) -> None:
    page.goto("assist/situation-not-arriving/method-text/")
    page.get_by_role("link", name=re.compile(r"Change\s?: What does the person see")).click()
    # The heading is there before the script has run that keeps answers.
    page.wait_for_url("**/assist/#keep=method-text", wait_until="load")
    page.get_by_role("link", name="No code, call or notification reaches them").click()
    page.wait_for_url("**/assist/situation-not-arriving/method-text/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("What about their phone?")


def test_on_a_phone_the_picture_is_pushed_about_and_not_the_page(page: Page) -> None:
    page.goto("map/")
    region = page.locator(".kb-map__scroll")
    region.focus()
    wide = region.evaluate("one => [one.scrollWidth > one.clientWidth, document.documentElement.scrollWidth]")
    assert wide == [True, 360]
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.kb-map__scroll').scrollLeft > 0")


def test_a_node_of_the_picture_is_followed(page: Page) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto("symptoms/")
    page.get_by_role("link", name="the whole map").click()
    node = page.locator("svg .kb-map__node").nth(1)
    node.hover()
    node.click()
    page.wait_for_url("**/find/situation-not-arriving/")
    assert faults == []


def test_the_words_of_a_node_stay_in_it(page: Page) -> None:
    page.goto("map/")
    crossing = page.locator("svg .kb-map__node").evaluate_all(
        """nodes => nodes.flatMap((node) => {
          const box = node.querySelector("rect").getBBox();
          const lines = [...node.querySelectorAll("tspan")];
          const end = (line) => line.getEndPositionOfChar(line.textContent.length - 1).x;
          return lines.filter((line) => end(line) > box.x + box.width).map((line) => line.textContent);
        })"""
    )
    assert crossing == []


def test_the_map_prints_on_a_few_sheets(chromium: Browser, served: str) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(served + "map/")
        sheets = re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="A4"))
        assert 1 <= len(sheets) <= SHEETS


def test_a_step_sent_by_a_helper_is_what_opens(page: Page) -> None:
    page.goto("problems/admin-reset-user/")
    page.get_by_role("link", name="from turning on texts").click()
    page.wait_for_url("**/problems/no-text-code/#turn-on-texts")
    expect(page.locator("#turn-on-texts")).to_be_in_viewport()
