"""The next site takes the place of the shown one as a whole."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kb import beside


def write(folder: Path, *names: str, text: str = "new") -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def shown(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_what_was_built_what_stays_and_nothing_else_is_shown(tmp_path: Path) -> None:
    before = {"a/old.html", "a/same.html", "a/gone.html", "b/c/gone.html"}
    write(tmp_path, *before, text="old")
    write(beside.prepare(tmp_path), "a/old.html", "d/new.html")
    now = beside.publish(tmp_path, before, {"a/same.html"})
    assert shown(tmp_path) == {"a/old.html": "new", "a/same.html": "old", "d/new.html": "new"}
    assert now == set(shown(tmp_path))
    assert not (tmp_path / "b").exists()


def test_a_page_can_become_a_folder_and_a_folder_a_page(tmp_path: Path) -> None:
    write(tmp_path, "one", "two/index.html", text="old")
    write(beside.prepare(tmp_path), "one/index.html", "two")
    beside.publish(tmp_path, {"one", "two/index.html"}, set())
    assert shown(tmp_path) == {"one/index.html": "new", "two": "new"}


def test_a_build_that_was_given_up_leaves_nothing_to_the_next_one(tmp_path: Path) -> None:
    write(beside.prepare(tmp_path), "half.html")
    assert list(beside.prepare(tmp_path).iterdir()) == []


NEW = {"index.html": "new", "a/new.html": "new"}
OLD = {"index.html": "old", "b/old.html": "old"}
HIDDEN = {".git": "of somebody else", ".well-known/file": "of somebody else"}


def nobody() -> None:
    pytest.fail("Nobody else has begun.")


def build(site: Path) -> None:
    following = beside.NextSite(site)
    write(following.begin(nobody), *NEW)
    following.publish()
    following.end()


@pytest.fixture(params=["in one step", "in two steps"])
def site(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a site, in systems that can exchange two folders and in others."""
    if request.param == "in two steps":
        monkeypatch.setattr(beside, "_exchange", lambda *_: False)
    write(tmp_path / "site", *OLD, text="old")
    write(tmp_path / "site", *HIDDEN, text="of somebody else")
    return tmp_path / "site"


def test_a_built_site_takes_the_place_of_the_shown_one_and_leaves_nothing_beside(site: Path) -> None:
    build(site)
    assert shown(site) == NEW | HIDDEN
    assert list(site.parent.iterdir()) == [site]


def test_the_first_site_needs_no_folder(tmp_path: Path) -> None:
    build(tmp_path / "new" / "site")
    assert shown(tmp_path) == {f"new/site/{name}": text for name, text in NEW.items()}


def test_until_it_is_published_the_shown_site_stays(site: Path) -> None:
    following = beside.NextSite(site)
    write(following.begin(nobody), *NEW)
    assert shown(site) == OLD | HIDDEN
    following.end()
    assert shown(site.parent) == {f"site/{name}": text for name, text in (OLD | HIDDEN).items()}


def test_a_link_to_the_site_leads_to_the_new_one(site: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(site)
    build(tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert shown(site) == NEW | HIDDEN


def test_who_may_read_the_site_stays(site: Path) -> None:
    site.chmod(0o750)
    build(site)
    assert site.stat().st_mode & 0o777 == 0o750


def test_if_the_new_one_cannot_take_its_place_the_last_one_is_put_back(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    following = beside.NextSite(site)
    write(following.begin(nobody), *NEW)
    monkeypatch.setattr(beside, "_exchange", lambda *_: False)
    monkeypatch.setattr(Path, "rename", refuse_the_next_site)
    with pytest.raises(PermissionError):
        following.publish()
    following.end()
    assert shown(site.parent) == {f"site/{name}": text for name, text in (OLD | HIDDEN).items()}


def refuse_the_next_site(path: Path, target: Path) -> None:
    if path.name == ".site.next":
        raise PermissionError
    os.rename(path, target)  # noqa: PTH104 - the other one is replaced by this


KILLED = """
import os, signal, sys
from pathlib import Path
from kb import beside

last, step, site = int(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
if step == "in two steps":
    beside._exchange = lambda *_: False

def count(event, arguments):
    global last
    if event in {"open", "os.mkdir", "os.chmod", "os.rename", "os.remove", "os.rmdir", "ctypes.dlsym"}:
        last -= 1
        if last < 0:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(count)
following = beside.NextSite(site)
folder = following.begin(lambda: None)
(folder / "index.html").write_text("new")
(folder / "a").mkdir()
(folder / "a/new.html").write_text("new")
following.publish()
following.end()
"""
"""Builds, and kills itself before it does so many things to the disk."""


@pytest.mark.parametrize("steps", ["in one step", "in two steps"])
def test_whenever_it_is_killed_people_see_a_whole_site_and_the_next_one_clears_up(
    steps: str, tmp_path: Path, root: Path
) -> None:
    seen = set()
    for moment in range(1000):
        site = tmp_path / str(moment) / "site"
        write(site, *OLD, text="old")
        write(site, *HIDDEN, text="of somebody else")
        command = [sys.executable, "-S", "-c", KILLED, str(moment), steps, str(site)]
        code = subprocess.run(command, env=os.environ | {"PYTHONPATH": str(root / "hooks")}, check=False).returncode
        pages = {name: text for name, text in shown(site).items() if name not in HIDDEN} if site.exists() else {}
        seen.add(tuple(sorted(pages.items())))
        following = beside.NextSite(site)
        following.begin(nobody)
        assert shown(site) in (OLD | HIDDEN, NEW | HIDDEN), moment
        following.end()
        build(site)
        assert shown(site.parent) == {f"site/{name}": text for name, text in (NEW | HIDDEN).items()}, moment
        if code == 0:
            break
    whole = {tuple(sorted(OLD.items())), tuple(sorted(NEW.items()))}
    # Where two folders cannot be exchanged, there is none for as long as it takes to change one name.
    assert seen == whole if steps == "in one step" else seen == {*whole, ()}
