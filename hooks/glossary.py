"""Marks the words in articles that the glossary explains, and hands their explanations to the templates."""

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from kb import explanation, memory, view


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """All at once, before the first page goes into its template."""
    site, views = config.extra["knowledge"], config.extra["views"]
    with memory.growing():
        for src_uri, article in site.by_page.items() if site.words else ():
            file = files.get_file_from_path(src_uri)
            if file and file.page:
                html = explanation.mark(file.page.content or "", site.words, site.words.on_page[article.slug])
                file.page.content = html
                views[src_uri]["words"] = view.words(site.words, html)
