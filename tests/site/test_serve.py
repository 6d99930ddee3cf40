"""`mkdocs serve` on a copy of the real content: faults are shown, the last good pages stay, mending recovers."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import builder

PATIENCE = 60
ARTICLE = "docs/problems/no-text-code.md"


@pytest.fixture
def sources(root: Path, tmp_path: Path) -> Path:
    for name in builder.SOURCES:
        shutil.copytree(root / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "mkdocs.yml", tmp_path)
    return tmp_path


@pytest.fixture
def serve(sources: Path) -> Iterator[Callable[[], str]]:
    """Starts the server and returns its address; what it prints goes to serve.log."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> str:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with (sources / "serve.log").open("wb") as log:
            command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
            environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
            started.append(subprocess.Popen(command, cwd=sources, env=environment, stdout=log, stderr=log))
        return f"http://127.0.0.1:{port}/"

    yield start
    for process in started:
        process.terminate()
        process.wait()


def fetch(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=5) as response:
            return str(response.read().decode())
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return ""


def until(address: str, fits: Callable[[str], bool]) -> str:
    """The text at the address once it fits."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        text = fetch(address)
        if fits(text):
            return text
        time.sleep(0.2)
    raise AssertionError(f"{address} stays {fetch(address)[:500]!r}")


def break_title(sources: Path) -> str:
    """Puts an unquoted colon into a title, and returns the file's text as it was."""
    path = sources / ARTICLE
    good = path.read_text(encoding="utf-8")
    path.write_text(good.replace("title: ", "title: Error: ", 1), encoding="utf-8")
    return good


def test_a_fault_is_reported_above_the_last_good_page_until_it_is_mended(
    sources: Path, serve: Callable[[], str]
) -> None:
    address = serve()
    page = address + "problems/no-text-code/"
    until(page, lambda text: "faults.js" in text)
    assert fetch(address + "faults.txt") == ""
    good = break_title(sources)
    report = until(address + "faults.txt", bool)
    assert report.startswith(f"{ARTICLE}:2:13: unquoted-colon: ")
    assert "The text message with my code never arrives" in fetch(page)
    assert f"{ARTICLE}:2:13: unquoted-colon: " in (sources / "serve.log").read_text(encoding="utf-8")
    (sources / ARTICLE).write_text(good.replace("title: ", "title: Now ", 1), encoding="utf-8")
    until(page, lambda text: "<h1" in text and "Now The text message" in text)
    assert fetch(address + "faults.txt") == ""


def test_with_a_fault_at_the_start_the_report_is_the_page_until_it_is_mended(
    sources: Path, serve: Callable[[], str]
) -> None:
    good = break_title(sources)
    address = serve()
    report = until(address, bool)
    assert report.startswith(f"{ARTICLE}:2:13: unquoted-colon: ")
    (sources / ARTICLE).write_text(good, encoding="utf-8")
    until(address, lambda text: "<h1" in text)
