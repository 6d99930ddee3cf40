"""The whole site as ordinary Markdown, generated pages included, so that any generator can build it.

Each page also says what in ours only templates say, at its end. What scripts do is not there: our search, the memory of
what was tried, the report for the help desk, the explanations of words.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml
from pathspec import GitIgnoreSpec

from kb import catalogue, document, page, signpost, source, view
from kb.configuration import Configuration
from kb.fault import Fault
from kb.flow import page_url
from kb.ordinary import ordinary
from kb.render import Renderer, escape_markdown
from kb.site import LARGEST_OFFLINE_MAP, OFFLINE_MAP, Site, generated_pages
from kb.source import MARKDOWN, Source

_ALWAYS_EXCLUDED = (".*", "/templates/")
"""What MkDocs leaves out of every site."""
_OUR_KEYS = ("template",)
"""Front matter that names a file of ours."""


def pages(site: Site, templates: Path, *, offline_map: bool) -> Iterator[tuple[str, str]]:
    """Every page: the path of its file below docs, and its text with front matter.

    `templates` is the folder of the HTML templates. `offline_map`: there is a file with the whole map.
    """
    renderer, shared = Renderer(templates / "markdown"), view.Shared(site)
    file_of = {page_url(name): name for name in (*site.knowledge.written, *generated_pages(site))}

    def file(url: str) -> str:
        path, hash_sign, section = url.partition("#")
        return file_of.get(path, path) + hash_sign + section

    for name, front, body in _texts(site, renderer):
        kb = view.page(site, name, shared, offline_map=offline_map)
        quiet = front.get("robots") == "noindex"
        around = renderer.render("around.md", kb=kb, url=page_url(name), file=file, quiet=quiet)
        title = "" if body.startswith("# ") else f"# {escape_markdown(str(front.get('title', '')))}\n\n"
        kept = {key: value for key, value in front.items() if key not in _OUR_KEYS}
        matter = yaml.safe_dump(kept, sort_keys=False, allow_unicode=True, width=1000)
        text = ordinary(f"{body}\n\n{around}", name)
        yield name, f"---\n{matter}---\n\n{title}{text}"


def _texts(site: Site, renderer: Renderer) -> Iterator[tuple[str, Mapping[str, object], str]]:
    """The path, front matter and text of every page, as our own generator gets them."""
    for name, article in site.by_page.items():
        yield name, page.meta(site, article), page.article_markdown(site, article, renderer).strip()
    for made in page.generated(site):
        said = made.front(renderer)
        yield made.path, said, page.plain_markdown(site, made.text(renderer), said).strip()
    for name in sorted(site.knowledge.written - site.by_page.keys()):
        read = source.read(site.knowledge.docs / name)
        text = read.text.lstrip() if isinstance(read, Source) else ""
        parts = document.split(Source(name, text))
        front, body = ({}, text) if isinstance(parts, Fault) else (_front(parts.front), parts.body)
        yield name, front, page.plain_markdown(site, body, front).strip()


def _front(text: str) -> Mapping[str, object]:
    """Front matter with its numbers and truth values, as generators read it. Like MkDocs, nothing where it is none."""
    try:
        read = yaml.safe_load(text)
    except yaml.YAMLError:
        return {}
    return read if isinstance(read, dict) else {}


def texts(site: Site, templates: Path, configuration: Configuration) -> Iterator[tuple[str, str]]:
    """The files beside the pages that nobody writes, by their path below docs: what stands at old addresses, the
    catalogue, the map for a device without network."""
    config = {
        "site_name": configuration.value("site_name"),
        "site_url": configuration.value("site_url"),
        "theme": {
            "language": configuration.value("theme", "language") or "en",
            "favicon": configuration.value("theme", "favicon"),
        },
        "extra": {"content_policy": None},
    }
    renderer = Renderer(templates)
    yield from signpost.pages(site, renderer, config)
    yield "catalogue.json", catalogue.text(site)
    yield "catalogue.schema.json", json.dumps(catalogue.json_schema(), ensure_ascii=False, indent=1)
    yield "robots.txt", renderer.render("robots.txt", config=config)
    offline_map = renderer.render_within(LARGEST_OFFLINE_MAP, "map-offline.html", site=site, config=config)
    if offline_map is not None:
        yield OFFLINE_MAP, offline_map


def assets(docs: Path, excluded: str) -> list[str]:
    """The files that the site publishes as they are, by their path below docs. `excluded` is the setting of MkDocs for
    what it leaves out, in the words of .gitignore."""
    out = GitIgnoreSpec.from_lines([*_ALWAYS_EXCLUDED, *excluded.splitlines()])
    names = (path.relative_to(docs).as_posix() for path in docs.rglob("*") if path.is_file())
    return sorted(name for name in names if Path(name).suffix not in MARKDOWN and not out.match_file(name))
