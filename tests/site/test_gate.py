"""What search engines and programs that read need to find of the built site, and what they must not."""

import json
import re
from collections import Counter
from datetime import date
from itertools import combinations
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest
from PIL import Image

import reader
import vocabulary

TITLE = range(10, 71)
DESCRIPTION = range(50, 161)
"""Characters: fewer say too little, more are cut off in the list of results."""
ALIKE = 0.75
"""Share of four words in a row that two pages may have in common at most."""
CLICKS = 3
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def indexed(site: reader.Site) -> list[reader.Page]:
    """The pages that search engines may list."""
    found = [page for page in site.pages.values() if page.indexed and not page.refresh]
    assert found
    return found


@pytest.fixture(scope="module")
def articles(catalogue: dict[str, Any]) -> list[dict[str, Any]]:
    return [*catalogue["articles"], *catalogue["remedies"]]


def test_each_page_has_one_canonical_address_which_is_its_own(site: reader.Site, indexed: list[reader.Page]) -> None:
    assert {page.url: page.canonicals for page in indexed if page.canonicals != [site.address + page.url]} == {}


def test_titles_and_descriptions_are_of_the_right_length(indexed: list[reader.Page]) -> None:
    assert [page.title for page in indexed if len(page.title) not in TITLE] == []
    described = {page.url: page.metas.get("description", "") for page in indexed}
    assert {url: text for url, text in described.items() if len(text) not in DESCRIPTION} == {}


def test_the_name_of_the_site_never_makes_a_title_longer_than_search_engines_show(indexed: list[reader.Page]) -> None:
    named = [page.title for page in indexed if page.title.endswith(" - Second-step sign-in help")]
    assert named
    assert [title for title in named if len(title) > 60] == []


def test_every_exact_message_stands_in_a_heading_of_each_of_its_articles(
    site: reader.Site, catalogue: dict[str, Any]
) -> None:
    without = []
    for article in catalogue["articles"]:
        html = (site.folder / article["url"] / "index.html").read_text(encoding="utf-8")
        headings = reader.parse("", " ".join(re.findall(r"<h1.*?</h1>", html, re.S))).headings
        whole = " ".join((*headings, *_headings(html))).casefold()
        without += [(article["id"], message) for message in article["messages"] if message.casefold() not in whole]
    assert without == []


def test_headings_are_in_order(site: reader.Site) -> None:
    shown = [page for page in site.pages.values() if not page.refresh and page.levels]
    assert shown
    jumps = {
        page.url: page.levels
        for page in shown
        if any(later > earlier + 1 for earlier, later in zip([0, *page.levels], page.levels, strict=False))
    }
    assert jumps == {}


def test_every_picture_has_a_text_in_its_place(site: reader.Site) -> None:
    assert {page.url: page.unnamed for page in site.pages.values() if page.unnamed} == {}


def test_structured_data_is_valid_by_the_vocabulary(indexed: list[reader.Page]) -> None:
    assert {page.url: len(page.data) for page in indexed if len(page.data) != 1} == {}
    faults = {page.url: found for page in indexed for data in page.data if (found := list(vocabulary.faults(data)))}  # type: ignore[arg-type]
    assert faults == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"@type": "TechArtikel"},
        {"@type": "TechArticle", "headlin": "x"},
        {"@type": "TechArticle", "headline": ""},
        {"@type": "TechArticle", "publisher": {"@type": "WebSite", "name": "x"}},
        {"@type": "ListItem", "position": {"@type": "Thing"}},
        {"@graph": [{"@type": "WebSite", "serverStatus": "x"}]},
    ],
)
def test_the_vocabulary_finds_what_is_wrong(wrong: dict[str, Any]) -> None:
    assert list(vocabulary.faults(wrong))


def test_structured_data_says_what_the_page_says(
    site: reader.Site, indexed: list[reader.Page], articles: list[dict[str, Any]]
) -> None:
    urls = {article["url"] for article in articles}
    for page in indexed:
        parts = {part["@type"]: part for part in page.data[0]["@graph"]}  # type: ignore[index]
        assert set(parts) <= {"TechArticle", "WebPage", "WebSite", "BreadcrumbList"}
        assert ("TechArticle" in parts) == (page.url in urls)
        about = parts.get("TechArticle") or parts.get("WebPage") or parts["WebSite"]
        assert about["url"] == site.address + page.url
        assert about["description"] == page.metas["description"]
        if page.url in urls:
            assert [about["headline"]] == page.headings
            reviewed = date.fromisoformat(about["mainEntityOfPage"]["lastReviewed"])
            assert f"Last reviewed on {reviewed.day} {reviewed:%B %Y}" in page.text
            assert about["dateModified"] >= reviewed.isoformat()


def test_the_trail_of_search_engines_is_the_one_at_the_top_of_the_page(
    site: reader.Site, indexed: list[reader.Page]
) -> None:
    trails = 0
    for page in indexed:
        told = [part for part in page.data[0]["@graph"] if part["@type"] == "BreadcrumbList"]  # type: ignore[index]
        steps = told[0]["itemListElement"] if told else []
        shown = [link for link in page.links if any(".kb-path__list" in tag for tag in link.inside)]
        assert [step["name"] for step in steps[:-1]] == [link.text for link in shown], page.url
        addresses = [urljoin(site.address + page.url, link.address) for link in shown]
        assert [step["item"] for step in steps] == addresses + [site.address + page.url] * bool(steps), page.url
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        trails += bool(steps)
    assert trails > len(indexed) / 2


def test_a_shared_link_has_a_title_a_description_and_a_picture(site: reader.Site, indexed: list[reader.Page]) -> None:
    for page in indexed:
        said = page.metas
        assert said["og:url"] == site.address + page.url
        assert said["og:title"] in (page.title, page.title.removesuffix(f" - {said['og:site_name']}"))
        assert said["og:description"] == said["description"]
        assert said["twitter:card"] == "summary_large_image"
        name = said["og:image"].removeprefix(site.address)
        assert name in site.files
    with Image.open(site.folder / name) as picture:
        assert (str(picture.width), str(picture.height)) == (said["og:image:width"], said["og:image:height"])


def test_the_sitemap_names_exactly_the_pages_that_may_be_listed(site: reader.Site, indexed: list[reader.Page]) -> None:
    named = [one.findtext(f"{SITEMAP}loc") for one in _sitemap(site)]
    assert Counter(named) == Counter(site.address + page.url for page in indexed)


def test_the_sitemap_says_of_articles_alone_when_they_last_changed(
    site: reader.Site, catalogue: dict[str, Any], articles: list[dict[str, Any]]
) -> None:
    dates = {str(one.findtext(f"{SITEMAP}loc")): one.findtext(f"{SITEMAP}lastmod") for one in _sitemap(site)}
    told = {url.removeprefix(site.address): day for url, day in dates.items() if day}
    assert set(told) == {article["url"] for article in articles}
    for article in catalogue["articles"]:
        assert told[article["url"]] >= article["reviewed"]
    assert all(date.fromisoformat(day) for day in told.values())


def test_robots_may_read_everything_and_are_told_where_the_sitemap_is(site: reader.Site) -> None:
    lines = (site.folder / "robots.txt").read_text(encoding="utf-8").split("\n")
    assert [line for line in lines if line] == ["User-agent: *", "Allow: /", f"Sitemap: {site.address}sitemap.xml"]


def test_no_two_pages_that_may_be_listed_say_nearly_the_same(indexed: list[reader.Page]) -> None:
    said = {page.url: _runs(page.text) for page in indexed}
    # What stands on many pages, such as the way to a human, makes no two of them alike.
    often = Counter(run for runs in said.values() for run in runs)
    own = {url: {run for run in runs if often[run] <= len(said) / 10} for url, runs in said.items()}
    assert [url for url, runs in own.items() if len(runs) < 40] == []
    alike = {
        pair: share
        for pair in combinations(own, 2)
        if (share := len(own[pair[0]] & own[pair[1]]) / len(own[pair[0]] | own[pair[1]])) > ALIKE
    }
    assert alike == {}


def test_every_page_that_may_be_listed_is_reached_from_the_first_in_three_clicks(
    site: reader.Site, indexed: list[reader.Page]
) -> None:
    clicks, ahead = {"": 0}, [""]
    while ahead:
        url = ahead.pop(0)
        for link in site.pages[url].links:
            target = site.resolve(site.pages[url], link.address) if link.tag == "a" else None
            if target and target[0] in site.pages and target[0] not in clicks:
                clicks[target[0]] = clicks[url] + 1
                ahead.append(target[0])
    assert {page.url: clicks.get(page.url) for page in indexed if clicks.get(page.url, CLICKS + 1) > CLICKS} == {}


def test_every_article_leads_to_itself_as_markdown(site: reader.Site, articles: list[dict[str, Any]]) -> None:
    for article in articles:
        page = site.pages[article["url"]]
        named = site.resolve(page, page.alternates["text/markdown"])
        assert named == (_markdown(article), "")
        text = (site.folder / named[0]).read_text(encoding="utf-8")
        assert text.startswith(f"# {article['title']}\n")
        assert f"{site.address}{article['url']}\n" in text


def test_the_links_of_articles_as_markdown_lead_somewhere(site: reader.Site, articles: list[dict[str, Any]]) -> None:
    for article in articles:
        text = (site.folder / _markdown(article)).read_text(encoding="utf-8")
        assert "](/" not in text
        for link in re.findall(rf"\({re.escape(site.address)}([^)#\s]*)", text):
            assert link in site.pages, (article["url"], link)


def test_the_list_for_programs_names_every_article_once(site: reader.Site, articles: list[dict[str, Any]]) -> None:
    text = (site.folder / "llms.txt").read_text(encoding="utf-8")
    assert text.startswith("# Second-step sign-in help\n\n> ")
    links = re.findall(r"^- \[.+?\]\((\S+)\)", text, re.M)
    named = [link.removeprefix(site.address) for link in links if link.endswith(".md")]
    assert Counter(named) == Counter(map(_markdown, articles))
    assert json.loads((site.folder / "catalogue.json").read_text(encoding="utf-8"))
    assert set(links) >= {f"{site.address}catalogue.json"}


def _markdown(article: dict[str, Any]) -> str:
    return f"{article['url'].rstrip('/')}.md"


def _headings(html: str) -> list[str]:
    """The texts of the headings below the first."""
    found = re.findall(r"<h[2-6][^>]*>(.*?)</h[2-6]>", html, re.S)
    return [reader.parse("", f"<h1>{text}</h1>").headings[0] for text in found]


def _sitemap(site: reader.Site) -> list[ElementTree.Element]:
    tree = ElementTree.parse(site.folder / "sitemap.xml")  # noqa: S314 - our own file
    return tree.findall(f"{SITEMAP}url")


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return set(zip(words, words[1:], words[2:], words[3:], strict=False))
