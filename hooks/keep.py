"""What would look the same as in the last build is not made again: under `mkdocs serve`, and from command to command.

MkDocs makes every page at every change. Under `mkdocs serve` a page that would look as it did stays where it is shown.
The other commands make a whole site, and take pages from the last good one, as long as they are unharmed.
"""

import logging
import os
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypedDict, cast

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import write_file
from mkdocs.utils.yaml import yaml_load

from kb import beside, cache, memory, stamp
from kb.anchors import Anchors
from kb.command import lasting, serving
from kb.kept import Kept, mark
from kb.link import Changed
from kb.skip import skip, skipped, tidy

log = get_plugin_logger("build")

MEMORY = "kb.memory"
CACHE = "kb.cache"
EVERYWHERE = "kb.everywhere"
FILES = "all files"


class Good(TypedDict):
    """A page of the last good site: what it is, and what MkDocs wants to know of it."""

    digest: str
    anchors: str
    links: dict[str, dict[str, str]]


@dataclass
class Memory:
    """From one build to the next, which takes it. A build that fails does not give it back: the next one makes all."""

    shown: Path
    """The last good site."""
    surroundings: str
    kept: Kept
    changed: Changed | None = None
    """The files that have come or gone since."""
    made_of: dict[str, str] = field(default_factory=dict)
    """For each page that is in the template, what it is made of."""

    # Under `mkdocs serve`.
    compiled: dict[str, bytes] = field(default_factory=dict)
    files: frozenset[str] = frozenset()
    same: set[str] = field(default_factory=set)


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
    config.extra["kept"] = config.extra[MEMORY].kept if MEMORY in config.extra else None


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    if MEMORY in config.extra:
        known: Memory = config.extra[MEMORY]
        before, now = known.kept.recall(FILES, FILES) or (), sorted(files.src_uris)
        known.kept.keep(FILES, FILES, now)
        known.changed = Changed({*before} ^ {*now})
    if serving():
        env.bytecode_cache = _Compiled(config.extra[MEMORY].compiled)


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> None:
    # Where others look at pages, MkDocs has turned all texts into HTML by now.
    if MEMORY not in config.extra or not config.extra.get("late") or skipped(context):
        return
    known: Memory = config.extra[MEMORY]
    name, made_of = page.file.src_uri, _made_of(page, context)
    good: Good | None = known.kept.recall(name, made_of)
    if (
        good
        and not (known.changed and known.changed.named_in(page.markdown or ""))
        and _stays(page, known, good["digest"])
    ):
        files: Files = config.extra["files"]
        page.present_anchor_ids = Anchors(text=good["anchors"])  # type: ignore[assignment]
        page.links_to_anchors = {files.src_uris[path]: links for path, links in good["links"].items()}
        skip(context, page.file, config.site_dir)
    else:
        known.made_of[name] = made_of


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> None:
    known: Memory | None = config.extra.get(MEMORY)
    made_of = known and known.made_of.pop(page.file.src_uri, None)
    # What MkDocs has to say about a text, such as a link that leads nowhere, is to come with each build.
    if known and made_of and page.file.src_uri not in config.extra.get("warned", ()):
        good: Good = {
            "digest": stamp.digest(output.encode("utf-8", "xmlcharrefreplace")),
            "anchors": cast("Anchors", page.present_anchor_ids).text,
            "links": {file.src_uri: links for file, links in (page.links_to_anchors or {}).items()},
        }
        known.kept.keep(page.file.src_uri, made_of, good)


@event_priority(-100)  # when all files are written
def on_post_build(config: MkDocsConfig) -> None:
    tidy(config.site_dir)
    if serving():
        known: Memory = config.extra[MEMORY]
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


def _made_of(page: Page, context: dict[str, Any]) -> str:
    """A mark of all that differs between two builds with the same surroundings and may show on a page."""
    own = (page.title, page.url, page.canonical_url, page.edit_url, page.update_date, page.meta)
    return mark((_everywhere(context), own, mark(page.markdown), context["kb"]))


def _everywhere(context: dict[str, Any]) -> str:
    """The same for all pages, made once."""
    config: MkDocsConfig = context["config"]
    if EVERYWHERE not in config.extra:
        navigation = [(page.title, page.url, page.meta) for page in context["nav"].pages]
        # The style sheet has a digest in its name.
        config.extra[EVERYWHERE] = mark(
            (navigation, config.extra.get("sheet"), config.extra_css, config.extra_javascript)
        )
    return str(config.extra[EVERYWHERE])


def _stays(page: Page, known: Memory, digest: str) -> bool:
    """Whether the page is in the site as it was. False if somebody has touched the last one."""
    if serving():
        known.same.add(page.file.dest_uri)
        return True
    old = stamp.unharmed(known.shown / page.file.dest_uri, digest)
    if old is not None:
        write_file(old, page.file.abs_dest_path)
    return old is not None


class _Compiled(BytecodeCache):
    """Templates as Python's own code. Jinja looks itself whether the code belongs to the template as it is now."""

    def __init__(self, code: dict[str, bytes]) -> None:
        self._code = code

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()
