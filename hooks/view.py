"""Hands the templates what they show around a page."""

from kb import view
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext


def on_page_context(context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
    return context | {"kb": view.page(config.extra["knowledge"], page.file.src_uri)}


def on_template_context(context: TemplateContext, template_name: str, config: MkDocsConfig) -> TemplateContext:
    return context | {"kb": view.everywhere(config.extra["knowledge"])}
