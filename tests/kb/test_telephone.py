"""Numbers that a person could dial count, numbers of other kinds do not."""

import pytest

from kb import telephone


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("at 800.555.0199 now", 3),
        ("+49 301", 0),
        ("call 911", 5),
        ("extension 4567", 10),
        ("1-800-GO-APPLE", 0),
        ("18OO555O199", 0),
        ("one 800 five five five 0199", 0),
        ("one-eight-hundred", 0),
        ("2026-11-21, 800 555 0199", 12),
    ],
)
def test_a_number_is_found_where_it_stands(text: str, start: int) -> None:
    assert {(found.code, found.start) for found in telephone.telephones(text)} == {("foreign-telephone", start)}


@pytest.mark.parametrize(
    "text",
    [
        "555019",
        "1, 2, 3, 4, 5, 6, 7, 8",
        "one, two, three, four, five, six, seven",
        "2026-11-21T10:30:15",
        "21.11.2026",
        "1,000,000",
        "version 10.0.19045.3803",
        "9a2c1f3e-0b7d-4c55-8e21-123456789012",
        "KB 2834956",
        "F051, F184",
        "call 100 people",
        "800-53",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert list(telephone.telephones(text)) == []
