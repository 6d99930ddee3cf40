"""Composes an article from its own text and, for a problem, its remedies."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from kb import page as pages


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str | None:
    site = config.extra["knowledge"]
    article = site.by_page.get(page.file.src_uri)
    if article is None:
        return pages.plain_markdown(site, markdown, page.meta)
    page.meta = pages.meta(article)
    return pages.article_markdown(site, article, config.extra["renderer"])
