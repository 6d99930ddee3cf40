"""Marks the words in articles that the glossary explains, and hands their explanations to the templates."""

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from kb import explanation, view
from kb.skip import skipped


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> None:
    site = config.extra["knowledge"]
    article = site.by_page.get(page.file.src_uri)
    if site.words and article and not skipped(context):
        page.content = explanation.mark(page.content or "", site.words, site.words.on_page[article.slug])
        context["kb"]["words"] = view.words(site.words, page.content)
