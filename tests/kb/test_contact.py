"""Telephone numbers, mail addresses and hosts that nobody allowed are found in every disguise, and nothing else is."""

import re
from pathlib import Path

import pytest

from kb import allowed, contact
from kb.source import Source

CASES = Path(__file__).parent / "contacts"
LISTED = allowed.make_list(
    "docs/allowed.yml",
    hosts=["aka.ms", "support.microsoft.com", "learn.microsoft.com"],
    mails=["help@example.org"],
    telephones=["+44 20 7946 0958", "+1 (217) 302 1989"],
    examples=["alain@contoso.com", "+1 4251234567", "outlook.com"],
    files=["index.md", "fork.md"],
)


def lines(name: str) -> list[str]:
    return [line for line in (CASES / name).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


def text(case: str) -> str:
    return re.sub(r"\{U\+([0-9A-F]+)\}", lambda match: chr(int(match[1], 16)), case.replace("¶", "\n"))


def codes(case: str) -> set[str]:
    return {fault.code for fault in contact.scan(Source("docs/problems/x.md", case), LISTED)}


HARMFUL = [line.split(": ", 1) for line in lines("harmful.txt")]
HARMLESS = lines("harmless.txt")


def test_there_are_enough_cases() -> None:
    assert len(HARMFUL) >= 80
    assert len(HARMLESS) >= 60
    assert len(set(map(tuple, HARMFUL))) == len(HARMFUL)
    assert len(set(HARMLESS)) == len(HARMLESS)


@pytest.mark.parametrize(("code", "case"), HARMFUL)
def test_what_harms_is_found(code: str, case: str) -> None:
    assert code in codes(text(case))


@pytest.mark.parametrize(("code", "case"), HARMFUL)
def test_it_is_found_in_the_middle_of_a_page_too(code: str, case: str) -> None:
    assert code in codes(f"Some words.\n\nMore words here.\n\n{text(case)}\n\nThe end of it.\n\nMore words.\n")


@pytest.mark.parametrize("case", HARMLESS)
def test_what_is_harmless_is_left_alone(case: str) -> None:
    assert codes(text(case)) == set()
