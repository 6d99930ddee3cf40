"""What the repository promises to those who fork it."""

import importlib.util
import os
import re
import shutil
import socket
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

import browser

PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)(?: ; (.+?))? \\$", re.M)


@pytest.fixture(scope="module")
def port(root: Path) -> ModuleType:
    """The program that says why a port cannot be used."""
    spec = importlib.util.spec_from_file_location("port", root / "tools/port.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["site", "test"])
def test_a_lock_pins_every_package_with_hashes_and_names_no_host(root: Path, name: str) -> None:
    text = (root / f"requirements/{name}.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", re.sub(r"^ *#.*\n", "", text, flags=re.M).strip())
    assert [entry for entry in entries if not PIN.match(entry) or "--hash=sha256:" not in entry] == []
    assert "//" not in text
    assert "--index" not in text


def test_the_tests_run_with_the_very_versions_that_the_site_is_published_with(root: Path) -> None:
    site, test = (
        set(PIN.findall((root / f"requirements/{name}.txt").read_text(encoding="utf-8"))) for name in ("site", "test")
    )
    assert site
    assert site <= test


def test_every_package_that_was_asked_for_is_locked(root: Path) -> None:
    for name in ("site", "test"):
        locked = {pin[0] for pin in PIN.findall((root / f"requirements/{name}.txt").read_text(encoding="utf-8"))}
        asked = re.findall(r"^[A-Za-z][\w.-]*", (root / f"requirements/{name}.in").read_text(encoding="utf-8"), re.M)
        assert asked
        assert {one.lower().replace("_", "-") for one in asked} <= locked


def test_no_lock_has_mkdocs_2_or_a_theme_with_the_known_hole(root: Path) -> None:
    pins = {pin[0]: pin[1] for pin in PIN.findall((root / "requirements/site.txt").read_text(encoding="utf-8"))}
    assert pins["mkdocs"].startswith("1.")
    assert tuple(map(int, pins["mkdocs-material"].split("."))) >= (9, 8, 1)


def test_every_target_that_a_document_names_is_in_the_makefile(root: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(encoding="utf-8"), re.M))
    documents = [*root.glob("*.md"), *root.glob(".github/**/*.md"), *root.glob("docs/contributing/*.md")]
    for document in documents:
        named = set(re.findall(r"`make ([a-z-]+)", document.read_text(encoding="utf-8")))
        assert named <= targets, document.name


def test_every_file_that_a_document_links_to_is_there(root: Path) -> None:
    for document in root.glob("*.md"):
        for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", document.read_text(encoding="utf-8")):
            assert (root / target).exists(), f"{document.name}: {target}"


def test_a_free_port_is_accepted_and_a_taken_one_is_explained(port: ModuleType) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        assert "taken" in port.fault(str(number))
        assert f"PORT={number + 1}" in port.fault(str(number)) or number == 65535
    assert port.fault(str(number)) is None


@pytest.mark.parametrize("text", ["", "0", "65536", "eighty", "-1", "80 81"])
def test_what_is_no_port_is_explained(port: ModuleType, text: str) -> None:
    assert "1 to 65535" in port.fault(text)


def test_a_browser_that_was_named_but_is_not_there_is_not_replaced_by_another(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "chrome"))
    assert browser.find() is None
    assert browser.find_quick() is None


def test_a_browser_without_windows_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("chromium", "chromium-headless-shell"):
        (tmp_path / name).write_text("#!/bin/sh\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert (browser.find_quick(), browser.find()) == (tmp_path / "chromium-headless-shell", tmp_path / "chromium")
    (tmp_path / "chromium-headless-shell").unlink()
    assert browser.find_quick() == browser.find() == tmp_path / "chromium"


FAKES = {
    "a version manager's stand-in that fails": ("exit 127", "is no Python 3.11 or newer."),
    "a Python that is too old": ("exit 1", "is no Python 3.11 or newer."),
    "a Python without its venv module": (
        'case "$2" in *ensurepip*) exit 1 ;; *print*) echo 3.12 ;; esac',
        "Python 3.12 is here, but without its venv module. Debian and Ubuntu: apt-get install python3.12-venv",
    ),
}


@pytest.mark.parametrize("kind", FAKES)
def test_a_python_that_will_not_do_is_refused_with_a_sentence(kind: str, root: Path, tmp_path: Path) -> None:
    body, sentence = FAKES[kind]
    shutil.copytree(root / "tools", tmp_path / "tools")
    shutil.copytree(root / "requirements", tmp_path / "requirements")
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    python.chmod(0o755)
    done = subprocess.run(
        ["sh", str(tmp_path / "tools/environment.sh"), "site"],
        env=os.environ | {"PYTHON": str(python)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.endswith(f"{sentence}\n")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / ".venv").exists()
