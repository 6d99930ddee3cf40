"""The marks at words of the glossary, and what the page of the glossary and the pages with marks show of them."""

import json
import re
import shutil
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import explanation, page, settings, view, wording
from kb.explanation import Words
from kb.plain import PlainExtension
from kb.render import Renderer
from kb.site import Site, compile_site
from kb.wording import Wording

if TYPE_CHECKING:
    from tests.kb.conftest import Compile

GOOD = Path(__file__).parents[1] / "cases" / "_good"
EXTENSIONS = ["admonition", "attr_list", "tables", "toc", "pymdownx.blocks.html", "pymdownx.superfences"]
TERMS: dict[str, Any] = {
    "tube": {"means": "A hose of rubber in the tyre.", "forms": ["tubes"], "also": ["hose"], "more": "mend-tube"},
    "rim": {"means": "The edge of a wheel."},
    "workshop": {"means": "People with tools.", "mark": False},
    "Valve": {"means": "Air goes in there.", "forms": ["a valve", "the valve"]},
}
FILE: dict[str, Any] = {"index": {"title": "Words", "intro": "Words about bicycles."}, "most": 2, "terms": TERMS}
ALL = frozenset(TERMS)
GLOSSARY = {"glossary.yml": json.dumps(FILE)}


class Reader(HTMLParser):
    """The words of a page, and those of them that are marked."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.marked: list[str] = []
        self._inside: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "button":
            self._inside.append(dict(attrs)["popovertarget"] or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "button":
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self._inside:
            self.marked.append(f"{data} → {self._inside[-1]}")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The good site with the glossary above."""
    folder = tmp_path_factory.mktemp("explained")
    shutil.copytree(GOOD, folder, dirs_exist_ok=True)
    (folder / "docs/glossary.yml").write_text(GLOSSARY["glossary.yml"], encoding="utf-8")
    return compile_site(folder / "docs", settings.read(folder / "mkdocs.yml"), date(2026, 12, 1))


@pytest.fixture(scope="module")
def words(site: Site) -> Words:
    assert site.words is not None
    return site.words


def marks(text: str, words: Words) -> list[str]:
    """The marked words of a text in Markdown."""
    html = markdown.markdown(text, extensions=[*EXTENSIONS, PlainExtension()])
    return Reader(explanation.mark(html, words, ALL)).marked


def test_the_first_place_of_a_word_is_marked_and_no_other(words: Words) -> None:
    assert marks("Two tubes. A tube.\n\n- A tube", words) == ["tubes → word-tube"]


def test_a_list_and_another_name_count_too(words: Words) -> None:
    assert marks("1. Take\n   1. the hose", words) == ["hose → word-tube"]


@pytest.mark.parametrize(
    "text",
    [
        "## The tube",
        "[the tube](/problems/squeal.md)",
        "**The tube**",
        "`tube`",
        "```\ntube\n```",
        "    tube",
        'The page says "The tube is flat".',
        "> tube",
        "| tube |\n| --- |\n| tube |",
        "tube\n{ .remedy-facts }",
        "/// html | div.notice\n    attrs: {role: note}\n\nThe tube. A tube.\n\n///",
        "![tube](x.png)",
    ],
)
def test_what_is_no_running_text_is_left_alone(text: str, words: Words) -> None:
    assert marks(f"{text}\n\nAt last a tube.", words) == ["tube → word-tube"]
    assert marks(text, words) == []


def test_a_page_explains_no_more_words_than_the_file_allows(words: Words) -> None:
    assert marks("A rim, a rim, a valve, a tube.", words) == ["rim → word-rim", "a valve → word-valve"]


def test_a_word_that_is_not_to_be_marked_is_only_on_the_page_of_words(words: Words) -> None:
    assert marks("The workshop.", words) == []
    assert "workshop" in words.by_anchor


def test_an_article_does_not_mark_the_word_about_which_it_says_more(words: Words) -> None:
    assert "tube" in words.on_page["flat-tyre"]
    assert "tube" not in words.on_page["mend-tube"]


def test_a_problem_marks_words_of_its_remedies_and_causes_too(words: Words) -> None:
    assert words.on_page["slow-leak"] >= {"tube", "Valve"}


def test_only_what_is_wanted_is_marked(words: Words) -> None:
    assert 'word-rim"' in explanation.mark("<p>A tube and a rim.</p>", words, {"rim"})
    assert 'word-tube"' not in explanation.mark("<p>A tube and a rim.</p>", words, {"rim"})
    assert explanation.mark("<p>A tube.</p>", words, set()) == "<p>A tube.</p>"


PARTS = ["tube", "*rim*", "**", "`", '"', "\n\n", "# ", "- ", " ", "a&b", "<b>", "[x](y) tubes"]


@given(parts=st.lists(st.sampled_from(PARTS)))
def test_marks_change_no_word_and_none_lies_in_another(parts: list[str], words: Words) -> None:
    html = markdown.markdown("".join(parts), extensions=[*EXTENSIONS, PlainExtension()])
    made = explanation.mark(html, words, ALL)
    assert re.sub(r"</?button[^>]*>", "", made) == html
    assert not re.search(r"<(a|code|h\d|strong|button)\b[^>]*>(?:(?!</\1>).)*<button", made, re.S)


def test_a_mark_is_a_button_that_a_form_does_not_send_and_needs_no_script(words: Words) -> None:
    made = explanation.mark("<p>A rim</p>", words, ALL)
    assert made == '<p>A <button type="button" class="kb-word" popovertarget="word-rim">rim</button></p>'


def test_a_page_shows_the_explanations_that_its_marks_open(words: Words) -> None:
    html = explanation.mark("<p>A rim and a hose.</p>", words, ALL)
    assert view.words(words, html) == [
        {
            "id": "word-rim",
            "name": "Rim",
            "means": "The edge of a wheel.",
            "url": "glossary/#rim",
            "more": None,
        },
        {
            "id": "word-tube",
            "name": "Tube",
            "means": "A hose of rubber in the tyre.",
            "url": "glossary/#tube",
            "more": {
                "title": "Mend the tube",
                "url": "remedies/mend-tube/",
                "description": "Find the hole in the tube, and close it with a patch.",
            },
        },
    ]


def test_the_page_of_words_stands_in_the_order_of_the_alphabet_with_a_place_for_each(site: Site, root: Path) -> None:
    made = next(one for one in page.generated(site) if one.path == explanation.PAGE)
    text = made.text(Renderer(root / "overrides/markdown"))
    assert re.findall("^## (.*)$", text, re.M) == [
        "Rim { #rim }",
        "Tube { #tube }",
        "Valve { #valve }",
        "Workshop { #workshop }",
    ]
    assert "Also called: hose." in text
    assert "- More: [Mend the tube](/remedies/mend-tube.md)" in text
    assert "- [My tyre went flat all at once](/problems/flat-tyre.md)" in text


def test_a_site_without_a_glossary_has_no_such_page(compiled: "Compile") -> None:
    site = compiled({})
    assert site.words is None
    assert explanation.PAGE not in {one.path for one in page.generated(site)}


def test_explanations_speak_of_the_organisation_s_help_desk_however_long_its_name(real: Site) -> None:
    adapted = wording.adapt(real.knowledge, Wording(("your help desk",), f"the {'very ' * 30}good desk"))
    assert adapted.glossary
    assert "code from the very very" in adapted.glossary.terms["Temporary Access Pass"].means
