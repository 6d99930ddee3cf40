"""How hard a text is to read: long sentences, the age it asks for, and steps that ask for two things at once."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from kb.fault import Fault
from kb.prose import CODE, SENTENCES, Passage, words
from kb.terms import Terms

_FEWEST = 60
"""Words. The reading age of less is chance."""
_BEFORE = r"(?:^|[.!?:;]\s+|,\s+(?:and\s+)?(?:then\s+)?|\s+and\s+(?:then\s+)?)"
"""What stands before a verb that tells the person to do something. After "or" it is another way to do the same."""


def check(passages: Iterable[Passage], terms: Terms) -> Iterator[Fault]:
    for _, group in groupby(passages, key=lambda passage: passage.path):
        page = list(group)
        yield from _sentences(page, terms)
        yield from _age(page, terms)
        yield from _steps(page, terms)


def age(texts: Iterable[str]) -> float:
    """The age, in years, from which people read sentences without effort.

    The Automated Readability Index (Smith and Senter, 1967), which counts letters, words and sentences, as a school
    grade; grade 1 is for people of 6 years.
    """
    told = [found for text in texts if (found := words(text.replace(CODE, "")))]
    count = sum(map(len, told))
    if not count:
        return 0.0
    letters = sum(sum(map(str.isalnum, word)) for text in told for word in text)
    return 4.71 * letters / count + 0.5 * count / len(told) - 21.43 + 5


def _sentences(page: Sequence[Passage], terms: Terms) -> Iterator[Fault]:
    for passage in page:
        sort, limits = terms.limits_of(passage.path)
        for start, text in passage.sentences():
            length = len(words(text))
            if length > limits.sentence:
                yield Fault(
                    passage.path,
                    *passage.place(start),
                    "long-sentence",
                    f"This sentence has {length} words; at most {limits.sentence} are allowed in a {sort}.",
                    "Make two of it.",
                )


def _age(page: Sequence[Passage], terms: Terms) -> Iterator[Fault]:
    told = [
        (passage, start, text) for passage in page if passage.kind in SENTENCES for start, text in passage.sentences()
    ]
    if sum(len(words(text)) for _, _, text in told) < _FEWEST:
        return
    sort, limits = terms.limits_of(page[0].path)
    found = age(text for _, _, text in told)
    if found > limits.age:
        passage, start, _ = max(told, key=lambda one: age([one[2]]))
        yield Fault(
            passage.path,
            *passage.place(start),
            "hard-to-read",
            f"This text is for readers of {found:.1f} years; a {sort} is for readers of {limits.age:g}.",
            "Take shorter words and sentences, first in this one.",
        )


def _steps(page: Sequence[Passage], terms: Terms) -> Iterator[Fault]:
    verbs = "|".join(map(re.escape, terms.actions))
    if not verbs:
        return
    action = re.compile(rf"{_BEFORE}({verbs})\b", re.I)
    for passage in page:
        found = [
            match
            for match in (action.finditer(passage.text) if passage.kind == "step" else ())
            if not any(match.start(1) in label for label in passage.labels)
        ]
        if len(found) > 1:
            yield Fault(
                passage.path,
                *passage.place(found[1].start(1)),
                "two-actions",
                f"This step asks for more than one action: '{found[0][1]}' and '{found[1][1]}'.",
                "Begin a new step here.",
            )
