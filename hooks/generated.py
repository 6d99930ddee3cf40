"""Adds the pages that nobody writes."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from kb import memory, page
from kb.render import Renderer
from kb.site import LARGEST_OFFLINE_MAP


def on_files(files: Files, config: MkDocsConfig) -> Files:
    site, templates = config.extra["knowledge"], Path(str(config.theme.custom_dir))
    config.extra["renderer"] = Renderer(templates / "markdown")
    with memory.growing():
        config.extra["generated"] = {one.path: one for one in page.generated(site)}
        for path in config.extra["generated"]:
            # hooks/article.py gives it its text.
            files.append(File.generated(config, path, content=""))
    # No page, but made here: the page of the map must know whether there is one.
    config.extra["offline_map"] = Renderer(templates).render_within(
        LARGEST_OFFLINE_MAP, "map-offline.html", site=site, config=config
    )
    return files
