"""Small sites for the tests of the engine: the good one of tests/cases, with what a test changes in it."""

import json
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from kb import knowledge, settings
from kb.knowledge import Knowledge
from kb.site import Site, compile_site

# A busy machine is no fault of the engine.
hypothesis_settings.register_profile("engine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("engine")

GOOD = Path(__file__).parents[1] / "cases" / "_good"
TODAY = date(2026, 12, 1)

Changes = Mapping[str, str | bytes | None]
"""Texts by the path of their file below docs; None takes the file away."""

Write = Callable[[Changes], Path]
Load = Callable[[Changes], Knowledge]
Compile = Callable[[Changes], Site]
Text = Callable[..., str]
Powers = Callable[[str], list[str]]

HARMLESS = {"a", "abbr", "blockquote", "br", "code", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "img", "li"}
HARMLESS |= {"ol", "p", "pre", "section", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"}


class _Powers(HTMLParser):
    """Collects what could run: elements that are not harmless, and attributes that act."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in HARMLESS:
            self.found.append(tag)
        for name, value in attrs:
            runs = name in {"href", "src"} and (value or "").strip().lower().startswith(
                ("javascript", "data", "vbscript")
            )
            if runs or name.startswith("on") or name in {"style", "srcdoc", "formaction"}:
                self.found.append(f"{tag} {name}={value}")


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a site with the changes, and returns its docs folder."""

    def write(changes: Changes) -> Path:
        shutil.copytree(GOOD, tmp_path, dirs_exist_ok=True)
        for name, text in changes.items():
            path = tmp_path / "docs" / name
            if text is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path / "docs"

    return write


@pytest.fixture
def load(write: Write) -> Load:
    """The knowledge base of a site with the changes."""
    return lambda changes: knowledge.load(write(changes))


@pytest.fixture
def compiled(write: Write) -> Compile:
    """Everything that follows from a site with the changes."""

    def compile_changed(changes: Changes) -> Site:
        docs = write(changes)
        return compile_site(docs, settings.read(docs.parent / "mkdocs.yml"), TODAY)

    return compile_changed


@pytest.fixture
def good() -> Text:
    """The text of a file of the good site, with other values for some keys of its front matter.

    None takes a key away. Values are written as JSON, which is YAML too.
    """

    def changed(name: str, body: str | None = None, **keys: Any) -> str:
        text = (GOOD / "docs" / name).read_text(encoding="utf-8")
        _, front, old_body = text.split("---\n", 2)
        kept: list[str] = []
        for line in front.splitlines():
            if line[0] in " -":
                kept[-1] += f"\n{line}"
            else:
                kept.append(line)
        lines = [line for line in kept if line.partition(":")[0] not in keys]
        lines += [f"{key}: {json.dumps(value)}" for key, value in keys.items() if value is not None]
        return "\n".join(["---", *lines, "---", "", (old_body if body is None else body).strip(), ""])

    return changed


@pytest.fixture(scope="session")
def real(root: Path) -> Site:
    """The site of this project."""
    return compile_site(root / "docs", settings.read(root / "mkdocs.yml"), TODAY)


@pytest.fixture(scope="session")
def powers() -> Powers:
    """What could run in the browser of somebody who reads this HTML."""

    def powers(html: str) -> list[str]:
        parser = _Powers()
        parser.feed(html)
        parser.close()
        return parser.found

    return powers
