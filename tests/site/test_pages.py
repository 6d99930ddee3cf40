"""What every page of the built site keeps to."""

from collections import Counter
from typing import Any

import reader

HEAVIEST = 150_000
"""Bytes of the page of error numbers, the longest list of all."""


def test_every_page_has_exactly_one_main_heading(site: reader.Site) -> None:
    assert {page.url: page.headings for page in _shown(site) if len(page.headings) != 1} == {}


def test_every_page_says_its_language(site: reader.Site) -> None:
    assert [page.url for page in site.pages.values() if page.language != "en"] == []


def test_no_two_pages_that_may_be_indexed_share_a_title_or_a_description(site: reader.Site) -> None:
    indexed = [page for page in _shown(site) if page.indexed]
    assert indexed
    for said in ([page.title for page in indexed], [page.metas.get("description", "") for page in indexed]):
        assert [text for text, times in Counter(said).items() if times > 1 or not text] == []


def test_no_id_is_used_twice_on_a_page(site: reader.Site) -> None:
    assert {
        page.url: twice
        for page in site.pages.values()
        if (twice := [one for one, times in Counter(page.ids).items() if times > 1])
    } == {}


def test_no_page_has_an_inline_style_or_an_event_handler(site: reader.Site) -> None:
    # A strict Content-Security-Policy refuses both.
    assert {page.url: page.inline_styles for page in site.pages.values() if page.inline_styles} == {}
    assert {page.url: page.handlers for page in site.pages.values() if page.handlers} == {}


def test_the_title_of_an_article_starts_with_the_title_that_its_writer_gave(
    site: reader.Site, catalogue: dict[str, Any]
) -> None:
    for article in (*catalogue["articles"], *catalogue["remedies"]):
        page = site.pages[article["url"]]
        assert page.headings == [article["title"]]
        assert page.title.startswith(article["title"])


def test_pages_for_writers_and_states_of_the_flow_are_kept_from_search_engines(site: reader.Site) -> None:
    hidden = [page for page in _shown(site) if page.url.startswith(("contributing/", "find/")) and page.url != "find/"]
    assert hidden
    assert [page.url for page in hidden if page.indexed] == []


def test_every_article_and_every_list_leads_to_a_human(site: reader.Site, catalogue: dict[str, Any]) -> None:
    articles = {article["url"] for article in (*catalogue["articles"], *catalogue["remedies"])}
    without = []
    for page in _shown(site):
        if page.url not in articles and not page.url.startswith("symptoms/"):
            continue
        targets = {resolved[0] for link in page.links if (resolved := site.resolve(page, link.address))}
        if "problems/contact-help-desk/" not in targets:
            without.append(page.url)
    assert without == []


def test_each_error_number_has_a_place_on_a_page_that_is_not_too_heavy(
    site: reader.Site, catalogue: dict[str, Any]
) -> None:
    (url,) = {number["url"].partition("#")[0] for number in catalogue["numbers"]}
    assert {number["url"].partition("#")[2] for number in catalogue["numbers"]} <= set(site.pages[url].ids)
    assert site.pages[url].indexed
    assert len((site.folder / url / "index.html").read_bytes()) <= HEAVIEST


def _shown(site: reader.Site) -> list[reader.Page]:
    """Pages that people read: not those that only send them on."""
    return [page for page in site.pages.values() if not page.refresh]
