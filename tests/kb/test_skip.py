"""A page that is skipped is not filled, and what is written in its place lands nowhere."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import Environment

from kb import skip
from kb.skip import SkippingTemplate, skipped, tidy


@pytest.fixture
def environment() -> Environment:
    made = Environment(autoescape=True)
    made.template_class = SkippingTemplate
    return made


def test_a_page_is_filled_unless_it_is_skipped(environment: Environment) -> None:
    template = environment.from_string("{{ word }}")
    context: dict[str, Any] = {"word": "Hello"}
    assert template.render(context) == "Hello"
    assert not skipped(context)
    skip.skip(context, SimpleNamespace(abs_dest_path="site/page.html"), "site")
    assert skipped(context)
    assert template.render(context) == skip.SKIPPED


@pytest.mark.parametrize("nowhere", [skip.NOWHERE, ""])
def test_nothing_stays_of_what_is_written_in_its_place(
    nowhere: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(skip, "NOWHERE", nowhere)
    file = SimpleNamespace(abs_dest_path=str(tmp_path / "page.html"))
    skip.skip({}, file, str(tmp_path))
    Path(file.abs_dest_path).write_text(skip.SKIPPED, encoding="utf-8")
    tidy(str(tmp_path))
    assert list(tmp_path.iterdir()) == []
