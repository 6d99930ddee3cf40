"""Writes the articles of a knowledge base as ordinary Markdown, for generators that know nothing of this project.

usage: python bench/yardsticks.py BASE DIR

BASE was made by bench/generate.py. DIR gets `docs` with every article as its page tells it, the indexes and the
glossary; settings for MkDocs and Zensical with all pages in the navigation (`all.yml`) or only the indexes
(`indexes.yml`); and `hugo` with the same pages and the layouts of bench/hugo. What is not there: the flow and its map.
"""

import argparse
import json
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import yaml
from mkdocs.utils.yaml import yaml_load

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "hooks"))

from kb import day, explanation, page, settings
from kb.render import Renderer
from kb.site import compile_site

BENCH = Path(__file__).resolve().parent
PROJECT = BENCH.parent
SHARED = ("site_url", "edit_uri_template", "copyright", "markdown_extensions", "use_directory_urls")
"""The settings of mkdocs.yml that make pages what they are; those of its theme are taken over too."""
OURS = ("custom_dir", "favicon", "disclaimer", "provenance", "feedback")
"""But for these, which the theme itself does not know, or which stand for files of ours."""
FOLDERS = ("symptoms", "problems", "remedies", "reference")

_LINK = re.compile(r"\[([^]]*)\]\(/([^)#\s]+\.md)(#[^)\s]*)?\)")
_BLOCK = re.compile(r"^/{3,}.*\n(?: {4}.*\n)*", re.M)
_ATTRIBUTES = re.compile(r"^\{[^}]*\} *$|(?<=\S) \{ (?!#)[^}]*\}", re.M)


@dataclass(frozen=True, slots=True)
class Written:
    """A page: its path below docs, and what it says."""

    path: str
    title: str
    description: str
    text: str

    def with_front(self, text: str) -> str:
        """JSON is YAML too, whatever stands in it."""
        front = f"title: {json.dumps(self.title)}\ndescription: {json.dumps(self.description)}"
        return f"---\n{front}\n---\n\n{text}"


def pages(base: Path) -> list[Written]:
    """The articles, composed, and the pages that list them. Links to others become plain text."""
    site = compile_site(base / "docs", settings.read(base / "mkdocs.yml"), day.today())
    renderer = Renderer(PROJECT / "overrides" / "markdown")
    found = [Written("index.md", "Start", "The first page.", "# Start\n\nA generated knowledge base.\n")]
    for path, article in site.by_page.items():
        text = page.article_markdown(site, article, renderer)
        found.append(Written(path, article.title, article.description, text))
    for made in page.generated(site):
        if made.path in site.index_pages or made.path == explanation.PAGE:
            front = made.front(renderer)
            found.append(Written(made.path, front["title"], front["description"], made.text(renderer)))
    paths = {one.path for one in found}
    return [Written(one.path, one.title, one.description, _linked(one, paths)) for one in found]


def _linked(one: Written, paths: set[str]) -> str:
    up = "../" * one.path.count("/")

    def relative(link: re.Match[str]) -> str:
        return f"[{link[1]}]({up}{link[2]}{link[3] or ''})" if link[2] in paths else link[1]

    return _LINK.sub(relative, one.text)


def write(base: Path, folder: Path) -> None:
    written = pages(base)
    for one in written:
        _write(folder / "docs" / one.path, one.with_front(one.text))
        _write(folder / "hugo" / "content" / _for_hugo(one.path), one.with_front(_plain(one)))
    own = yaml_load((PROJECT / "mkdocs.yml").read_text(encoding="utf-8"))
    shared = {
        **{key: own[key] for key in SHARED},
        "site_name": "A generated knowledge base",
        "theme": {key: value for key, value in own["theme"].items() if key not in OURS},
    }
    lists = [page for page in ("index.md", "glossary.md") if (folder / "docs" / page).exists()]
    lists += sorted(one.path for one in written if one.path.startswith("symptoms/"))
    _write_settings(folder / "all.yml", shared | {"nav": list(_everything(written))})
    outside = {"not_in_nav": "\n".join(f"/{name}/" for name in FOLDERS)}
    _write_settings(folder / "indexes.yml", shared | outside | {"nav": lists})
    shutil.copytree(BENCH / "hugo", folder / "hugo", dirs_exist_ok=True)


def _everything(written: list[Written]) -> Iterator[str | dict[str, list[str]]]:
    """A section for each folder."""
    yield from sorted(one.path for one in written if "/" not in one.path)
    for name in FOLDERS:
        yield {name.capitalize(): sorted(one.path for one in written if one.path.startswith(f"{name}/"))}


def _for_hugo(path: str) -> str:
    """There an index.md swallows its neighbours."""
    place = PurePosixPath(path)
    return place.with_name("_index.md").as_posix() if place.name == "index.md" else path


def _plain(one: Written) -> str:
    """Without blocks and attributes, which are no Markdown of Hugo's, and with the addresses that links lead to."""
    text = _ATTRIBUTES.sub("", _BLOCK.sub("", one.text))
    return re.sub(r"\]\((?:\.\./)*([^)#\s]+)\.md", lambda link: f"](/{link[1].removesuffix('index')}/", text)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _write_settings(path: Path, data: Mapping[str, Any]) -> None:
    _write(path, yaml.safe_dump(dict(data), sort_keys=False))


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a generated knowledge base for other generators.")
    parser.add_argument("base", type=Path, help="what bench/generate.py made")
    parser.add_argument("folder", type=Path, help="where to put it; is made")
    arguments = parser.parse_args()
    write(arguments.base.resolve(), arguments.folder.resolve())


if __name__ == "__main__":
    main()
