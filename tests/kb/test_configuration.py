"""Settings for other generators."""

from pathlib import Path

import pytest
import yaml

from kb import configuration

OURS = """\
site_name: Bicycle help
docs_dir: docs
hooks: [hooks/knowledge.py]
watch: [overrides]
plugins: []
extra_css: [assets/css/pages.css]
theme:
  name: material
  custom_dir: overrides
  palette: {toggle: {icon: material/weather-night}}
markdown_extensions:
  - attr_list
  - toc: {permalink: true}
  - pymdownx.blocks.html
  - pymdownx.superfences:
      custom_fences: [{format: !!python/name:pymdownx.superfences.fence_code_format }]
extra:
  flow: {longest: 4}
  alternate: [{lang: de}]
copyright: !ENV [WHOSE, Nobody]
"""


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    (tmp_path / "mkdocs.yml").write_text(OURS, encoding="utf-8")
    return tmp_path / "mkdocs.yml"


def test_what_rests_on_this_project_is_left_out_and_the_rest_stays(ours: Path) -> None:
    theirs = configuration.read(ours).elsewhere()
    assert "copyright: !ENV [WHOSE, Nobody]\n" in theirs
    assert "format: !!python/name:pymdownx.superfences.fence_code_format" in theirs
    assert yaml.safe_load(theirs.replace("!!python/name:pymdownx.", "pymdownx.").replace("!ENV", "")) == {
        "site_name": "Bicycle help",
        "theme": {"name": "material", "palette": {"toggle": {"icon": "material/weather-night"}}},
        "markdown_extensions": [
            "attr_list",
            {"toc": {"permalink": True}},
            {"pymdownx.superfences": {"custom_fences": [{"format": "pymdownx.superfences.fence_code_format ''"}]}},
        ],
        "extra": {"alternate": [{"lang": "de"}]},
        "copyright": ["WHOSE", "Nobody"],
        "plugins": ["search"],
    }


def test_what_nothing_is_left_of_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("extra:\n  flow: {longest: 4}\n", encoding="utf-8")
    assert yaml.safe_load(configuration.read(tmp_path / "mkdocs.yml").elsewhere()) == {"plugins": ["search"]}


def test_settings_that_are_inherited_count_unless_they_are_given_again(ours: Path) -> None:
    own = ours.with_name("own.yml")
    own.write_text("INHERIT: mkdocs.yml\nsite_name: Ours\ntheme:\n  language: de\n", encoding="utf-8")
    read = configuration.read(own)
    assert (read.value("site_name"), read.value("theme", "language")) == ("Ours", "de")
    assert read.value("theme", "name") == "material"
    assert "INHERIT" not in read.elsewhere()


@pytest.mark.parametrize("keys", [("site_url",), ("theme", "favicon"), ("site_name", "further")])
def test_a_setting_that_is_not_given_is_empty(keys: tuple[str, ...], ours: Path) -> None:
    assert configuration.read(ours).value(*keys) == ""
