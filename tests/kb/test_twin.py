"""Articles as Markdown for programs."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kb import twin
from kb.render import Renderer

if TYPE_CHECKING:
    from tests.kb.conftest import Compile, Text

ROOT = "https://bicycles.example/help/"


@pytest.fixture
def renderer(root: Path) -> Renderer:
    return Renderer(root / "overrides/markdown")


def test_it_tells_all_that_the_page_tells_and_nothing_of_the_engines_own(
    compiled: "Compile", renderer: Renderer
) -> None:
    site = compiled({})
    for article in site.knowledge.articles:
        text = twin.markdown(site, article, renderer, ROOT)
        assert text.startswith(f"# {article.title}\n\n> {article.description}\n")
        assert f"{ROOT}{article.url}\n" in text
        assert "///" not in text
        assert "{ " not in text
    text = twin.markdown(site, site.knowledge.by_slug["flat-tyre"], renderer, ROOT)
    for words in ("Stop riding", "### 1. Mend the tube", "a thorn went through the tube", "Take the tube out."):
        assert words in text


def test_a_remedy_names_its_problems(compiled: "Compile", renderer: Renderer) -> None:
    site = compiled({})
    text = twin.markdown(site, site.knowledge.by_slug["visit-shop"], renderer, ROOT)
    assert f"- [My brakes squeal]({ROOT}problems/squeal/)" in text


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("[a](/problems/flat-tyre.md)", "[a](https://bicycles.example/help/problems/flat-tyre/)"),
        ("[a](/index.md)", "[a](https://bicycles.example/help/)"),
        (
            "[a](/problems/flat-tyre.md#how-to-tell)",
            "[a](https://bicycles.example/help/problems/flat-tyre/#how-to-tell)",
        ),
        ("[a][b]\n\n[b]: /problems/flat-tyre.md", "[b]: https://bicycles.example/help/problems/flat-tyre/"),
    ],
)
def test_its_links_hold_anywhere(
    compiled: "Compile", good: "Text", renderer: Renderer, link: str, address: str
) -> None:
    problem = good("problems/squeal.md") + f"\n{link}\n"
    site = compiled({"problems/squeal.md": problem})
    assert address in twin.markdown(site, site.knowledge.by_slug["squeal"], renderer, ROOT)
