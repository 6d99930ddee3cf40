"""The day of the build."""

from datetime import UTC, date, datetime

import pytest

from kb import day


@pytest.mark.parametrize(
    ("epoch", "expected"),
    [("0", date(1970, 1, 1)), ("1795219199", date(2026, 11, 20)), ("1795219200", date(2026, 11, 21))],
)
def test_the_day_that_the_build_is_told_counts_in_utc(
    epoch: str, expected: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert day.today() == expected


@pytest.mark.parametrize("epoch", [None, "", "tomorrow", "-1", "1.5"])
def test_otherwise_it_is_the_day_of_the_clock(epoch: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if epoch is not None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    before = datetime.now(UTC).date()
    assert before <= day.today() <= datetime.now(UTC).date()
