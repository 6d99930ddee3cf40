"""What is made of the same as in the last build is not made again: under `mkdocs serve`, and from command to command.

MkDocs makes every page at every change. Nearly all the time goes into three steps: from text to HTML, from there into
the template, and onto the disk. `mkdocs serve` leaves each out for a page if nothing that goes into it has changed. The
other commands make a whole site, page by page, but take pages from the last good site, as long as they are unharmed.
"""

import logging
import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypedDict

from jinja2 import BytecodeCache, Environment, Template
from jinja2.bccache import Bucket
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc
from mkdocs.utils.yaml import yaml_load

from kb import beside, cache, memory, stamp
from kb.command import lasting, serving
from kb.kept import Kept, mark

log = get_plugin_logger("build")

MEMORY = "kb.memory"
CACHE = "kb.cache"
EVERYWHERE = "kb.everywhere"
UNCHANGED = ".unchanged"
NOWHERE = os.devnull if Path(os.devnull).is_absolute() else ""
"""A place that takes no time to write to, which not every system has."""


@dataclass
class Memory:
    """From one build to the next, which takes it. A build that fails does not give it back: the next one makes all."""

    shown: Path
    """The last good site."""
    surroundings: str
    kept: Kept
    texts: dict[str, str] = field(default_factory=dict)
    """For each page a mark of its text."""
    made_of: dict[str, str] = field(default_factory=dict)
    """For each page that is in the template, what it is made of."""
    again: dict[str, str] = field(default_factory=dict)
    """For each page that need not go there, the whole of it."""

    # Under `mkdocs serve`.
    compiled: dict[str, bytes] = field(default_factory=dict)
    files: frozenset[str] = frozenset()
    same: set[str] = field(default_factory=set)


class Rendered(TypedDict):
    """What MkDocs makes of the text of a page, as plain data. Every build has other files: here are their paths."""

    content: str
    toc: list[Any]
    title: str | None
    anchors: list[str]
    links: dict[str, dict[str, str]]
    targets: dict[str, str | None]
    """The address of what stood at each path that a link names."""


def on_startup(*, command: str, dirty: bool) -> None:
    # A dirty build adds to what is there.
    if command != "serve" and not dirty and os.environ.get("CACHE") != "no":
        lasting()[CACHE] = None


def on_pre_build(config: MkDocsConfig) -> None:
    if serving():
        shown, surroundings = Path(config.site_dir), _surroundings(config)
        known: Memory = lasting().pop(MEMORY, None) or Memory(shown, surroundings, Kept())
        if known.surroundings != surroundings:
            known = Memory(shown, surroundings, Kept(), files=known.files)
        config.extra[MEMORY] = known
        # MkDocs empties this folder next.
        config.site_dir = str(beside.prepare(shown))
    elif CACHE in lasting():
        surroundings = _surroundings(config)
        with memory.growing():
            kept = Kept(cache.read(_file(config), surroundings))
        lasting()[CACHE] = config
        config.extra[MEMORY] = Memory(Path(config.extra.get("shown", config.site_dir)), surroundings, kept)
        config.extra["kept"] = kept


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    if MEMORY in config.extra:
        # By now there are all pages. MkDocs has no event around this step of theirs.
        for file in files.documentation_pages():
            if file.page:
                file.page.render = partial(_render, file.page)  # type: ignore[method-assign]


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    if MEMORY in config.extra:
        env.template_class = _Template
    if serving():
        env.bytecode_cache = _Compiled(config.extra[MEMORY].compiled)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    known: Memory | None = config.extra.get(MEMORY)
    path = page.file.src_uri
    if known and path in known.made_of:
        known.kept.keep(
            f"page of {path}", known.made_of.pop(path), stamp.digest(output.encode("utf-8", "xmlcharrefreplace"))
        )
    return known.again.pop(path, output) if known else output


def on_post_build(config: MkDocsConfig) -> None:
    if serving():
        known: Memory = config.extra[MEMORY]
        (Path(config.site_dir) / UNCHANGED).unlink(missing_ok=True)
        known.files = beside.publish(known.shown, known.files, known.same)
        known.same.clear()
        known.kept.sweep()
        config.site_dir = str(known.shown)
        lasting()[MEMORY] = known


def on_shutdown() -> None:
    config: MkDocsConfig | None = lasting().pop(CACHE, None)
    # MkDocs tells this event nothing; it comes in a `finally`.
    if config and not sys.exception():
        known: Memory = config.extra[MEMORY]
        try:
            cache.write(_file(config), known.surroundings, known.kept.sweep())
        except OSError as error:
            # The site is whole without it.
            log.info("The next build will make all pages: %s", error)


def _file(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent / ".cache" / "build"


def _surroundings(config: MkDocsConfig) -> str:
    """A mark of what goes into every page: programs, settings and our templates."""
    with Path(config.config_file_path).open(encoding="utf-8") as file:
        # Addresses in memory are others in each process.
        settings = re.sub(r" at 0x\w+", "", repr(yaml_load(file)))
    # ProperDocs and MkDocs may be installed side by side.
    options = type(config).__module__, config.site_url, config.use_directory_urls, config.theme.name
    hooks, templates = Path(__file__).parent, Path(str(config.theme.custom_dir))
    # By their paths, whatever its type says.
    others = [Path(config.config_file_path).parent / str(name) for name in config.hooks]
    code = stamp.files([*hooks.rglob("*.py"), *others]), stamp.files(templates.rglob("*"))
    # MkDocs follows links to sections only if it is not to tell everything.
    talkative = log.isEnabledFor(logging.DEBUG)
    return mark((stamp.packages(), settings, options, code, talkative))


def _render(page: Page, config: MkDocsConfig, files: Files) -> None:
    """In place of the method of MkDocs, which it calls if the text or what its links lead to has changed."""
    kept, name = config.extra[MEMORY].kept, f"text of {page.file.src_uri}"
    made_of = config.extra[MEMORY].texts[page.file.src_uri] = mark(page.markdown)
    old: Rendered | None = kept.recall(name, made_of)
    if old and all(_address(files, path) == address for path, address in old["targets"].items()):
        page.content, page.toc = old["content"], get_toc(old["toc"])
        page._title_from_render = old["title"]  # noqa: SLF001 - there is no other way to set it
        page.present_anchor_ids = set(old["anchors"])
        page.links_to_anchors = {files.src_uris[path]: links for path, links in old["links"].items()}
        return
    looked_up = _LookedUp(files)
    with _listening() as said:
        Page.render(page, config, looked_up)
    # What MkDocs has to say about a text, such as a link that leads nowhere, is to come with each build.
    if not said:
        rendered: Rendered = {
            "content": str(page.content),
            "toc": [_entry(link) for link in page.toc],
            "title": page._title_from_render,  # noqa: SLF001
            "anchors": sorted(page.present_anchor_ids or ()),
            "links": {file.src_uri: links for file, links in (page.links_to_anchors or {}).items()},
            "targets": looked_up.targets,
        }
        kept.keep(name, made_of, rendered)


@contextmanager
def _listening() -> Iterator[list[logging.LogRecord]]:
    said: list[logging.LogRecord] = []
    handler = logging.Handler(logging.INFO)
    handler.emit = said.append  # type: ignore[assignment, method-assign]
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    try:
        yield said
    finally:
        logger.removeHandler(handler)


def _entry(link: AnchorLink) -> dict[str, Any]:
    """As Python-Markdown writes an entry of the table of contents."""
    return {"level": link.level, "id": link.id, "name": link.title, "children": [_entry(one) for one in link.children]}


class _LookedUp(Files):
    """The files of the site, with a note of each that a link asked for."""

    def __init__(self, files: Files) -> None:
        super().__init__([])
        self._all = files
        self.targets: dict[str, str | None] = {}

    def get_file_from_path(self, path: str) -> Any:
        self.targets[path] = _address(self._all, path)
        return self._all.get_file_from_path(path)


def _address(files: Files, path: str) -> str | None:
    """All that a link takes from the file to which it leads; None where it leads to no page of the site."""
    file = files.src_uris.get(path)
    return None if file is None or file.inclusion is InclusionLevel.EXCLUDED else file.url


class _Template(Template):
    """Fills a page only if it would look different. What is there once, such as sitemap.xml, is filled each time."""

    def render(self, *arguments: Any, **named: Any) -> str:
        context = dict(*arguments, **named)
        page: Page | None = context["page"]
        if page is None:
            return super().render(context)
        known: Memory = context["config"].extra[MEMORY]
        made_of = self._made_of(page, context)
        digest = known.kept.recall(f"page of {page.file.src_uri}", made_of)
        if digest and serving():
            # It stands where people look already. MkDocs writes whatever is returned: not into the next site.
            known.same.add(page.file.dest_uri)
            page.file.abs_dest_path = NOWHERE or str(Path(context["config"].site_dir) / UNCHANGED)
            return UNCHANGED
        if digest and (old := stamp.unharmed(known.shown / page.file.dest_uri, digest)):
            # Not yet: by the events on the way it was changed already.
            known.again[page.file.src_uri] = old.decode()
            return UNCHANGED
        known.made_of[page.file.src_uri] = made_of
        return super().render(context)

    def _made_of(self, page: Page, context: Mapping[str, Any]) -> str:
        """A mark of all that differs between two builds with the same surroundings and may show on a page."""
        own = (page.title, page.url, page.canonical_url, page.edit_url, page.update_date, page.meta)
        texts = context["config"].extra[MEMORY].texts[page.file.src_uri], mark(page.content)
        # The table of contents follows from the text, where the next and the last page are from the navigation.
        return mark((self.name, _everywhere(context), own, *texts, context["kb"]))


def _everywhere(context: Mapping[str, Any]) -> str:
    """The same for all pages, made once."""
    config: MkDocsConfig = context["config"]
    if EVERYWHERE not in config.extra:
        navigation = [(page.title, page.url, page.meta) for page in context["nav"].pages]
        # The style sheet has a digest in its name.
        config.extra[EVERYWHERE] = mark(
            (navigation, config.extra.get("sheet"), config.extra_css, config.extra_javascript)
        )
    return str(config.extra[EVERYWHERE])


class _Compiled(BytecodeCache):
    """Templates as Python's own code. Jinja looks itself whether the code belongs to the template as it is now."""

    def __init__(self, code: dict[str, bytes]) -> None:
        self._code = code

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()
