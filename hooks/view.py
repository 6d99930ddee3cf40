"""Hands the templates what they show around a page."""

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from kb import memory, view


def on_files(files: Files, config: MkDocsConfig) -> None:
    """All at once: between the pages of MkDocs the same work takes ten times as long."""
    site, offline_map = config.extra["knowledge"], config.extra["offline_map"] is not None
    with memory.growing():
        shared = view.Shared(site)
        config.extra["views"] = {
            file.src_uri: view.page(site, file.src_uri, shared, offline_map=offline_map)
            for file in files.documentation_pages()
        }


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    context["kb"] = config.extra["views"][page.file.src_uri]
    return context


def on_template_context(context: dict[str, Any], template_name: str, config: MkDocsConfig) -> dict[str, Any]:
    return context | {"kb": view.everywhere(config.extra["knowledge"])}
