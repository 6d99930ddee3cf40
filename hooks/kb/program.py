"""Existing linters that are programs of their own, installed beside Python. None of them asks the network."""

import subprocess
import sysconfig
from collections.abc import Sequence
from pathlib import Path
from shutil import which


def run(name: str, arguments: Sequence[str], text: str = "", folder: Path | None = None) -> str:
    """What the program, started in a folder, prints about a text. How it ends says only whether it found something.

    Raises FileNotFoundError if it is not installed, RuntimeError if it fails.
    """
    found = which(name, path=sysconfig.get_path("scripts"))
    if found is None:
        raise FileNotFoundError(f"{name} is not installed; `make check` installs it")
    done = subprocess.run(  # noqa: S603 - our own arguments, no shell
        [found, *arguments], cwd=folder, input=text, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.stderr.strip():
        raise RuntimeError(f"{name}: {done.stderr.strip()}")
    return done.stdout
