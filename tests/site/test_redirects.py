"""Addresses that pages once had still lead to what took their place."""

from typing import Any

from playwright.sync_api import Browser

import builder
import reader


def test_every_old_address_sends_people_on_to_a_page_and_a_section_that_exist(
    site: reader.Site, catalogue: dict[str, Any]
) -> None:
    assert catalogue["redirects"]
    for redirect in catalogue["redirects"]:
        old = redirect["from"].partition("#")[0]
        page = site.pages[old if old.endswith(("/", ".html")) else f"{old}/"]
        assert page.refresh, redirect
        assert not page.indexed, redirect
        path, _, fragment = redirect["to"].partition("#")
        target = site.page_at(path)
        assert target is not None, redirect
        assert not target.refresh, redirect
        assert not fragment or fragment in target.ids, redirect


def test_somebody_who_follows_an_old_address_arrives(chromium: Browser, served: str, catalogue: dict[str, Any]) -> None:
    redirect = next(one for one in catalogue["redirects"] if "#" not in one["from"])
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(served + redirect["from"])
        page.wait_for_url(served + redirect["to"])
        assert page.locator("h1").count() == 1


def test_hosts_that_read_a_list_of_redirects_get_one(site: reader.Site, catalogue: dict[str, Any]) -> None:
    lines = (site.folder / "_redirects").read_text(encoding="utf-8").splitlines()
    rules = [line.split() for line in lines if line and not line.startswith("#")]
    listed = {rule[0] for rule in rules}
    for redirect in catalogue["redirects"]:
        old = "/" + redirect["from"].partition("#")[0]
        assert {old, builder.PREFIX.rstrip("/") + old} & listed, redirect
