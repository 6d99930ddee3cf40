"""Markdown and HTML from templates. No wording and no markup stands in Python."""

import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!>])")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", "|": "&#124;"})


def escape_markdown(text: str) -> str:
    """Plain text as Markdown that shows it as it stands. The characters are those that Python-Markdown can escape."""
    return _SPECIAL.sub(r"\\\1", text).translate(_ENTITIES)


class Renderer:
    """Fills the templates of one folder. Undefined names are errors, so a template cannot silently leave something out."""

    def __init__(self, folder: Path) -> None:
        self._text = Environment(
            loader=FileSystemLoader(folder),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,
        )
        self._text.filters["md"] = escape_markdown
        self._html = Environment(
            loader=FileSystemLoader(folder),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=True,
        )

    def text(self, template: str, **values: Any) -> str:
        """Markdown or another plain format: nothing is escaped but what the template says."""
        return self._text.get_template(template).render(values)

    def html(self, template: str, **values: Any) -> str:
        return self._html.get_template(template).render(values)
