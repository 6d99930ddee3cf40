"""What nobody else may have is taken out of a report; what the help desk needs stays. Run in a browser."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

CORPUS = Path(__file__).parent / "corpus"
REMOVED = re.compile(r"\[removed: [a-z -]+\]")
HIDDEN = re.compile(r"\\u([0-9a-f]{4})")
Scrub = Callable[[list[str]], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def page(chromium: Browser, served: str) -> Iterator[Page]:
    """A page of the site, from which its modules can be loaded."""
    with chromium.new_context() as context:
        opened = context.new_page()
        opened.goto(f"{served}about/")
        yield opened


@pytest.fixture(scope="module")
def scrub(page: Page, served: str) -> Scrub:
    """The function that is tested, for many texts at once."""
    module = f"{served}assets/js/help/scrub.js"

    def run(texts: list[str]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = page.evaluate(
            "async ([module, texts]) => { const { scrub } = await import(module); return texts.map(scrub) }",
            [module, texts],
        )
        return found

    return run


def test_there_are_enough_cases() -> None:
    assert len(_cases("secrets")) >= 200
    assert len(_cases("harmless")) >= 100


def test_no_secret_survives_and_what_stands_around_it_stays(scrub: Scrub) -> None:
    cases = _cases("secrets")
    wrong = []
    for case, found in zip(cases, scrub([re.sub("[⟦⟧]", "", case) for case in cases]), strict=True):
        expected = re.sub("⟦[^⟧]*⟧", "…", case)
        if REMOVED.sub("…", found["text"]) != expected or not found["removed"]:
            wrong.append((case, found))
    assert wrong == []


def test_harmless_texts_stay_as_they_are(scrub: Scrub) -> None:
    cases = _cases("harmless")
    assert [(case, found) for case, found in zip(cases, scrub(cases), strict=True) if found["text"] != case] == []


def test_a_text_that_was_cleaned_stays_as_it_is_when_it_is_cleaned_again(scrub: Scrub) -> None:
    once = [found["text"] for found in scrub([re.sub("[⟦⟧]", "", case) for case in _cases("secrets")])]
    assert [found["text"] for found in scrub(once)] == once


def test_secrets_are_found_in_the_middle_of_a_long_text(scrub: Scrub) -> None:
    around = _cases("harmless")
    secrets = [re.sub("[⟦⟧]", "", case) for case in _cases("secrets")]
    expected = [found["text"] for found in scrub(secrets)]
    texts = [f"{around[at % len(around)]}\n\n{secret}\n\nThat was all." for at, secret in enumerate(secrets)]
    found = scrub(texts)
    assert [
        one["text"]
        for one, text, at in zip(found, expected, range(len(found)), strict=True)
        if one["text"] != f"{around[at % len(around)]}\n\n{text}\n\nThat was all."
    ] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "\ud800 alone",
        "\U000f0000\U000f0001",
        "[removed: a code] [removed: ",
        "password: " * 3000,
        "1 " * 20000,
        "a-" * 20000,
        "-----BEGIN PRIVATE KEY-----" * 500,
        "'\"=:" * 8000,
        "code is the my " * 2000,
        "https://" * 4000,
        "0" * 40000,
        "aB3" * 14000,
        "recovery codes: " * 2000,
    ],
)
def test_no_text_is_too_odd_or_too_slow(text: str, page: Page, served: str) -> None:
    milliseconds = page.evaluate(
        """async ([module, text]) => {
            const { scrub } = await import(module)
            const start = performance.now()
            scrub(text)
            return performance.now() - start
        }""",
        [f"{served}assets/js/help/scrub.js", text],
    )
    assert milliseconds < 3000


def _cases(name: str) -> list[str]:
    lines = (CORPUS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    cases = [line for line in lines if line and not line.startswith("# ")]
    return [
        HIDDEN.sub(lambda match: chr(int(match[1], 16)), case.replace("·", "").replace("\\n", "\n")) for case in cases
    ]
