"""Words that mean the same, and whom a result is for."""

import pytest

from kb import lexicon
from kb.lexicon import Lexicon
from kb.source import Source

LEXICON = Lexicon.model_validate(
    {"facet": "audience", "labels": {"helpers": "helpers", "owners": "owners"}, "same": [["tyre", "tire"]]}
)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (("helpers",), "helpers"),
        (("owners", "helpers"), "owners, helpers"),
        (("helpers", "riders"), ""),
        ((), ""),
    ],
)
def test_a_result_says_whom_it_is_for_unless_it_is_for_others_too(values: tuple[str, ...], said: str) -> None:
    assert LEXICON.audience({"audience": values, "colour": ("red",)} if values else {}) == said


def test_without_a_facet_no_result_says_whom_it_is_for() -> None:
    assert Lexicon.model_validate({}).audience({"audience": ("helpers",)}) == ""


def test_a_file_with_nothing_in_it_but_words_is_enough() -> None:
    read = lexicon.parse(Source("docs/search.yml", "same:\n  - [tyre, tire]\n"))
    assert isinstance(read, tuple)
    assert read[0].same == (("tyre", "tire"),)
