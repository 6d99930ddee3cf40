"""The guide for writers tells the truth: its tables of keys, its examples and the faults that it shows."""

import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from pydantic import BaseModel

from kb import knowledge, ledger, origin
from kb.allowed import Allowed
from kb.article import FOLDERS, FRONTS, Kind
from kb.fault import FaultsError
from kb.glossary import Glossary
from kb.glossary import Term as Word
from kb.knowledge import Knowledge
from kb.lexicon import Lexicon
from kb.numbers import Family, Number, Numbers
from kb.organisation import Hours, Organisation, Ticket
from kb.settings import FlowLimits, Trust
from kb.terms import Limits, Move, Term, Terms
from kb.vocabulary import Escape, Facet, Helpers, Human, Indexes, IndexText, Labelled, Notice, Value, Vocabulary

KEYS = "Its keys"

MODELS: Mapping[str, tuple[str, type[BaseModel]]] = {
    "problem": (f"write-a-problem.md#{KEYS}", FRONTS["problem"]),
    "remedy": (f"write-a-remedy.md#{KEYS}", FRONTS["remedy"]),
    "reference": (f"write-a-reference.md#{KEYS}", FRONTS["reference"]),
    "vocabulary": ("vocabulary.md#The file", Vocabulary),
    "facet": ("vocabulary.md#A facet", Facet),
    "value": ("vocabulary.md#A value", Value),
    "index": ("vocabulary.md#An index", IndexText),
    "indexes": ("vocabulary.md#The other indexes", Indexes),
    "labelled": ("vocabulary.md#Who, and needs", Labelled),
    "notice": ("vocabulary.md#A notice", Notice),
    "human": ("vocabulary.md#The human", Human),
    "helpers": ("vocabulary.md#Helpers", Helpers),
    "escape": ("vocabulary.md#None of these", Escape),
    "organisation": ("fork.md#Your help desk", Organisation),
    "hours": ("fork.md#Hours", Hours),
    "ticket": ("fork.md#Ticket form", Ticket),
    "allowed": ("allowed.md#Allow another one", Allowed),
    "trust": ("fork.md#How long an article is trusted", Trust),
    "numbers": ("numbers.md#The file", Numbers),
    "family": ("numbers.md#A family", Family),
    "number": ("numbers.md#A number", Number),
    "glossary": ("glossary.md#The file", Glossary),
    "word": ("glossary.md#A word", Word),
    "search": ("search.md#Every key", Lexicon),
    "limits": ("vocabulary.md#Limits of the flow", FlowLimits),
    "terms": ("terms.md#Our own words", Terms),
    "term": ("terms.md#A term", Term),
    "move": ("terms.md#An address that has moved", Move),
    "reading": ("terms.md#Limits", Limits),
}

EXAMPLES: Mapping[str, Kind] = {
    "write-a-problem.md": "problem",
    "write-a-remedy.md": "remedy",
    "write-a-reference.md": "reference",
}


@pytest.fixture(scope="module")
def guide(root: Path) -> Path:
    return root / "docs/contributing"


@pytest.fixture(scope="module")
def examples(guide: Path) -> dict[str, str]:
    """The complete examples by the path that the guide names."""
    fence = re.compile(r'^```markdown title="(\S+)"\n(.*?)^```$', re.M | re.S)
    return {path: text for page in EXAMPLES for path, text in fence.findall(_text(guide / page))}


@pytest.fixture
def copy(root: Path, guide: Path, tmp_path: Path) -> Path:
    """The folder of articles with the facts of the examples, and their source."""
    docs = tmp_path / "docs"
    shutil.copytree(root / "docs", docs, ignore=shutil.ignore_patterns("assets", "contributing"))
    for name in (ledger.PATH, origin.PATH):
        with (docs / name).open("a", encoding="utf-8") as stream:
            stream.write(_fence(guide / "ledger.md", f'csv title="docs/{name}"'))
    return docs


@pytest.mark.parametrize("name", MODELS)
def test_a_table_names_every_key_and_no_other(name: str, guide: Path) -> None:
    place, model = MODELS[name]
    assert sorted(_rows(guide, place)) == sorted(model.model_fields)


@pytest.mark.parametrize("name", MODELS)
def test_a_table_says_which_keys_are_needed(name: str, guide: Path) -> None:
    place, model = MODELS[name]
    needed = {key: cells[0] for key, cells in _rows(guide, place).items()}
    assert needed == {key: "yes" if field.is_required() else "no" for key, field in model.model_fields.items()}


@pytest.mark.parametrize("name", MODELS)
def test_a_table_says_what_the_schema_says_and_its_limits(name: str, guide: Path) -> None:
    place, model = MODELS[name]
    for key, cells in _rows(guide, place).items():
        field = model.model_fields[key]
        purpose = (field.description or "").removesuffix(".")
        assert cells[1].casefold().startswith(purpose.casefold()), f"{place}: {key}"
        numbers = set(re.findall(r"[\d.]*\d", cells[1]))
        assert set(_limits(field.metadata)) <= numbers, f"{place}: {key}"


def test_the_table_of_facets_is_that_of_the_vocabulary(root: Path, guide: Path) -> None:
    facets = knowledge.load(root / "docs").vocabulary.facets
    rows = {name: cells[0] for name, cells in _rows(guide, "write-a-problem.md#Its facets").items()}
    assert rows == {name: "yes" if facet.required else "no" for name, facet in facets.items()}


def test_the_words_for_undoing_are_those_of_the_schema(guide: Path) -> None:
    row = _rows(guide, MODELS["remedy"][0])["undo"]
    named = set(re.findall(r"`(\w+)`", row[1]))
    assert named == set(get_args(FRONTS["remedy"].model_fields["undo"].annotation))


def test_the_columns_and_statuses_are_those_of_the_ledger(guide: Path) -> None:
    page = "ledger.md#The columns of the ledger"
    assert tuple(_rows(guide, page)) == ledger.COLUMNS
    statuses = _rows(guide, page, table=1)
    assert statuses.keys() == ledger.STATUSES
    assert {name for name, cells in statuses.items() if cells[-1].startswith("yes")} == ledger.LIVE


def test_the_columns_and_certainties_are_those_of_the_sources(guide: Path) -> None:
    assert tuple(_rows(guide, "ledger.md#The columns of the sources")) == origin.COLUMNS
    certainty = "ledger.md#A fact that is not certain"
    assert _rows(guide, certainty).keys() == origin.CERTAINTIES
    assert f"within {origin.LONGEST.days} days" in " ".join(_text(guide / "ledger.md").split())


def test_every_kind_of_article_has_a_complete_example_at_its_place(examples: dict[str, str]) -> None:
    assert [Path(path).parent.name for path in examples] == [FOLDERS[kind] for kind in EXAMPLES.values()]


def test_the_examples_load_without_a_fault(copy: Path, examples: dict[str, str]) -> None:
    loaded = _load(copy, examples)
    assert {Path(path).stem for path in examples} <= loaded.by_slug.keys()


def test_the_examples_link_only_to_what_is_there(copy: Path, examples: dict[str, str]) -> None:
    _load(copy, examples)
    links = [link for text in examples.values() for link in re.findall(r"\]\(/([^)#]+)", text)]
    assert links
    assert [link for link in links if not (copy / link).exists()] == []


def test_the_fault_that_is_shown_is_what_a_writer_sees(guide: Path, copy: Path, examples: dict[str, str]) -> None:
    (path,) = [path for path in examples if "/problems/" in path]
    broken = examples | {path: examples[path].replace("[not-arriving]", "[not-ariving]")}
    with pytest.raises(FaultsError) as caught:
        _load(copy, broken)
    shown = [str(fault) for fault in caught.value.faults if fault.path == path]
    assert shown == _fence(guide / "index.md", "text").splitlines()


def test_every_kind_of_fault_that_is_explained_exists(root: Path, guide: Path) -> None:
    code = "".join(_text(module) for module in sorted((root / "hooks/kb").glob("*.py")))
    kinds = _rows(guide, "index.md#What the faults look like")
    assert kinds
    kinds |= _rows(guide, "check-again.md#What `make fresh` prints")
    # The faults of what is said twice get their names where they are found.
    assert [kind for kind in kinds if f'"{kind}"' not in code and not kind.startswith("duplicate-")] == []


def test_every_setting_that_a_fork_may_change_is_there(root: Path, guide: Path) -> None:
    settings = yaml.safe_load(_text(root / "mkdocs.yml"))
    for name in _rows(guide, "fork.md#Settings to change"):
        found: Any = settings
        for part in name.split("."):
            assert part in found, name
            found = found[part]


def test_every_file_that_the_guide_names_is_there(root: Path, guide: Path, examples: dict[str, str]) -> None:
    for page in _pages(guide):
        named = set(re.findall(r"`((?:docs|\.github)/[\w./-]+\.\w+|mkdocs\.yml)`", _text(page)))
        assert [name for name in named - examples.keys() if not (root / name).exists()] == [], page.name


def test_no_page_of_the_guide_is_for_search(guide: Path) -> None:
    for page in _pages(guide):
        front = yaml.safe_load(_text(page).split("---\n")[1])
        assert front["robots"] == "noindex", page.name
        assert front["search"] == {"exclude": True}, page.name


def test_the_first_page_leads_to_every_other(guide: Path) -> None:
    linked = set(re.findall(r"\]\(/contributing/([\w-]+\.md)", _text(guide / "index.md")))
    assert {page.name for page in _pages(guide)} - {"index.md"} <= linked


def _load(docs: Path, examples: Mapping[str, str]) -> Knowledge:
    for path, text in examples.items():
        (docs.parent / path).write_text(text, encoding="utf-8")
    return knowledge.load(docs)


def _pages(guide: Path) -> list[Path]:
    pages = sorted(guide.glob("*.md"))
    assert pages
    return pages


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _fence(page: Path, language: str) -> str:
    """The only block of this language on a page."""
    (block,) = re.findall(rf"^```{re.escape(language)}\n(.*?)^```$", _text(page), re.M | re.S)
    return str(block)


def _rows(guide: Path, place: str, table: int = 0) -> dict[str, list[str]]:
    """A table below a heading: for the name in its first column the other cells."""
    page, _, heading = place.partition("#")
    section = re.split(rf"^##+ {re.escape(heading)}$", _text(guide / page), flags=re.M)[1]
    section = re.split(r"^##", section, maxsplit=1, flags=re.M)[0]
    tables = re.findall(r"(?:^\|.*\n)+", section, re.M)
    lines = [[cell.strip() for cell in line.strip("|\n ").split("|")] for line in tables[table].splitlines()[2:]]
    rows = {cells[0].strip("`"): cells[1:] for cells in lines}
    assert len(rows) == len(lines), f"{place}: a name stands twice"
    return rows


def _limits(metadata: list[Any]) -> Iterator[str]:
    """The limits that a writer can meet, as they would be written."""
    for constraint in metadata:
        for name in ("max_length", "min_length", "ge", "le"):
            limit = getattr(constraint, name, None)
            if limit is not None and not (name == "min_length" and limit == 1):
                yield f"{limit:g}"
