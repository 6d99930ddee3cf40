"""Reads and checks the content, once for each build, before MkDocs touches the last good site."""

from pathlib import Path

from kb import day, settings
from kb.fault import FaultsError
from kb.plain import PlainExtension
from kb.site import compile_site
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError


def on_config(config: MkDocsConfig) -> None:
    config.markdown_extensions.append(PlainExtension())


def on_pre_build(config: MkDocsConfig) -> None:
    try:
        extra = settings.read(Path(config.config_file_path))
        config.extra["knowledge"] = compile_site(Path(config.docs_dir), extra, day.today())
    except FaultsError as error:
        raise PluginError(str(error)) from None
