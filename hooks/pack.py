"""Lays a compressed copy beside each text of the site, if `make build` asks for it.

Not in every build: it would take as long as all other hooks together.
"""

from os import environ
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger

from kb.packed import pack

log = get_plugin_logger("build")


def on_post_build(config: MkDocsConfig) -> None:
    if environ.get("COMPRESS"):
        before, after = pack(Path(config.site_dir), config.extra.get("shown"), config.extra.get("kept"))
        log.info("Compressed %.1f MB to %.1f MB", before / 1e6, after / 1e6)
