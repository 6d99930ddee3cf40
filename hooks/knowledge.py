"""Reads and checks the content, once for each build, before MkDocs touches the last good site."""

from functools import partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger

from kb import day, memory, settings
from kb.command import lasting, serving
from kb.fault import FaultsError
from kb.ladder import LadderExtension
from kb.memo import Memo
from kb.plain import PlainExtension
from kb.simple import SimpleExtension
from kb.site import Site, compile_site
from kb.waiting import until_mended

log = get_plugin_logger("content")

MEMO = "kb.memo"


def on_config(config: MkDocsConfig) -> None:
    # MkDocs hands the list to the Markdown converter, which takes extensions as well as their names.
    config.markdown_extensions += [SimpleExtension(), LadderExtension(), PlainExtension()]  # type: ignore[list-item]


def on_pre_build(config: MkDocsConfig) -> None:
    memory.forget()
    # A build that fails leaves it too: it knows nothing but what is in the files.
    memo = lasting().setdefault(MEMO, Memo()) if serving() else None
    compile_now = partial(compile_content, Path(config.config_file_path), Path(config.docs_dir), memo)
    config.extra["compile"] = compile_now
    try:
        config.extra["knowledge"] = compile_now()
    except FaultsError as error:
        if not serving() or any(Path(config.site_dir).iterdir()):
            raise PluginError(str(error)) from None
        # `mkdocs serve` has no last good pages yet to show the report on.
        config.extra["knowledge"] = until_mended(compile_now, (config.dev_addr.host, config.dev_addr.port), log.error)


def compile_content(configuration: Path, docs: Path, memo: Memo | None) -> Site:
    with memory.growing():
        try:
            return compile_site(docs, settings.read(configuration), day.today(), memo=memo)
        finally:
            if memo:
                memo.sweep()
