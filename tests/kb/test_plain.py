"""Markdown without power: nothing that an article holds runs in a reader's browser."""

from typing import TYPE_CHECKING

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.plain import PlainExtension, is_safe

if TYPE_CHECKING:
    from tests.kb.conftest import Powers

EXTENSIONS = ["abbr", "admonition", "attr_list", "tables", "toc", "pymdownx.blocks.html", "pymdownx.superfences"]


def convert(text: str) -> str:
    return markdown.markdown(text, extensions=[*EXTENSIONS, PlainExtension()])


ATTACKS = [
    "<script>alert(1)</script>",
    "x <script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<div onclick=alert(1)>\n\nx\n\n</div>",
    "<svg/onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JAVASCRIPT:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](java\\script:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "![x](javascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "<javascript:alert(1)>",
    "<javascript:alert(1)@x>",
    "x { onclick=alert(1) }",
    "*x*{: formaction=javascript:alert(1) srcdoc=x }",
    "[x](/){: onclick=alert(1) href=javascript:alert(1) }",
    "# x { onmouseover='alert(1)' style='position:fixed' }",
    "| a |\n| --- |\n| b { onclick=alert(1) } |",
    "/// html | script\nalert(1)\n///",
    " /// html | script\nalert(1)\n ///",
    "```\n\n/// html | script\nalert(1)\n///",
    "/// html | SCRIPT\nalert(1)\n///",
    "/// html | iframe\n    attrs: {src: https://other.example}\n\n///",
    "/// html | object\n    attrs: {data: 'javascript:alert(1)'}\n\n///",
    "/// html | base\n    attrs: {href: //other.example}\n///",
    "/// html | style\nbody { display: none }\n///",
    "/// html | div\n    attrs: {onclick: alert(1), style: 'position:fixed'}\n\nx\n\n///",
    "/// html | a\n    attrs: {href: 'java\\tscript:alert(1)'}\n\nx\n\n///",
    "/// html | div\n\n/// html | script\nalert(1)\n///\n\n///",
    '*[x]: "><script>alert(1)</script>\n\nx',
    '!!! note "<script>alert(1)</script>"\n    x',
    "```<script>alert(1)</script>\nx\n```",
    "``` { .x onclick=alert(1) }\nx\n```",
    "`<script>alert(1)</script>`",
    '[<script>alert(1)</script>](/ "<script>")',
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_loses_its_power(attack: str, powers: "Powers") -> None:
    assert powers(convert(attack)) == []


def test_without_the_extension_most_of_these_attacks_succeed(powers: "Powers") -> None:
    succeed = [attack for attack in ATTACKS if powers(markdown.markdown(attack, extensions=EXTENSIONS))]
    assert len(succeed) > len(ATTACKS) / 2


def test_raw_html_is_shown_as_text() -> None:
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in convert("<script>alert(1)</script>")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("[x](https://a.example/?b=c#d)", 'href="https://a.example/?b=c#d"'),
        ("[x](/problems/a.md#b)", 'href="/problems/a.md#b"'),
        ("[x](a:b.md)", "<a>x</a>"),
        ("[x](tel:+49123)", 'href="tel:+49123"'),
        ("## x { #y .z }", '<h2 class="z" id="y">'),
        ("/// html | div.answers\n\nx\n\n///", '<div class="answers">'),
        ("/// html | section\n    attrs: {data-remedy: a, role: note}\n\nx\n\n///", 'data-remedy="a" role="note"'),
    ],
)
def test_what_runs_nothing_is_kept(text: str, kept: str) -> None:
    assert kept in convert(text)


@pytest.mark.parametrize(
    "address", ["", "#a", "/a/b", "a/b:c", "?a:b", "https://a.example", "mailto:a@b.example", "tel:+49"]
)
def test_an_address_that_runs_nothing_is_safe(address: str) -> None:
    assert is_safe(address)


# A browser drops these inside the name of a scheme or before it, and reads entities.
invisible = st.sampled_from(["", "\t", "\n", "\r", "&Tab;", "&NewLine;", "&#9;", "&#x0A;"])
leading = st.text("".join(map(chr, range(33))), max_size=3)


@given(st.sampled_from(["javascript", "data", "vbscript", "file", "blob"]), st.data(), leading)
def test_no_disguise_makes_a_scheme_that_runs_safe(scheme: str, data: st.DataObject, before: str) -> None:
    text = ""
    for char in scheme:
        text += data.draw(st.sampled_from([char, char.upper(), f"&#{ord(char)};", f"&#x{ord(char):x};"]))
        text += data.draw(invisible)
    colon = data.draw(st.sampled_from([":", "&colon;", "&#58;", "&#x3a;"]))
    assert not is_safe(f"{before}{text}{colon}alert(1)")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_judged(address: str) -> None:
    assert is_safe(address) or ":" in address or "&" in address
