"""Who listens to the events of a build."""

from collections.abc import Callable, Iterable, Mapping, Set
from inspect import unwrap
from pathlib import Path
from typing import Any

Events = Mapping[str, Iterable[Callable[..., Any]]]
"""By its name, what an event calls."""


def strangers(events: Events, names: Set[str], ours: Set[Path]) -> set[str]:
    """Those of the named events that call something which is not from one of our files."""
    return {name for name in names if any(_file(function) not in ours for function in events.get(name, ()))}


def _file(function: Callable[..., Any]) -> Path | None:
    code = getattr(unwrap(function), "__code__", None)
    return Path(code.co_filename).resolve() if code else None
