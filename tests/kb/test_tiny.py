"""Another domain is another vocabulary and other articles: tests/tiny builds with the project's hooks as they are."""

import ast
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin

import pytest
import yaml
from pydantic import BaseModel

from kb import article, catalogue, index, ledger, numbers, origin, schema, settings, vocabulary

ADDRESS = "https://printers.example/"
# Words of Python and of front matter, whatever the domain.
FRONT = {name for front in article.FRONTS.values() for name in front.model_fields}
# The anchor of a message that has no letter in it.
ALSO = {index.anchor("…")}


class Links(HTMLParser):
    """Collects where a page leads, and its words."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.found: list[str] = []
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in {"script", "style"}
        href = dict(attrs).get("href")
        if tag == "a" and href:
            self.found.append(urldefrag(urljoin(ADDRESS + self.url, href))[0].removeprefix(ADDRESS))

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)


@pytest.fixture(scope="module")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny site, built strictly with the project's hooks and templates."""
    folder = tmp_path_factory.mktemp("tiny") / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(
        [*command, "--config-file", "tests/tiny/mkdocs.yml"],
        cwd=root,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def pages(built: Path) -> dict[str, Links]:
    """All built pages by address."""
    found = {}
    for file in built.rglob("index.html"):
        url = file.parent.relative_to(built).as_posix() + "/"
        url = "" if url == "./" else url
        found[url] = Links(url)
        found[url].feed(file.read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def told(built: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((built / "catalogue.json").read_text(encoding="utf-8"))
    return read


def facets(docs: Path) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((docs / "vocabulary.yml").read_text(encoding="utf-8"))
    return read


def test_it_has_six_problems_and_facets_of_its_own(root: Path, told: dict[str, Any]) -> None:
    assert sum(one["kind"] == "problem" for one in told["articles"]) == 6
    own, ours = facets(root / "tests/tiny/docs")["facets"], facets(root / "docs")["facets"]
    assert not own.keys() & ours.keys()


def test_its_flow_is_walked_by_links_to_every_problem(pages: dict[str, Links], told: dict[str, Any]) -> None:
    reached: set[str] = set()
    ahead = ["find/"]
    while ahead:
        url = ahead.pop()
        if url not in reached:
            reached.add(url)
            ahead += [link for link in pages[url].found if link.startswith("find/")]
            reached |= {link for link in pages[url].found if link.startswith("problems/")}
    assert {one["url"] for one in told["articles"] if one["kind"] == "problem"} <= reached
    assert {node["url"] for node in told["flow"]["nodes"]} <= reached


def test_its_indexes_lead_to_every_article(pages: dict[str, Links], told: dict[str, Any]) -> None:
    shown = {link for page in pages if page.startswith("symptoms/") for link in pages[page].found}
    assert {one["url"] for one in told["articles"]} <= shown


def test_each_facet_with_an_index_has_its_page(pages: dict[str, Links]) -> None:
    assert {page for page in pages if page.startswith("symptoms/")} == {
        "symptoms/",
        *(f"symptoms/{name}/" for name in ("trouble", "colour", "messages", "numbers", "phrases", "who")),
    }


def test_its_numbers_have_no_form_that_the_engine_knows(pages: dict[str, Links], told: dict[str, Any]) -> None:
    assert [(one["number"], one["short"], one["articles"]) for one in told["numbers"]] == [
        ("E9", "9", ["no-paper"]),
        ("E10", "10", ["paper-stuck"]),
        ("4711", None, ["call-technician"]),
    ]
    page = pages["symptoms/numbers/"]
    assert "Clean the rollers." in " ".join(page.words)
    assert {"problems/no-paper/", "problems/paper-stuck/", "problems/call-technician/"} <= set(page.found)


def test_its_words_are_explained_where_it_says_them(pages: dict[str, Links]) -> None:
    assert "The usual size of paper, nearly 30 centimetres high." in " ".join(pages["reference/paper-sizes/"].words)
    assert "glossary/" in pages["reference/paper-sizes/"].found
    assert "A tray that holds" in " ".join(pages["glossary/"].words)


def test_an_article_shows_its_remedies_and_links_to_its_values(pages: dict[str, Links]) -> None:
    page = pages["problems/no-paper/"]
    assert "Fill it up to the mark." in " ".join(page.words)
    assert {"symptoms/trouble/", "symptoms/messages/", "reference/paper-sizes/"} <= set(page.found)


def test_its_old_address_leads_to_its_article(built: Path) -> None:
    assert "../../problems/no-paper/" in (built / "old/tray/index.html").read_text(encoding="utf-8")


def test_its_pages_name_those_of_the_other_language(built: Path) -> None:
    page = (built / "problems/no-paper/index.html").read_text(encoding="utf-8")
    for language, address in (("en", ADDRESS), ("de", f"{ADDRESS}de/")):
        assert f'<link rel="alternate" hreflang="{language}" href="{address}problems/no-paper/">' in page


def test_its_articles_are_there_for_programs_too(built: Path, told: dict[str, Any]) -> None:
    listed = (built / "llms.txt").read_text(encoding="utf-8")
    for one in (*told["articles"], *told["remedies"]):
        markdown = f"{one['url'].rstrip('/')}.md"
        assert f"({ADDRESS}{markdown})" in listed
        assert (built / markdown).is_file()


def test_no_word_of_the_other_domain_is_on_its_pages(root: Path, pages: dict[str, Links]) -> None:
    ours = facets(root / "docs")
    words = [value["label"] for facet in ours["facets"].values() for value in facet["values"].values()]
    words += [facet["question"] for facet in ours["facets"].values() if "question" in facet]
    words += ["Microsoft", "Authenticator", "sign in", "sign-in", "verification", "two-step", "second step"]
    # Every office has a help desk; the templates speak of it where a site names no other contact.
    words.remove("Help desk")
    for url, page in pages.items():
        text = re.sub(r"\s+", " ", " ".join(page.words)).casefold()
        found = [word for word in words if re.search(rf"\b{re.escape(word.casefold())}(?!\w)", text)]
        assert found == [], url


def test_no_facet_and_no_value_of_either_domain_stands_in_the_code(root: Path) -> None:
    names: set[str] = set()
    for docs in (root / "docs", root / "tests/tiny/docs"):
        read = facets(docs)
        names |= {name for facet, more in read["facets"].items() for name in (facet, *more["values"])}
        names |= {*read["who"], *read["needs"], *read.get("notices", {})}
        known = yaml.safe_load((docs / numbers.PATH).read_text(encoding="utf-8"))
        names |= {*known["prefixes"], *known["families"]}
    models = [
        one
        for module in (article, catalogue, numbers, schema, settings, vocabulary)
        for one in vars(module).values()
        if isinstance(one, type) and issubclass(one, BaseModel)
    ]
    names -= (
        {name for model in models for name in model.model_fields} | {*ledger.COLUMNS, *origin.COLUMNS} | FRONT | ALSO
    )
    for file in (root / "hooks").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant):
                assert node.value not in names, f"{file.name}:{node.lineno}"
