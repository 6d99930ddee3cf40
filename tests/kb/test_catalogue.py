"""The knowledge base for other programs."""

import json
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from kb import catalogue
from kb.site import Site

if TYPE_CHECKING:
    from tests.kb.conftest import Compile

Json = dict[str, Any]


@pytest.fixture(scope="module")
def told(real: Site) -> Json:
    found: dict[str, Any] = json.loads(catalogue.text(real))
    return found


def by_id(parts: list[Json]) -> dict[str, Json]:
    return {part["id"]: part for part in parts}


def test_its_schema_is_a_schema() -> None:
    schema = catalogue.json_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


def test_the_real_catalogue_keeps_to_its_schema(told: Json) -> None:
    Draft202012Validator(catalogue.json_schema()).validate(told)


@pytest.mark.parametrize("part", ["articles", "remedies", "vocabulary", "flow", "indexes", "numbers", "redirects"])
def test_a_catalogue_that_leaves_a_part_out_does_not(part: str, told: Json) -> None:
    with pytest.raises(ValidationError):
        Draft202012Validator(catalogue.json_schema()).validate({key: told[key] for key in told if key != part})


def test_a_catalogue_with_a_part_that_nobody_described_does_not(told: Json) -> None:
    with pytest.raises(ValidationError):
        Draft202012Validator(catalogue.json_schema()).validate(told | {"more": []})


def test_a_problem_is_told_whole(compiled: "Compile") -> None:
    assert by_id(json.loads(catalogue.text(compiled({})))["articles"])["flat-tyre"] == {
        "id": "flat-tyre",
        "kind": "problem",
        "url": "problems/flat-tyre/",
        "title": "My tyre went flat all at once",
        "description": "What to do about a tyre that lost all its air within a minute.",
        "audience": [],
        "facets": {"symptom": ["soft-tyre"], "speed": ["at-once"], "wear": ["tube"]},
        "messages": ["TYRE PRESSURE LOW"],
        "phrases": ["puncture", "flat tyre"],
        "remedies": ["mend-tube", "visit-shop"],
        "related": ["slow-leak", "valve-kinds"],
        "facts": ["B001"],
        "weight": 5,
        "reviewed": "2026-11-21",
    }


def test_a_reference_has_no_weight_and_no_remedies(compiled: "Compile") -> None:
    found = by_id(json.loads(catalogue.text(compiled({})))["articles"])["valve-kinds"]
    assert (found["kind"], found["weight"], found["remedies"], found["messages"]) == ("reference", None, [], [])


def test_a_remedy_is_told_whole(compiled: "Compile") -> None:
    assert by_id(json.loads(catalogue.text(compiled({})))["remedies"])["mend-tube"] == {
        "id": "mend-tube",
        "url": "remedies/mend-tube/",
        "title": "Mend the tube",
        "who": ["rider", "workshop"],
        "minutes": 30,
        "needs": ["pump", "tools"],
        "undo": "easy",
        "facts": [],
        "problems": ["flat-tyre", "slow-leak"],
    }


def test_the_vocabulary_is_told_in_its_order_with_the_words_of_the_buttons(compiled: "Compile") -> None:
    first, _, last = json.loads(catalogue.text(compiled({})))["vocabulary"]
    assert (first["id"], first["question"], first["hint"]) == (
        "symptom",
        "What is wrong with the bicycle?",
        "Take what you notice first.",
    )
    assert [value["answer"] for value in first["values"]] == ["A tyre is soft", "The chain", "It makes a noise"]
    assert (last["id"], last["question"]) == ("wear", None)


def test_old_addresses_are_told_with_their_sections(compiled: "Compile") -> None:
    assert json.loads(catalogue.text(compiled({})))["redirects"] == [
        {"from": "old/flat", "to": "problems/flat-tyre/"},
        {"from": "old/tyres#flat", "to": "problems/flat-tyre/"},
    ]


def test_an_index_is_told_with_the_articles_of_each_value(compiled: "Compile") -> None:
    indexes = {index["url"]: index for index in json.loads(catalogue.text(compiled({})))["indexes"]}
    assert indexes["symptoms/symptom/"]["facet"] == "symptom"
    assert indexes["symptoms/symptom/"]["values"][0] == {
        "value": "soft-tyre",
        "label": "A soft tyre",
        "url": "symptoms/symptom/#soft-tyre",
        "articles": ["flat-tyre", "slow-leak"],
    }
    assert indexes["symptoms/who/"]["facet"] is None


def test_a_number_is_told_whole_with_its_articles(told: Json) -> None:
    numbers = {number["number"]: number for number in told["numbers"]}
    assert numbers["AADSTS50088"] == {
        "number": "AADSTS50088",
        "short": "50088",
        "family": "second-step",
        "means": "Within a short time, too many calls or texts were sent.",
        "who": ["self"],
        "url": "symptoms/numbers/#aadsts50088",
        "articles": ["hit-our-limit"],
    }


def test_a_catalogue_of_a_site_without_numbers_has_none(compiled: "Compile") -> None:
    assert json.loads(catalogue.text(compiled({})))["numbers"] == []


def test_the_figures_of_the_flow_are_told(compiled: "Compile") -> None:
    figures = json.loads(catalogue.text(compiled({})))["flow"]["figures"]
    assert figures == {"mean": 1.8, "optimum": 1.8, "floor": 1.0, "longest": 2, "states": 4, "exact": True}


def test_the_real_audience_is_told_by_itself_too(told: Json) -> None:
    assert any(article["audience"] for article in told["articles"])
    assert all(article["audience"] == article["facets"].get("audience", []) for article in told["articles"])


def test_every_id_that_the_real_catalogue_names_is_in_it(told: Json) -> None:
    articles, remedies = by_id(told["articles"]), by_id(told["remedies"])
    assert not articles.keys() & remedies.keys()
    for article in articles.values():
        assert set(article["remedies"]) <= remedies.keys()
        assert set(article["related"]) <= articles.keys()
    for remedy in remedies.values():
        assert remedy["problems"]
        assert all(remedy["id"] in articles[problem]["remedies"] for problem in remedy["problems"])
    for number in told["numbers"]:
        assert number["articles"]
        assert set(number["articles"]) <= articles.keys() | remedies.keys()
    for index in told["indexes"]:
        assert all(set(value["articles"]) <= articles.keys() | remedies.keys() for value in index["values"])


def test_each_real_relation_stands_on_both_sides(told: Json) -> None:
    related = {article["id"]: article["related"] for article in told["articles"]}
    assert any(related.values())
    for one, others in related.items():
        assert one not in others
        assert len(set(others)) == len(others)
        assert all(one in related[other] for other in others)


def test_the_real_flow_walked_from_its_root_reaches_every_problem(told: Json) -> None:
    nodes = {node["url"]: node for node in told["flow"]["nodes"]}
    seen: set[str] = set()
    ahead = [told["flow"]["root"]]
    while ahead:
        url = ahead.pop()
        if url not in seen:
            seen.add(url)
            if node := nodes.get(url):
                ahead += [answer["url"] for answer in node["answers"]]
                ahead += [way for way in (node["unsure"], node["none_of_these"]) if way]
    assert {article["url"] for article in told["articles"] if article["kind"] == "problem"} <= seen
    assert nodes.keys() <= seen


def test_from_the_root_of_the_real_flow_answers_alone_lead_to_each_problem_that_is_live_there(told: Json) -> None:
    nodes = {node["url"]: node for node in told["flow"]["nodes"]}
    urls = {article["id"]: article["url"] for article in told["articles"]}
    reached: set[str] = set()
    ahead = [told["flow"]["root"]]
    while ahead:
        url = ahead.pop()
        reached.add(url)
        ahead += [answer["url"] for answer in nodes[url]["answers"]] if url in nodes else []
    assert {urls[one] for one in nodes[told["flow"]["root"]]["live"]} <= reached
