"""The engine's settings in mkdocs.yml."""

from pathlib import Path

import pytest

from kb import settings
from kb.fault import FaultsError
from kb.settings import Extra, FlowLimits


def read(folder: Path, text: str) -> Extra:
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    return settings.read(folder / "mkdocs.yml")


def test_the_limits_of_the_flow_are_read(tmp_path: Path) -> None:
    found = read(tmp_path, "site_name: X\nextra:\n  flow:\n    longest: 4\n    mean: 2.85\n")
    assert found.flow == FlowLimits(longest=4, mean=2.85)


def test_the_pages_of_the_flow_for_each_problem_are_read_and_not_bounded_without(tmp_path: Path) -> None:
    assert read(tmp_path, "extra:\n  flow:\n    pages: 1.5\n").flow.pages == 1.5
    assert read(tmp_path, "site_name: X\n").flow.pages is None


@pytest.mark.parametrize("text", ["site_name: X\n", "extra:\n  social: []\n", "extra:\n  flow: {}\n"])
def test_without_limits_the_ordinary_ones_hold(text: str, tmp_path: Path) -> None:
    assert read(tmp_path, text).flow == FlowLimits(longest=7, mean=7.0)


def test_a_limit_that_is_not_given_again_is_inherited(tmp_path: Path) -> None:
    (tmp_path / "base.yml").write_text("extra:\n  flow: {longest: 4, pages: 2}\n  freshness: {every: 90}\n")
    found = read(tmp_path, "INHERIT: base.yml\nextra:\n  flow: {longest: 9}\n")
    assert found.flow == FlowLimits(longest=9, pages=2)
    assert found.freshness.every == 90


def test_what_is_wrong_is_said_of_the_file_that_says_it(tmp_path: Path) -> None:
    (tmp_path / "base.yml").write_text("extra:\n  flow: {longest: 0}\n")
    with pytest.raises(FaultsError, match=r"^base\.yml:2:19: out-of-range"):
        read(tmp_path, "INHERIT: base.yml\n")
    (tmp_path / "base.yml").write_text("extra:\n  flow: {longest: 4}\n")
    with pytest.raises(FaultsError, match=r"^mkdocs\.yml:3:16: out-of-range"):
        read(tmp_path, "INHERIT: base.yml\nextra:\n  flow: {mean: 0}\n")


def test_what_belongs_to_others_may_hold_anything(tmp_path: Path) -> None:
    text = "x: !ENV [A, b c]\ny: !!python/name:material.extensions.emoji.twemoji\nz: some words # why\n"
    assert read(tmp_path, text) == Extra()


@pytest.mark.parametrize("theme", ["material", "{name: material, palette: []}"])
def test_the_theme_may_be_told_in_every_way_that_mkdocs_knows(theme: str, tmp_path: Path) -> None:
    assert read(tmp_path, f"theme: {theme}\n") == Extra()


@pytest.mark.parametrize(
    ("flow", "place", "code"),
    [
        ("longest: 0", "4:14", "out-of-range"),
        ("longest: four", "4:14", "wrong-type"),
        ("mean: 0", "4:11", "out-of-range"),
        ("longer: 4", "4:5", "unknown-key"),
        ("pages: 0.5", "4:12", "out-of-range"),
        ("pages: inf", "4:12", "finite-number"),
    ],
)
def test_a_limit_that_is_none_is_reported_where_it_stands(flow: str, place: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(FaultsError) as raised:
        read(tmp_path, f"site_name: X\nextra:\n  flow:\n    {flow}\n")
    assert str(raised.value).startswith(f"mkdocs.yml:{place}: {code}: ")


def test_addresses_without_folders_are_refused(tmp_path: Path) -> None:
    for urls in ("true", "!ENV [URLS, true]"):
        assert read(tmp_path, f"use_directory_urls: {urls}\n") == Extra()
    with pytest.raises(FaultsError, match=r"^mkdocs\.yml:1:21: no-folders"):
        read(tmp_path, "use_directory_urls: false\n")


def test_a_file_that_is_no_yaml_is_reported(tmp_path: Path) -> None:
    with pytest.raises(FaultsError, match=r"mkdocs\.yml:1:13: unquoted-colon"):
        read(tmp_path, "site_name: X: y\n")


def test_a_file_that_is_not_there_is_reported(tmp_path: Path) -> None:
    with pytest.raises(FaultsError, match="unreadable-file"):
        settings.read(tmp_path / "mkdocs.yml")
