"""The Markdown converter, made once for many texts where that makes no difference.

To make one takes as long as to convert a short text.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension

_FORGETFUL = frozenset(
    {
        "admonition",
        "attr_list",
        "def_list",
        "fenced_code",
        "footnotes",
        "pymdownx.blocks.html",
        "pymdownx.superfences",
        "tables",
        "toc",
    }
)
"""Extensions that know nothing of the last text when the converter is reset. Others may; a test looks at these."""


class Converter:
    """Makes converters with these extensions. Those that are no names are ours, and know nothing of any text."""

    def __init__(self, extensions: Sequence[str | Extension], settings: Mapping[str, Mapping[str, Any]]) -> None:
        self._extensions, self._settings = extensions, settings
        self._again = _FORGETFUL.issuperset(one for one in extensions if isinstance(one, str))
        self._last: Markdown | None = None

    def next(self) -> Markdown:
        """A converter for one more text, and for no other."""
        if self._last is None or not self._again:
            self._last = Markdown(extensions=self._extensions, extension_configs=self._settings)
        return self._last.reset()
