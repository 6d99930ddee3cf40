"""A fork fills in one block: its help desk on every page, in the reader's time, and feedback that goes there."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

import builder
import reader
import server

BEGIN = "  # organisation:\n"
PAGES = (
    "problems/no-text-code/",
    "remedies/ask-help-desk/",
    "reference/provenance/",
    "symptoms/situation/",
    "about/",
    "",
)
HOURS = {
    "zone": "Europe/London",
    "week": [[[480, 1080]], [[480, 1080]], [[480, 1080]], [[480, 1080]], [[480, 720], [780, 960]], [], []],
}


@pytest.fixture(scope="module")
def fork(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of somebody who took the signs away that make the block a comment, and changed nothing else."""
    folder = tmp_path_factory.mktemp("fork")
    for name in builder.SOURCES:
        shutil.copytree(root / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    before, block = (root / "mkdocs.yml").read_text(encoding="utf-8").split(BEGIN)
    lines = [line.replace("  # ", "  ", 1) for line in (BEGIN + block).splitlines()]
    (folder / "mkdocs.yml").write_text(before + "\n".join(lines) + "\n", encoding="utf-8")
    return builder.build(folder, folder / "project")


@pytest.fixture(scope="module")
def forked(fork: Path) -> Iterator[str]:
    with server.serve(fork, builder.PREFIX) as address:
        yield address


@pytest.fixture(scope="module")
def window(chromium: Browser) -> Iterator[Page]:
    with chromium.new_context(timezone_id="Asia/Tokyo", viewport={"width": 360, "height": 740}) as context:
        yield context.new_page()


def said(page: Page, forked: str, now: str, zone: str, hours: dict[str, Any]) -> str:
    """What hours.js says at a moment, in a zone."""
    page.goto(f"{forked}about/")
    code = """async ([address, hours, now, zone]) => (await import(address)).status(hours, Date.parse(now), zone)"""
    return str(page.evaluate(code, [f"{forked}assets/js/help/hours.js", hours, now, zone]))


@pytest.mark.parametrize(
    ("now", "zone", "text"),
    [
        ("2026-11-24T09:00Z", "Europe/London", "Open now, until 18:00 your time."),
        ("2026-11-24T09:00Z", "Asia/Tokyo", "Open now, until Wednesday 03:00 your time."),
        ("2026-11-24T07:59Z", "Europe/Berlin", "Closed now. Opens 09:00 your time."),
        ("2026-11-24T18:00Z", "Europe/London", "Closed now. Opens Wednesday 08:00 your time."),
        ("2026-11-27T12:30Z", "Europe/London", "Closed now. Opens 13:00 your time."),
        ("2026-11-28T12:00Z", "America/New_York", "Closed now. Opens Monday 03:00 your time."),
        # The clocks of London go forward in the night to Sunday, 28 March 2027; those of Tokyo never.
        ("2027-03-27T12:00Z", "Asia/Tokyo", "Closed now. Opens Monday 16:00 your time."),
        ("2027-03-20T12:00Z", "Asia/Tokyo", "Closed now. Opens Monday 17:00 your time."),
    ],
)  # fmt: skip
def test_the_hours_are_told_in_the_person_s_own_time(now: str, zone: str, text: str, window: Page, forked: str) -> None:
    assert said(window, forked, now, zone, HOURS) == text


def test_somebody_who_is_always_there_is_said_to_be(window: Page, forked: str) -> None:
    always = {"zone": "UTC", "week": [[[0, 1440]]] * 7}
    assert said(window, forked, "2026-11-24T09:00Z", "UTC", always) == "Open now, day and night."
    never: dict[str, Any] = {"zone": "UTC", "week": [[]] * 7}
    assert said(window, forked, "2026-11-24T09:00Z", "UTC", never) == ""
    night = {"zone": "UTC", "week": [[[1200, 1440]], [[0, 360]], [], [], [], [], []]}
    until = said(window, forked, "2026-11-23T21:00Z", "UTC", night)
    assert until == "Open now, until Tuesday 06:00 your time."


@pytest.mark.parametrize("address", PAGES)
def test_the_details_are_the_same_on_every_page(address: str, window: Page, forked: str) -> None:
    window.goto(forked + address)
    box = window.locator(".kb-human")
    assert box.locator("a[href='tel:+442079460000']").inner_text() == "+44 20 7946 0000"
    assert box.locator("a[href='mailto:help@contoso.example']").count() == 1
    assert "The Contoso help desk" in box.inner_text()
    assert box.locator("[data-kb-open]").inner_text().endswith("your time.")
    # Tokyo is nine hours ahead of London, or eight.
    assert "(your time: 1" in box.locator("[data-kb-day='0']").inner_text()


@pytest.mark.parametrize("address", PAGES[:3])
def test_axe_finds_nothing(address: str, window: Page, forked: str) -> None:
    window.goto(forked + address)
    assert [found["id"] for found in Axe().run(window).response["violations"]] == []
    assert window.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_without_scripts_the_zone_is_named(chromium: Browser, forked: str) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{forked}problems/no-text-code/")
        box = page.locator(".kb-human")
        assert "Europe/London" in box.inner_text()
        assert "Monday to Thursday: 08:00 to 18:00" in box.inner_text()
        assert not box.locator("[data-kb-open]").is_visible()


@pytest.fixture
def report(chromium: Browser, forked: str) -> Iterator[Page]:
    """The report of a problem, with more to tell than any address holds."""
    with chromium.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        context.route("https://help.contoso.example/**", lambda asked: asked.fulfill(body="A form"))
        page = context.new_page()
        page.goto(f"{forked}problems/no-text-code/")
        page.get_by_role("button", name="Write the report").click()
        page.get_by_role("textbox", name="The report", exact=True).fill(
            "\n".join(f"{number}. It did not work & I tried 100 % again." for number in range(60))
        )
        yield page


def test_the_report_opens_in_the_ticket_form_within_its_limit_and_the_rest_is_copied(report: Page) -> None:
    told = report.get_by_role("textbox", name="The report", exact=True).input_value().splitlines()
    with report.context.expect_page() as opened:
        report.get_by_role("link", name="Open the help desk's form").click()
    url = opened.value.url
    assert url.startswith("https://help.contoso.example/new?")
    assert 1900 < len(url) <= 2000
    fields = parse_qs(urlsplit(url).query)
    assert fields["title"] == [report.locator("h1").evaluate("heading => heading.firstChild.textContent")]
    _the_rest_is_copied(report, told, fields["text"][0])


def test_the_report_opens_in_a_mail_to_the_organisation_and_the_rest_is_copied(report: Page) -> None:
    told = report.get_by_role("textbox", name="The report", exact=True).input_value().splitlines()
    # The address that would open: no mail program is started.
    report.evaluate("addEventListener('click', event => { window.opens = event.target.href; event.preventDefault() })")
    report.get_by_role("link", name="Mail", exact=True).click()
    url = str(report.evaluate("window.opens"))
    assert url.startswith("mailto:help@contoso.example?")
    assert 1800 < len(url) <= 1900
    fields = parse_qs(urlsplit(url).query)
    assert fields["subject"] == [report.locator("h1").evaluate("heading => heading.firstChild.textContent")]
    _the_rest_is_copied(report, told, fields["body"][0])


def test_a_report_that_fits_leaves_no_rest(report: Page) -> None:
    report.get_by_role("textbox", name="The report", exact=True).fill("It did not work.")
    with report.context.expect_page() as opened:
        report.get_by_role("link", name="Open the help desk's form").click()
    assert parse_qs(urlsplit(opened.value.url).query)["text"] == ["It did not work."]
    expect(report.get_by_role("button", name="Copy the rest")).to_be_hidden()


def test_without_an_organisation_no_form_is_offered_and_the_mail_has_no_address(built: Path) -> None:
    html = (built / "problems/no-text-code/index.html").read_text(encoding="utf-8")
    assert 'data-report="ticket"' not in html
    assert 'data-template="mailto:?subject=' in html


def _the_rest_is_copied(report: Page, told: list[str], handed: str) -> None:
    """What went along and what was copied make the whole report."""
    expect(report.locator("[data-report=status]")).to_contain_text("Not all of the report fits")
    report.bring_to_front()
    report.get_by_role("button", name="Copy the rest").click()
    expect(report.locator("[data-report=status]")).to_contain_text("The rest is copied")
    *lines, notice = handed.split("\r\n")
    assert notice.startswith("(The rest did not fit")
    assert [*lines, *report.evaluate("navigator.clipboard.readText()").splitlines()] == told


def test_feedback_goes_to_the_organisation_s_mail(window: Page, forked: str) -> None:
    window.goto(f"{forked}problems/no-text-code/")
    links = [str(link.get_attribute("href")) for link in window.locator(".kb-feedback a").all()]
    assert len(links) == 4
    for link in links:
        assert link.startswith("mailto:help@contoso.example?")
        fields = parse_qs(urlsplit(link).query)
        assert f"{builder.ADDRESS}problems/no-text-code/" in fields["body"][0]


def test_without_an_organisation_feedback_fills_in_the_form(site: reader.Site, root: Path, built: Path) -> None:
    form = (root / ".github/ISSUE_TEMPLATE/this-page-did-not-help.yml").read_text(encoding="utf-8")
    html = (built / "problems/no-text-code/index.html").read_text(encoding="utf-8")
    assert html.count('class="kb-feedback"') == 1
    links = [link.address for link in site.pages["problems/no-text-code/"].links if "&reason=" in link.address]
    assert len(links) == 4
    for link in links:
        fields = parse_qs(urlsplit(link).query)
        assert fields["template"] == ["this-page-did-not-help.yml"]
        assert fields["page"] == [f"{builder.ADDRESS}problems/no-text-code/"]
        assert f"- {fields['reason'][0]}\n" in form
