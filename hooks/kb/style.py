"""How Markdown is written: what rumdl, an existing linter, says about the files of a site, as faults."""

import json
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from kb import program
from kb.fault import Fault

_AT_ONCE = 200
"""Files. Windows takes 32,000 letters a command."""


def check(docs: Path, names: Sequence[str], configuration: Path) -> Iterator[Fault]:
    """The faults of Markdown files, named from docs, by the rules that `configuration`, a pyproject.toml, turns on."""
    mended = set(tomllib.loads(configuration.read_text(encoding="utf-8"))["tool"]["rumdl"]["fixable"])
    for printed in _rumdl(docs, names, configuration, "--output-format", "json"):
        for one in json.loads(printed or "[]"):
            # It names files from the top of the repository, wherever that is.
            top = next(folder for folder in (docs, *docs.parents) if (folder / one["file"]).is_file())
            yield Fault(
                f"{docs.name}/{(top / one['file']).relative_to(docs).as_posix()}",
                one["line"],
                one["column"],
                "markdown-style",
                f"{one['message'].rstrip('.')} ({one['rule']}).",
                "'make check FIX=1' mends it." if one["fixable"] and one["rule"] in mended else "",
            )


def mend(docs: Path, names: Sequence[str], configuration: Path) -> None:
    """Change in these files what `configuration` lets rumdl change by itself."""
    for _ in _rumdl(docs, names, configuration, "--fix"):
        pass


def _rumdl(docs: Path, names: Sequence[str], configuration: Path, *options: str) -> Iterator[str]:
    settled = ["--no-cache", "--quiet", "--color", "never", "--config", str(configuration.resolve())]
    for start in range(0, len(names), _AT_ONCE):
        some = names[start : start + _AT_ONCE]
        yield program.run("rumdl", ["check", *settled, *options, "--", *some], folder=docs)
