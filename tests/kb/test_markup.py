"""The check of an article's body."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import document, markup
from kb.document import Document
from kb.fault import Fault
from kb.source import Source

FRONT = "---\na: b\n---\n\n"


def check(body: str, *, headings: bool = True) -> list[Fault]:
    parsed = document.parse(Source("x.md", FRONT + body))
    assert isinstance(parsed, Document)
    return markup.check(parsed, headings=headings)


def codes(body: str, *, headings: bool = True) -> list[str]:
    return [fault.code for fault in check(body, headings=headings)]


@pytest.mark.parametrize(
    "body",
    [
        "Plain text: with a colon, a # and 3 < 4.",
        "Code: `<b>`, ``<i> ` <u>`` and `{ .x }`.",
        "```\n<b>\n{ .x }\n[a](javascript:x)\n# no heading\n```",
        "~~~\n<b>\n```\n<b>\n~~~",
        "<https://a.example/> <mailto:a@b.example> <tel:+49123>",
        "[a](https://a.example) [b](/problems/b.md) [c](/problems/c.md#d) [d](#e) [e](mailto:a@b.example)",
        "[a](HTTPS://a.example)\n\n[b]: https://b.example",
        "## Two\n\n### Three",
        "Above a rule.\n\n---\n\nBelow it.",
        "| a | b |\n| --- | --- |\n| 1 | 2 |",
        "Note at 10:30, see 2:3.",
    ],
)
def test_ordinary_markdown_has_no_fault(body: str) -> None:
    assert check(body) == []


@pytest.mark.parametrize(
    "tag", ["<b>", "</b>", "<br/>", "<script>", "<img src=x onerror=alert(1)>", "<!-- x -->", "<?x?>"]
)
def test_html_is_refused_where_it_stands(tag: str) -> None:
    (found,) = check(f"One.\n\nTwo {tag} three.")[:1]
    assert (found.line, found.column, found.code) == (7, 5, "raw-html")


def test_a_tag_that_never_ends_is_refused_too() -> None:
    assert codes("<img src=x onerror=alert(1)") == ["raw-html"]


@pytest.mark.parametrize("lead", ["", " ", "   ", "        "])
def test_a_block_of_the_engine_is_refused_however_it_is_indented(lead: str) -> None:
    (found,) = check(f"One.\n\n{lead}/// html | script")
    assert (found.line, found.code) == (7, "raw-html")


@pytest.mark.parametrize("fence", ["```", "~~~", "```` a`b", "      ```"])
def test_a_block_of_the_engine_is_refused_behind_a_fence_that_may_count_or_not(fence: str) -> None:
    assert codes(f"{fence}\n\n/// html | script\nalert(1)\n///") == ["raw-html", "raw-html", "unclosed-code"]


@pytest.mark.parametrize(
    "text", ["{: .x }", "{ .x }", "{#x}", "{onclick=alert(1)}", "{ onclick='alert(1)' }", "{: style=x}"]
)
def test_attributes_are_refused_where_they_stand(text: str) -> None:
    (found,) = check(f"One.\n\nTwo {text}")
    assert (found.line, found.column, found.code) == (7, 5, "attributes")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:x",
        "&#106;avascript:alert(1)",
        "&#x6A;avascript:alert(1)",
        "java&#115;cript:alert(1)",
        "java&Tab;script:alert(1)",
        "javascript&colon;alert(1)",
        "javascript&#58;alert(1)",
        "javascript&#x3a;alert(1)",
        "\x01javascript:alert(1)",
        "//other.example",
    ],
)
@pytest.mark.parametrize(
    "form", ["[a]({})", "![a]({})", "[a](<{}>)", "[a]( {})", "[a]\n\n[a]: {}", "[a]: <{}>", '[a]({} "b")']
)
def test_a_link_that_could_run_or_leave_unnoticed_is_refused(form: str, address: str) -> None:
    assert {"unsafe-link", "raw-html", "relative-link"} & set(codes(form.format(address)))


@pytest.mark.parametrize("address", ["http://a.example", "HTTP://a.example"])
def test_a_link_that_is_not_encrypted_is_refused(address: str) -> None:
    (found,) = check(f"See [a]({address}).")
    assert (found.column, found.code) == (9, "insecure-link")


@pytest.mark.parametrize("address", ["b.md", "./b.md", "../b.md", "b", "?x"])
def test_a_link_that_is_written_from_the_file_is_refused(address: str) -> None:
    assert codes(f"[a]({address})") == ["relative-link"]


@pytest.mark.parametrize("heading", ["# One", "#One", "#"])
def test_a_second_title_is_refused(heading: str) -> None:
    assert codes(f"One.\n\n{heading}") == ["second-title"]


@pytest.mark.parametrize("heading", ["# One", "## Two", "###### Six", "##Two"])
def test_a_remedy_has_no_headings(heading: str) -> None:
    assert codes(f"One.\n\n{heading}", headings=False) == ["heading-in-remedy"]


@pytest.mark.parametrize("line", ["=", "===", "---", "-  "])
def test_a_heading_made_by_a_line_below_it_is_refused(line: str) -> None:
    assert codes(f"One.\n{line}\n\nTwo.") == ["underlined-heading"]


def test_all_faults_of_a_line_and_of_all_lines_are_found() -> None:
    assert codes("<b> {.x} [a](b)\n\n<i>") == ["raw-html", "attributes", "relative-link", "raw-html"]


@given(st.text(st.characters(exclude_categories=["Cs"])) | st.text("<>{}[]()#`~:/ \nabjs=-!&;.", max_size=60))
def test_any_body_is_checked_and_every_fault_stands_inside_it(body: str) -> None:
    lines = (FRONT + body).split("\n")
    for found in check(body):
        assert 1 <= found.column <= len(lines[found.line - 1]) + 1
