"""What `make generate` writes, built without a hook, a template or a script of ours: by MkDocs and its theme alone, and
by Zensical where it is installed."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import builder
import reader

# What only our templates and the theme's have: the frame, explanations of words, the sentence about changed questions.
FRAME = re.compile(r"kb-|word-|__|changed$")
OWN_404 = "404.html"
"""Every theme has its own."""


ZENSICAL = Path(__file__).parents[2] / ".venv/zensical/bin/python"
"""`make bench` installs it, into an environment of its own."""
GENERATORS = {"mkdocs": Path(sys.executable)} | ({"zensical": ZENSICAL} if ZENSICAL.exists() else {})


@pytest.fixture(scope="module", params=GENERATORS)
def plain(request: pytest.FixtureRequest, built: Path, tmp_path_factory: pytest.TempPathFactory) -> reader.Site:
    """The same site, built by another generator of what was written for it."""
    python, folder = str(GENERATORS[request.param]), tmp_path_factory.mktemp("plain") / "out"
    environment = os.environ | {"SOURCE_DATE_EPOCH": builder.DAY, "NO_MKDOCS_2_WARNING": "1"}
    for command, where in (
        ([sys.executable, "hooks/generate.py", "--config", "published.yml", str(folder)], built.parent),
        ([python, "-m", request.param, "build", "--strict"], folder),
    ):
        done = subprocess.run(command, cwd=where, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    return reader.Site(folder / "site", builder.ADDRESS)


def test_it_has_the_same_addresses(site: reader.Site, plain: reader.Site) -> None:
    assert plain.pages.keys() == site.pages.keys()


def test_its_pages_have_the_same_titles(site: reader.Site, plain: reader.Site) -> None:
    # Where a title is long, ours leaves out the name of the site.
    named = {url: page.title.partition(" - ")[0] for url, page in site.pages.items() if url != OWN_404}
    assert {url: plain.pages[url].title.partition(" - ")[0] for url in named} == named


def test_its_pages_have_the_same_descriptions(site: reader.Site, plain: reader.Site) -> None:
    told = {url: page.metas["description"] for url, page in site.pages.items() if "description" in page.metas}
    told.pop(OWN_404, None)
    assert {url: plain.pages[url].metas.get("description") for url in told} == told


def test_every_address_within_a_page_stays(site: reader.Site, plain: reader.Site) -> None:
    lost = {
        url: missing
        for url, page in site.pages.items()
        if (missing := {one for one in page.ids if not FRAME.match(one)} - set(plain.pages[url].ids))
    }
    assert lost == {}


def test_whoever_comes_from_a_page_gets_on_to_all_the_pages_that_it_leads_to(
    site: reader.Site, plain: reader.Site
) -> None:
    lost = {
        url: missing
        for url, page in site.pages.items()
        if url != OWN_404 and (missing := leads(site, page) - leads(plain, plain.pages[url]))
    }
    assert lost == {}


def leads(site: reader.Site, page: reader.Page) -> set[str]:
    """The pages of the site to which a page leads by itself: not by its frame, nor by what explains a word."""
    found = set()
    for link in page.links:
        around = " ".join(link.inside)
        if not link.loaded and "main" in around and "kb-explanation" not in around and "md-path" not in around:
            found.add((site.resolve(page, link.address) or ("", ""))[0])
    return found
