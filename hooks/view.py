"""Hands the templates what they show around a page."""

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from kb import view


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    offline_map = config.extra["offline_map"] is not None
    return context | {"kb": view.page(config.extra["knowledge"], page.file.src_uri, offline_map=offline_map)}


def on_template_context(context: dict[str, Any], template_name: str, config: MkDocsConfig) -> dict[str, Any]:
    return context | {"kb": view.everywhere(config.extra["knowledge"])}
