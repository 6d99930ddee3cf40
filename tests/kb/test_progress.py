"""A long build says how far it is, a short one nothing."""

from itertools import count

from kb.progress import EVERY, Progress


def test_a_build_that_is_soon_over_says_nothing() -> None:
    said: list[str] = []
    progress = Progress(1000, lambda: EVERY - 1, said.append)
    for _ in range(1000):
        progress.reach(1)
    assert said == []


def test_after_each_few_seconds_it_says_how_many_pages_are_made() -> None:
    said: list[str] = []
    seconds = count()
    progress = Progress(12_000, lambda: float(next(seconds)), said.append)
    for made in range(1000, 12_000, 1000):
        progress.reach(made)
    assert said == ["5,000 of 12,000 pages made", "10,000 of 12,000 pages made"]
