"""Every address in the built site leads somewhere, and the browser fetches nothing from anywhere else."""

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import builder
import reader
import server

NO_PLACE = {"", "#"}
"""What the theme writes where a script does the work."""
STATE = "keep="
"""Begins a fragment that is no place but what the flow's script carries along."""


def test_every_link_leads_to_a_file_of_the_site_and_every_fragment_to_an_id(site: reader.Site) -> None:
    ids = {url: frozenset(page.ids) for url, page in site.pages.items()}
    broken = []
    for page in site.pages.values():
        for link in page.links:
            target = site.resolve(page, link.address)
            if target is None or link.address in NO_PLACE:
                continue
            path, fragment = target
            file = f"{path}index.html" if path == "" or path.endswith("/") else path
            if file not in site.files:
                broken.append(f"{page.url}:{link.line}: {link.address} leads to no file")
            elif (
                fragment
                and not fragment.startswith(STATE)
                and (there := site.page_at(path))
                and fragment not in ids[there.url]
            ):
                broken.append(f"{page.url}:{link.line}: {link.address} names no id on that page")
    assert broken == []


def test_no_link_runs_a_script_or_carries_data(site: reader.Site) -> None:
    schemes = ("javascript:", "vbscript:", "data:")
    assert [
        f"{page.url}:{link.line}: {link.address[:60]}"
        for page in site.pages.values()
        for link in page.links
        if not link.loaded and link.address.strip().lower().startswith(schemes)
    ] == []


def test_links_to_other_sites_are_encrypted(site: reader.Site) -> None:
    assert [
        f"{page.url}:{link.line}: {link.address}"
        for page in site.pages.values()
        for link in page.links
        if link.address.startswith("http:")
    ] == []


def test_the_browser_is_told_to_fetch_nothing_from_another_host(site: reader.Site) -> None:
    foreign = [
        f"{page.url}:{link.line}: <{link.tag}> {link.address}"
        for page in site.pages.values()
        for link in page.links
        if link.loaded and not link.address.startswith("data:") and site.resolve(page, link.address) is None
    ]
    assert foreign == []


def test_our_stylesheets_fetch_nothing(site: reader.Site) -> None:
    ours = [name for name in site.files if name.startswith("assets/css/") and name.endswith(".css")]
    assert ours
    for name in ours:
        text = (site.folder / name).read_text(encoding="utf-8")
        assert "@import" not in text, name
        assert "url(http" not in text.replace("'", "").replace('"', ""), name
        assert "url(//" not in text.replace("'", "").replace('"', ""), name


def test_every_page_names_its_own_address_as_the_true_one(site: reader.Site) -> None:
    wrong = []
    for page in site.pages.values():
        moved = site.resolve(page, page.refresh) if page.refresh else None
        if page.indexed and page.canonicals != [site.address + page.url]:
            wrong.append(f"{page.url}: {page.canonicals}")
        if moved and page.canonicals != [site.address + moved[0]]:
            wrong.append(f"{page.url}: {page.canonicals}")
    assert wrong == []


def test_the_sitemap_is_the_list_of_pages_that_may_be_indexed(site: reader.Site) -> None:
    tree = ElementTree.parse(site.folder / "sitemap.xml")  # noqa: S314 - our own file
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    listed = [place.text or "" for place in tree.findall("s:url/s:loc", names)]
    assert len(listed) == len(set(listed))
    assert set(listed) == {
        site.address + page.url for page in site.pages.values() if page.indexed and page.url != "404.html"
    }


def test_linkchecker_crawls_the_served_site_without_error_or_warning(built: Path, tmp_path: Path) -> None:
    # A second opinion by another program. Without its AnchorCheck: that takes minutes, and the test above has it.
    # A file of settings of our own, so that nobody's own settings count. Without robots.txt and its like: pages that no
    # search engine may list are to be checked too. Its ten requests a second are for other people's servers.
    settings = tmp_path / "linkcheckerrc"
    settings.write_text(
        "[checking]\nthreads=4\nrobotstxt=0\nmaxrequestspersecond=1000\n[output]\nstatus=0\n", encoding="utf-8"
    )
    # Our own server, which allows it to go on without a pause.
    with server.serve(built, builder.PREFIX) as address:
        command = [sys.executable, "-m", "linkcheck", "--config", str(settings), address]
        done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    summary = re.search(r"(\d+) links in (\d+) URLs checked. (\d+) warnings? found.* (\d+) errors? found", done.stdout)
    assert summary, done.stdout[-2000:]
    assert int(summary[2]) > 100
    assert (summary[3], summary[4]) == ("0", "0")
