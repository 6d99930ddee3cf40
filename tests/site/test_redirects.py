"""Addresses that pages once had still lead to what took their place."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

import builder
import reader
from kb import knowledge, record, source
from kb.article import MESSAGES
from kb.record import Record
from kb.source import Source


def test_every_old_address_sends_people_on_to_a_page_and_a_section_that_exist(
    site: reader.Site, catalogue: dict[str, Any]
) -> None:
    assert catalogue["redirects"]
    for redirect in catalogue["redirects"]:
        path, _, section = redirect["from"].partition("#")
        page = site.pages[f"{path}/"]
        to, _, anchor = redirect["to"].partition("#")
        assert not anchor or anchor in site.pages[to].ids, redirect
        # A section that a page no longer has is told on that page.
        assert page.indexed == (to == page.url), redirect
        assert (to, anchor) in {site.resolve(page, link.address) for link in page.links}, redirect
        # Where an old page was split up, whoever comes without scripts sees a list, and lands on the right line of it.
        assert section in page.ids if section else page.refresh or page.ids, redirect


def test_somebody_who_follows_an_old_address_arrives(chromium: Browser, served: str, catalogue: dict[str, Any]) -> None:
    whole = next(one for one in catalogue["redirects"] if "#" not in one["from"])
    section = next(one for one in catalogue["redirects"] if "#" in one["from"])
    with chromium.new_context() as context:
        for redirect in (whole, section):
            page = context.new_page()
            page.goto(served + redirect["from"])
            page.wait_for_url(served + redirect["to"])
            assert page.locator("h1").count() == 1


def test_the_old_address_of_a_page_that_was_split_up_shows_what_became_of_it(
    site: reader.Site, catalogue: dict[str, Any]
) -> None:
    sections = [one["from"].partition("#") for one in catalogue["redirects"] if "#" in one["from"]]
    for path in {path for path, _, _ in sections}:
        page = site.pages[f"{path}/"]
        assert not page.refresh
        assert {section for other, _, section in sections if other == path} <= set(page.ids)


def test_hosts_that_read_a_list_of_redirects_get_one(site: reader.Site, catalogue: dict[str, Any]) -> None:
    lines = (site.folder / "_redirects").read_text(encoding="utf-8").splitlines()
    rules = [line.split() for line in lines if line and not line.startswith("#")]
    listed = {rule[0] for rule in rules}
    # A server never sees fragments, so a page that was split up stays a page.
    split = {one["from"].partition("#")[0] for one in catalogue["redirects"] if "#" in one["from"]}
    assert listed == {
        f"{builder.PREFIX}{one['from']}" for one in catalogue["redirects"] if one["from"].partition("#")[0] not in split
    }


def test_every_address_that_the_site_ever_had_leads_somewhere(site: reader.Site, root: Path) -> None:
    recorded = source.read(root / "docs" / record.PATH)
    assert isinstance(recorded, Source)
    found = record.parse(recorded)
    assert isinstance(found, Record)
    assert found.lines
    for address in found.lines:
        path, _, section = address.partition("#")
        page = site.pages[path if path.endswith(".html") else f"{path}/"]
        # A page that moves on by itself takes a section along.
        assert not section or section in page.ids or page.refresh, address


def test_the_sections_that_the_engine_knows_are_those_of_the_pages(site: reader.Site, root: Path) -> None:
    for article in knowledge.load(root / "docs").articles:
        page = (site.folder / article.url / "index.html").read_text(encoding="utf-8").partition("<article")[2]
        published = set(re.findall(r'<h[2-6][^>]* id="([^"]+)"', page))
        # Kept free on every problem; only those have it whose headings do not say all messages.
        known = {*article.sections, *article.other_anchors} - {MESSAGES}
        assert known <= published, article.slug
