"""After any edit the site is, byte for byte, that of a build from nothing: of `mkdocs serve` and of each command."""

import logging
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partialmethod
from pathlib import Path
from typing import Any, cast

import click
import jinja2
import pytest
from jinja2.bccache import Bucket
from markdown import Markdown
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException
from mkdocs.utils import meta

from kb import catalogue, lean, page, stamp, twin
from kb.site import Site

# MkDocs and Material themselves use what Python calls deprecated.
pytestmark = pytest.mark.filterwarnings("default")

Change = Callable[[Path], object]


def replace(path: str, old: str, new: str) -> Change:
    def change(folder: Path) -> None:
        text = (folder / path).read_text(encoding="utf-8")
        assert old in text, path
        (folder / path).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def add(path: str, text: str) -> Change:
    return lambda folder: (folder / path).write_text(text, encoding="utf-8")


def remove(path: str) -> Change:
    return lambda folder: (folder / path).unlink()


def all_of(*changes: Change) -> Change:
    def change(folder: Path) -> None:
        for one in changes:
            one(folder)

    return change


def rename(path: str, new: str) -> Change:
    return lambda folder: (folder / path).rename(folder / new)


NEW = """---
title: My saddle creaks
description: Why a saddle creaks under its rider, and what to do about it.
symptom: [saddle]
wear: [links]
remedies: [visit-shop]
related: [squeal]
reviewed: 2026-11-21
review_by: 2027-05-21
---

It creaks. See [how to tell](/problems/flat-tyre.md#how-to-tell).
"""

# One after another, each on top of those before it.
EDITS: dict[str, Change] = {
    "nothing": all_of(),
    "a sentence of a problem": replace("docs/problems/squeal.md", "It is loud,", "It is very loud,"),
    "a step of a remedy, which problems show": replace("docs/remedies/mend-tube.md", "Put a patch", "Glue a patch"),
    "a title, which indexes, answers and other articles show": replace(
        "docs/problems/squeal.md", "My brakes", "Brakes"
    ),
    "the title of the page that every page names": replace("docs/problems/ask-shop.md", "I want somebody", "Somebody"),
    "a description": replace("docs/problems/chain-off.md", "How to put", "How you put"),
    "a day of review": replace("docs/problems/chain-off.md", "reviewed: 2026-11-21", "reviewed: 2026-11-20"),
    "a value of a facet, so that answers lead elsewhere": replace(
        "docs/problems/slow-leak.md", "speed: [overnight]", "speed: [overnight]\nwear: [tube]"
    ),
    "a weight, so that lists come in another order": replace(
        "docs/problems/squeal.md", "---\n\n", "weight: 9\n---\n\n"
    ),
    "a label of the vocabulary": replace("docs/vocabulary.yml", "label: The brake pads", "label: The pads"),
    "a question of the vocabulary": replace("docs/vocabulary.yml", "How fast does the air go?", "How fast?"),
    "an announcement": replace("docs/vocabulary.yml", "Look at the number", "Read the number"),
    "a fact of the ledger": replace("docs/ledger.csv", "A leaking valve", "A leaky valve"),
    "a new problem and the answer that leads to it": all_of(
        replace(
            "docs/vocabulary.yml", "      noise:\n", "      saddle: {group: rest, label: The saddle}\n      noise:\n"
        ),
        add("docs/problems/creak.md", NEW),
    ),
    "a heading to which another page links": replace(
        "docs/problems/flat-tyre.md", "## How to tell", "## How to see it"
    ),
    "the link mended": replace("docs/problems/creak.md", "#how-to-tell", "#how-to-see-it"),
    "another address for a problem": all_of(
        rename("docs/problems/creak.md", "docs/problems/saddle-creaks.md"),
        replace("docs/problems/saddle-creaks.md", "related:", "redirects: [problems/creak]\nrelated:"),
    ),
    "a problem gone, and with it an answer": remove("docs/problems/saddle-creaks.md"),
    # The engine looks only at links from the top of docs; for these MkDocs warns.
    "a link to a page that is not there": replace("docs/index.md", "help", "help: [chains](reference/chains.md)"),
    "something else, while that link leads nowhere": replace("docs/problems/squeal.md", "very loud", "so loud"),
    "the page that was not there": add(
        "docs/reference/chains.md",
        NEW.replace("symptom: [saddle]\n", "").replace("remedies: [visit-shop]\n", "").replace("saddle", "chain"),
    ),
    "a page gone to which another one links": remove("docs/reference/chains.md"),
    "that link gone": replace("docs/index.md", "[chains](reference/chains.md)", "chains"),
    "a page that is no article": replace("docs/index.md", "# Bicycle help", "## Start\n\n# Bicycle help"),
    "a picture or a style": add("docs/assets/extra.css", "a { color: green }\n"),
    "a style gone": remove("docs/assets/extra.css"),
    "a template of pages": replace("overrides/partials/reviewed.html", "<", "<!-- changed --><"),
    "a template of texts": replace("overrides/markdown/problem.md", "\n", "\n\nChanged.\n\n"),
    "the name of the site": replace("mkdocs.yml", "Printer help", "Bicycle help"),
    "a word that is explained": add(
        "docs/glossary.yml",
        "index: {title: Words, intro: Words about bicycles in a plain language.}\n"
        "terms:\n  rim: {means: The edge of a wheel.}\n  tube: {means: A hose in the tyre., more: mend-tube}\n",
    ),
    "another explanation of it": replace("docs/glossary.yml", "The edge", "The outer edge"),
    "no glossary any more": remove("docs/glossary.yml"),
    "the navigation": replace("mkdocs.yml", "Home: index.md", "Begin: index.md"),
}

TEXTS = {"a sentence of a problem", "a step of a remedy, which problems show", "the link mended"}
"""Edits for which no whole build is needed."""


class Compiled(jinja2.FileSystemBytecodeCache):
    """Templates that an earlier build has compiled. Jinja itself looks whether they have changed since."""

    def get_bucket(self, environment: jinja2.Environment, name: str, filename: str | None, source: str) -> Bucket:
        # Extensions make other code of the same template.
        return super().get_bucket(environment, f"{name} {sorted(environment.extensions)}", filename, source)


@pytest.fixture(scope="module", autouse=True)
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Compiling takes half the time of each build, and is no matter of these tests."""
    begin = partialmethod(
        jinja2.Environment.__init__, bytecode_cache=Compiled(str(tmp_path_factory.mktemp("compiled")))
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jinja2.Environment, "__init__", begin)
        yield


def small_site(root: Path, folder: Path) -> Path:
    """With a ledger, templates and settings of its own, all of which may be changed."""
    shutil.copytree(root / "tests/cases/_good/docs", folder / "docs")
    (folder / "docs/assets").mkdir()
    shutil.copytree(root / "overrides", folder / "overrides")
    settings = (root / "tests/tiny/mkdocs.yml").read_text(encoding="utf-8")
    settings = settings.replace("../../hooks", f"{root}/hooks").replace("../../overrides", "overrides")
    for other, own in (("trouble", "symptom"), ("colour", "wear"), ("numbers", "speed")):
        settings = settings.replace(f"symptoms/{other}.md", f"symptoms/{own}.md")
    (folder / "mkdocs.yml").write_text(settings.replace("*.yml\n", "*.yml\n  *.csv\n"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_site(root, tmp_path_factory.mktemp("kept"))


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Path]:
    """What one `mkdocs serve` shows, as long as this module runs."""
    with click.Context(click.Command("serve"), info_name="serve"):
        yield folder / "served"


def rebuild(folder: Path, out: Path, shortened: list[bool] | None = None) -> set[str]:
    """Builds as MkDocs does under `serve`, and returns its warnings.

    Adds to a list whether nothing but texts of articles has changed.
    """
    out.mkdir(exist_ok=True)
    said: set[str] = set()
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: said.add(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger("mkdocs").addHandler(handler)
    try:
        config = load_config(str(folder / "mkdocs.yml"), site_dir=str(out))
        hooks = cast("dict[str, Any]", config.hooks)
        alone = next(hook for name, hook in hooks.items() if name.endswith("/texts.py")).texts_alone()
        if not alone:
            build(config, serve_url="http://127.0.0.1:8000/")
        (shortened if shortened is not None else []).append(alone)
    finally:
        logging.getLogger("mkdocs").removeHandler(handler)
    return said


def from_nothing(folder: Path) -> tuple[set[str], dict[str, bytes]]:
    """The warnings and files of another `mkdocs serve` that starts now."""
    out = folder / "fresh"
    shutil.rmtree(out, ignore_errors=True)
    with click.Context(click.Command("serve"), info_name="serve"):
        return rebuild(folder, out), files(out)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


@pytest.mark.parametrize("edit", EDITS)
def test_after_an_edit_everything_is_as_if_built_from_nothing(edit: str, folder: Path, served: Path) -> None:
    EDITS[edit](folder)
    shortened: list[bool] = []
    warnings = rebuild(folder, served, shortened)
    expected_warnings, expected = from_nothing(folder)
    assert differences(files(served), expected) == []
    assert warnings == expected_warnings
    assert shortened == [edit in TEXTS]


def test_a_page_that_would_look_the_same_is_not_written_again(folder: Path, served: Path) -> None:
    rebuild(folder, served)
    before = {path: path.stat().st_mtime_ns for path in served.rglob("index.html")}
    replace("docs/problems/flat-tyre.md", "Stop riding", "Stop now")(folder)
    rebuild(folder, served)
    written = {
        path.relative_to(served).as_posix() for path, stamp in before.items() if path.stat().st_mtime_ns != stamp
    }
    assert written == {"problems/flat-tyre/index.html"}


@pytest.mark.parametrize(
    "besides",
    [
        add("docs/assets/beside.css", "a { color: red }\n"),
        replace("docs/index.md", "# Bicycle", "# Any bicycle"),
        replace("overrides/partials/reviewed.html", "<", "<!-- changed again --><"),
        replace("mkdocs.yml", "site_description: What", "site_description: All that"),
        replace("docs/ledger.csv", "leaky", "leaking"),
    ],
    ids=["a style", "a page that is no article", "a template", "a setting", "a fact"],
)
def test_whatever_changes_besides_a_text_is_shown_with_it(besides: Change, folder: Path, served: Path) -> None:
    all_of(replace("docs/problems/flat-tyre.md", "fingers", "bare fingers"), besides)(folder)
    shortened: list[bool] = []
    rebuild(folder, served, shortened)
    assert shortened == [False]
    assert differences(files(served), from_nothing(folder)[1]) == []


def test_a_link_to_no_section_is_told_with_each_build(folder: Path, served: Path) -> None:
    replace("docs/problems/chain-off.md", "by hand", "by [hand](/problems/squeal.md#nowhere)")(folder)
    shortened: list[bool] = []
    first, again = rebuild(folder, served, shortened), rebuild(folder, served, shortened)
    assert "nowhere" in str(first)
    assert again == first
    replace("docs/problems/chain-off.md", "[hand](/problems/squeal.md#nowhere)", "hand")(folder)
    assert rebuild(folder, served, shortened) == set()
    assert all(shortened)


def test_a_fault_leaves_the_last_good_pages_and_what_was_kept(folder: Path, served: Path) -> None:
    good = files(served)
    article = folder / "docs/problems/squeal.md"
    text = article.read_text(encoding="utf-8")
    article.write_text(text.replace("title:", "titel:", 1), encoding="utf-8")
    with pytest.raises(MkDocsException):
        rebuild(folder, served)
    assert files(served) == good
    article.write_text(text, encoding="utf-8")
    rebuild(folder, served)
    assert files(served) == good


def test_a_build_that_breaks_half_way_leaves_the_last_good_pages_and_spoils_no_later_one(
    folder: Path, served: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = files(served)
    replace("docs/problems/flat-tyre.md", "pressed flat", "pushed flat")(folder)

    def breaks(_: Site) -> str:
        raise ZeroDivisionError

    # The catalogue is written when the pages are.
    monkeypatch.setattr(catalogue, "lines", breaks)
    with pytest.raises(ZeroDivisionError):
        rebuild(folder, served)
    monkeypatch.undo()
    left = files(served)
    assert any(name.startswith(".next/problems/flat-tyre/") for name in left)
    assert {name: data for name, data in left.items() if not name.startswith(".next/")} == good
    rebuild(folder, served)
    assert differences(files(served), from_nothing(folder)[1]) == []
    assert files(served) != good


# From command to command.


def command(folder: Path, *, out: str = "site", strict: bool = False) -> set[str]:
    """Builds as `mkdocs build` does, in one go, and returns its warnings."""
    said: set[str] = set()
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: said.add(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger("mkdocs").addHandler(handler)
    try:
        with click.Context(click.Command("build"), info_name="build"):
            config = load_config(str(folder / "mkdocs.yml"), site_dir=str(folder / out), strict=strict)
            config.plugins.on_startup(command="build", dirty=False)
            try:
                build(config)
            finally:
                config.plugins.on_shutdown()
    finally:
        logging.getLogger("mkdocs").removeHandler(handler)
    return said


def whole(folder: Path) -> tuple[set[str], dict[str, bytes]]:
    """The warnings and files of a command that uses nothing of others."""
    with pytest.MonkeyPatch.context() as without:
        without.setenv("CACHE", "no")
        return command(folder, out="whole"), files(folder / "whole")


@pytest.fixture(scope="module")
def project(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_site(root, tmp_path_factory.mktemp("again"))


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How many pages were turned into HTML, and how many went into the template, since it was last cleared."""
    made: Counter[str] = Counter()
    text, template = Markdown.convert, jinja2.Template.render

    def turned(md: Markdown, markdown: str) -> str:
        made["texts"] += 1
        return text(md, markdown)

    def filled(self: jinja2.Template, *arguments: object, **named: object) -> str:
        if dict(*arguments, **named).get("page"):
            made["pages"] += 1
        return template(self, *arguments, **named)

    monkeypatch.setattr(Markdown, "convert", turned)
    monkeypatch.setattr(jinja2.Template, "render", filled)
    return made


@pytest.mark.parametrize("edit", EDITS)
def test_after_an_edit_the_next_command_makes_what_it_would_make_from_nothing(edit: str, project: Path) -> None:
    EDITS[edit](project)
    warnings = command(project)
    expected_warnings, expected = whole(project)
    assert differences(files(project / "site"), expected) == []
    assert warnings == expected_warnings


@pytest.fixture
def built(project: Path, made: Counter[str]) -> Path:
    """The project with a site and what a command keeps, of which all is true."""
    command(project)
    made.clear()
    return project


def all_is_made(folder: Path, made: Counter[str]) -> bool:
    """Whether the next command makes everything, and rightly so."""
    command(folder)
    again = made.copy()
    made.clear()
    return differences(files(folder / "site"), whole(folder)[1]) == [] and again == made


def test_without_an_edit_a_command_makes_no_page(built: Path, made: Counter[str]) -> None:
    command(built)
    assert made == {}


def test_after_a_sentence_a_command_makes_one_page(built: Path, made: Counter[str]) -> None:
    replace("docs/problems/flat-tyre.md", "Stop", "Now stop")(built)
    command(built)
    assert made == {"texts": 1, "pages": 1}


def test_the_front_matter_of_articles_is_read_by_the_engine_alone(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    split = meta.get_data

    def noted(text: str) -> object:
        read.append(text)
        return split(text)

    monkeypatch.setattr(meta, "get_data", noted)
    command(built)
    assert [text for text in read if "review_by:" in text] == []


def test_compressed_copies_are_those_of_the_pages(
    built: Path, made: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPRESS", "yes")
    command(built)
    with (built / "docs/problems/flat-tyre.md").open("a", encoding="utf-8") as text:
        text.write("\nOne more sentence.\n")
    made.clear()
    command(built)
    assert made == {"texts": 1, "pages": 1}
    assert (built / "site/problems/flat-tyre/index.html.gz").exists()
    assert differences(files(built / "site"), whole(built)[1]) == []


def test_another_process_makes_no_page(built: Path) -> None:
    # Whatever differs between processes, such as the order of sets and where things lie in memory.
    count = (
        "from markdown import Markdown; from mkdocs.__main__ import cli\n"
        "def no(md, text): raise RuntimeError(text)\n"
        "Markdown.convert = no\ncli(['build'])"
    )
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONHASHSEED": "1"}
    (built / "docs/assets/new.txt").touch()
    before = (built / "site/index.html").read_bytes()
    run = subprocess.run(
        [sys.executable, "-c", count], cwd=built, env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert (built / "site/index.html").read_bytes() == before
    assert (built / "site/assets/new.txt").exists()


def test_what_another_generator_kept_is_of_no_use(built: Path, made: Counter[str]) -> None:
    # Templates may name the generator.
    command = [sys.executable, "-m", "properdocs", "build", "--quiet"]
    subprocess.run(command, cwd=built, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}, check=True)
    assert all_is_made(built, made)


def test_on_another_day_the_site_is_that_of_the_day(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1893456000")
    command(built)
    assert differences(files(built / "site"), whole(built)[1]) == []


def test_a_page_that_somebody_changed_in_the_site_is_made_again(built: Path, made: Counter[str]) -> None:
    good = files(built / "site")
    (built / "site/index.html").write_text("Mine", encoding="utf-8")
    (built / "site/map/index.html").unlink()
    command(built)
    assert differences(files(built / "site"), good) == []
    assert made == {"texts": 2, "pages": 2}


@pytest.mark.parametrize(
    "harm",
    {
        "gone": lambda file: file.unlink(),
        "cut off": lambda file: file.write_bytes(file.read_bytes()[:-100]),
        "damaged": lambda file: file.write_bytes(file.read_bytes().replace(b"wheel", b"whale", 1)),
        "foreign": lambda file: file.write_bytes(b"cos\nsystem\n(S'touch harmed'\ntR."),
        "a folder": lambda file: (file.unlink(), file.mkdir()),
    }.values(),
    ids=["gone", "cut off", "damaged", "foreign", "a folder"],
)
def test_a_cache_that_is_not_as_it_was_written_is_as_good_as_none(
    harm: Change, built: Path, made: Counter[str]
) -> None:
    harm(built / ".cache/build")
    assert all_is_made(built, made)
    if (built / ".cache/build").is_dir():
        (built / ".cache/build").rmdir()


def test_other_programs_have_another_cache(built: Path, made: Counter[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamp, "packages", lambda: ["of tomorrow"])
    assert all_is_made(built, made)


def test_another_hook_has_another_cache(built: Path, made: Counter[str]) -> None:
    (built / "own.py").write_text("", encoding="utf-8")
    replace("mkdocs.yml", "hooks:\n", "hooks:\n  - own.py\n")(built)
    command(built)
    made.clear()
    (built / "own.py").write_text("# Changed.\n", encoding="utf-8")
    assert all_is_made(built, made)


def test_without_the_cache_everything_is_made(built: Path, made: Counter[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CACHE", "no")
    assert all_is_made(built, made)


def test_what_a_verbose_command_did_not_look_for_is_looked_for_by_the_next(
    built: Path, made: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as verbose:
        verbose.setattr(logging.getLogger("mkdocs"), "level", logging.DEBUG)
        logging.getLogger("mkdocs").manager._clear_cache()  # type: ignore[attr-defined]
        command(built)
    logging.getLogger("mkdocs").manager._clear_cache()  # type: ignore[attr-defined]
    made.clear()
    assert all_is_made(built, made)


def test_what_is_made_of_the_same_texts_is_not_even_composed(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(built / "site")

    def never(*_: object, **__: object) -> str:
        raise AssertionError("it is made once more")

    for module, function in ((page, "article_markdown"), (twin, "markdown"), (lean, "lean")):
        monkeypatch.setattr(module, function, never)
    command(built)
    assert files(built / "site") == before


def test_a_command_that_fails_leaves_the_cache_as_it_was(built: Path, made: Counter[str]) -> None:
    kept = (built / ".cache/build").read_bytes()
    unnamed = built / "docs/unnamed.md"
    unnamed.write_text("# A page that the navigation does not name\n", encoding="utf-8")
    with pytest.raises(click.ClickException, match="strict mode"):
        command(built, strict=True)
    unnamed.unlink()
    made.clear()
    assert (built / ".cache/build").read_bytes() == kept
    command(built)
    assert made == {}


def test_where_nothing_can_be_kept_the_site_is_built_all_the_same(built: Path) -> None:
    shutil.rmtree(built / ".cache")
    (built / ".cache").touch()
    warnings = command(built)
    assert (warnings, files(built / "site")) == whole(built)
    (built / ".cache").unlink()
