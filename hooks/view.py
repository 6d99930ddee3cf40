"""Hands the templates what they show around a page."""

from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from kb import view
from kb.once import Once
from kb.skip import skipped


def on_files(files: Files, config: MkDocsConfig) -> None:
    config.extra["shared"] = view.Shared(config.extra["knowledge"])


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    env.add_extension(Once)


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> None:
    if not skipped(context):
        extra = config.extra
        offline_map = extra["offline_map"] is not None
        context["kb"] = view.page(extra["knowledge"], page.file.src_uri, extra["shared"], offline_map=offline_map)


def on_template_context(context: dict[str, Any], template_name: str, config: MkDocsConfig) -> dict[str, Any]:
    return context | {"kb": view.everywhere(config.extra["knowledge"])}
