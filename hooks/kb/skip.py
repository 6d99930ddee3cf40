"""Pages that need not be made: another process makes them, or they would look as they did."""

import os
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from jinja2 import Template

SKIPPED = "skipped"
"""What is there in place of the page, and the name of a file with it."""
NOWHERE = os.devnull if Path(os.devnull).is_absolute() else ""
"""A place that takes no time to write to, which not every system has."""


def skip(context: MutableMapping[str, Any], file: Any, site: str) -> None:
    """Do not fill the template of a page, which gets this context. MkDocs writes whatever is returned: here nowhere."""
    context[SKIPPED] = True
    file.abs_dest_path = NOWHERE or str(Path(site) / SKIPPED)


def skipped(context: MutableMapping[str, Any]) -> bool:
    return SKIPPED in context


def tidy(site: str) -> None:
    (Path(site) / SKIPPED).unlink(missing_ok=True)


class SkippingTemplate(Template):
    """For Jinja."""

    def render(self, *arguments: Any, **named: Any) -> str:
        context = dict(*arguments, **named)
        return SKIPPED if skipped(context) else super().render(context)
