"""Parts of pages that look the same on many of them, for Jinja: made once and remembered."""

from collections.abc import Callable
from typing import Any

from jinja2 import Environment, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser


class Once(Extension):
    """The tag `{% once key %}…{% endonce %}`: what is in it is made for the first page with this key, and then shown
    wherever the key is the same, as long as the environment lasts, which is one build.

    The key has to name all that differs there from page to page.
    """

    tags = {"once"}  # noqa: RUF012 - Jinja's own way

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self._made: dict[tuple[str, Any], str] = {}

    def parse(self, parser: Parser) -> nodes.Node:
        line = next(parser.stream).lineno
        # No other tag of this template gets the same name.
        place, key = nodes.Const(f"{parser.name}:{parser.free_identifier().name}"), parser.parse_tuple()
        body = parser.parse_statements(("name:endonce",), drop_needle=True)
        return nodes.CallBlock(self.call_method("_once", [place, key]), [], [], body).set_lineno(line)

    def _once(self, place: str, key: object, caller: Callable[[], str]) -> str:
        if (place, key) not in self._made:
            self._made[place, key] = caller()
        return self._made[place, key]
