"""A build ends with a complete site, or with a sentence and the last good site as it was."""

import sys
from dataclasses import dataclass
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger

from kb import refusal
from kb.beside import NextSite
from kb.command import lasting

log = get_plugin_logger("build")

ATTEMPT = "kb.attempt"


@dataclass(frozen=True)
class Attempt:
    """From the beginning of a build to the end of its command, when it is known whether a strict build has failed."""

    config: MkDocsConfig
    next: NextSite


def on_startup(*, command: str, dirty: bool) -> None:
    # `mkdocs serve` has a way of its own, and a dirty build adds to what is there.
    if command != "serve" and not dirty:
        lasting()[ATTEMPT] = None


def on_config(config: MkDocsConfig) -> None:
    if ATTEMPT in lasting():
        attempt = lasting()[ATTEMPT] = Attempt(config, NextSite(Path(config.site_dir)))
        config.extra["shown"] = attempt.next.shown
        config.site_dir = str(attempt.next.begin(lambda: log.info("Waiting for another build of this site to end")))


def on_shutdown() -> None:
    attempt: Attempt | None = lasting().pop(ATTEMPT, None)
    if attempt is None:
        return
    # MkDocs tells this event nothing; it comes in a `finally`.
    error = sys.exception()
    try:
        try:
            if error is None:
                attempt.next.publish()
                log.info("The site is in %s", attempt.next.shown)
        finally:
            attempt.next.end()
    except OSError as late:
        error = late
    attempt.config.site_dir = str(attempt.next.shown)
    if isinstance(error, OSError):
        raise PluginError(refusal.explain(error, attempt.next.shown)) from None
