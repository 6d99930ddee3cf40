"""Templates, and plain text inside Markdown."""

import html
import re
from pathlib import Path
from typing import Any

import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from kb import matter
from kb.matter import Matter
from kb.plain import PlainExtension
from kb.render import Renderer, escape_markdown
from kb.source import Source

ROOT = Path(__file__).parents[2]


def test_a_text_is_made_only_within_its_limit(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("{{ word }}\n{% for _ in 'abc' %}{{ word }}{% endfor %}", encoding="utf-8")
    renderer = Renderer(tmp_path)
    assert renderer.render_within(13, "x.md", word="öa") == renderer.render("x.md", word="öa")
    assert renderer.render_within(12, "x.md", word="öa") is None


def extensions() -> tuple[list[Any], dict[str, Any]]:
    """Those of mkdocs.yml, so that nobody switches one on that the escapes do not know."""
    read = matter.parse(Source("mkdocs.yml", (ROOT / "mkdocs.yml").read_text(encoding="utf-8")), lenient=True)
    assert isinstance(read, Matter)
    listed = [one if isinstance(one, dict) else {one: {}} for one in read.data["markdown_extensions"]]
    configs = {name: {} if name == "toc" else config for one in listed for name, config in one.items()}
    return [*configs, "tables", "fenced_code", PlainExtension()], configs


EXTENSIONS, CONFIGS = extensions()

# What a text field of an article can hold: one line without < and >, control characters and spaces around it.
one_line = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="<>\ufffe\uffff")
texts = (st.text(one_line, min_size=1) | st.text("ab1.*_`#[](){}|\\!&;:/~=+- '\"^%", min_size=1)).map(str.strip)


def shown(text: str) -> str:
    """What a reader sees of Markdown."""
    converted = markdown.markdown(text, extensions=EXTENSIONS, extension_configs=CONFIGS)
    return html.unescape(re.sub(r"<[^>]*>", "", converted)).strip()


@given(texts.filter(bool))
@example("*[abbr]: x")
@example("/// html | script")
@example("&lt;b&gt; &amp;amp;")
@example("1. one")
@example("1986\\. A great year")
@example("[x]: javascript:alert(1)")
@example("{ .x onclick=y }")
@example("===")
@example("```")
@example("[TOC]")
@example("!!! note")
@example("a  b\\")
def test_any_text_is_shown_as_it_stands(text: str) -> None:
    assert shown(escape_markdown(text)) == text


@pytest.mark.parametrize("around", ["## {}", "- {}", "**{}**", "[{}](/a.md)", "It may help because {}."])
@given(text=texts.filter(bool))
@example(text="]:")
@example(text="a]: b")
def test_any_text_is_shown_as_it_stands_where_the_templates_put_it(around: str, text: str) -> None:
    expected = {"It may help because {}.": f"It may help because {text}."}.get(around, text)
    assert shown(around.format(escape_markdown(text))) == expected


@given(texts.filter(bool))
def test_any_text_is_one_cell_of_a_table(text: str) -> None:
    converted = markdown.markdown(
        f"| a | b |\n| --- | --- |\n| {escape_markdown(text)} | c |", extensions=EXTENSIONS, extension_configs=CONFIGS
    )
    cells = re.findall(r"<td[^>]*>(.*?)</td>", converted, re.S)
    assert [html.unescape(re.sub(r"<[^>]*>", "", cell)) for cell in cells] == [text, "c"]


def test_in_html_values_are_escaped_and_in_markdown_only_where_the_template_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("{{ x }}")
    (tmp_path / "a.md").write_text("{{ x }} {{ x | md }}")
    renderer = Renderer(tmp_path)
    assert renderer.render("a.html", x="<b>*") == "&lt;b&gt;*"
    assert renderer.render("a.md", x="<b>*") == r"<b>* &lt;b\>\*"


@pytest.mark.parametrize("name", ["a.html", "a.md"])
def test_a_name_that_nobody_gave_is_an_error(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("{{ nowhere }}")
    with pytest.raises(UndefinedError):
        Renderer(tmp_path).render(name)


def test_lines_that_hold_only_a_statement_leave_no_line_behind(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("{% if x %}\n  {% if x %}\na\n  {% endif %}\n{% endif %}\nb\n")
    assert Renderer(tmp_path).render("a.md", x=1).strip() == "a\nb"
