"""What editors know about front matter is what the engine knows, and the files say so."""

import json
import re
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest
import yaml
from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from kb import article, document, editor, knowledge
from kb.article import FOLDERS, FRONTS, Kind
from kb.document import Document
from kb.knowledge import Knowledge
from kb.source import Source

if TYPE_CHECKING:
    from tests.kb.conftest import Load

KINDS: tuple[Kind, ...] = get_args(Kind)
Json = dict[str, Any]


@pytest.fixture(scope="module")
def known(root: Path) -> Knowledge:
    return knowledge.load(root / "docs")


def validator(name: str, known: Knowledge) -> Draft7Validator:
    schemas = {path: json.loads(text) for path, text in editor.files(known).items() if path.endswith(".json")}
    resources = [(path.rpartition("/")[2], Resource.from_contents(schema)) for path, schema in schemas.items()]
    registry: Registry[Any] = Registry().with_resources(resources)
    return Draft7Validator(schemas[f"schemas/{name}.json"], registry=registry)


def as_json(text: str) -> Json:
    """YAML as editors take it: numbers are numbers, and dates are text."""
    loaded: Json = json.loads(json.dumps(yaml.safe_load(text), default=str))
    return loaded


def front(path: Path) -> Json:
    return as_json(path.read_text(encoding="utf-8").split("---\n")[1])


def test_the_files_are_in_step_with_schema_vocabulary_and_articles(root: Path, known: Knowledge) -> None:
    stale = [name for name, text in editor.files(known).items() if (root / name).read_text(encoding="utf-8") != text]
    assert stale == [], "run `make schema`, and commit what it renews"


@pytest.mark.parametrize("name", [*KINDS, "facts", "vocabulary", "allowed"])
def test_a_schema_is_one_and_leads_nowhere_else(name: str, known: Knowledge) -> None:
    checked = validator(name, known)
    Draft7Validator.check_schema(checked.schema)
    named = set(re.findall(r'"\$ref": "([^"]*)"', json.dumps(checked.schema)))
    root = DRAFT7.create_resource(checked.schema)
    resolver = Registry().with_resources([("", root), ("facts.json", root)]).resolver()
    assert all(resolver.lookup(one) for one in named)


@pytest.mark.parametrize("kind", KINDS)
def test_every_article_keeps_to_the_schema_of_its_kind(kind: Kind, root: Path, known: Knowledge) -> None:
    checked = validator(kind, known)
    paths = sorted((root / "docs" / FOLDERS[kind]).glob("*.md"))
    assert paths
    assert {path.name: [error.message for error in checked.iter_errors(front(path))] for path in paths} == {
        path.name: [] for path in paths
    }


@pytest.mark.parametrize("name", ["vocabulary", "allowed"])
def test_the_other_files_keep_to_theirs(name: str, root: Path, known: Knowledge) -> None:
    text = (root / f"docs/{name}.yml").read_text(encoding="utf-8")
    assert list(validator(name, known).iter_errors(as_json(text))) == []


BICYCLE: Json = {
    "title": "My tyre is soft",
    "description": "What to do about a tyre that has become soft again and again.",
    "symptom": ["soft-tyre"],
    "remedies": ["pump-up", {"mend-tube": "a thorn"}, {"visit-shop": {"cause": "a spoke", "likely": 20}}],
    "related": ["squeal", "valve-kinds"],
    "facts": ["B001"],
    "redirects": ["old/soft", {"old/tyres#soft": "how-to-tell"}],
    "reviewed": "2026-11-21",
    "review_by": "2027-05-21",
    "weight": 5,
}
WRONG: Mapping[str, Any] = {
    "an unknown key": {"colour": "red"},
    "a key of another kind": {"minutes": 5},
    "an unknown value": {"symptom": ["soft-tire"]},
    "no list": {"symptom": "soft-tyre"},
    "an empty list of values": {"symptom": []},
    "a value twice": {"symptom": ["chain", "chain"]},
    "an unknown remedy": {"remedies": ["pump-it-up"]},
    "an unknown remedy with a cause": {"remedies": [{"pump-it-up": "no air"}]},
    "two remedies in one line": {"remedies": [{"pump-up": "no air", "mend-tube": "a hole"}]},
    "an unknown key of a remedy": {"remedies": [{"pump-up": {"why": "no air"}}]},
    "a figure that is out of range": {"remedies": [{"pump-up": {"cause": "no air", "likely": 101}}]},
    "no remedy": {"remedies": []},
    "a remedy as a related article": {"related": ["pump-up"]},
    "an old address with two sections": {"redirects": [{"old/soft": "one", "old/hard": "two"}]},
    "an unknown fact": {"facts": ["B999"]},
    "a fact that does not hold": {"facts": ["B004"]},
    "a weight that is out of range": {"weight": 101},
    "a title that is too long": {"title": "x" * 71},
    "a description that is too short": {"description": "Soft tyres."},
}


def test_a_right_problem_is_right_for_the_schema_too(load: "Load") -> None:
    assert list(validator("problem", load({})).iter_errors(BICYCLE)) == []


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_wrong_for_the_schema_too(what: str, load: "Load") -> None:
    assert list(validator("problem", load({})).iter_errors(deepcopy(BICYCLE) | WRONG[what]))


@pytest.mark.parametrize("key", ["title", "description", "remedies", "reviewed", "review_by"])
def test_a_needed_key_is_needed_for_the_schema_too(key: str, load: "Load") -> None:
    assert list(validator("problem", load({})).iter_errors({name: BICYCLE[name] for name in BICYCLE if name != key}))


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_has_the_keys_of_its_kind_and_no_other(kind: Kind, load: "Load") -> None:
    known = load({})
    facets = set(known.vocabulary.facets) if kind != "remedy" else set()
    schema = editor.front_matter(kind, known)
    assert set(schema["properties"]) == set(FRONTS[kind].model_fields) | facets
    assert all(part["description"] for part in schema["properties"].values())


def test_a_value_says_what_it_means(load: "Load") -> None:
    choice = editor.front_matter("problem", load({}))["properties"]["symptom"]["items"]
    assert dict(zip(choice["enum"], choice["enumDescriptions"], strict=True)) == {
        "soft-tyre": "There is little air in the tyre.",
        "chain": "The chain.",
        "noise": "Something squeals, clicks or grinds.",
    }


def test_snippets_complete_keys_values_and_slugs_in_the_articles_that_have_them(load: "Load") -> None:
    made = editor.snippets(load({}))
    problems, remedies, references = (f"**/docs/{FOLDERS[kind]}/*.md" for kind in KINDS)
    assert made["symptom"]["body"] == ["symptom: [${1|soft-tyre,chain,noise|}]"]
    assert made["symptom"]["include"] == [problems, references]
    assert made["symptom: noise"]["body"] == ["noise"]
    assert made["undo"]["body"] == ["undo: ${1|none,easy,hard|}"]
    assert made["remedies: pump-up"]["body"] == ["pump-up: ${1:the cause it answers}"]
    assert made["remedies: pump-up"]["description"] == "remedies: Pump the tyre up"
    assert made["remedies: pump-up"]["include"] == [problems]
    assert made["related: squeal"]["include"] == [problems, references]
    assert made["title"]["include"] == [problems, remedies, references]


def test_a_snippet_is_front_matter_once_it_is_filled_in(load: "Load") -> None:
    known = load({})
    for name, snippet in editor.snippets(known).items():
        if ": " not in name and snippet["body"][0].endswith("|}]"):
            line = re.sub(r"\$\{1\|([^,|]*)[^}]*\}", r"\1", snippet["body"][0])
            found = document.parse(Source("x.md", f"---\n{line}\n---\n"))
            assert isinstance(found, Document)
            made = article.make("remedy" if name in {"who", "needs"} else "problem", "x", found, known.vocabulary)
            assert isinstance(made, list)
            assert [fault for fault in made if fault.code != "missing-key"] == []


def test_it_works_for_another_domain(root: Path) -> None:
    tiny = knowledge.load(root / "tests/tiny/docs")
    for kind in KINDS:
        for path in (root / "tests/tiny/docs" / FOLDERS[kind]).glob("*.md"):
            assert list(validator(kind, tiny).iter_errors(front(path))) == []


def test_the_workspace_names_every_schema_and_the_files_that_it_is_for(root: Path) -> None:
    settings = json.loads((root / ".vscode/settings.json").read_text(encoding="utf-8"))
    assert settings["yaml.schemas"] == editor.associations("docs")


@pytest.mark.parametrize("case", ["unknown-values", "all-files-in-one-report", "not-yet-written", "settings"])
def test_the_tasks_read_every_line_of_a_report(case: str, root: Path) -> None:
    tasks = json.loads((root / ".vscode/tasks.json").read_text(encoding="utf-8"))["tasks"]
    *lines, count = (root / "tests/cases" / case / "expected.txt").read_text(encoding="utf-8").splitlines()
    for task in tasks:
        pattern = task["problemMatcher"]["pattern"]
        for line in lines:
            found = re.search(pattern["regexp"], f"ERROR   -  {line}")
            assert found, line
            parts = [found[pattern[part]] for part in ("file", "line", "column", "code")]
            assert line == f"{':'.join(parts[:3])}: {parts[3]}: {found[pattern['message']]}"
        assert not re.search(pattern["regexp"], count)
    assert any(
        re.search(task["problemMatcher"].get("background", {}).get("endsPattern", "$^"), count) for task in tasks
    )
