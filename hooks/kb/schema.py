"""Checks data against a pydantic model and says every mistake in a writer's words.

The one place where pydantic's errors are translated; models themselves stand where they belong.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, NoReturn, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    ValidationError,
    field_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from kb.fault import Fault, did_you_mean
from kb.matter import Matter

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SLUG_LONGEST = 60
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def refuse(code: str, sentence: str, suggestion: str = "") -> NoReturn:
    """Raise a validation error that becomes a fault with these words."""
    raise PydanticCustomError(code, "{sentence}", {"sentence": sentence, "suggestion": suggestion})


def _plain(text: str) -> str:
    if "<" in text or ">" in text:
        refuse("markup-in-text", "'<' and '>' are not allowed in plain text.", "Write the text without markup.")
    if "\n" in text or "\r" in text:
        refuse("line-break-in-text", "This text goes over several lines.", "Write it on one line.")
    return text


def _slug(text: str) -> str:
    if not SLUG.fullmatch(text) or len(text) > SLUG_LONGEST:
        refuse(
            "bad-slug",
            f"'{text}' is no slug.",
            f"Use small letters, digits and single hyphens, at most {SLUG_LONGEST} characters.",
        )
    return text


def distinct(items: tuple[Any, ...]) -> tuple[Any, ...]:
    """Refuse a list in which something stands twice."""
    for number, item in enumerate(items):
        if item in items[:number]:
            refuse("said-twice", f"'{item}' stands in this list twice.", "Keep one of the two.")
    return items


def _day(value: Any) -> Any:
    # Without this, digits alone would count as the seconds since 1970.
    if isinstance(value, str) and not _DAY.fullmatch(value):
        refuse("bad-date", f"'{value}' is no date.", "Write it like 2026-11-21.")
    return value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_plain)]
"""One line of plain text. It can hold no tag, since MkDocs puts front matter into pages unescaped."""

Slug = Annotated[str, AfterValidator(_slug)]

Day = Annotated[date, BeforeValidator(_day)]

unique = AfterValidator(distinct)


class Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    @field_validator("*", mode="before")
    @classmethod
    def _has_a_value(cls, value: Any) -> Any:
        # What may be left out may not be left empty: somebody meant to write something there.
        if value is None:
            raise PydanticCustomError("empty-value", "It has no value.")
        return value


ModelT = TypeVar("ModelT", bound=BaseModel)


def validate(
    model: type[ModelT], path: str, matter: Matter, data: Mapping[str, Any], also_known: frozenset[str] = frozenset()
) -> ModelT | list[Fault]:
    """Make a `model` of `data`. `also_known` are keys that belong to somebody else, for suggestions."""
    try:
        return model.model_validate(dict(data))
    except ValidationError as error:
        details = [detail for detail in error.errors(include_url=False) if not _follows(detail)]
        return [_fault(model, path, matter, detail, also_known) for detail in details]


def _follows(detail: ErrorDetails) -> bool:
    """Whether a list is called too short only because its entries have faults of their own."""
    return detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]


def _fault(
    model: type[BaseModel], path: str, matter: Matter, detail: ErrorDetails, also_known: frozenset[str]
) -> Fault:
    location = tuple(part for part in detail["loc"] if part != "[key]")
    kind = detail["type"]
    context = detail.get("ctx", {})
    if kind == "extra_forbidden":
        key = str(location[-1])
        known = set(_fields_at(model, location[:-1])) | (also_known if len(location) == 1 else frozenset())
        return Fault(
            path,
            *matter.place(location, of_key=True),
            "unknown-key",
            f"'{key}' is not a known key.",
            did_you_mean(key, known),
        )
    place = matter.place(location, of_key="[key]" in detail["loc"])
    if kind == "missing":
        field = _fields_at(model, location[:-1]).get(str(location[-1]))
        purpose = f" It holds {field.description}" if field is not None and field.description else ""
        return Fault(
            path, *matter.place(location[:-1]), "missing-key", f"'{location[-1]}' is missing.", f"Add it.{purpose}"
        )
    name = _name(location)
    if "sentence" in context:
        return Fault(path, *place, kind, f"{name}: {context['sentence']}", context["suggestion"])
    if detail["input"] is None:
        return Fault(path, *place, "empty-value", f"{name} has no value.", "Give it one, or take the key out.")
    code, sentence, suggestion = _words(kind, context, detail["input"])
    return Fault(path, *place, code, f"{name} {sentence}", suggestion)


def _words(kind: str, context: Mapping[str, Any], value: Any) -> tuple[str, str, str]:
    shown = f"'{value}'" if isinstance(value, str) and len(value) < 60 else "the value"
    match kind:
        case "string_type":
            return "wrong-type", "must be text.", "Write one line of text, in quotes where it has a colon."
        case "tuple_type" | "list_type":
            return (
                "wrong-type",
                "must be a list.",
                f"Write it like [{value}]." if isinstance(value, str) else "Write it like [one, two].",
            )
        case "dict_type" | "model_type":
            return "wrong-type", "must have keys of its own.", ""
        case "string_too_long" | "too_long" if isinstance(value, str):
            return (
                "too-long",
                f"has {len(str(value))} characters; at most {context['max_length']} are allowed.",
                "Make it shorter.",
            )
        case "string_too_short" | "too_short" if isinstance(value, str):
            return (
                "too-short",
                f"has {len(str(value).strip())} characters; at least {context['min_length']} are needed.",
                "Say a little more.",
            )
        case "too_long":
            return (
                "too-many",
                f"has {context['actual_length']} entries; at most {context['max_length']} are allowed.",
                "Keep the best.",
            )
        case "too_short":
            return "too-few", f"has no entries; at least {context['min_length']} is needed.", ""
        case "literal_error" | "enum":
            choices = re.findall(r"'([^']*)'", str(context["expected"]))
            return "unknown-value", f"cannot be {shown}.", did_you_mean(str(value), choices)
        case "greater_than":
            return "out-of-range", f"must be more than {context['gt']}, not {value}.", ""
        case "greater_than_equal" | "less_than_equal":
            limit = f"at least {context['ge']}" if "ge" in context else f"at most {context['le']}"
            return "out-of-range", f"must be {limit}, not {value}.", ""
    if kind.startswith("int"):
        return "wrong-type", f"must be a whole number, not {shown}.", "Write it in digits, such as 5."
    if kind.startswith(("float", "decimal")):
        return "wrong-type", f"must be a number, not {shown}.", "Write it in digits, such as 1.5."
    if kind.startswith("bool"):
        return "wrong-type", f"must be true or false, not {shown}.", ""
    if kind.startswith("date"):
        return "bad-date", f"must be a date, not {shown}.", "Write it like 2026-11-21."
    return kind.replace("_", "-"), f"cannot be {shown}.", ""


def _name(location: tuple[str | int, ...]) -> str:
    words = [f"'{part}'" if isinstance(part, str) else f"entry {part + 1}" for part in location]
    return " → ".join(words) or "The file"


def _fields_at(model: type[BaseModel], location: tuple[str | int, ...]) -> Mapping[str, Any]:
    """The fields that the model has at a place inside it, as far as models are nested in mappings or lists."""
    for part in location:
        field = model.model_fields.get(str(part)) if isinstance(part, str) else None
        nested = next(_models_in(field.annotation), None) if field is not None else model
        if nested is None:
            return {}
        model = nested
    return model.model_fields


def _models_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from _models_in(argument)
