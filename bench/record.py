"""Results as data: figures with the machine and the versions on which they were measured."""

import json
import os
import platform
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kb import day

PACKAGES = ("mkdocs", "mkdocs-material", "Markdown", "pymdown-extensions", "Jinja2", "PyYAML", "pydantic")


def conditions() -> dict[str, Any]:
    """When, where and with what. `load` says how busy the machine was: more than one a core, and the clock misleads."""
    return {
        "date": day.today().isoformat(),
        "machine": {
            "system": platform.system(),
            "processor": platform.machine(),
            "cores": os.cpu_count(),
            "load": round(os.getloadavg()[0], 2),
        },
        "versions": {"Python": platform.python_version(), **{name: version(name) for name in PACKAGES}},
    }


def write(folder: Path, name: str, data: Mapping[str, Any]) -> Path:
    """A new file each day; a second one of the same day takes its place."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{day.today().isoformat()}-{name}.json"
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    return path
