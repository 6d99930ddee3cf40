"""The policy allows the scripts of templates to the letter, and nothing else runs."""

import base64
import hashlib

from hypothesis import given
from hypothesis import strategies as st

from kb import policy


def test_a_script_is_allowed_by_the_digest_of_exactly_what_stands_between_its_tags() -> None:
    digest = base64.b64encode(hashlib.sha256(b"\n  let a = 'b'; // \xc3\xa4\n").digest()).decode()
    said = policy.allowing("<p>x</p><script>\n  let a = 'b'; // ä\n</script>").in_page
    assert f"script-src 'self' 'sha256-{digest}'; " in said


def test_data_and_scripts_in_files_of_their_own_need_no_digest() -> None:
    html = '<script type="application/json">{}</script><script src="a.js"></script>'
    assert "sha256" not in policy.allowing(html).in_page


@given(st.lists(st.text("ab<;\n", max_size=5)))
def test_the_policy_is_the_same_in_whatever_order_scripts_stand_and_how_often(scripts: list[str]) -> None:
    html = [f"<script>{script}</script>" for script in scripts]
    assert policy.allowing("".join(html)) == policy.allowing("".join([*reversed(html), *html]))
    assert policy.allowing("".join(html)).in_page.count("sha256-") == len(set(scripts))


def test_frames_are_forbidden_in_the_header_only_where_alone_it_counts() -> None:
    one = policy.allowing("")
    assert "frame-ancestors" not in one.in_page
    assert one.in_header == f"{one.in_page}; frame-ancestors 'none'"
    assert dict(one.headers)["Content-Security-Policy"] == one.in_header


def test_no_header_can_end_its_line_or_its_quotes() -> None:
    for name, value in policy.allowing("<script>a</script>").headers:
        assert not set(name + value) & set('"\n\\$')


def test_only_a_digest_in_its_name_makes_a_file_last() -> None:
    lasting = ["assets/stylesheets/main.57a0d79d.min.css", "assets/search/part.0123456789abcdef.json"]
    others = [
        "assets/js/tables.js",
        "assets/css/facade.css",
        "assets/js/a.1234567.js",
        "assets/javascripts/bundle.a5f9d56c.min.js.map",
        "57a0d79d/index.html",
        "problems/a.57a0d79d.html",
    ]
    assert policy.lasting([*others, *reversed(lasting)]) == tuple(sorted(lasting))
