"""Builds the real site as the publishing workflow does: strictly, for an address of its own, from a fresh copy."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

# Below the root of its host, as most sites on Pages are: a link that only works at the root does not work here.
ADDRESS = "https://help.example/second-step/"
PREFIX = "/second-step/"
DAY = "1793318400"
"""The day of the build must not matter to any page, only to what MkDocs itself stamps."""
SOURCES = ("docs", "hooks", "overrides")


def build(root: Path, folder: Path, *, hash_seed: int = 0, generator: str = "mkdocs") -> Path:
    """Copies the sources into the folder, builds them there, and returns the built site.

    `generator` is the module that builds: MkDocs, or what takes the same command and the same settings.
    """
    folder.mkdir(parents=True)
    for name in SOURCES:
        shutil.copytree(root / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "mkdocs.yml", folder)
    (folder / "published.yml").write_text(f"INHERIT: mkdocs.yml\nsite_url: {ADDRESS}\n", encoding="utf-8")
    environment = os.environ | {
        "PYTHONHASHSEED": str(hash_seed),
        "SOURCE_DATE_EPOCH": DAY,
        "NO_MKDOCS_2_WARNING": "1",
        "COMPRESS": "yes",
    }
    command = [sys.executable, "-m", generator, "build", "--strict", "--config-file", "published.yml"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"The site does not build:\n{done.stdout}{done.stderr}")
    return folder / "site"
