"""The keys as a writer meets them are those of the schema and the vocabulary."""

from typing import TYPE_CHECKING, get_args

import pytest

from kb.article import FRONTS, Kind
from kb.keys import keys

if TYPE_CHECKING:
    from tests.kb.conftest import Load

KINDS: tuple[Kind, ...] = get_args(Kind)


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_of_the_schema_is_named_once_with_its_purpose(kind: Kind, load: "Load") -> None:
    named = {key.name: key for key in keys(kind, load({}).vocabulary)}
    for name, field in FRONTS[kind].model_fields.items():
        assert named[name].needed is field.is_required()
        assert named[name].purpose.casefold() == (field.description or "").casefold()


@pytest.mark.parametrize("kind", ["problem", "reference"])
def test_facets_are_keys_with_the_values_of_the_vocabulary(kind: Kind, load: "Load") -> None:
    vocabulary = load({}).vocabulary
    named = {key.name: key for key in keys(kind, vocabulary)}
    for name, facet in vocabulary.facets.items():
        assert list(named[name].values) == list(facet.values)
        assert named[name].several
        assert named[name].needed is (facet.required and kind == "problem")


def test_a_remedy_has_no_facets_but_the_words_of_its_own_lists(load: "Load") -> None:
    vocabulary = load({}).vocabulary
    named = {key.name: key for key in keys("remedy", vocabulary)}
    assert not named.keys() & vocabulary.facets.keys()
    assert named["who"].values == {"rider": "You.", "workshop": "Somebody with a stand and tools."}
    assert list(named["undo"].values) == ["none", "easy", "hard"]
    assert not named["undo"].several


@pytest.mark.parametrize("kind", KINDS)
def test_the_title_comes_first_and_the_dates_last(kind: Kind, load: "Load") -> None:
    names = [key.name for key in keys(kind, load({}).vocabulary)]
    assert names[:2] == ["title", "description"]
    assert names[-2:] == ["reviewed", "review_by"]
    assert len(names) == len(set(names))


def test_the_help_names_the_words_to_choose_from(load: "Load") -> None:
    named = {key.name: key for key in keys("remedy", load({}).vocabulary)}
    assert named["who"].help == "Who can do it. One or more of: rider, workshop."
    assert named["undo"].help.endswith(". One of: none, easy, hard.")
    assert named["minutes"].help == "How many minutes it takes."
