"""Reads and checks the content, once for each build, before MkDocs touches the last good site."""

from datetime import UTC, date, datetime
from os import environ
from pathlib import Path

from kb import settings
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
        config.extra["knowledge"] = compile_site(Path(config.docs_dir), extra, today())
    except FaultsError as error:
        raise PluginError(str(error)) from None


def today() -> date:
    """The day of the build: SOURCE_DATE_EPOCH where it is set, so that a build can be repeated exactly."""
    epoch = environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else datetime.now(UTC).date()
