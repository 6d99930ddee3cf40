"""Whatever gets in its way, a build ends with a complete site, or with a sentence and the last good site as it was."""

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import pytest

LAST = "The last good site"
DIES = """
import os, signal

def {event}(*arguments, **named):
    os.kill(os.getpid(), signal.SIGKILL)
"""
DIES_WHILE_IT_HELPS = """
import multiprocessing, os, signal
from kb import page

compose = page.article_markdown

def compose_or_die(*arguments):
    if multiprocessing.parent_process():
        os.kill(os.getpid(), signal.SIGKILL)
    return compose(*arguments)

page.article_markdown = compose_or_die
"""
STOPS = """
from pathlib import Path
from time import sleep

def on_files(files, config):
    folder = Path(config.config_file_path).parent
    (folder / "stopped").touch()
    while not (folder / "go").exists():
        sleep(0.01)
"""
DEPLOYS = """
from pathlib import Path

built = []

def on_config(config):
    built.append(config)

def on_shutdown():
    Path("deployed").write_text(Path(built[0].site_dir).relative_to(Path.cwd()).as_posix())
"""
WITHOUT_NETWORK = """
import os, sys

def refuse(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}:
        os.write(2, f"There is no network for {event} {arguments}".encode())
        os._exit(3)

sys.addaudithook(refuse)
"""
HELPED = """
from kb import team

team.ENOUGH, team.FEW = 1, 0
team.Team.mine = lambda self, task: False
"""
"""Lets another process make all pages."""
READS_ALL = """
import multiprocessing
from kb import search

def text(site, make=search.text):
    assert not multiprocessing.parent_process()
    return make(site)

search.text = text
"""
COUNTS_ATTRIBUTES = """
from mkdocs.structure.pages import Page

def on_post_build(config):
    for file in config.extra["files"].documentation_pages():
        page = file.page
        # The navigation adds the last one.
        assert vars(page).keys() <= vars(Page("A title", file, config)).keys() | {"parent"}
"""
REMEMBERS = """
from mkdocs.utils import _get_norm_url, _norm_parts, normalize_url

def on_nav(nav, **_):
    for number in range(5_000):
        normalize_url(f"page/{number}/", nav.pages[0])
    assert _norm_parts.cache_info().currsize >= 5_000 <= _get_norm_url.cache_info().currsize

def on_post_build(config):
    assert _norm_parts.cache_info().currsize < 2_500 and _get_norm_url.cache_info().currsize < 2_500
"""
NOBODY_HELPS = """
from pathlib import Path
from kb import team

def refuse(*arguments, **named):
    Path("called").touch()
    raise OSError("Nobody helps.")

team.ENOUGH, team.FEW = 1, 5
team.Team.__init__ = refuse
"""
ON_A_DISK_OF_1_MB = """
disk=$1; kept=$2; shift 2
mount -t tmpfs -o size=1m none "$disk"
cp -r "$kept/site" "$disk"
status=0; "$@" || status=$?
rm -r "$kept/site"; cp -r "$disk/." "$kept"
exit $status
"""
"""Makes the disk, puts the last good site on it, builds, and takes all that is there from it."""
AS_MOUNTER = ("unshare", "--map-root-user", "--mount")


@pytest.fixture(scope="module")
def sources(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The engine and the small site of tests/tiny in a folder of their own, built."""
    project = tmp_path_factory.mktemp("sources") / "project"
    for name in ("hooks", "overrides"):
        shutil.copytree(root / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(root / "tests/tiny/docs", project / "docs")
    settings = (root / "tests/tiny/mkdocs.yml").read_text(encoding="utf-8").replace("../../", "")
    (project / "mkdocs.yml").write_text(settings, encoding="utf-8")
    assert build(project) == (0, "")
    return project


@pytest.fixture(scope="module")
def complete(sources: Path) -> dict[str, str]:
    return files(sources / "site")


@pytest.fixture
def project(sources: Path, tmp_path: Path) -> Path:
    """A copy of the sources that has a last good site."""
    project = tmp_path / "project"
    shutil.copytree(sources, project, ignore=shutil.ignore_patterns("site"))
    (project / "site").mkdir()
    (project / "site/index.html").write_text(LAST, encoding="utf-8")
    return project


def start(
    project: Path,
    *arguments: str,
    before: Sequence[str] = (),
    paths: Sequence[Path] = (),
    limit: Callable[[], None] | None = None,
    cache: bool = False,
) -> "subprocess.Popen[str]":
    """Begin a build. `before` begins its command, `paths` are looked through for modules, `limit` is called first."""
    environment = os.environ | {
        "SOURCE_DATE_EPOCH": "1793318400",
        "NO_MKDOCS_2_WARNING": "1",
        # test_keep.py looks at that one.
        "CACHE": "" if cache else "no",
        "PYTHONPATH": os.pathsep.join(str(path) for path in paths),
    }
    command = [*before, sys.executable, "-m", "mkdocs", "build", "--strict", *arguments]
    return subprocess.Popen(
        command,
        cwd=project,
        env=environment,
        preexec_fn=limit,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )


def end(process: "subprocess.Popen[str]") -> tuple[int, str]:
    """How it ended, and what it said that matters."""
    _, said = process.communicate()
    return process.returncode, "".join(line for line in said.splitlines(keepends=True) if not line.startswith("INFO"))


def build(project: Path, *arguments: str, **named: object) -> tuple[int, str]:
    return end(start(project, *arguments, **named))  # type: ignore[arg-type]


def files(folder: Path) -> dict[str, str]:
    """Every file below the folder, with the sum of what is in it."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in found}


def only_the_last_good_site(project: Path) -> bool:
    """Whether it is as it was, and nothing of another one lies about."""
    beside = [path.name for path in project.iterdir() if path.name.startswith(".")]
    return (beside, files(project / "site")) == ([], {"index.html": sha256(LAST.encode()).hexdigest()})


def hook(project: Path, code: str) -> None:
    (project / "hooks/added.py").write_text(code, encoding="utf-8")
    settings = (project / "mkdocs.yml").read_text(encoding="utf-8")
    last = "  - hooks/serve.py\n"
    assert last in settings
    (project / "mkdocs.yml").write_text(settings.replace(last, f"{last}  - hooks/added.py\n"), encoding="utf-8")


def no_file_larger_than_100_kb() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))


def no_file_larger_than_2_mb() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))


def test_a_strict_build_with_a_warning_is_no_new_site(project: Path) -> None:
    (project / "docs/lost.md").write_text("# In no navigation\n", encoding="utf-8")
    code, said = build(project)
    assert code == 1
    assert said.startswith("WARNING")
    assert only_the_last_good_site(project)
    assert build(project, "--no-strict")[0] == 0
    assert (project / "site/lost/index.html").exists()


def test_compressed_copies_are_made_before_anybody_sees_the_new_site(
    project: Path, complete: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "index.html.gz" not in complete
    monkeypatch.setenv("COMPRESS", "yes")
    hook(project, DIES.format(event="on_post_build"))
    build(project)
    assert (project / ".site.next/index.html.gz").exists()
    assert files(project / "site").keys() == {"index.html"}


def test_faults_in_the_content_are_no_new_site(project: Path) -> None:
    (project / "docs/problems/no-paper.md").write_text("", encoding="utf-8")
    assert build(project)[0] == 1
    assert only_the_last_good_site(project)


def test_where_files_must_not_grow_the_reason_is_said(project: Path) -> None:
    code, said = build(project, limit=no_file_larger_than_100_kb)
    assert code == 1
    assert said.startswith("Error: The site could not be built. '")
    assert (
        f"': File too large. Allow larger files, such as with `ulimit -f unlimited`, and build again. {LAST} in '"
        in said
    )
    assert said.endswith("/project/site' is as it was.\n")
    assert only_the_last_good_site(project)


def may_mount() -> bool:
    """Whether the system lets anybody have disks that nobody else sees. Some refuse it to all but the administrator."""
    command = [*AS_MOUNTER, "mount", "-t", "tmpfs", "none", "/mnt"]
    return (
        shutil.which("unshare") is not None
        and subprocess.run(command, capture_output=True, check=False).returncode == 0
    )


if may_mount():

    def test_when_the_disk_is_full_it_is_said(project: Path, tmp_path: Path) -> None:
        disk = tmp_path / "disk"
        disk.mkdir()
        before = [*AS_MOUNTER, "sh", "-ec", ON_A_DISK_OF_1_MB, "-", str(disk), str(project)]
        code, said = build(project, "--site-dir", str(disk / "site"), before=before)
        assert code == 1
        assert "No space left on device. Make room on the disk, and build again." in said
        assert only_the_last_good_site(project)


@pytest.mark.parametrize("event", ["on_files", "on_post_page", "on_post_build"])
def test_a_killed_build_is_no_new_site(event: str, project: Path) -> None:
    hook(project, DIES.format(event=event))
    assert build(project)[0] == -signal.SIGKILL
    assert files(project / "site") == {"index.html": sha256(LAST.encode()).hexdigest()}


def test_what_a_killed_build_leaves_is_cleared_by_the_next(project: Path, complete: dict[str, str]) -> None:
    hook(project, DIES.format(event="on_post_page"))
    build(project)
    assert any((project / ".site.next").iterdir())
    (project / "hooks/added.py").write_text("", encoding="utf-8")
    assert build(project) == (0, "")
    assert files(project / "site") == complete
    assert [path.name for path in project.iterdir() if path.name.startswith(".")] == []


@pytest.fixture
def read_only(project: Path) -> Iterator[Path]:
    """All of it as files that nobody may write, and folders in which nobody may make any."""
    modes = {path: path.stat().st_mode for path in [project, *project.rglob("*")]}
    for path, mode in modes.items():
        path.chmod(mode & ~0o222)
    yield project
    for path, mode in modes.items():
        path.chmod(mode)


# Modes do not bind the administrator, who may waive that right.
BOUND = ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner"] if os.geteuid() == 0 else []


def test_a_read_only_tree_can_be_built_into_another_folder(
    read_only: Path, tmp_path: Path, complete: dict[str, str]
) -> None:
    assert build(read_only, "--site-dir", str(tmp_path / "elsewhere"), before=BOUND) == (0, "")
    assert files(tmp_path / "elsewhere") == complete


def test_in_a_read_only_tree_the_way_out_is_said(read_only: Path) -> None:
    code, said = build(read_only, before=BOUND)
    assert code == 1
    assert said == (
        f"Error: The site could not be built. '{read_only}/.site.lock': Permission denied. Build into another folder, "
        "with `make build SITE=FOLDER` or `mkdocs build --site-dir FOLDER`. "
        f"{LAST} in '{read_only}/site' is as it was.\n"
    )
    assert only_the_last_good_site(read_only)


def test_a_build_wants_no_network(project: Path, tmp_path: Path, complete: dict[str, str]) -> None:
    (tmp_path / "sitecustomize.py").write_text(WITHOUT_NETWORK, encoding="utf-8")
    look = [sys.executable, "-c", "import socket; socket.create_connection(('localhost', 9))"]
    assert subprocess.run(look, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, check=False).returncode == 3
    assert build(project, paths=[tmp_path]) == (0, "")
    assert files(project / "site") == complete


def test_ten_thousand_files_more_are_all_there(project: Path, complete: dict[str, str]) -> None:
    more = {f"many/{number % 100}/{number}.txt" for number in range(10_000)}
    for name in sorted(more):
        (project / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (project / "docs" / name).touch()
    assert build(project) == (0, "")
    assert files(project / "site").keys() == complete.keys() | more


def test_names_may_be_as_long_as_the_disk_takes_them(project: Path) -> None:
    # 255 bytes each.
    page, file = Path("contributing", "a" * 252 + ".md"), "ü" * 125 + "u.txt"
    (project / "docs" / page).parent.mkdir(exist_ok=True)
    (project / "docs" / page).write_text("# A long name\n", encoding="utf-8")
    (project / "docs" / file).touch()
    assert build(project) == (0, "")
    assert (project / "site" / page.with_suffix("") / "index.html").exists()
    assert (project / "site" / file).exists()


def test_an_article_with_a_name_as_long_is_a_fault(project: Path) -> None:
    (project / "docs/problems/no-paper.md").rename(project / "docs/problems" / ("a" * 252 + ".md"))
    code, said = build(project)
    assert code == 1
    assert "at most 60 characters" in said
    assert only_the_last_good_site(project)


def test_a_path_that_is_too_long_in_the_site_is_named(project: Path) -> None:
    longest = os.pathconf(project, "PC_PATH_MAX")
    folder = project / "docs"
    while len(str(folder)) < longest - 210:
        folder = folder / ("d" * 200)
    file = folder / ("f" * (longest - len(str(folder)) - 2))
    file.parent.mkdir(parents=True)
    file.touch()
    code, said = build(project)
    assert code == 1
    assert (
        f"/{file.name}': File name too long. Give the file or a folder above it a shorter name, and build again."
        in said
    )
    assert only_the_last_good_site(project)


def test_a_dirty_build_adds_to_the_site_that_is_there(project: Path) -> None:
    (project / "site/added.html").touch()
    assert build(project, "--dirty", "--no-strict")[0] == 0
    assert (project / "site/added.html").exists()
    assert (project / "site/problems/no-paper/index.html").exists()


def test_what_deploys_the_site_afterwards_finds_it_in_its_place(project: Path) -> None:
    hook(project, DEPLOYS)
    assert build(project) == (0, "")
    assert (project / "deployed").read_text(encoding="utf-8") == "site"


def test_what_several_processes_make_is_what_one_makes(project: Path, complete: dict[str, str]) -> None:
    hook(project, HELPED)
    assert build(project) == (0, "")
    assert files(project / "site") == complete


def test_what_is_made_of_all_articles_is_left_to_the_first_process(project: Path) -> None:
    hook(project, HELPED + READS_ALL)
    assert build(project) == (0, "")


@pytest.mark.parametrize("helped", ["", HELPED], ids=["alone", "helped"])
def test_a_page_keeps_no_more_attributes_than_mkdocs_gives_it(helped: str, project: Path) -> None:
    hook(project, helped + COUNTS_ATTRIBUTES)
    assert build(project) == (0, "")


def test_addresses_that_mkdocs_remembers_do_not_become_ever_more(project: Path) -> None:
    hook(project, REMEMBERS)
    assert build(project) == (0, "")


def test_where_others_look_at_pages_mkdocs_makes_them_in_its_own_way(project: Path, complete: dict[str, str]) -> None:
    hook(project, "def on_page_content(html, **_):\n    assert '<h1' in html or '<h2' in html\n")
    assert build(project) == (0, "")
    assert files(project / "site") == complete


def test_a_warning_of_another_process_counts(project: Path) -> None:
    hook(project, HELPED)
    with (project / "docs/index.md").open("a", encoding="utf-8") as text:
        text.write("\n[Lost](lost.md)\n\n[No section](problems/no-paper.md#lost)\n")
    code, said = build(project)
    assert code == 1
    lost, section = said.splitlines()[:2]
    assert lost.startswith("WARNING -  Doc file 'index.md' contains a link 'lost.md'")
    assert section.startswith("WARNING -  Doc file 'index.md' contains a link 'problems/no-paper.md#lost'")
    assert said.count("WARNING") == 2
    assert only_the_last_good_site(project)


def test_when_another_process_may_not_write_the_reason_is_said(project: Path) -> None:
    hook(project, HELPED)
    # Larger than all other files, so that it is this page that cannot be written.
    with (project / "docs/index.md").open("a", encoding="utf-8") as text:
        text.write("\n    " + "x" * 2_100_000 + "\n")
    code, said = build(project, limit=no_file_larger_than_2_mb)
    assert code == 1
    assert "site.next/index.html': File too large. " in said
    assert only_the_last_good_site(project)


def test_a_page_that_another_process_cannot_make_is_named(project: Path) -> None:
    hook(project, HELPED)
    template = project / "overrides/remedy.html"
    template.write_text(template.read_text(encoding="utf-8") + "{{ 1 // 0 }}{% block text %}{{ 1 // 0 }}{% endblock %}")
    code, said = build(project)
    assert code == 1
    assert re.search(r"Error building page 'remedies/[a-z-]+\.md': integer division or modulo by zero", said)
    assert "Traceback" not in said
    assert only_the_last_good_site(project)


def test_without_the_process_that_helped_there_is_no_new_site(project: Path) -> None:
    hook(project, HELPED + DIES_WHILE_IT_HELPS)
    code, said = build(project)
    assert code == 1
    assert "A process that helped was ended by signal 9 (SIGKILL)." in said
    assert only_the_last_good_site(project)


def test_nobody_is_called_to_help_where_few_pages_are_to_be_made(project: Path) -> None:
    hook(project, NOBODY_HELPS)
    assert build(project, cache=True)[0] == 0
    (project / "called").unlink()
    with (project / "docs/problems/asleep.md").open("a", encoding="utf-8") as article:
        article.write("\nPress any key.\n")
    assert build(project, cache=True)[0] == 0
    assert not (project / "called").exists()


@pytest.mark.parametrize("jobs", ["0", "-1", "two", "1.5"])
def test_a_number_of_processes_that_is_none_is_said(jobs: str, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBS", jobs)
    assert f"JOBS={jobs} is no number of processes. Write it in digits, such as JOBS=2." in build(project)[1]
    assert only_the_last_good_site(project)


def said_of_a_long_build(project: Path, *options: str) -> str:
    # Every build is long to one that counts no seconds.
    hook(project, "from kb import progress\n\nprogress.EVERY = 0\n")
    _, said = start(project, *options).communicate()
    return said


def test_a_long_build_says_how_far_it_is(project: Path) -> None:
    said = said_of_a_long_build(project)
    assert "build: 1 of " in said
    assert re.search(r": (\d+) of \1 pages made\n", said)


def test_also_a_long_build_is_quiet_when_it_is_told_to_be(project: Path) -> None:
    assert said_of_a_long_build(project, "--quiet") == ""


def test_of_two_builds_at_once_the_second_waits_and_says_so(project: Path, complete: dict[str, str]) -> None:
    hook(project, STOPS)
    first = start(project)
    while not (project / "stopped").exists():
        assert first.poll() is None, end(first)
        time.sleep(0.01)
    second = start(project)
    assert second.stderr
    assert "Waiting for another build of this site to end" in second.stderr.readline()
    assert files(project / "site").keys() == {"index.html"}
    (project / "go").touch()
    assert end(first) == (0, "")
    assert end(second) == (0, "")
    assert files(project / "site") == complete
    assert [path.name for path in project.iterdir() if path.name.startswith(".")] == []
