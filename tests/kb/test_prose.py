"""What people read in a file is found, and each word of it is where the file has it."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import prose, source
from kb.prose import CODE, Passage
from kb.source import Source

ARTICLE = """---
title: "A 'quoted' title"
description: Plain words about it.
phrases: [not prose]
remedies:
  - some-remedy: the reason why
  - other-remedy: {cause: 'another reason', likely: 60}
  - last-remedy
---

First **bold** words, and
a second line with a [link](/problems/x.md#part "with a title").

## A heading with `code`

1. A step with a\\* sign &amp; more.

   More of the step.
2. Another step.

- An item, and <https://example.org/words>.

| Left | Right |
| --- | --- |
| one `two` | three **four** |

```text
not prose
```

![not read](/picture.png)
"""


def passages(text: str) -> list[Passage]:
    return prose.of_article(Source("docs/problems/x.md", text))


def word_at(text: str, passage: Passage, start: int, length: int) -> str:
    line, column = passage.place(start)
    return text.split("\n")[line - 1][column - 1 : column - 1 + length]


def test_the_kinds_of_passages_are_told_apart() -> None:
    assert [(one.kind, one.text) for one in passages(ARTICLE)] == [
        ("title", "A 'quoted' title"),
        ("description", "Plain words about it."),
        ("because", "the reason why"),
        ("because", "another reason"),
        ("paragraph", "First bold words, and a second line with a link."),
        ("heading", f"A heading with {CODE}"),
        ("step", "A step with a* sign & more."),
        ("step", "More of the step."),
        ("step", "Another step."),
        ("item", f"An item, and {CODE}."),
        ("cell", "Left"),
        ("cell", "Right"),
        ("cell", f"one {CODE}"),
        ("cell", "three four"),
        ("paragraph", CODE),
    ]


def test_every_word_stands_where_its_passage_says() -> None:
    for passage in passages(ARTICLE):
        for match in re.finditer(r"\w+", passage.text):
            assert word_at(ARTICLE, passage, match.start(), len(match[0])) == match[0], passage.text


def test_every_word_of_the_site_stands_where_its_passage_says(root: Path) -> None:
    looked_at = 0
    for file in sorted((root / "docs").rglob("*.md")):
        read = source.read(file)
        assert isinstance(read, Source)
        for passage in prose.of_article(read):
            for match in re.finditer(r"\w+", passage.text):
                assert word_at(read.text, passage, match.start(), len(match[0])) == match[0], (file, passage)
                looked_at += 1
    assert looked_at > 10_000


@given(st.lists(st.text("ab*_`[]()#|-1.\\&;<> \n", max_size=40), max_size=6))
def test_no_markdown_is_too_odd_and_every_place_is_in_the_file(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    lines = text.split("\n")
    for passage in passages(f"# x\n{text}"):
        for offset in range(len(passage.text)):
            assert 1 <= passage.place(offset).line <= len(lines) + 1
            assert passage.place(offset).column >= 1


def test_a_link_says_which_words_lead_where() -> None:
    (passage,) = passages("Read [the page](/problems/y.md), then go.")
    (link,) = passage.links
    assert passage.text[link.start : link.end] == "the page"
    assert (link.target, link.place) == ("/problems/y.md", (1, 17))


def test_sentences_end_at_a_full_stop_before_a_blank() -> None:
    (passage,) = passages("Open docs.yml. Is it 3.5 now? (Yes!) Good")
    assert [text for _, text in passage.sentences()] == ["Open docs.yml.", "Is it 3.5 now?", "(Yes!)", "Good"]
    assert [passage.text[start:].startswith(text) for start, text in passage.sentences()] == [True] * 4


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("One two.", 2), ("sign-in isn't 3.5 docs.yml", 4), (f"Run {CODE} now", 3), ("— … !", 0)],
)
def test_words_are_counted_as_a_reader_would(text: str, count: int) -> None:
    assert len(prose.words(text)) == count
