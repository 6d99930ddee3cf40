"""Writes the files that are no pages: the catalogue, its schema, what the search knows, what may stand on a screen, the
map for a device without network, what stands at old addresses, articles as Markdown and other files for programs, the
picture that shared links show. Joins the style sheets, and takes out of scripts, styles and templates what only their
writers need."""

import json
from fnmatch import fnmatch
from functools import partial
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from kb import catalogue, paste, picture, search, sheet, signpost, standing, twin
from kb.command import serving
from kb.lean import LeanTemplates, lean, lean_style
from kb.render import Renderer
from kb.site import OFFLINE_MAP, SEARCH


def on_files(files: Files, config: MkDocsConfig) -> Files:
    config.extra["sheet"] = None
    if not serving():
        # Those that each page of the theme names, by the digests in their names.
        parts = ["main", "palette"] if config.theme.get("palette") else ["main"]
        theme = [
            file for part in parts for file in files if fnmatch(file.src_uri, f"assets/stylesheets/{part}.*.min.css")
        ]
        ours = [file for path in config.extra_css if (file := files.get_file_from_path(path))]
        path, text = sheet.joined([file.content_string for file in theme], [file.content_string for file in ours])
        # What nothing names any more is not published.
        for file in [*ours, *(file for file in files if file.src_uri.startswith("assets/stylesheets/"))]:
            files.remove(file)
        files.append(File.generated(config, path, content=text))
        config.extra["sheet"] = path
        names = {file.src_uri for file in ours}
        config.extra_css = [path for path in config.extra_css if path not in names]
    return files


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    if not serving():
        env.add_extension(LeanTemplates)
    config.extra["of_texts"] = [partial(task, config) for task in (_twins, _catalogue, _search)]


def on_post_build(config: MkDocsConfig) -> None:
    _small(config)
    # Not shared with other processes: what reads all articles would take their memory once more in each.
    for task in config.extra["of_texts"]:
        task()


def _search(config: MkDocsConfig) -> None:
    write(Path(config.site_dir, SEARCH), search.text(config.extra["knowledge"]))


def _catalogue(config: MkDocsConfig) -> None:
    with Path(config.site_dir, "catalogue.json").open("wb") as file:
        file.writelines(catalogue.lines(config.extra["knowledge"]))


def _twins(config: MkDocsConfig) -> None:
    site, root = config.extra["knowledge"], config.site_url or "/"
    for article in site.knowledge.articles:
        made_of = (site.basis.shared, site.basis.texts[article.slug], root)
        make = partial(twin.markdown, site, article, config.extra["renderer"], root)
        config.extra["standing"].renew(twin.path(article), made_of, config.site_dir, make)


def _small(config: MkDocsConfig) -> None:
    site, out = config.extra["knowledge"], Path(config.site_dir)
    write(out / "catalogue.schema.json", json.dumps(catalogue.json_schema(), ensure_ascii=False, indent=1))
    write(out / paste.FILE, paste.text(site))
    renderer = Renderer(Path(str(config.theme.custom_dir)))
    if config.extra["offline_map"] is not None:
        write(out / OFFLINE_MAP, config.extra["offline_map"])
    for name, html in signpost.pages(site, renderer, config):
        write(out / name, html)
    write(out / "robots.txt", renderer.render("robots.txt", config=config))
    root = config.site_url or "/"
    write(out / "llms.txt", renderer.render("llms.txt", site=site, config=config, root=root, twin=twin.path))
    # A site may have one of its own.
    if not (out / picture.PATH).exists():
        (out / picture.PATH).parent.mkdir(parents=True, exist_ok=True)
        (out / picture.PATH).write_bytes(picture.png(config.site_name))
    if not serving():
        for script in (out / "assets/js").rglob("*.js"):
            text = script.read_text(encoding="utf-8")
            path = script.relative_to(out).as_posix()
            config.extra["standing"].renew(path, text, config.site_dir, partial(lean, text))
        for style in set((out / "assets/css").rglob("*.css")) - {out / config.extra["sheet"]}:
            write(style, lean_style(style.read_text(encoding="utf-8")))


def write(path: Path, text: str) -> None:
    standing.write(path, (text.rstrip() + "\n").encode())
