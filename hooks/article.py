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
            src_uri: (pages.article_markdown(site, article, renderer), pages.meta(site, article))
            for src_uri, article in site.by_page.items()
        }


def on_page_read_source(page: Page, config: MkDocsConfig) -> str | None:
    """Nothing, for an article: its front matter is read already, and MkDocs would read it once more."""
    return "" if page.file.src_uri in config.extra["composed"] else None


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str | None:
    extra = config.extra
    composed: tuple[str, dict[str, str]] | None = extra["composed"].get(page.file.src_uri)
    if composed is None:
        return pages.plain_markdown(extra["knowledge"], markdown, page.meta)
    markdown, page.meta = composed
    return markdown
