"""Gives a page its text: to one that nobody writes, and to an article, composed of its own and its remedies."""

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from kb import page as pages
from kb.skip import skipped


def on_page_read_source(page: Page, config: MkDocsConfig) -> str | None:
    """Nothing, for an article: its front matter is read already, and MkDocs would read it once more."""
    return "" if page.file.src_uri in config.extra["knowledge"].by_page else None


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    site, path = config.extra["knowledge"], page.file.src_uri
    if article := site.by_page.get(path):
        page.meta = pages.meta(site, article)
    elif made := config.extra["generated"].get(path):
        page.meta = made.front(config.extra["renderer"])
    else:
        return pages.plain_markdown(site, markdown, page.meta)
    return "" if config.extra.get("late") else _text(page, config)


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> None:
    if not page.markdown and not skipped(context):
        page.markdown = _text(page, config)


def _text(page: Page, config: MkDocsConfig) -> str:
    site, renderer, path = config.extra["knowledge"], config.extra["renderer"], page.file.src_uri
    if article := site.by_page.get(path):
        return pages.article_markdown(site, article, renderer)
    made = config.extra["generated"].get(path)
    return pages.plain_markdown(site, made.text(renderer), page.meta) if made else ""
