"""Under `mkdocs serve`: shows faults in the browser, above the last good pages, until they are mended."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files

from kb.command import serving

SCRIPT = "assets/js/faults.js"
REPORT = "faults.txt"


def on_config(config: MkDocsConfig) -> None:
    if serving():
        config.extra_javascript.append(SCRIPT)


def on_files(files: Files, config: MkDocsConfig) -> None:
    if serving():
        script = Path(str(config.theme.custom_dir)) / "serve" / "faults.js"
        files.append(File.generated(config, SCRIPT, content=script.read_text(encoding="utf-8")))
        files.append(File.generated(config, REPORT, content=""))


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[..., None]) -> LiveReloadServer:
    report, whole = Path(config.site_dir) / REPORT, server.builder

    def build(*arguments: Any) -> None:
        try:
            whole(*arguments)
        except MkDocsException as error:
            # MkDocs has logged it. Returning as if all were well makes the browsers reload the last good pages.
            report.write_text(str(error.__context__ or error), encoding="utf-8")
        else:
            report.write_text("", encoding="utf-8")

    server.builder = build
    return server
