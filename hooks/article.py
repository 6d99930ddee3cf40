"""Composes an article from its own text and, for a problem, its remedies."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from kb import memory
from kb import page as pages


def on_files(files: Files, config: MkDocsConfig) -> None:
    """All at once: between the pages of MkDocs the same work takes several times as long."""
    site, renderer = config.extra["knowledge"], config.extra["renderer"]
    with memory.growing():
        config.extra["composed"] = {
            src_uri: pages.article_markdown(site, article, renderer) for src_uri, article in site.by_page.items()
        }


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str | None:
    site = config.extra["knowledge"]
    article = site.by_page.get(page.file.src_uri)
    if article is None:
        return pages.plain_markdown(site, markdown, page.meta)
    page.meta = pages.meta(article)
    composed: str = config.extra["composed"][page.file.src_uri]
    return composed
