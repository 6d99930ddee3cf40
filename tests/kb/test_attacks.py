"""Whole articles that attack the page: what is not refused is shown as text, on every page that the engine makes."""

import html
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import markdown
import pytest
import yaml

from kb import page, view
from kb.fault import FaultsError
from kb.plain import PlainExtension
from kb.render import Renderer
from kb.site import Site

if TYPE_CHECKING:
    from markdown.extensions import Extension
    from tests.kb.conftest import Compile, Powers, Text

EXTENSIONS = ["abbr", "admonition", "attr_list", "tables", "toc", "pymdownx.blocks.html", "pymdownx.superfences"]

# Allowed in plain text, since none of it is a tag; each would act if it were not escaped.
HOSTILE = [
    '" onmouseover="alert(1)" x="',
    "' autofocus onfocus='alert(1)",
    "{ onclick=alert(1) style=x }",
    "{: #top .hidden onclick=alert(1) }",
    "[x](javascript:alert(1))",
    "![x](javascript:alert(1))",
    "[x]: javascript:alert(1)",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)",
    "{{ config }} {% raw %}",
    "/// html | script",
    "``` { onclick=alert(1) }",
    "*[a]: b",
    "| a | b |",
    "# a { onclick=alert(1) }",
    "]] --! */ */ -- &gt;",
    "\\[x\\](y) \\",
]
FILE = "problems/squeal.md"


@pytest.fixture
def renderer(root: Path) -> Renderer:
    return Renderer(root / "overrides/markdown")


def pages(site: Site, renderer: Renderer) -> dict[str, tuple[Mapping[str, Any], str]]:
    """Front matter and HTML of every page."""
    made: dict[str, tuple[Mapping[str, Any], str]] = {
        one.path: (one.front(renderer), one.text(renderer)) for one in page.generated(site)
    }
    for name, one in site.by_page.items():
        made[name] = page.meta(site, one), page.article_markdown(site, one, renderer)
    extensions: list[str | Extension] = [*EXTENSIONS, PlainExtension()]
    return {name: (front, markdown.markdown(text, extensions=extensions)) for name, (front, text) in made.items()}


def words(converted: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", converted))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_in_every_field_are_shown_as_they_stand(
    text: str, compiled: "Compile", good: "Text", renderer: Renderer, powers: "Powers"
) -> None:
    changed = good(
        FILE,
        title=f"T {text}",
        description=f"D {text}".ljust(50, "."),
        messages=[f"M {text}"],
        phrases=[f"p {text}"],
        remedies=[{"visit-shop": f"c {text}"}],
    )
    site = compiled({FILE: changed})
    found = pages(site, renderer)
    assert {name: powers(converted) for name, (_, converted) in found.items() if powers(converted)} == {}
    assert f"T {text}" in words(found[FILE][1])
    assert f"because c {text}." in words(found[FILE][1])
    assert f"M {text}" in words(found["symptoms/messages.md"][1])
    assert f"p {text}: T {text}" in words(found["symptoms/phrases.md"][1])
    assert f"T {text}" in words(found["symptoms/wear.md"][1])
    assert view.page(site, FILE)["article"]["title"] == f"T {text}"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_in_the_vocabulary_are_shown_as_they_stand(
    text: str, compiled: "Compile", root: Path, renderer: Renderer, powers: "Powers"
) -> None:
    words_of = yaml.safe_load((root / "tests/cases/_good/docs/vocabulary.yml").read_text(encoding="utf-8"))
    symptom = words_of["facets"]["symptom"]
    symptom |= {"question": f"Q {text}", "hint": text, "label": f"L {text}"}
    symptom["index"] = {"title": f"I {text}", "intro": text}
    symptom["groups"]["wheels"] = f"G {text}"
    symptom["values"]["soft-tyre"] |= {"label": f"V {text}", "answer": f"A {text}", "means": text}
    words_of["who"]["workshop"] = {"label": f"W {text}", "means": text}
    words_of["needs"]["pump"] = {"label": f"N {text}"}
    words_of["notices"]["recall"] |= {"title": f"R {text}", "text": text}
    words_of["indexes"]["overview"] = {"title": f"O {text}", "intro": text}
    site = compiled({"vocabulary.yml": yaml.safe_dump(words_of, sort_keys=False, allow_unicode=True)})
    found = pages(site, renderer)
    assert {name: powers(converted) for name, (_, converted) in found.items() if powers(converted)} == {}
    front, question = found["find/index.md"]
    assert front["title"] == f"Q {text}"
    assert front["description"] == text
    assert all(f"{letter} {text}" in words(question) for letter in "QGA")
    assert all(f"{letter} {text}" in words(found["symptoms/symptom.md"][1]) for letter in "IGV")
    assert all(f"{letter} {text}" in words(found["remedies/mend-tube.md"][1]) for letter in "WN")
    assert f"R {text}" in words(found[FILE][1])
    assert f"O {text}" in words(found["symptoms/index.md"][1])


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_in_the_ledger_are_shown_as_they_stand(
    text: str, compiled: "Compile", root: Path, renderer: Renderer, powers: "Powers"
) -> None:
    ledger = (root / "tests/cases/_good/docs/ledger.csv").read_text(encoding="utf-8")
    quoted = text.replace('"', '""')
    hostile = ledger.replace("Petrol cleans a chain.", f'"<b>F</b> {quoted}"').replace(
        "harms the seals", f'"n {quoted}"'
    )
    found = pages(compiled({"ledger.csv": hostile}), renderer)
    facts = found["contributing/facts.md"][1]
    assert powers(facts) == powers(found["contributing/sources.md"][1]) == []
    assert f"<b>F</b> {text}" in html.unescape(facts)
    assert f"n {text}" in words(facts)


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "x\n\n<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](\tjavascript:alert(1))",
        "x {: onclick=alert(1) }",
        "/// html | script\nalert(1)\n///",
        "```\n\n /// html | script\nalert(1)\n///",
        "///\n\n/// html | iframe",
    ],
)
@pytest.mark.parametrize("name", ["problems/squeal.md", "remedies/pump-up.md", "reference/valve-kinds.md"])
def test_a_body_that_attacks_is_refused_with_line_and_column(
    name: str, body: str, compiled: "Compile", good: "Text"
) -> None:
    text = good(name, body=f"One.\n\n{body}")
    first = text.split("\n").index("One.") + 3
    with pytest.raises(FaultsError) as raised:
        compiled({name: text})
    for fault in raised.value.faults:
        assert fault.path == f"docs/{name}"
        assert fault.code in {
            "raw-html",
            "attributes",
            "unsafe-link",
            "relative-link",
            "unclosed-code",
            "control-character",
        }
        assert first <= fault.line < first + body.count("\n") + 1
        assert fault.column >= 1
