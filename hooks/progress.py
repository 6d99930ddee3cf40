"""Says how far a long build is."""

import time

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from kb.progress import Progress

log = get_plugin_logger("build")

PROGRESS = "kb.progress"


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    # By now there are all pages.
    config.extra[PROGRESS] = Progress(len(files.documentation_pages()), time.monotonic, log.info)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    config.extra[PROGRESS].count("read")


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> None:
    config.extra[PROGRESS].count("written")
