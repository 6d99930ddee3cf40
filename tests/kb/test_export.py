"""The site as ordinary Markdown: what each page says there."""

import posixpath
import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from markdown import markdown
from markdown_it import MarkdownIt

from kb import export, settings
from kb.configuration import Configuration, read
from kb.site import OFFLINE_MAP, Site, generated_pages

if TYPE_CHECKING:
    from tests.kb.conftest import Compile, Text

ORGANISATION = """
extra:
  organisation:
    name: Contoso
    telephone: +44 20 7946 0958
    mail: help@contoso.example
    url: https://help.contoso.example/start
    hours:
      zone: Europe/London
      open: {monday to thursday: 08:00-18:00}
    languages: [en, de]
"""


@pytest.fixture
def templates(root: Path) -> Path:
    return root / "overrides"


@pytest.fixture
def site(compiled: "Compile") -> Site:
    return compiled({})


def pages(site: Site, templates: Path) -> dict[str, str]:
    return dict(export.pages(site, templates, offline_map=True))


def configuration(folder: Path, text: str) -> Configuration:
    (folder / "own.yml").write_text(text, encoding="utf-8")
    return read(folder / "own.yml")


def test_it_has_every_page_that_somebody_writes_and_every_page_that_nobody_writes(site: Site, templates: Path) -> None:
    assert pages(site, templates).keys() == {*site.knowledge.written, *generated_pages(site)}


@pytest.fixture(scope="module")
def exported(root: Path, real: Site) -> dict[str, str]:
    """The pages of the real site."""
    return pages(real, root / "overrides")


def test_every_page_begins_with_front_matter_and_one_title(exported: dict[str, str]) -> None:
    for name, text in exported.items():
        _, front, body = text.split("---\n", 2)
        meta = yaml.safe_load(front)
        assert meta["title"], name
        assert meta["description"], name
        assert "template" not in meta, name
        assert body.startswith("\n# "), name
        assert [line for line in body.splitlines() if line.startswith("# ")] == [body.splitlines()[1]], name


def test_converters_of_another_family_find_the_same_links_lists_tables_and_anchors(exported: dict[str, str]) -> None:
    other = MarkdownIt("commonmark").enable("table")
    for name, text in exported.items():
        body = text.split("---\n", 2)[2]
        ours = markdown(body, extensions=["attr_list", "tables", "pymdownx.superfences"])
        assert shape(other.render(body)) == shape(ours), name


def shape(html: str) -> tuple[list[str], list[str]]:
    """Where links lead and which anchors there are; and how many there are of each part."""
    targets = re.findall(r'<a (?:href|id)="([^"]*)"', unescape(html))
    return sorted(targets), sorted(re.findall(r"<(?:h\d|li|ol|ul|td|pre|strong|em|code)\b", html))


def test_a_problem_says_what_its_template_would_say(site: Site, templates: Path) -> None:
    text = pages(site, templates)["problems/flat-tyre.md"]
    for words in (
        "### Mend the tube {#mend-tube}",
        "## Perhaps it is one of these {#kb-next-title}",
        "## This page in the indexes {#kb-in-the-indexes}",
        "](../symptoms/symptom.md#soft-tyre)",
        "## Still stuck? {#kb-still-stuck}",
        "[I want somebody to look at it](ask-shop.md)",
        "[All symptoms](../symptoms/index.md)",
        "Last reviewed on 2026-11-21.",
    ):
        assert words in text


def test_related_pages_are_linked_both_ways(compiled: "Compile", good: "Text", templates: Path) -> None:
    found = pages(compiled({"problems/squeal.md": good("problems/squeal.md", related=["chain-off"])}), templates)
    for one, other in (("squeal", "chain-off"), ("chain-off", "squeal")):
        assert f"]({other}.md)" in found[f"problems/{one}.md"].partition("## Related pages {#kb-related}")[2]


def test_a_section_that_moved_keeps_its_anchor(compiled: "Compile", good: "Text", templates: Path) -> None:
    changed = good("problems/squeal.md", redirects=["problems/chain-off#noise"])
    text = pages(compiled({"problems/squeal.md": changed}), templates)["problems/chain-off.md"]
    assert '<a id="noise"></a>This part has moved: [My brakes squeal](squeal.md)' in text


def test_a_remedy_names_the_problems_that_it_can_solve(site: Site, templates: Path) -> None:
    text = pages(site, templates)["remedies/visit-shop.md"]
    assert "- [My brakes squeal](../problems/squeal.md)" in text.partition("## Problems this can solve {#kb-solves}")[2]
    assert "[Everything to try](index.md)" in text


def test_a_question_has_its_answers_and_the_way_back(site: Site, templates: Path) -> None:
    state = next(state for state in site.flow.states if state.given and state.question)
    text = pages(site, templates)[state.page]
    for answer in (answer for group in state.groups for answer in group.answers):
        assert f"]({posixpath.relpath(answer.page, posixpath.dirname(state.page))})" in text
    assert "## Your answers so far {#kb-answers-so-far}" in text
    assert "([change](" in text
    assert "[Start again](" in text
    assert "#keep" not in text


def test_the_first_page_asks_the_first_question(site: Site, templates: Path) -> None:
    text = pages(site, templates)["index.md"]
    assert f"## {site.flow.root.question} {{#kb-question}}" in text
    assert "- [I'm not sure](" in text
    assert "## Most common problems {#kb-most-common}" in text
    assert "## Other ways to find it {#kb-other-ways}" in text


@pytest.mark.parametrize("name", ["symptoms/index.md", "problems/squeal.md", "index.md", "map.md", "about.md"])
def test_the_organisations_help_desk_stands_on_every_page(
    name: str, compiled: "Compile", templates: Path, tmp_path: Path
) -> None:
    (tmp_path / "own.yml").write_text(ORGANISATION, encoding="utf-8")
    site = compiled({"about.md": "---\ntitle: About\n---\n\nText.\n"})
    own = replace(site, organisation=settings.read(tmp_path / "own.yml").organisation)
    text = pages(own, templates)[name]
    for words in (
        "The Contoso help desk can look into it.",
        "- Telephone: [\\+44 20 7946 0958](tel:+442079460958)",
        "- Mail: [help@contoso.example](mailto:help@contoso.example)",
        "- Web: <https://help.contoso.example/start>",
        "- Languages: English, Deutsch",
        "- Monday to Thursday: 08:00 to 18:00",
    ):
        assert words in text


def test_pages_for_writers_name_no_help_desk(compiled: "Compile", templates: Path, tmp_path: Path) -> None:
    (tmp_path / "own.yml").write_text(ORGANISATION, encoding="utf-8")
    own = replace(compiled({}), organisation=settings.read(tmp_path / "own.yml").organisation)
    assert "Still stuck" not in pages(own, templates)["contributing/freshness.md"]


@pytest.mark.parametrize("text", ["Only text.\n", "---\ntitle: a: b\n---\n\nOnly text.\n"])
def test_a_page_whose_front_matter_is_none_is_there_all_the_same(
    text: str, compiled: "Compile", templates: Path
) -> None:
    assert "Only text." in pages(compiled({"about.md": text}), templates)["about.md"]


def test_old_addresses_the_catalogue_and_the_map_are_files_beside_the_pages(
    compiled: "Compile", good: "Text", templates: Path, tmp_path: Path
) -> None:
    site = compiled({"problems/squeal.md": good("problems/squeal.md", redirects=["brakes/loud"])})
    found = dict(export.texts(site, templates, configuration(tmp_path, "site_url: https://bicycles.example/\n")))
    assert found.keys() == {
        *(redirect.file for redirect in site.redirects),
        "catalogue.json",
        "catalogue.schema.json",
        "robots.txt",
        OFFLINE_MAP,
    }
    assert "https://bicycles.example/problems/squeal/" in found["brakes/loud/index.html"]


def test_files_that_the_site_leaves_out_are_left_out_here_too(tmp_path: Path) -> None:
    for name in ("assets/a.css", "assets/b.yml", "words.yml", "list.txt", "more/list.txt", ".hidden/x", "page.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    assert export.assets(tmp_path, "*.yml\n/list.txt\n") == ["assets/a.css", "more/list.txt"]
