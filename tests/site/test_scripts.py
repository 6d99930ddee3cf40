"""What our scripts weigh as they are published, and that nothing but their code is."""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from kb.lean import lean, lean_html, lean_style

# Bytes, each file compressed alone.
MOST = 12_000
SOURCES = Path("docs/assets/js")


def test_the_scripts_that_help_weigh_no_more_than_they_may(built: Path) -> None:
    scripts = sorted((built / "assets/js/help").glob("*.js"))
    weights = {path.name: len(gzip.compress(path.read_bytes(), 9, mtime=0)) for path in scripts}
    assert weights
    assert sum(weights.values()) <= MOST, weights


def test_no_comment_of_ours_is_published(root: Path, built: Path) -> None:
    sources = sorted(set((root / SOURCES).rglob("*.js")) - {root / SOURCES / "search/minisearch.js"})
    assert sources
    for source in sources:
        published = (built / "assets/js" / source.relative_to(root / SOURCES)).read_text(encoding="utf-8")
        text = source.read_text(encoding="utf-8")
        lines = re.findall(r"^[ \t]*//[ \t]*(.+)$", text, re.M)
        for comment in re.findall(r"/\*\*(.*?)\*/", text, re.S):
            lines += [line.strip(" *") for line in comment.splitlines() if line.strip(" *")]
        assert lines, source
        assert [line for line in lines if line in published] == [], source


@pytest.mark.parametrize(
    ("script", "published"),
    [
        ("/*! l */\n// a\nlet b = 1", "/*! l */\nlet b=1"),
        ("// a\nlet b = 1; // c\n/** d */\nlet e", "let b=1;let e"),
        ('f("// a", `/* ${g /* b */} */`)', 'f("// a",`/* ${g} */`)'),
        ("x = /[/]\\/\\/ */.test(y)", "x=/[/]\\/\\/ */.test(y)"),
        ("a = b + +c\n-d\n[e]", "a=b + +c\n-d\n[e]"),
        ("return /a/ // b\nf", "return /a/\nf"),
        ("f(\n  [a, b,],\n)\n[, , ,]", "f([a,b])\n[,,,]"),
        ("const { a } = await b\n  .c()\n", "const{a}=await b.c()"),
    ],
)
def test_a_script_keeps_its_meaning_without_its_comments(script: str, published: str) -> None:
    assert lean(script) == f"{published}\n"


def test_a_style_sheet_is_published_without_its_comments() -> None:
    assert lean_style("/* a\n b */\n.c {\n  d: e; /* f */\n}\n/*! g */\n") == ".c {\nd: e;\n}\n/*! g */\n"


def test_pages_are_published_without_the_indentation_of_their_templates(built: Path) -> None:
    page = (built / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"\n[ \t]+<.*", re.sub(r"(?s)<(pre|textarea|script|style)\b.*?</\1>", "", page)) == []


def test_a_template_is_read_without_indentation_where_blanks_mean_nothing() -> None:
    page = "<p>\n\n   a\n  b</p>\n<pre>\n  c\n</pre>\n  <script>d\n  e</script>\n  <textarea>\n  f</textarea>"
    lean = "<p>\na\nb</p>\n<pre>\n  c\n</pre>\n<script>d\n  e</script>\n<textarea>\n  f</textarea>"
    assert lean_html(page) == lean


def test_what_helps_does_not_wait_for_the_script_of_the_theme(
    chromium: Browser, served: str, catalogue: dict[str, Any]
) -> None:
    problem = next(one for one in catalogue["articles"] if len(one["remedies"]) > 1)
    with chromium.new_context(viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        # A slow phone: it is still on its way.
        page.route("**/bundle.*.js", lambda _: None)
        page.goto(f"{served}find/", wait_until="commit")
        page.locator(".kb-answers li a").first.click()
        page.wait_for_url(re.compile(r"/find/.+/$"), wait_until="commit")
        assert len(page.evaluate("JSON.parse(localStorage['kb:memory']).answers")) == 1
        page.goto(served + problem["url"], wait_until="commit")
        page.locator(".ladder-ask button[value=not]:visible").click()
        expect(page.locator(".ladder-status")).to_contain_text("Step 2")
        page.get_by_role("button", name="Menu").first.click()
        expect(page.locator("#__drawer")).to_be_checked()
