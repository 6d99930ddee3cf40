"""Lets several processes make pages, each its share, and says how far they are.

`JOBS=1` in the environment is for one process alone.
"""

import gc
import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypedDict

from jinja2 import Environment
from mkdocs.commands.build import _build_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError, PluginError
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from kb import memory, team
from kb.anchors import Contents
from kb.command import lasting
from kb.kept import Kept, Things
from kb.progress import Progress
from kb.skip import SKIPPED, skip
from kb.team import HelperError, Team

log = get_plugin_logger("build")

SHARE = "kb.share"
PROCESSES = "kb.processes"
OFTEN = 500
"""How many pages a process makes before it gives back what it needed for them: the longest lists need tens of MB."""


class Made(TypedDict):
    """What a helper hands back of its pages, by their numbers."""

    anchors: dict[int, Any]
    links: dict[int, dict[str, dict[str, str]]]
    said: dict[int, list[logging.LogRecord]]
    kept: Things


@dataclass
class Share:
    env: Environment
    files: Files
    begun: int = 0
    """How many pages MkDocs has begun in this process."""
    made: int = 0
    """How many of them would not look as they did."""
    asked: bool = False
    """Whether helpers have been called, come they or not."""
    team: Team[Made] | None = None
    helping: bool = False
    progress: Progress | None = None


def on_config(config: MkDocsConfig) -> None:
    wanted = os.environ.get("JOBS") or None
    if wanted and not (wanted.isdecimal() and int(wanted)):
        raise PluginError(f"JOBS={wanted} is no number of processes. Write it in digits, such as JOBS=2.")
    config.extra[PROCESSES] = wanted and int(wanted)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    config.extra[SHARE] = lasting()[SHARE] = Share(env, files)


@event_priority(100)  # before anybody does anything for a page that another process makes
def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> None:
    share: Share = config.extra[SHARE]
    if share.helping:
        return
    if not share.begun:
        share.progress = Progress(len(context["pages"]), time.monotonic, log.info)
    if not share.asked and share.made >= team.FEW:
        # By now all is written that is there once.
        _ask(share, context["pages"], config, nav)
    if share.team and not share.team.mine(share.begun):
        skip(context, page.file, config.site_dir)
    share.begun += 1


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> None:
    share: Share = config.extra[SHARE]
    if output != SKIPPED:
        share.made += 1
        if share.made % OFTEN == 0:
            memory.give_back()
    if share.progress and not share.helping:
        share.progress.reach(share.team.taken if share.team else share.begun)


def on_post_build(config: MkDocsConfig) -> None:
    share: Share = config.extra[SHARE]
    # What is made later on is made by this process.
    config.extra[SHARE] = Share(share.env, share.files, share.begun, asked=True)


def on_build_error(*, error: Exception) -> None:
    on_shutdown()


@event_priority(100)  # before anybody touches what the helpers write
def on_shutdown() -> None:
    share: Share | None = lasting().pop(SHARE, None)
    if share and share.team:
        share.team.end()


def _ask(share: Share, files: Sequence[File], config: MkDocsConfig, nav: Navigation) -> None:
    share.asked = True
    helpers = team.helpers(len(files) - share.begun, config.extra[PROCESSES]) if config.extra.get("late") else 0
    if not helpers:
        return
    # Python's search for unreachable objects would touch what is there by now, and whatever is touched is there twice.
    gc.freeze()
    memory.give_back()
    pages = [file.page for file in files if file.page]
    build = partial(_build_page, config=config, doc_files=files, nav=nav, env=share.env)
    try:
        share.team = Team(len(pages), helpers, partial(_help, share, pages, build, config), done=share.begun)
    except OSError as error:
        log.info("One process makes all pages: %s", error)
        return
    # MkDocs has no event between the last page and its look at the links between pages.
    first = pages[0]
    collect = partial(_collect, share, share.team, pages, config.extra.get("kept"))
    first.validate_anchor_links = partial(collect, first.validate_anchor_links)  # type: ignore[method-assign]


def _help(
    share: Share, pages: list[Page], build: Callable[[Page], None], config: MkDocsConfig, numbers: Iterator[int]
) -> Made:
    share.helping = True
    # It is the caller who is making this page.
    pages[share.begun].active = False
    made = Made(anchors={}, links={}, said={}, kept={})
    heard = _heard()
    for number in numbers:
        page = pages[number]
        try:
            build(page)
        # MkDocs has said which page it is, to nobody.
        except OSError as error:
            raise OSError(error.errno, error.strerror, error.filename or page.file.abs_dest_path) from None
        except Exception as error:
            raise BuildError(f"Error building page '{page.file.src_uri}': {error}") from None
        made["anchors"][number] = page.present_anchor_ids
        if page.links_to_anchors:
            made["links"][number] = {file.src_uri: links for file, links in page.links_to_anchors.items()}
        if heard:
            made["said"][number] = heard.copy()
            heard.clear()
    kept: Kept | None = config.extra.get("kept")
    if kept:
        made["kept"] = kept.sweep()
    return made


def _heard() -> list[logging.LogRecord]:
    """Gets what is said from now on, which nobody else hears."""
    heard: list[logging.LogRecord] = []

    class Listening(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            # For another process.
            record.msg, record.args, record.exc_info = record.getMessage(), None, None
            heard.append(record)

    logger = logging.getLogger("mkdocs")
    logger.handlers, logger.propagate = [Listening()], False
    return heard


def _collect(
    share: Share,
    team: Team[Made],
    pages: list[Page],
    kept: Kept | None,
    validate: Callable[..., None],
    **arguments: Any,
) -> None:
    """Take over what the helpers made, then do what MkDocs wanted of the first page."""
    # From here on it is the method of MkDocs again.
    vars(pages[0]).pop("validate_anchor_links")
    try:
        results = team.results()
    except HelperError as error:
        raise PluginError(str(error)) from None
    said: dict[int, list[logging.LogRecord]] = {}
    for made in results:
        for number, anchors in made["anchors"].items():
            links = made["links"].get(number, {})
            found = {share.files.src_uris[path]: leading for path, leading in links.items()}
            pages[number].toc = Contents(anchors, found)  # type: ignore[assignment]
        if kept:
            kept.add(made["kept"])
        said |= made["said"]
    for _, records in sorted(said.items()):
        for record in records:
            logging.getLogger(record.name).handle(record)
    validate(**arguments)
