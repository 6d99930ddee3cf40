"""Misspelt words are found, words of another country too; what is spelt right is left alone."""

from importlib.resources import files
from typing import Any

import pytest

from kb import prose, spelling
from kb.source import Source
from kb.terms import Terms


def found(text: str, **data: Any) -> list[str]:
    passages = prose.of_article(Source("docs/problems/x.md", text))
    faults = spelling.check(passages, Terms.model_validate(data), "docs")
    return [f"{fault.line}:{fault.column} {fault.sentence.split(chr(39))[1]}" for fault in faults]


def test_the_dictionary_is_where_it_was() -> None:
    text = (files("symspellpy") / "frequency_dictionary_en_82_765.txt").read_text(encoding="utf-8-sig")
    assert text.startswith("the ")
    assert text.count("\n") > 80_000


@pytest.mark.parametrize(
    "word",
    ["recieve", "seperate", "verfication", "autentication", "occured", "teh", "adress", "passwrod", "Notifcation"],
)
def test_a_misspelt_word_is_found(word: str) -> None:
    assert found(f"Here is a {word} now.") == [f"1:11 {word}"]


def test_one_english_is_written() -> None:
    assert found("The organization likes this colour.") == ["1:5 organization"]
    assert found("The organization likes this colour.", english="american") == ["1:29 colour"]
    assert found("Das ist Deutsch, zweifellos.", english="none") == []


def test_the_words_of_the_site_are_right_in_these_letters() -> None:
    words = ["Entra", "multifactor", "admin center"]
    assert found("Entra, Multifactor and the admin center.", words=words) == []
    assert found("The entra and the center.", words=words) == ["1:5 entra", "1:19 center"]


@pytest.mark.parametrize(
    "text",
    [
        "MFA and SSPR.",
        "Don't, won't, the phone's and the phones' owners.",
        "10km, x86, v2.1 and docs.yml.",
        "`sudp rm`",
        "E, e and x.",
    ],
)
def test_abbreviations_numbers_code_and_apostrophes_are_right(text: str) -> None:
    assert found(text) == []


def test_both_looks_together_find_a_word_once() -> None:
    assert found("It isnt seperate.") == ["1:4 isnt", "1:9 seperate"]


def test_the_nearest_word_is_suggested() -> None:
    passages = prose.of_article(Source("docs/problems/x.md", "A verfication."))
    (fault,) = spelling.check(passages, Terms.model_validate({}), "docs")
    assert fault.suggestion == ("Did you mean 'verification'? If it is right, put it under 'words' in docs/terms.yml.")


def test_a_text_of_several_lines_does_not_hide_what_is_wrong_behind_it() -> None:
    front = "---\ntitle: Words\ndescription: >\n  Words in lines.\n---\n\n"
    assert found(f"{front}The organization.\n") == ["7:5 organization"]
