"""Makes each page in one go: its text becomes HTML when it goes into its template, and is forgotten once it is written.

MkDocs turns all texts into HTML before it writes the first page, and holds them until it has written the last one.
Hooks and plugins of others may count on that: where one of them looks at pages, all is done as MkDocs does it.
"""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import (
    Page,
    _ExtractAnchorsTreeprocessor,
    _ExtractTitleTreeprocessor,
    _RawHTMLPreprocessor,
    _RelativePathTreeprocessor,
)
from mkdocs.structure.toc import get_toc
from mkdocs.utils import _get_norm_url, _norm_parts

from kb.anchors import Anchors, Contents
from kb.command import lasting
from kb.converter import Converter
from kb.listeners import strangers
from kb.skip import SkippingTemplate, skipped

log = logging.getLogger("mkdocs")

DIRTY = "kb.dirty"
CONVERTER = "kb.converter"
LATE, WARNED, FILES = "late", "warned", "files"
"""Whether pages are made so; those of which something was said meanwhile; all files of the site."""
EVENTS = frozenset(
    {"pre_page", "page_read_source", "page_markdown", "page_content", "env", "page_context", "post_page"}
)
"""Whoever listens to these expects texts and HTML, which are not there yet, or in another process."""
PATHS = 2_000
"""How many addresses MkDocs may remember taken apart. By itself it forgets none."""
OURS = frozenset(
    Path(__file__).resolve().with_name(f"{name}.py")
    for name in ("share", "article", "view", "keep", "late", "glossary", "published", "hosting", "texts")
)
"""The hooks that listen to them and know when pages are made."""


def on_startup(*, command: str, dirty: bool) -> None:
    lasting()[DIRTY] = dirty


def on_config(config: MkDocsConfig) -> None:
    # Of a dirty build MkDocs makes pages as it chooses.
    config.extra[LATE] = not lasting().get(DIRTY) and not strangers(config.plugins.events, EVENTS, OURS)
    config.extra[WARNED] = set()


def on_pre_page(page: Page, config: MkDocsConfig, files: Files) -> Page:
    if config.extra[LATE] and type(page) is Page:
        # Not a method of its own: an object with one takes twice the memory.
        page.__class__ = LatePage
    return page


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    config.extra[FILES] = files
    env.template_class = SkippingTemplate


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> None:
    if config.extra[LATE] and not page.content and not skipped(context):
        _render(page, config, config.extra[FILES])


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> None:
    if config.extra[LATE]:
        page.markdown, page.content = "", ""
        if (contents := _contents(page)) is not None:
            contents.items = ()
        for remembered in (_norm_parts, _get_norm_url):
            if remembered.cache_info().currsize > PATHS:
                remembered.cache_clear()


class LatePage(Page):
    """A page that MkDocs does not turn into HTML when it has read it."""

    @property
    def present_anchor_ids(self) -> Anchors | None:  # type: ignore[override]
        contents = _contents(self)
        return None if contents is None else contents.anchors

    @property
    def links_to_anchors(self) -> Mapping[File, dict[str, str]] | None:  # type: ignore[override]
        contents = _contents(self)
        return None if contents is None else contents.links

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.content = ""
        # Where neither front matter nor navigation says it, the text has the title.
        if not (self.meta.get("title") or vars(self).get("title")):
            _render(self, config, files)


def _contents(page: Page) -> Contents | None:
    """None as long as nobody has looked at its text."""
    contents: object = page.toc
    return contents if isinstance(contents, Contents) else None


def _render(page: Page, config: MkDocsConfig, files: Files) -> None:
    heard = _Heard(logging.INFO)
    log.addHandler(heard)
    try:
        _convert(page, config, files)
    finally:
        log.removeHandler(heard)
    if heard.anything:
        config.extra[WARNED].add(page.file.src_uri)


def _convert(page: Page, config: MkDocsConfig, files: Files) -> None:
    """What the method of MkDocs does, which makes a converter for each page."""
    if CONVERTER not in config.extra:
        config.extra[CONVERTER] = Converter(config.markdown_extensions, config.mdx_configs or {})
    md = config.extra[CONVERTER].next()
    raw_html, title = _RawHTMLPreprocessor(), _ExtractTitleTreeprocessor()
    anchors = _ExtractAnchorsTreeprocessor(page.file, files, config)
    links = _RelativePathTreeprocessor(page.file, files, config)
    for step in (raw_html, anchors, links, title):
        step._register(md)  # noqa: SLF001
    page.content = md.convert(page.markdown or "")
    # Where front matter says it, nobody asks for it.
    page._title_from_render = None if page.meta.get("title") else title.title  # noqa: SLF001
    present, leading = anchors.present_anchor_ids | raw_html.present_anchor_ids, links.links_to_anchors
    # Each heading has a link to itself. What is right needs no look later on.
    if present.issuperset(leading.get(page.file, ())):
        leading.pop(page.file, None)
    looked_at = leading if log.getEffectiveLevel() > logging.DEBUG else None
    page.toc = Contents(Anchors(present), looked_at, get_toc(getattr(md, "toc_tokens", [])).items)  # type: ignore[assignment]


class _Heard(logging.Handler):
    """Notes whether MkDocs has anything to say, such as of a link that leads nowhere."""

    anything = False

    def emit(self, _: logging.LogRecord) -> None:
        self.anything = True
