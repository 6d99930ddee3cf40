"""Reads and checks the content, once for each build, before MkDocs touches the last good site."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from kb import day, settings
from kb.fault import FaultsError
from kb.plain import PlainExtension
from kb.site import compile_site


def on_config(config: MkDocsConfig) -> None:
    # MkDocs hands the list to the Markdown converter, which takes extensions as well as their names.
    config.markdown_extensions.append(PlainExtension())  # type: ignore[arg-type]


def on_pre_build(config: MkDocsConfig) -> None:
    try:
        extra = settings.read(Path(config.config_file_path))
        config.extra["knowledge"] = compile_site(Path(config.docs_dir), extra, day.today())
    except FaultsError as error:
        raise PluginError(str(error)) from None
