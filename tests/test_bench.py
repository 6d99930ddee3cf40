"""The benchmark works: its knowledge bases are sound, and it prints what it measures. No time is asserted."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

import pytest

# Neither the benchmark nor the engine is a package.
sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import builds, growth
from bench.process import FailedError, Limits, OverLimitError, Run, run

from kb import day, flow, settings
from kb.site import OFFLINE_MAP, Site, compile_site

ROOMY = Limits(seconds=60, memory=2_000_000_000)


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


def test_the_flow_of_a_knowledge_base_can_be_bounded(root: Path, tmp_path: Path) -> None:
    assert generate(root, tmp_path, 150, "--pages", "1").returncode == 0
    figures = compiled(tmp_path).flow.figures
    assert figures.most == flow.FEW
    assert figures.cut
    assert figures.states < flow.FEW + 10


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
    for row in ("knowledge: on_pre_build", "article: on_page_markdown", "share: on_post_build", "the whole build"):
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


def script(text: str, folder: Path, limits: Limits = ROOMY) -> Run:
    return run([sys.executable, "-c", text], folder, limits)


def test_what_a_program_starts_counts_as_its_own(tmp_path: Path) -> None:
    work = "sum(range(6_000_000)); x = bytearray(60_000_000)"
    alone = script(work, tmp_path)
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {work!r}], check=True)"
    through = script(child, tmp_path)
    assert alone.memory > 60_000_000
    assert through.memory > 60_000_000
    assert through.cpu > alone.cpu / 2


def test_the_memory_of_several_processes_at_a_time_is_added(tmp_path: Path) -> None:
    child = [sys.executable, "-c", "import time; x = b'x' * 50_000_000; time.sleep(1)"]
    two = f"import subprocess; [one.wait() for one in [subprocess.Popen({child}) for _ in 'ab']]"
    assert script(two, tmp_path).memory > 100_000_000


@pytest.mark.parametrize(
    ("limits", "said"),
    [(Limits(seconds=0.3, memory=2_000_000_000), "more than 0 s"), (Limits(60, 40_000_000), "more than 40 MB")],
)
def test_what_takes_too_much_is_ended_with_all_that_it_started(limits: Limits, said: str, tmp_path: Path) -> None:
    child = "import pathlib, time; x = b'x' * 50_000_000; time.sleep(30); pathlib.Path('late').touch()"
    with pytest.raises(OverLimitError, match=said):
        script(f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])", tmp_path, limits)
    assert not list(tmp_path.glob("late"))


def test_a_program_that_fails_is_quoted(tmp_path: Path) -> None:
    with pytest.raises(FailedError, match="no such thing"):
        script("raise SystemExit('no such thing')", tmp_path)


def test_exponents_say_how_fast_something_grows() -> None:
    assert growth.exponents({10: 3.0, 100: 30.0, 1000: 3000.0}) == pytest.approx({(10, 100): 1.0, (100, 1000): 2.0})


def svg(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)  # noqa: S314 - we wrote it


def test_the_drawing_has_a_line_for_each_generator_and_a_mark_for_each_size() -> None:
    drawn = svg(growth.drawing("A & B", "s", {"one": {10: 1.0, 100: 9.0}, "<two>": {10: 2.0}}))
    names = [text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert {"A & B", "one", "<two>", "10", "100"} <= set(names)
    places = [line.get("points", "").split() for line in drawn.iter("{http://www.w3.org/2000/svg}polyline")]
    assert [len(each) for each in places] == [2, 1]


def test_what_would_take_too_long_is_not_begun() -> None:
    def taking(*seconds: float) -> builds.Measured:
        return builds.Measured({10**n: [Run(9 * cpu, cpu, 1)] for n, cpu in enumerate(seconds, start=1)})

    assert not taking(1, 2).out_of_reach(1000, Limits(12.1, 100))
    assert "about 12 s or longer" in taking(1, 2).out_of_reach(1000, Limits(11.9, 100))
    # From one size alone nothing can be said: it may be the start that takes long.
    assert not taking(50).out_of_reach(1000, Limits(51, 100))
    ended = taking(1)
    ended.left_out[100] = "ended"
    assert ended.out_of_reach(1000, ROOMY)


def test_every_generator_that_is_there_builds_the_same_articles(root: Path, tmp_path: Path) -> None:
    command = [
        sys.executable,
        str(root / "bench" / "builds.py"),
        "12",
        "20",
        "--rounds",
        "1",
        "--results",
        str(tmp_path),
    ]
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1793318400"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    figures = json.loads((tmp_path / "2026-10-30-builds.json").read_text(encoding="utf-8"))
    assert figures["sizes"] == [12, 20]
    assert svg((tmp_path / "2026-10-30-builds.svg").read_text(encoding="utf-8")) is not None
    for key, one in figures["generators"].items():
        if one["absent"]:
            assert f"{one['name']}: left out" in done.stderr
            assert key not in {"project", "all", "indexes"}
            continue
        assert not one["left out"], done.stderr
        assert f"\n{one['name']} " in done.stdout
        assert len(one["runs"]["12"]) == 1
        assert one["outputs"]["20"]["pages"] > one["outputs"]["12"]["pages"] > 12
        assert one["outputs"]["12"]["whole"] > one["outputs"]["12"]["article"] > one["outputs"]["12"]["article_gzip"]


def test_every_build_is_from_nothing(tmp_path: Path) -> None:
    """This one would fail if it found what another one left."""
    (tmp_path / "base").mkdir()
    pages = "import pathlib; [pathlib.Path(one).mkdir(parents=True) for one in ('base/.cache', 'site/problems/x')]"
    writes = f"{pages}; pathlib.Path('site/problems/x/index.html').write_text('<p>')"
    generator = builds.Generator("one", "one", lambda *_: [sys.executable, "-c", writes])
    outputs = [builds.build(generator, tmp_path, ROOMY)[1] for _ in range(2)]
    assert outputs[0] == outputs[1] == builds.Output(3, 1, 3.0, outputs[0].article_gzip)


def test_the_yardsticks_have_the_words_and_links_of_our_articles(root: Path, tmp_path: Path) -> None:
    assert generate(root, tmp_path / "base", 12).returncode == 0
    command = [sys.executable, str(root / "bench" / "yardsticks.py"), "base", "yardsticks"]
    subprocess.run(command, cwd=tmp_path, check=True)
    docs, content = tmp_path / "yardsticks" / "docs", tmp_path / "yardsticks" / "hugo" / "content"
    known = compiled(tmp_path / "base").knowledge
    for article in known.articles:
        text = (docs / article.page).read_text(encoding="utf-8")
        assert article.title in text
        for link in re.findall(r"\]\(([^)#]+)\)", text):
            assert ((docs / article.page).parent / link).resolve().exists(), link
    for problem in known.problems:
        plain = (content / problem.page).read_text(encoding="utf-8")
        assert all(remedy.title in plain for remedy, _ in known.steps(problem))
        assert "///" not in plain
        assert ".md" not in plain


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("flow", ("an article", "exponent of CPU time from 12 to 30", "With 1.5 pages for each problem", "the least")),
        ("checks", ("passages told twice", "titles nearly the same", "remedies of another problem", "12 to 30")),
    ],
)
def test_how_the_engine_itself_grows_is_printed_and_recorded(
    name: str, rows: tuple[str, ...], root: Path, tmp_path: Path
) -> None:
    command = [sys.executable, str(root / "bench" / f"{name}.py"), "12", "30", "--results", str(tmp_path)]
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1793318400"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    assert all(row in done.stdout for row in rows)
    assert (tmp_path / f"2026-10-30-{name}.json").exists()
