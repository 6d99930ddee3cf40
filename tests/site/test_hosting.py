"""The same build on every host: nginx tried for real, the files of the others read."""

import gzip
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from html.parser import HTMLParser
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, Page, Route, expect

import builder
import nginx
import reader
from kb import policy
from kb.packed import SMALLEST, TEXTS

LONGEST = 2000
"""Characters of a line in `_headers`; Cloudflare Pages takes no more, and no more than so many rules:"""
RULES = 100
YEAR = "public, max-age=31536000, immutable"
MINUTES = "public, max-age=300"
WATCH = """
    window.violations = []
    addEventListener("securitypolicyviolation", found =>
        violations.push(`${found.violatedDirective}: ${found.blockedURI} ${found.sample}`))
"""


class _Scripts(HTMLParser):
    """The scripts that stand in a page itself, as a browser finds them, and its policy."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.policies: list[str] = []
        self.scripts: list[str] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "meta" and given.get("http-equiv") == "Content-Security-Policy":
            self.policies.append(given["content"] or "")
        if tag == "script" and "src" not in given and given.get("type", "module") in ("module", "text/javascript"):
            self._open = True
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self._open:
            self.scripts[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag != "script"


@pytest.fixture(scope="module")
def read(site: reader.Site) -> dict[str, _Scripts]:
    """What each page runs and allows."""
    pages = {}
    for name in sorted(site.files):
        if name.endswith(".html"):
            pages[name] = _Scripts()
            pages[name].feed((site.folder / name).read_text(encoding="utf-8"))
    return pages


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A window that notes what the policy refuses, also between pages."""
    with chromium.new_context() as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        window = context.new_page()
        window.add_init_script(WATCH)
        yield window


def test_every_page_has_one_and_the_same_policy(read: dict[str, _Scripts]) -> None:
    # Headers add theirs to it, and are the same for all.
    policies = {name: page.policies for name, page in read.items() if name != "map-offline.html"}
    assert len({tuple(found) for found in policies.values()}) == 1, set(map(tuple, policies.values()))
    assert len(policies["index.html"]) == 1
    assert read["map-offline.html"].policies == ["default-src 'none'; img-src data:"]


def test_the_policy_allows_the_scripts_that_stand_in_pages_and_no_other(read: dict[str, _Scripts]) -> None:
    found = {policy.digest(script) for page in read.values() for script in page.scripts}
    (directive,) = re.findall(r"script-src ([^;]*)", read["index.html"].policies[0])
    assert found
    assert set(directive.split()) == {"'self'", *found}


def test_the_policy_allows_nothing_that_is_unsafe_and_no_other_host(read: dict[str, _Scripts]) -> None:
    said = read["index.html"].policies[0]
    assert "default-src 'none'" in said
    for word in ("unsafe", "http", "*", "blob:"):
        assert word not in said


def test_nginx_sends_the_policy_and_the_other_headers_with_every_answer(served: str, read: dict[str, _Scripts]) -> None:
    for path, status in (("", 200), ("assets/js/header.js", 200), ("no/such/page/", 404), ("catalogue.json", 200)):
        got, headers, _ = _get(served + path)
        assert got == status, path
        assert headers["Content-Security-Policy"] == f"{read['index.html'].policies[0]}; frame-ancestors 'none'"
        assert {name: headers[name] for name, _ in policy.OTHERS} == dict(policy.OTHERS), path


def test_nginx_lets_browsers_keep_for_a_year_what_has_a_digest_in_its_name_and_all_else_for_minutes(
    site: reader.Site, served: str
) -> None:
    lasting = {name for name in site.files if re.search(r"\.[0-9a-f]{8}\.min\.(js|css)$", name)}
    assert {name.rpartition(".")[2] for name in lasting} == {"js", "css"}
    for name in lasting:
        assert _get(served + name)[1]["Cache-Control"] == YEAR, name
    for name in ("", "assets/css/paste.css", "assets/js/header.js", "catalogue.json"):
        _, headers, _ = _get(served + name)
        assert headers["Cache-Control"] == MINUTES, name
        status, _, body = _get(served + name, {"If-None-Match": headers["ETag"]})
        assert (status, body) == (304, b""), name
    # A file that is missing for a moment must not be missing for a year.
    assert "Cache-Control" not in _get(f"{served}assets/javascripts/none.00000000.min.js")[1]


def test_every_text_is_compressed_beforehand_and_nginx_sends_it_as_it_is(site: reader.Site, served: str) -> None:
    texts = [name for name in site.files if Path(name).suffix in TEXTS and _size(site, name) >= SMALLEST]
    assert {f"{name}.gz" for name in texts} <= site.files
    assert {name for name in site.files if name.endswith(".gz")} <= {f"{name}.gz" for name in texts}
    for name in ("catalogue.json", "assets/js/header.js", "symptoms/index.html"):
        _, headers, body = _get(served + name, {"Accept-Encoding": "gzip"})
        assert (headers["Content-Encoding"], headers["Vary"]) == ("gzip", "Accept-Encoding")
        assert body == (site.folder / f"{name}.gz").read_bytes()
        assert gzip.decompress(body) == (site.folder / name).read_bytes() == _get(served + name)[2]


def test_articles_for_programs_are_not_for_search_engines(site: reader.Site, served: str, root: Path) -> None:
    twins = [name for name in site.files if name.endswith(".md")]
    assert twins
    assert {_get(served + name)[1].get("X-Robots-Tag") for name in twins[:3]} == {"noindex"}
    assert "X-Robots-Tag" not in _get(served)[1]
    caddy = (root / "hosting/Caddyfile").read_text(encoding="utf-8")
    assert "\t@markdown path *.md\n\theader @markdown X-Robots-Tag noindex\n" in caddy


def test_nginx_keeps_to_itself_what_is_for_hosts(site: reader.Site, served: str) -> None:
    for name in ("_headers", "_redirects", "_nginx.conf", "_caddy"):
        assert name in site.files
        assert _get(served + name)[0] == 404


def test_behind_another_server_nginx_names_neither_its_host_nor_its_port(served: str) -> None:
    status, headers, _ = _get(f"{served}find")
    assert (status, headers["Location"]) == (301, f"{builder.PREFIX}find/")


def test_a_site_at_the_root_of_its_host_works_too(root: Path, tmp_path: Path) -> None:
    # The other site, of another domain: its address has no path.
    address = yaml.safe_load((root / "tests/tiny/mkdocs.yml").read_text(encoding="utf-8"))["site_url"]
    assert address.endswith(".example/")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--config-file", "tests/tiny/mkdocs.yml"]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    subprocess.run([*command, "--site-dir", str(tmp_path)], cwd=root, env=environment, check=True)
    with nginx.serve(tmp_path, "/") as served:
        status, headers, body = _get(f"{served}no/such/page/")
        assert status == 404
        assert "script-src" in headers["Content-Security-Policy"]
        loaded = {link.address for link in reader.parse("404.html", body.decode()).links if link.loaded}
        assert any("/assets/javascripts/" in path for path in loaded)
        for path in loaded:
            assert path.startswith("/assets/")
            # It has no scripts and styles of its own.
            if (tmp_path / path[1:]).is_file():
                assert _get(served + path[1:])[0] == 200, path


def test_hosts_that_read_a_list_of_headers_get_the_same(site: reader.Site, served: str) -> None:
    lines = (site.folder / "_headers").read_text(encoding="utf-8").splitlines()
    rules: dict[str, dict[str, str]] = {}
    for line in lines:
        if line.startswith("/"):
            own = rules.setdefault(line, {})
        else:
            name, _, value = line.strip().partition(": ")
            own[name] = value
    assert max(map(len, lines)) <= LONGEST
    assert len(rules) <= RULES
    everywhere = rules.pop(f"{builder.PREFIX}*")
    _, headers, _ = _get(served)
    assert everywhere
    assert {name: headers[name] for name in everywhere} == everywhere
    # Hosts add up the rules for one path: what is for all has no Cache-Control, which each host has of its own.
    assert "Cache-Control" not in everywhere
    assert rules.pop(f"{builder.PREFIX}*.md") == {"X-Robots-Tag": "noindex"}
    brief = [path for path in rules if path.endswith("/*")]
    assert {f"{builder.PREFIX}{folder}/*" for folder in ("find", "problems", "assets/js")} <= set(brief)
    assert {rules.pop(path)["Cache-Control"] for path in brief} == {MINUTES}
    # Two rules for one path would be added up, too.
    assert not [path for path in rules if path.startswith(tuple(folder.removesuffix("*") for folder in brief))]
    assert rules
    for path, own in rules.items():
        assert _get(served + path.removeprefix(builder.PREFIX))[1]["Cache-Control"] == own["Cache-Control"] == YEAR


def test_the_settings_for_caddy_hold_the_same_rules_as_those_for_nginx(root: Path, site: reader.Site) -> None:
    caddy, ours = ((root / "hosting" / name).read_text(encoding="utf-8") for name in ("Caddyfile", "nginx.conf"))
    (pattern,) = re.findall(r'"~(/assets\S+)"', ours)
    assert caddy.count(f"path_regexp {pattern}\n") == 2
    for word in (YEAR, MINUTES, "/404.html", "Strict-Transport-Security"):
        assert word in caddy
        assert word in ours
    made = (site.folder / "_caddy").read_text(encoding="utf-8")
    for name, value in re.findall(r'add_header (\S+) "(.*)" always;', (site.folder / "_nginx.conf").read_text("utf-8")):
        assert f'\t{name} "{value}"\n' in made


def test_nothing_that_a_person_does_is_refused_by_the_policy(
    page: Page, served: str, catalogue: dict[str, Any]
) -> None:
    problem = next(one for one in catalogue["articles"] if len(one["remedies"]) > 2)
    console: list[str] = []
    page.on("console", lambda said: console.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: console.append(f"error: {error}"))
    page.goto(served)
    # By the first answer each time, to an article.
    while page.locator(".kb-choices a").count():
        before = page.url
        page.locator(".kb-choices a").first.click()
        expect(page).not_to_have_url(before)
        page.wait_for_load_state()
        page.locator("article h1").wait_for()
        assert page.evaluate("violations") == []
    page.goto(f"{served}symptoms/situation/")
    page.locator("article a[href*='problems/']").first.click()
    page.locator("[data-remedy]").first.wait_for()
    # A word in the search.
    page.keyboard.press("/")
    page.keyboard.type("code")
    page.locator(".md-search a[href]:visible").first.wait_for()
    page.keyboard.press("Escape")
    assert page.evaluate("violations") == []
    # The remedies, one after the other, until the report.
    page.goto(served + problem["url"])
    for _ in problem["remedies"]:
        page.locator(".ladder-ask button[value=not]:visible").click()
    page.get_by_role("button", name="Copy", exact=True).click()
    assert page.evaluate("violations") == []
    page.goto(f"{served}map/")
    page.locator(".kb-map__picture svg").wait_for()
    assert page.evaluate("violations") == []
    assert console == []


def test_a_script_that_slipped_into_a_page_does_not_run(page: Page, served: str) -> None:
    page.route("**/about/", lambda route: _with(route, "</h1>", "</h1><script>attacked = 1</script>"))
    page.goto(f"{served}about/")
    page.wait_for_function("() => violations.length")
    assert page.evaluate("window.attacked") is None


def _with(route: Route, old: str, new: str) -> None:
    """Another text, and no headers, as on a host that sends none: what stands in the page has to do."""
    answer = route.fetch()
    body, kind = answer.text().replace(old, new), answer.headers["content-type"]
    route.fulfill(status=answer.status, body=body, content_type=kind)


def _get(url: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body, as they come: nothing is followed, nothing unpacked."""
    parts = urlsplit(url)
    with closing(HTTPConnection(parts.netloc)) as connection:
        connection.request("GET", parts.path, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, dict(answer.headers), answer.read()


def _size(site: reader.Site, name: str) -> int:
    return (site.folder / name).stat().st_size


def test_the_page_that_an_answer_leads_to_is_there_before_it_is_chosen(page: Page, served: str) -> None:
    page.goto(f"{served}find/")
    page.wait_for_load_state("networkidle")
    # Nothing but what is kept: the page itself, and all that it needs before it is shown.
    page.context.set_offline(True)
    page.locator(".kb-answers li a").first.click()
    page.wait_for_url(re.compile(r"/find/.+/$"), wait_until="commit")
    page.locator("h1").wait_for()
    taken = page.evaluate("performance.getEntriesByType('navigation')[0].transferSize")
    assert taken == 0
