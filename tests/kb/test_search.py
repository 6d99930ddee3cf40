"""What the search in the browser gets to know."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kb import search, settings
from kb.lexicon import Lexicon
from kb.site import Site, compile_site

CASES = Path(__file__).parents[1] / "cases"
TINY = Path(__file__).parents[1] / "tiny"


@pytest.fixture(scope="module")
def site() -> Site:
    """The printers: they have error numbers."""
    return compile_site(TINY / "docs", settings.read(TINY / "mkdocs.yml"), date(2026, 12, 1))


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, dict[str, Any]]:
    """The pages that can be found, by address."""
    read = json.loads(search.text(site))
    return {page["url"]: page for page in read["pages"]}


def test_every_article_and_index_can_be_found_and_no_page_of_the_flow(
    site: Site, pages: dict[str, dict[str, Any]]
) -> None:
    assert pages.keys() == {*(one.url for one in site.knowledge.articles), *(one.url for one in site.indexes)}


def test_the_most_common_problem_comes_first(pages: dict[str, dict[str, Any]]) -> None:
    weights = [page.get("weight", 0) for page in pages.values() if page["kind"] == "article"]
    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) > 1


def test_phrases_and_messages_are_whole(site: Site, pages: dict[str, dict[str, Any]]) -> None:
    for problem in site.knowledge.problems:
        page = pages[problem.url]
        assert tuple(page.get("phrases", ())) == problem.phrases
        said = " ".join(page.get("messages", ()))
        assert all(message in said for message in problem.messages)


def test_an_article_is_found_by_what_its_numbers_mean(site: Site, pages: dict[str, dict[str, Any]]) -> None:
    answers = [answer for group in site.numbers for answer in group.answers if answer.targets]
    assert answers
    for answer in answers:
        assert f"{answer.code}: {answer.means}" in pages[answer.targets[0].article.url]["messages"]


def test_words_of_the_text_are_told_that_front_matter_does_not_have(
    site: Site, pages: dict[str, dict[str, Any]]
) -> None:
    for problem in site.knowledge.problems:
        words = set(pages[problem.url]["words"].split())
        assert words
        assert words.isdisjoint(" ".join([problem.title, *problem.phrases]).lower().split())


def test_headings_and_words_make_room_where_there_are_many_articles(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = len(search.text(site))
    monkeypatch.setattr(search, "LARGEST", 0)
    least = json.loads(search.text(site))
    assert len(json.dumps(least)) < whole
    articles = [page for page in least["pages"] if page["kind"] == "article"]
    assert articles
    assert not any("words" in page or "sections" in page for page in articles)
    assert any("phrases" in page for page in articles)


def test_words_that_mean_the_same_go_along(site: Site) -> None:
    lexicon = Lexicon.model_validate({"same": [["paper", "sheet"]]})
    told = search.data(replace(site, knowledge=replace(site.knowledge, lexicon=lexicon)))
    assert told["same"] == (("paper", "sheet"),)


def test_how_those_ask_for_whom_some_results_are_goes_along(site: Site) -> None:
    lexicon = Lexicon.model_validate({"asking": ["customers"]})
    told = search.data(replace(site, knowledge=replace(site.knowledge, lexicon=lexicon)))
    assert told["asking"] == ("customers",)
