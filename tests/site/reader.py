"""Reads a built site the way a browser without scripts does: addresses, links, fragments, words."""

import json
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

# Attributes that make a browser fetch something by itself, and those that a person may follow.
LOADED = {
    ("audio", "src"), ("embed", "src"), ("iframe", "src"), ("img", "src"), ("img", "srcset"), ("input", "src"),
    ("object", "data"), ("script", "src"), ("source", "src"), ("source", "srcset"), ("track", "src"),
    ("video", "poster"), ("video", "src"), ("use", "href"), ("image", "href"),
}  # fmt: skip
FOLLOWED = {("a", "href"), ("area", "href"), ("form", "action"), ("blockquote", "cite")}
# Relations of <link> that are fetched; all others (canonical, alternate, …) only say something.
LOADED_RELATIONS = {
    "icon",
    "manifest",
    "modulepreload",
    "preload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
    "stylesheet",
}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass(frozen=True, slots=True)
class Link:
    """One address in a page: as it is written, where, and whether the browser fetches it without being asked."""

    tag: str
    address: str
    line: int
    loaded: bool
    text: str = ""
    classes: frozenset[str] = frozenset()
    inside: tuple[str, ...] = ()
    """The tags and classes around the link, outermost first."""


@dataclass(slots=True)
class Page:
    """What one HTML file says."""

    url: str
    """Relative to the site's root: "" is the home page."""
    title: str = ""
    headings: list[str] = field(default_factory=list)
    """The texts of all h1."""
    levels: list[int] = field(default_factory=list)
    """The levels of all headings in the page's main part, in order."""
    rule: int = 0
    """The line of the last hr."""
    ids: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    metas: dict[str, str] = field(default_factory=dict)
    canonicals: list[str] = field(default_factory=list)
    alternates: dict[str, str] = field(default_factory=dict)
    """The page in other forms and languages: addresses by type or language."""
    unnamed: list[str] = field(default_factory=list)
    """Pictures without a text in their place."""
    refresh: str = ""
    language: str = ""
    inline_styles: list[str] = field(default_factory=list)
    handlers: list[str] = field(default_factory=list)
    data: list[object] = field(default_factory=list)
    """The structured data, parsed."""
    text: str = ""
    """The words of the page's main part."""

    @property
    def indexed(self) -> bool:
        """Whether search engines may list it."""
        return "noindex" not in self.metas.get("robots", "")


class _Parser(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page(url)
        self._open: list[tuple[str, str]] = []
        self._text: dict[str, list[str]] = {}
        self._anchor: tuple[Link, list[str]] | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        page, line = self.page, self.getpos()[0]
        if tag not in VOID:
            self._open.append((tag, given.get("class", "")))
        if tag == "html":
            page.language = given.get("lang", "")
        if "id" in given:
            page.ids.append(given["id"])
        if tag == "a" and "name" in given and "href" not in given:
            page.ids.append(given["name"])
        if "style" in given:
            page.inline_styles.append(f"line {line}: <{tag} style={given['style']!r}>")
        page.handlers.extend(f"line {line}: <{tag} {name}=…>" for name in given if name.startswith("on"))
        if tag == "meta":
            self._meta(given)
        elif tag == "link":
            self._relation(given, line)
        if tag == "img" and "alt" not in given:
            page.unnamed.append(f"line {line}: {given.get('src')}")
        if tag == "hr":
            page.rule = line
        if tag in HEADINGS and any(name == "main" for name, _ in self._open):
            page.levels.append(int(tag[1]))
        if tag in ("h1", "title") or (tag == "script" and given.get("type") == "application/ld+json"):
            self._text[tag] = []
        inside = tuple(f"{name}.{one}" for name, classes in self._open for one in (classes.split() or [""]))
        for name, value in given.items():
            if (tag, name) in LOADED:
                for part in value.split(",") if name == "srcset" else [value]:
                    page.links.append(Link(tag, part.split()[0] if part.split() else "", line, loaded=True))
            elif (tag, name) in FOLLOWED:
                classes = frozenset(given.get("class", "").split())
                link = Link(tag, value, line, loaded=False, classes=classes, inside=inside)
                if tag == "a":
                    self._close_anchor()
                    self._anchor = (link, [])
                else:
                    page.links.append(link)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._close_anchor()
        if tag in self._text:
            text = " ".join("".join(self._text.pop(tag)).split())
            if tag == "h1":
                self.page.headings.append(text.removesuffix("¶").strip())
            elif tag == "title":
                self.page.title = self.page.title or text
            else:
                self.page.data.append(json.loads(text))
        if any(name == tag for name, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        for collected in self._text.values():
            collected.append(data)
        if self._anchor:
            self._anchor[1].append(data)
        if any(name in ("article", "main") for name, _ in self._open) and self._open[-1][0] not in ("script", "style"):
            self._words.append(data)

    def close(self) -> None:
        super().close()
        self._close_anchor()
        self.page.text = " ".join("".join(self._words).split())

    def _close_anchor(self) -> None:
        if self._anchor:
            link, words = self._anchor
            text = " ".join("".join(words).split())
            self.page.links.append(replace(link, text=text))
            self._anchor = None

    def _meta(self, given: dict[str, str]) -> None:
        if given.get("http-equiv", "").lower() == "refresh":
            self.page.refresh = given.get("content", "").partition("url=")[2].strip("'\" ")
        elif name := given.get("name") or given.get("property"):
            self.page.metas[name.lower()] = given.get("content", "")

    def _relation(self, given: dict[str, str], line: int) -> None:
        relations = set(given.get("rel", "").lower().split())
        if "canonical" in relations:
            self.page.canonicals.append(given.get("href", ""))
        if "alternate" in relations:
            self.page.alternates[given.get("hreflang") or given.get("type", "")] = given.get("href", "")
        loaded = bool(relations & LOADED_RELATIONS)
        self.page.links.append(Link("link", given.get("href", ""), line, loaded))


def parse(url: str, html: str) -> Page:
    """What this HTML says."""
    parser = _Parser(url)
    parser.feed(html)
    parser.close()
    return parser.page


class Site:
    """A built site: its folder, the address it was built for, and all its pages."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder = folder
        self.address = address
        self.files = frozenset(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
        self.pages = {
            url: parse(url, (folder / name).read_text(encoding="utf-8"))
            for name in sorted(self.files)
            if name.endswith(".html")
            for url in [name.removesuffix("index.html") if name.rpartition("/")[2] == "index.html" else name]
        }

    def resolve(self, page: Page, address: str) -> tuple[str, str] | None:
        """The file (relative to the root) and the fragment that an address leads to; None for another site."""
        whole = urlsplit(urljoin(urljoin(self.address, page.url), address))
        home = urlsplit(self.address)
        if whole.scheme not in ("http", "https") or whole.netloc != home.netloc:
            return None
        path = unquote(whole.path)
        if not path.startswith(home.path):
            return f"outside the site: {path}", ""
        return path.removeprefix(home.path), unquote(whole.fragment)

    def page_at(self, path: str) -> Page | None:
        """The page that is served at this path, or None."""
        return self.pages.get(path) or self.pages.get(path.removesuffix("index.html"))
