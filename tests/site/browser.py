"""Finds the browsers that the tests use: a Chrome, Chromium or Edge that this machine already has."""

import os
import shutil
import sys
from pathlib import Path

# Chrome comes before Chromium: where both are, the system often knows only Chrome's sandbox.
NAMES = (
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "chromium",
    "chromium-browser",
    "microsoft-edge-stable",
    "microsoft-edge",
    "msedge",
)

WITHOUT_WINDOWS = "chromium-headless-shell"
"""The same browser, which has no windows and so takes a third of the time."""

MAC = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)

MISSING = (
    "The tests need a browser: install Google Chrome, Chromium or Microsoft Edge "
    "(Debian: apt-get install chromium; macOS: brew install --cask google-chrome; Windows: Edge is part of it), "
    "or name one: BROWSER_PATH=/path/to/chrome make test"
)


def find() -> Path | None:
    """The browser's program file, or None."""
    if named := os.environ.get("BROWSER_PATH"):
        return Path(named) if Path(named).is_file() else None
    on_path = (Path(found) for name in NAMES if (found := shutil.which(name)))
    return next((path for path in (*on_path, *_usual_places()) if path.is_file()), None)


def find_quick() -> Path | None:
    """The program file of a browser without windows, of the whole one where there is none, or None."""
    quick = None if os.environ.get("BROWSER_PATH") else shutil.which(WITHOUT_WINDOWS)
    return Path(quick) if quick else find()


def sandboxed() -> bool:
    """Whether the browser can keep its pages in a sandbox: not as root, as which it would refuse to start."""
    return not (hasattr(os, "geteuid") and os.geteuid() == 0)


def _usual_places() -> list[Path]:
    if sys.platform == "darwin":
        return [base / app for base in (Path("/Applications"), Path.home() / "Applications") for app in MAC]
    if sys.platform == "win32":
        variables = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        bases = [Path(os.environ[name]) for name in variables if name in os.environ]
        return [base / program for base in bases for program in WINDOWS]
    return [Path("/opt/google/chrome/chrome"), Path("/opt/microsoft/msedge/msedge"), Path("/snap/bin/chromium")]


if __name__ == "__main__":
    browser = find()
    if browser is None:
        sys.exit(MISSING)
    sys.stdout.write(f"{browser}\n")
