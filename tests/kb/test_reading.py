"""How hard a text is to read is measured as a reader meets it."""

from kb import prose, reading
from kb.fault import Fault
from kb.source import Source
from kb.terms import Terms

TERMS = Terms.model_validate(
    {
        "actions": ["choose", "type", "turn"],
        "limits": {"remedy": {"sentence": 8, "age": 9}, "page": {"sentence": 12, "age": 30}},
    }
)


def found(text: str, path: str = "docs/remedies/x.md") -> list[Fault]:
    return list(reading.check(prose.of_article(Source(path, text)), TERMS))


def codes(text: str, path: str = "docs/remedies/x.md") -> list[str]:
    return [fault.code for fault in found(text, path)]


def test_a_sentence_may_have_as_many_words_as_its_kind_of_page_allows() -> None:
    eight = "One two three four five six seven eight."
    assert codes(eight) == []
    assert codes(eight.replace("eight", "eight nine")) == ["long-sentence"]
    assert codes(eight.replace("eight", "eight nine"), "docs/about.md") == []


def test_a_long_sentence_is_named_where_it_begins() -> None:
    (fault,) = found("Short one.\n\nAlso short. This one\nhas a great many words in it.\n")
    assert (fault.line, fault.column) == (3, 13)


def test_the_age_rises_with_the_length_of_words_and_of_sentences() -> None:
    plain = reading.age(["The cat sat on the mat.", "It was old."])
    assert plain < reading.age(["The cat sat on the mat and it was old."])
    assert plain < reading.age(["Domestic animals occupied furnishings.", "Considerable antiquity characterised them."])
    assert reading.age([]) == 0


def test_the_age_is_that_of_the_automated_readability_index() -> None:
    # 16 letters, 5 words, 1 sentence: 4.71 * 3.2 + 0.5 * 5 - 21.43 is below the first grade.
    assert round(reading.age(["The dog eats his food."]), 3) == round(4.71 * 17 / 5 + 0.5 * 5 - 21.43 + 5, 3)


def test_a_text_of_a_few_words_has_no_age() -> None:
    hard = "Comprehensive documentation accompanies equipment. "
    assert codes(hard * 3) == []
    assert codes(hard * 20) == ["hard-to-read"]


def test_the_hardest_sentence_is_named_first() -> None:
    easy = "It is so. " * 20
    (fault,) = found(easy + "Characteristically incomprehensible administrative terminology. " * 8 + "\n")
    assert (fault.line, fault.column) == (1, len(easy) + 1)


def test_a_step_has_one_action() -> None:
    for step in (
        "Choose the app, then type the code.",
        "Choose the app. Type the code.",
        "Choose the app and type its code.",
        "If off, turn it on, and choose it.",
    ):
        assert codes(f"1. {step}\n") == ["two-actions"], step


def test_another_way_a_place_and_a_label_are_no_second_action() -> None:
    for step in (
        "Choose the app, or type the code.",
        "Open the app, and choose the code.",
        "Choose **Users**, then **Type of user**.",
        "Choose what you want to type.",
        "Type the type of it.",
    ):
        assert codes(f"1. {step}\n") == [], step


def test_only_steps_have_actions() -> None:
    assert codes("Choose the app. Type the code.\n\n- Choose it, then type it.\n") == []
