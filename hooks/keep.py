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
from typing import Any, NamedTuple, cast

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.yaml import yaml_load

from kb import beside, cache, memory, stamp
from kb.anchors import Anchors, Contents
from kb.command import lasting, serving
from kb.kept import Kept, mark
from kb.link import Changed
from kb.skip import skip, skipped, tidy
from kb.standing import Standing

log = get_plugin_logger("build")

MEMORY = "kb.memory"
CACHE = "kb.cache"
EVERYWHERE = "kb.everywhere"
BASIS = "kb.basis"
FILES = "all files"


class Good(NamedTuple):
    """A page of the last good site: what it is, and what MkDocs wants to know of it. Kept as a plain tuple."""

    basis: str | None
    digest: str
    anchors: str
    links: dict[str, dict[str, str]] | None
    """Those to sections, if there are any."""


@dataclass
class Memory:
    """From one build to the next, which takes it. A build that fails does not give it back: the next one makes all."""

    surroundings: str
    standing: Standing
    changed: Changed | None = None
    """The files that have come or gone since."""
    made_of: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    """For each page that is in the template, what it is made of, and its basis."""

    # Under `mkdocs serve`.
    compiled: dict[str, bytes] = field(default_factory=dict)
    files: frozenset[str] = frozenset()

    @property
    def kept(self) -> Kept:
        return self.standing.kept


def on_startup(*, command: str, dirty: bool) -> None:
    # A dirty build adds to what is there.
    if command != "serve" and not dirty and os.environ.get("CACHE") != "no":
        lasting()[CACHE] = None


def on_pre_build(config: MkDocsConfig) -> None:
    known: Memory | None = None
    shown = Path(config.extra.get("shown", config.site_dir))
    if serving():
        known = _remembered(shown, _surroundings(config))
        # MkDocs empties this folder next.
        config.site_dir = str(beside.prepare(shown))
    elif CACHE in lasting():
        surroundings = _surroundings(config)
        with memory.growing():
            kept = Kept(cache.read(_file(config), surroundings))
        lasting()[CACHE] = config
        known = Memory(surroundings, Standing(shown, kept))
    config.extra[MEMORY] = known
    config.extra["kept"] = known and known.kept
    config.extra["standing"] = known.standing if known else Standing(shown, Kept())


def _remembered(shown: Path, surroundings: str) -> Memory:
    """What the last build under `mkdocs serve` left, as far as it still counts."""
    known: Memory | None = lasting().pop(MEMORY, None)
    if known and known.surroundings == surroundings:
        return known
    files: frozenset[str] = known.files if known else frozenset()
    return Memory(surroundings, Standing(shown, Kept(), in_place=True), files=files)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    known: Memory | None = config.extra[MEMORY]
    if known:
        before, now = known.kept.recall(FILES, FILES) or (), sorted(files.src_uris)
        known.kept.keep(FILES, FILES, now)
        config.extra[FILES] = mark(now)
        known.changed = Changed({*before} ^ {*now})
    if known and serving():
        env.bytecode_cache = _Compiled(known.compiled)


@event_priority(50)  # before anybody makes what is to be known of it
def _of_the_same_texts(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> None:
    known = _memory(context, config)
    kept = known and known.kept.look(page.file.src_uri)
    if known and kept and (good := Good(*kept)).basis and good.basis == _basis(page, context):
        _stay(context, page, known, good)


def _of_the_same(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> None:
    known = _memory(context, config)
    if not known:
        return
    name, made_of = page.file.src_uri, _made_of(page, context)
    kept = known.kept.recall(name, made_of)
    elsewhere = known.changed and known.changed.named_in(page.markdown or "")
    if kept and not elsewhere and _stay(context, page, known, good := Good(*kept)):
        known.kept.keep(name, made_of, tuple(good._replace(basis=_basis(page, context))))
    else:
        known.made_of[name] = made_of, _basis(page, context)


on_page_context = CombinedEvent(_of_the_same_texts, _of_the_same)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> None:
    known: Memory | None = config.extra.get(MEMORY)
    marks = known.made_of.pop(page.file.src_uri, None) if known else None
    # What MkDocs has to say about a text, such as a link that leads nowhere, is to come with each build.
    if known and marks and page.file.src_uri not in config.extra.get("warned", ()):
        made_of, basis = marks
        good = Good(
            basis=basis,
            digest=stamp.digest(output.encode("utf-8", "xmlcharrefreplace")),
            anchors=cast("Anchors", page.present_anchor_ids).text,
            links={file.src_uri: links for file, links in (page.links_to_anchors or {}).items()} or None,
        )
        known.kept.keep(page.file.src_uri, made_of, tuple(good))


@event_priority(-100)  # when all files are written
def on_post_build(config: MkDocsConfig) -> None:
    tidy(config.site_dir)
    if serving():
        known: Memory = config.extra[MEMORY]
        known.files = beside.publish(known.standing.shown, known.files, known.standing.same)
        known.standing.same.clear()
        known.kept.sweep()
        config.site_dir = str(known.standing.shown)
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


def _basis(page: Page, context: dict[str, Any]) -> str | None:
    """A mark of what an article or a page that nobody writes would be made of, its text not being there yet."""
    config: MkDocsConfig = context["config"]
    site, path = config.extra["knowledge"], page.file.src_uri
    article = site.by_page.get(path)
    if not article and path not in config.extra["generated"]:
        return None
    if BASIS not in config.extra:
        config.extra[BASIS] = mark((_everywhere(context), config.extra[FILES], site.basis.shared, page.update_date))
    return mark((config.extra[BASIS], site.basis.texts[article.slug])) if article else str(config.extra[BASIS])


def _memory(context: dict[str, Any], config: MkDocsConfig) -> Memory | None:
    # Where others look at pages, MkDocs has turned all texts into HTML by now.
    return config.extra.get(MEMORY) if config.extra.get("late") and not skipped(context) else None


def _stay(context: dict[str, Any], page: Page, known: Memory, good: Good) -> bool:
    """Leave a page as it is. False if somebody has touched the last one."""
    config: MkDocsConfig = context["config"]
    if not known.standing.stands(page.file.dest_uri, good.digest, config.site_dir):
        return False
    known.kept.use(page.file.src_uri)
    files: Files = config.extra["files"]
    links = {files.src_uris[path]: links for path, links in (good.links or {}).items()}
    page.toc = Contents(Anchors(text=good.anchors), links)  # type: ignore[assignment]
    skip(context, page.file, config.site_dir)
    return True


class _Compiled(BytecodeCache):
    """Templates as Python's own code. Jinja looks itself whether the code belongs to the template as it is now."""

    def __init__(self, code: dict[str, bytes]) -> None:
        self._code = code

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()
