"""The list of what may be said is read as it stands, with what the organisation says of itself."""

from pathlib import Path

import pytest

from kb import allowed
from kb.allowed import List
from kb.settings import Extra


def read(docs: Path, text: str) -> List | list[str]:
    (docs / allowed.PATH).write_text(text, encoding="utf-8")
    found = allowed.read(docs, Extra(), ["problems/x.md"])
    return found if isinstance(found, List) else [fault.code for fault in found]


def test_without_the_file_nothing_is_allowed(tmp_path: Path) -> None:
    found = allowed.read(tmp_path, Extra())
    assert isinstance(found, List)
    assert found == allowed.make_list(f"{tmp_path.name}/{allowed.PATH}")


def test_what_stands_in_the_file_is_allowed(tmp_path: Path) -> None:
    found = read(tmp_path, "hosts: [aka.ms]\ntelephones: [+44 20 7946 0958]\nmails: [a@b.org]\nexamples: [c.com]\n")
    assert isinstance(found, List)
    assert (found.hosts, found.mails) == ({"aka.ms"}, {"a@b.org"})
    assert (found.telephones, found.files) == ({"442079460958"}, {"x.md"})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("hosts: [https://aka.ms]", "bad-host"),
        ("hosts: [AKA.ms]", "bad-host"),
        ("mails: [help]", "bad-mail-address"),
        ("telephones: [12]", "bad-telephone"),
        ("telephones: [call 800 555 0199]", "bad-telephone"),
        ("hosts: [aka.ms, aka.ms]", "said-twice"),
        ("host: [aka.ms]", "unknown-key"),
    ],
)
def test_an_entry_that_could_never_match_is_a_fault(text: str, code: str, tmp_path: Path) -> None:
    assert read(tmp_path, f"{text}\n") == [code]


@pytest.mark.parametrize("text", ["+44 20 7946 0958", "+44 (20) 7946-0958", "442079460958", "see c.com.", "(c.com)"])
def test_numbers_match_however_they_are_grouped_and_examples_exactly(text: str) -> None:
    listed = allowed.make_list("x", telephones=["+44 20 7946 0958"], examples=["c.com"])
    assert listed.harmless
    assert listed.harmless.search(text)


@pytest.mark.parametrize("text", ["144 20 7946 0958", "+44 20 7946 09580", "c.com.evil.net", "evil-c.com", "www.c.com"])
def test_nothing_matches_a_part_of_something_longer(text: str) -> None:
    listed = allowed.make_list("x", telephones=["+44 20 7946 0958"], examples=["c.com"])
    assert listed.harmless
    assert not listed.harmless.search(text)
