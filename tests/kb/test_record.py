"""The record of addresses."""

from typing import TYPE_CHECKING

import pytest

from kb import record
from kb.fault import Fault, FaultsError
from kb.record import Record
from kb.source import Source

if TYPE_CHECKING:
    from tests.kb.conftest import Load, Text


def read(text: str) -> Record:
    found = record.parse(Source("docs/addresses.txt", text))
    assert isinstance(found, Record)
    return found


def faults(load: "Load", changes: dict[str, str | bytes | None]) -> list[Fault]:
    with pytest.raises(FaultsError) as raised:
        load(changes)
    return [fault for fault in raised.value.faults if fault.code == "address-lost"]


def test_what_is_written_is_read_again() -> None:
    assert list(read(record.text(["b/c#d", "a", "a"])).lines) == ["a", "b/c#d"]


def test_lines_in_any_order_said_twice_or_empty_are_welcome() -> None:
    assert read("b\n\n# Word.\na\nb\n").lines == {"b": 1, "a": 4}


def test_the_addresses_of_an_article_are_its_page_its_sections_and_what_it_took_over(load: "Load") -> None:
    article = load({}).by_slug["flat-tyre"]
    assert list(record.addresses([article])) == [
        "problems/flat-tyre",
        "problems/flat-tyre#how-to-tell",
        "old/flat",
        "old/tyres#flat",
    ]


def test_an_article_that_is_gone_is_told_together_with_what_still_names_it(load: "Load") -> None:
    with pytest.raises(FaultsError) as raised:
        load({"remedies/mend-tube.md": None, "addresses.txt": "remedies/mend-tube"})
    assert {fault.code for fault in raised.value.faults} == {"address-lost", "unknown-remedy"}


def test_an_article_that_is_itself_at_fault_is_not_called_lost(load: "Load") -> None:
    with pytest.raises(FaultsError) as raised:
        load({"problems/squeal.md": "Words.", "addresses.txt": "problems/squeal"})
    assert [fault.code for fault in raised.value.faults] == ["no-front-matter"]


def test_the_fault_of_a_renamed_article_names_the_file_and_the_line_to_add(load: "Load", good: "Text") -> None:
    changes = {"problems/squeal.md": None, "problems/squeaks.md": good("problems/squeal.md")}
    everything = record.text(record.addresses(load({}).articles))
    # What names the old slug is at fault too.
    changes["problems/chain-off.md"] = good("problems/chain-off.md", related=[])
    (found,) = faults(load, {**changes, "addresses.txt": everything})
    assert str(found) == (
        "docs/addresses.txt:10:1: address-lost: Nothing stands at 'problems/squeal' any more. "
        "Below 'redirects:' of docs/problems/squeaks.md, add '  - problems/squeal'."
    )


def test_the_line_that_a_fault_names_mends_it(load: "Load", good: "Text") -> None:
    body = (good("problems/flat-tyre.md")).split("---\n")[2].replace("## How to tell", "## How you can tell")
    recorded = {"addresses.txt": "problems/flat-tyre#how-to-tell"}
    (found,) = faults(load, {**recorded, "problems/flat-tyre.md": good("problems/flat-tyre.md", body)})
    line = found.suggestion.split("'")[-2]
    address, _, section = line.removeprefix("  - ").partition(": ")
    mended = good("problems/flat-tyre.md", body, redirects=[{address: section}])
    assert load({**recorded, "problems/flat-tyre.md": mended}).by_slug["flat-tyre"].redirects == {address: section}


def test_whoever_takes_a_page_over_takes_its_sections_over(load: "Load", good: "Text") -> None:
    recorded = {"addresses.txt": "problems/gone\nproblems/gone#part\n"}
    changed = good("problems/squeal.md", redirects=["problems/gone"])
    assert load({**recorded, "problems/squeal.md": changed}).by_slug["squeal"].redirects == {"problems/gone": None}


def test_states_of_the_flow_are_never_lost(load: "Load") -> None:
    assert load({"addresses.txt": "find/colour-red/speed-unsure\n"}).record.states == ("find/colour-red/speed-unsure",)
