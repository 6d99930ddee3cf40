"""Adds the pages that nobody writes."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from kb import page
from kb.render import Renderer


def on_files(files: Files, config: MkDocsConfig) -> Files:
    renderer = Renderer(Path(str(config.theme.custom_dir)) / "markdown")
    for src_uri, markdown in page.generated(config.extra["knowledge"], renderer):
        files.append(File.generated(config, src_uri, content=markdown))
    config.extra["renderer"] = renderer
    return files
