"""The benchmark works: its knowledge bases are sound, and it prints what it measures. No time is asserted."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from kb import day, flow, settings
from kb.site import OFFLINE_MAP, Site, compile_site


def generate(root: Path, folder: Path, count: int, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(root / "bench" / "generate.py"), str(count), str(folder), *more]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def compiled(folder: Path) -> Site:
    return compile_site(folder / "docs", settings.read(folder / "mkdocs.yml"), day.today())


def texts(folder: Path) -> Mapping[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.suffix in {".md", ".yml"})
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in files}


def test_eight_facets_make_a_sound_knowledge_base(root: Path, tmp_path: Path) -> None:
    done = generate(root, tmp_path, 40)
    assert done.returncode == 0, done.stderr
    site = compiled(tmp_path)
    known = site.knowledge
    assert len(known.problems) + len(known.references) == 40
    assert len(flow._asked(known)) == 8
    assert all(len(known.solves[remedy.slug]) > 1 for remedy in known.remedies)
    assert site.redirects
    assert {index.name for index in site.indexes} >= {"situation", "cause", "messages", "phrases", "who"}
    assert {"messages", "phrases", "related", "facets"} <= {
        name
        for problem in known.problems
        for name in ("messages", "phrases", "related", "facets")
        if getattr(problem, name)
    }
    # Every problem is where its questions end: nothing is left that no question can part.
    assert all(state.question or state.unsure_given for state in site.flow.states)


def test_the_project_s_own_vocabulary_works_too(root: Path, tmp_path: Path) -> None:
    done = generate(root, tmp_path, 60, "--vocabulary", str(root / "docs" / "vocabulary.yml"))
    assert done.returncode == 0, done.stderr
    assert len(compiled(tmp_path).knowledge.problems) > 40


def test_one_seed_makes_one_knowledge_base(root: Path, tmp_path: Path) -> None:
    for name, seed in (("one", "7"), ("same", "7"), ("other", "8")):
        assert generate(root, tmp_path / name, 40, "--seed", seed).returncode == 0
    assert texts(tmp_path / "one") == texts(tmp_path / "same")
    assert texts(tmp_path / "one") != texts(tmp_path / "other")


def test_what_is_too_large_to_take_along_has_no_file_for_it_and_the_map_says_so(root: Path, tmp_path: Path) -> None:
    assert generate(root, tmp_path, 90).returncode == 0
    # Not quietly: then a warning would not end the build.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "site" / OFFLINE_MAP).exists()
    page = (tmp_path / "site" / "map" / "index.html").read_text(encoding="utf-8")
    assert OFFLINE_MAP not in page
    assert "too large to save as one file" in page


@pytest.mark.parametrize("count", [3, 100_000])
def test_a_count_that_cannot_be_had_is_said(root: Path, tmp_path: Path, count: int) -> None:
    done = generate(root, tmp_path, count)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("generate.py: error: ")


def test_overhead_prints_a_table_and_records_it(root: Path, tmp_path: Path) -> None:
    command = [sys.executable, str(root / "bench" / "overhead.py"), "12", "--results", str(tmp_path)]
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1793318400"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    for row in ("knowledge: on_pre_build", "article: on_page_markdown", "published: on_post_build", "the whole build"):
        assert f"\n{row} " in done.stdout
    (record,) = tmp_path.iterdir()
    assert record.name == "2026-10-30-overhead.json"
    figures = json.loads(record.read_text(encoding="utf-8"))
    assert figures["articles"] == 12
    assert 0 < figures["share"] < 1


def test_overhead_shows_where_the_time_goes(root: Path, tmp_path: Path) -> None:
    command = [sys.executable, str(root / "bench" / "overhead.py"), "12", "--profile", "--results", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Ordered by: internal time" in done.stdout
    assert not list(tmp_path.iterdir())
