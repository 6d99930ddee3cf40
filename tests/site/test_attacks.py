"""Articles that attack the page: what the checks let through is text in a real browser, wherever it is shown."""

import html
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser

import builder
import server

ATTACKS = {
    "quote": '" onfocus="attacked=1" autofocus="',
    "apostrophe": "' onmouseover='attacked=1' x='",
    # A place that decodes its text once too often makes a tag of this.
    "entity": "&lt;img src=x onerror=attacked=1&gt;",
    "link": "[here](javascript:attacked=1)",
    "picture": "![](x){onerror=attacked=1}",
    "template": "{{ 7 * 7 }}{% raw %}${7*7}",
    "end": "]]&gt; --&gt; \\u003c/script\\u003e",
}
ACTING = "[onfocus], [onmouseover], [onerror], [autofocus], [href^='javascript:' i]"


@dataclass(frozen=True, slots=True)
class Hostile:
    """A served site, some of whose articles attack it."""

    address: str
    folder: Path
    urls: tuple[str, ...]


@pytest.fixture(scope="module")
def hostile(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hostile]:
    """The real site, with an attack in every text of some of its articles."""
    sources = tmp_path_factory.mktemp("hostile") / "sources"
    sources.mkdir()
    for name in builder.SOURCES:
        shutil.copytree(root / name, sources / name)
    shutil.copy(root / "mkdocs.yml", sources)
    victims = sorted((sources / "docs/problems").glob("*.md"))[: len(ATTACKS)]
    for path, (name, attack) in zip(victims, ATTACKS.items(), strict=True):
        _poison(path, name, attack)
    built = builder.build(sources, sources.parent / "project")
    with server.serve(built, builder.PREFIX) as address:
        yield Hostile(address, built, tuple(f"problems/{path.stem}/" for path in victims))


def test_nothing_of_an_attack_runs_and_all_of_it_is_shown(hostile: Hostile, chromium: Browser) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        noise: list[str] = []
        page.on("pageerror", lambda error: noise.append(str(error)))
        for url in (*hostile.urls, "", "symptoms/messages/", "symptoms/phrases/", "symptoms/situation/", "find/"):
            page.goto(hostile.address + url)
            page.locator("body *").evaluate_all(
                "all => all.forEach(one => ['mouseover', 'focus'].forEach(name => one.dispatchEvent(new Event(name))))"
            )
            assert page.evaluate("typeof attacked") == "undefined", url
            assert page.locator(ACTING).count() == 0, url
        for url, attack in zip(hostile.urls, ATTACKS.values(), strict=True):
            page.goto(hostile.address + url)
            assert attack in page.locator("h1").inner_text(), url
            # The theme decodes a title once more, but a title is text whatever it holds.
            assert html.unescape(attack) in page.title(), url
            assert page.locator("meta[name=description]").get_attribute("content") == _description(attack)
        assert noise == []


def test_the_search_shows_an_attack_as_text(hostile: Hostile, chromium: Browser) -> None:
    with chromium.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.goto(hostile.address)
        page.locator(".md-search__input").click()
        page.locator(".md-search__input").press_sequentially("hostile")
        page.locator(".kb-results a").first.wait_for()
        assert page.locator(".kb-results li").count() >= len(ATTACKS)
        assert page.evaluate("typeof attacked") == "undefined"
        assert page.locator(".md-search-result :is(img, [onfocus], [onmouseover], [onerror], script)").count() == 0


def _poison(path: Path, name: str, attack: str) -> None:
    """Puts the attack into every text of the article."""
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    fields = yaml.safe_load(front)
    fields["title"] = f"Hostile {attack}"
    fields["description"] = _description(attack)
    fields["messages"] = [f"Message {name} {attack}"]
    fields["phrases"] = [f"hostile {name} {attack}".lower()]
    fields["remedies"] = [
        {slug: f"because of {attack}"}
        for remedy in fields["remedies"]
        for slug in (remedy if isinstance(remedy, dict) else [remedy])
    ]
    path.write_text(f"---\n{yaml.safe_dump(fields, sort_keys=False, allow_unicode=True)}---\n{body}", encoding="utf-8")


def _description(attack: str) -> str:
    return f"What a hostile writer would have people read in place of help: {attack}"
