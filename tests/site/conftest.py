"""The real site, built and served once for all tests of it, and one browser."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, ViewportSize, sync_playwright

import browser as found
import builder
import nginx
import reader
from kb import lock

SIZES: dict[str, ViewportSize] = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}


@pytest.fixture(scope="session")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site, which all processes of this run share. Nobody writes into it."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        # Each process has a folder of its own in that of the run.
        shared = shared.parent
    project, guard = shared / "real-site", shared / "real-site.lock"
    held = lock.take(guard, lambda: None)
    try:
        # A build that failed has no site.
        if not (project / "site").is_dir():
            shutil.rmtree(project, ignore_errors=True)
            builder.build(root, project)
    finally:
        lock.give_back(guard, held)
    return project / "site"


@pytest.fixture(scope="session")
def site(built: Path) -> reader.Site:
    """The built site, read."""
    return reader.Site(built, builder.ADDRESS)


@pytest.fixture(scope="session")
def catalogue(built: Path) -> dict[str, Any]:
    """What the site says about itself to other programs."""
    read: dict[str, Any] = json.loads((built / "catalogue.json").read_text(encoding="utf-8"))
    return read


@pytest.fixture(scope="session")
def served(built: Path) -> Iterator[str]:
    """The address at which nginx serves the site, with our settings and the headers of the build; ends in a slash."""
    with nginx.serve(built, builder.PREFIX) as address:
        yield address


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """One browser for all tests; each test opens its own window in it."""
    yield from _launched(playwright, found.find_quick())


@pytest.fixture(scope="session")
def usual_browser(playwright: Playwright) -> Iterator[Browser]:
    """The browser that people have, windows and all."""
    yield from _launched(playwright, found.find())


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """A new window of a phone's width."""
    with chromium.new_context(viewport=SIZES["phone"]) as context:
        yield context.new_page()


@pytest.fixture
def desk(chromium: Browser) -> Iterator[Page]:
    """A new window of a desk's width."""
    with chromium.new_context(viewport=SIZES["desk"]) as context:
        yield context.new_page()


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest) -> Page:
    """A new window, of a phone and of a desk. Modules that need another kind have their own."""
    window: Page = request.getfixturevalue(request.param)
    return window


def _launched(playwright: Playwright, program: Path | None) -> Iterator[Browser]:
    if program is None:
        pytest.fail(found.MISSING)
    launched = playwright.chromium.launch(executable_path=program, chromium_sandbox=found.sandboxed())
    yield launched
    launched.close()
