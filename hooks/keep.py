"""Under `mkdocs serve`: what is made of the same as in the last build is not made again.

MkDocs makes every page at every change. Nearly all the time goes into three steps: from text to HTML, from there into
the template, and onto the disk. Each is left out for a page if nothing that goes into it has changed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, Template
from jinja2.bccache import Bucket
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents
from mkdocs.utils.yaml import yaml_load

from kb import beside
from kb.command import lasting, serving
from kb.kept import Kept

MEMORY = "kb.memory"
UNCHANGED = ".unchanged"


@dataclass
class Memory:
    """From one build to the next, which takes it. A build that fails does not give it back: the next one makes all."""

    shown: Path
    surroundings: object
    kept: Kept = field(default_factory=Kept)
    compiled: dict[str, bytes] = field(default_factory=dict)
    files: frozenset[str] = frozenset()
    same: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Rendered:
    """What MkDocs makes of the text of a page, with other files by their paths: every build has its own of them."""

    content: str
    toc: TableOfContents
    title: str | None
    anchors: set[str]
    links: Mapping[str, dict[str, str]]
    targets: Mapping[str, str | None]
    """The address of what stood at each path that a link names."""


def on_pre_build(config: MkDocsConfig) -> None:
    if serving():
        shown, surroundings = Path(config.site_dir), list(_surroundings(config))
        memory: Memory = lasting().pop(MEMORY, None) or Memory(shown, surroundings)
        if memory.surroundings != surroundings:
            memory = Memory(shown, surroundings, files=memory.files)
        config.extra[MEMORY] = memory
        # MkDocs empties this folder next.
        config.site_dir = str(beside.prepare(shown))


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    if serving():
        # By now there are all pages. MkDocs has no event around this step of theirs.
        for file in files.documentation_pages():
            if file.page:
                file.page.render = partial(_render, file.page)  # type: ignore[method-assign]


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    if serving():
        env.template_class = _Template
        env.bytecode_cache = _Compiled(config.extra[MEMORY].compiled)


def on_post_build(config: MkDocsConfig) -> None:
    if serving():
        memory: Memory = config.extra[MEMORY]
        (Path(config.site_dir) / UNCHANGED).unlink(missing_ok=True)
        memory.files = beside.publish(memory.shown, memory.files, memory.same)
        memory.same.clear()
        memory.kept.sweep()
        config.site_dir = str(memory.shown)
        lasting()[MEMORY] = memory


def _surroundings(config: MkDocsConfig) -> Iterator[object]:
    """What goes into every page: the settings and our templates. The theme itself does not change meanwhile."""
    with Path(config.config_file_path).open(encoding="utf-8") as settings:
        yield repr(yaml_load(settings))
    for path in sorted(Path(str(config.theme.custom_dir)).rglob("*")):
        if path.is_file():
            yield path, path.read_bytes()


def _render(page: Page, config: MkDocsConfig, files: Files) -> None:
    """In place of the method of MkDocs, which it calls if the text or what its links lead to has changed."""
    kept, name = config.extra[MEMORY].kept, f"text of {page.file.src_uri}"
    old: Rendered | None = kept.recall(name, page.markdown)
    if old and all(_address(files, path) == address for path, address in old.targets.items()):
        page.content, page.toc = old.content, old.toc
        page._title_from_render = old.title  # noqa: SLF001 - there is no other way to set it
        page.present_anchor_ids = old.anchors
        page.links_to_anchors = {files.src_uris[path]: links for path, links in old.links.items()}
        return
    looked_up = _LookedUp(files)
    Page.render(page, config, looked_up)
    # A link that leads nowhere makes a warning, which is to come with each build.
    if all(looked_up.targets.values()):
        links = {file.src_uri: links for file, links in (page.links_to_anchors or {}).items()}
        title, anchors = page._title_from_render, page.present_anchor_ids or set()  # noqa: SLF001
        made = Rendered(str(page.content), page.toc, title, anchors, links, looked_up.targets)
        kept.keep(name, page.markdown, made)


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
    file = files.get_file_from_path(path)
    return None if file is None or file.inclusion is InclusionLevel.EXCLUDED else file.url


class _Template(Template):
    """Fills a page only if it would look different. What is there once, such as sitemap.xml, is filled each time."""

    def render(self, *arguments: Any, **named: Any) -> str:
        context = dict(*arguments, **named)
        page: Page | None = context["page"]
        if page is None:
            return super().render(context)
        memory: Memory = context["config"].extra[MEMORY]
        name, made_of = f"page of {page.file.src_uri}", self._made_of(page, context)
        if memory.kept.recall(name, made_of):
            # It stands where people look already. MkDocs writes whatever is returned: not into the next site.
            memory.same.add(page.file.dest_uri)
            page.file.abs_dest_path = str(Path(context["config"].site_dir) / UNCHANGED)
            return UNCHANGED
        memory.kept.keep(name, made_of, thing=True)
        return super().render(context)

    def _made_of(self, page: Page, context: Mapping[str, Any]) -> object:
        """All that differs between two builds with the same surroundings and may show on a page."""
        navigation = [(other.title, other.url, other.meta) for other in context["nav"].pages]
        own = (page.title, page.url, page.canonical_url, page.edit_url, page.meta)
        # The table of contents follows from the text, where the next and the last page are from the navigation.
        return self.name, navigation, own, page.markdown, page.content, context["kb"]


class _Compiled(BytecodeCache):
    """Templates as Python's own code. Jinja looks itself whether the code belongs to the template as it is now."""

    def __init__(self, code: dict[str, bytes]) -> None:
        self._code = code

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()
