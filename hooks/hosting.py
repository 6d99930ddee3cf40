"""Tells browsers and hosts what the site needs: scripts that may run, headers, how long files last, old addresses."""

from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from kb import policy
from kb.command import serving
from kb.render import Renderer
from kb.site import FOR_HOSTS


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    # The name under which the theme remembers the choice of colours. By itself it takes the way from the page to the
    # root, and its script would be another one at each depth.
    config.extra.setdefault("scope", _root(config))
    # `mkdocs serve` writes a script of its own into each page.
    config.extra["content_policy"] = None
    if not serving():
        scripts = env.get_template("partials/inline-scripts.html")
        features = config.theme.get("features", [])
        config.extra["content_policy"] = policy.allowing(scripts.render(config=config, features=features))


def on_post_build(config: MkDocsConfig) -> None:
    if not serving():
        out, site = Path(config.site_dir), config.extra["knowledge"]
        pages = (*site.flow.by_page, *site.assist, *(article.url for article in site.knowledge.articles))
        known = {
            "site": site,
            # Where one page leads to the next, and what these need.
            "brief": sorted({"assets/js", *(path.partition("/")[0] for path in pages)}),
            "root": _root(config),
            "headers": config.extra["content_policy"].headers,
            "lasting": policy.lasting(path.relative_to(out).as_posix() for path in (out / "assets").rglob("*.*")),
        }
        renderer = Renderer(Path(str(config.theme.custom_dir)))
        for name in FOR_HOSTS:
            (out / name).write_text(renderer.render(name, **known).rstrip() + "\n", encoding="utf-8")


def _root(config: MkDocsConfig) -> str:
    """The path of the site on its host; begins and ends with a slash."""
    return urlsplit(config.site_url or "/").path
