"""Under `mkdocs serve`, shows at once what a writer changes in the texts of articles.

MkDocs goes through all pages at every change. Where nothing else has changed, only those that show the text are made,
with what the last build has left. Whatever else has changed, and whatever is at fault, is for MkDocs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment
from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from kb import beside, stamp
from kb.article import Article
from kb.command import lasting, serving
from kb.fault import FaultsError

log = get_plugin_logger("build")

LAST = "kb.last"
NAVIGATION, ENVIRONMENT, STATES = "navigation", "environment", "states"


@dataclass(frozen=True)
class Last:
    """The last build, which has gone well and had nothing to say."""

    config: MkDocsConfig
    env: Environment
    nav: Navigation
    files: Files
    states: list[stamp.State]

    def make_anew(self, article: Article) -> None:
        """The page of an article."""
        file = self.files.src_uris[article.page]
        page, documents = cast("Any", file.page), self.files.documentation_pages()
        file.abs_dest_path = str(Path(self.config.site_dir, file.dest_uri))
        _populate_page(page, self.config, self.files)
        _build_page(page, self.config, documents, self.nav, self.env)


def on_config(config: MkDocsConfig) -> None:
    # Before anybody reads what may change meanwhile.
    if serving():
        config.extra[STATES] = _others(config)


@event_priority(-100)  # a fault in the content leaves the last build as it is
def on_pre_build(config: MkDocsConfig) -> None:
    lasting().pop(LAST, None)


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    config.extra[NAVIGATION] = nav


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    config.extra[ENVIRONMENT] = env


@event_priority(-200)  # when all is well
def on_post_build(config: MkDocsConfig) -> None:
    extra = config.extra
    if serving() and extra["late"] and not extra["warned"]:
        lasting()[LAST] = Last(config, extra[ENVIRONMENT], extra[NAVIGATION], extra["files"], extra[STATES])


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[..., None]) -> LiveReloadServer:
    build = server.builder

    def build_what_is_needed(*arguments: Any) -> None:
        if not texts_alone():
            build(*arguments)

    server.builder = build_what_is_needed
    return server


def texts_alone() -> bool:
    """Make the pages whose texts have changed, if that is all there is to do."""
    last: Last | None = lasting().pop(LAST, None)
    if last is None or last.states != _others(last.config):
        return False
    extra = last.config.extra
    try:
        before, site = extra["knowledge"], extra["compile"]()
    except FaultsError:
        lasting()[LAST] = last
        return False
    if site.basis.shared != before.basis.shared:
        return False
    changed = [one for one in site.knowledge.articles if site.basis.texts[one.slug] != before.basis.texts[one.slug]]
    extra["knowledge"] = site
    try:
        _make_anew(last, changed)
    except BaseException:
        # Which of the pages are as they are said to be, nobody knows.
        extra["kept"].forget()
        raise
    log.info("Nothing but texts of articles has changed; pages made: %d", len(changed))
    if not extra["warned"]:
        lasting()[LAST] = last
    return True


def _make_anew(last: Last, articles: list[Article]) -> None:
    """The pages of these articles, and the files that are made of all texts."""
    config, shown = last.config, Path(last.config.site_dir)
    config.site_dir = str(beside.prepare(shown))
    try:
        for article in articles:
            last.make_anew(article)
        for task in config.extra["of_texts"]:
            task()
        _follow_links(last)
        beside.publish(shown, frozenset(), frozenset())
    finally:
        config.site_dir = str(shown)
        config.extra["standing"].same.clear()


def _follow_links(last: Last) -> None:
    """As MkDocs does at the end of a build: somebody may have taken away what a link leads to."""
    for file in last.files.documentation_pages():
        if file.page:
            file.page.validate_anchor_links(files=last.files, log_level=last.config.validation.links.anchors)


def _others(config: MkDocsConfig) -> list[stamp.State]:
    """The states of all files that MkDocs may watch, but for the Markdown in docs, which the engine reads anyway."""
    watched = [config.config_file_path, str(config.theme.custom_dir), *config.watch]
    others = [state for place in watched for state in stamp.states(Path(place))]
    return [*stamp.states(Path(config.docs_dir), but=".md"), *others]
