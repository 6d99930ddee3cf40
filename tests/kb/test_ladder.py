"""Each remedy becomes a section, and what is not below a remedy stays where it was."""

import markdown

from kb.ladder import LadderExtension

EXTENSIONS = ["attr_list", "toc"]


def convert(text: str) -> str:
    return markdown.markdown(text, extensions=[*EXTENSIONS, LadderExtension()])


def test_remedies_are_sections_of_one_ladder() -> None:
    html = convert("""
Before.

## Try these { #what-to-do }

### Do this { #this .remedy }

First.

- One

### Do that { #that .remedy }

Second.

## After

Last.
""")
    assert html == (
        '<p>Before.</p>\n<h2 id="what-to-do">Try these</h2>\n'
        '<div class="ladder">\n'
        '<section class="remedy" data-remedy="this">\n<h3 id="this">Do this</h3>\n'
        '<div class="ladder-body">\n<p>First.</p>\n<ul>\n<li>One</li>\n</ul>\n</div>\n</section>\n'
        '<section class="remedy" data-remedy="that">\n<h3 id="that">Do that</h3>\n'
        '<div class="ladder-body">\n<p>Second.</p>\n</div>\n</section>\n'
        '</div>\n<h2 id="after">After</h2>\n<p>Last.</p>'
    )


def test_other_headings_of_this_level_are_left_alone() -> None:
    text = "## One\n\n### Two { .other }\n\nThree.\n\n### Four\n\nFive."
    assert convert(text) == markdown.markdown(text, extensions=EXTENSIONS)


def test_headings_of_a_ladder_are_in_the_table_of_contents() -> None:
    md = markdown.Markdown(extensions=[*EXTENSIONS, LadderExtension()])
    md.convert("## One\n\n### Two { #two .remedy }\n\nText.")
    (top,) = md.toc_tokens  # type: ignore[attr-defined]
    assert [entry["id"] for entry in top["children"]] == ["two"]
