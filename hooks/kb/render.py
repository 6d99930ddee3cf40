"""Markdown and HTML from templates. No wording and no markup stands in Python."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

REMEMBERED = 10_000
"""Texts that are not escaped again. More would fill the memory of a large build, and most are on one page alone."""

_ESCAPES = str.maketrans(
    {sign: f"\\{sign}" for sign in "\\`*_{}[]()#+-.!>"} | {"&": "&amp;", "<": "&lt;", "|": "&#124;"}
)


def escape_markdown(text: str) -> str:
    """Plain text as Markdown that shows it as it stands, by the escapes that Python-Markdown knows."""
    # Python-Markdown takes `[…\]:` at the start of a line for the definition of a link, escaped or not.
    return text.translate(_ESCAPES).replace("]:", "]&#58;")


class Renderer:
    """Fills the templates of one folder. An undefined name is an error, so that nothing is left out in silence."""

    def __init__(self, folder: Path) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            # A renderer lives as long as a build: nobody changes its templates meanwhile.
            auto_reload=False,
            autoescape=select_autoescape(["html"], default=False),
        )
        # Jinja's own functions, which no template of ours calls: each page would get a copy of the table.
        self._environment.globals.clear()
        # A title or label stands on many pages. Remembered as long as this renderer, which is one build.
        self._environment.filters["md"] = lru_cache(REMEMBERED)(escape_markdown)
        self._made: dict[tuple[str, str], str] = {}

    def render(self, template: str, **values: Any) -> str:
        """HTML is escaped by itself; Markdown is where the template says `| md`."""
        return self._environment.get_template(template).render(values)

    def front(self, template: str, values: dict[str, Any]) -> dict[str, Any]:
        """The front matter of a page, which its template sets as `front` before it says anything."""
        found = self._environment.get_template(template)
        context = found.new_context(values)
        next(found.root_render_func(context), None)
        return context.vars["front"]  # type: ignore[no-any-return]

    def render_once(self, template: str, about: str, **values: Any) -> str:
        """The same for what many pages show of one thing, here called by the name of that thing."""
        if (template, about) not in self._made:
            self._made[template, about] = self.render(template, **values)
        return self._made[template, about]

    def render_within(self, most: int, template: str, **values: Any) -> str | None:
        """The same, or None where it would have more than so many bytes; then it is not made to the end."""
        parts: list[str] = []
        for part in self._environment.get_template(template).generate(values):
            most -= len(part.encode())
            if most < 0:
                return None
            parts.append(part)
        return "".join(parts)
