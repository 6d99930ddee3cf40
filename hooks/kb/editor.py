"""What editors know about front matter: JSON Schemas for those that check it, snippets for those that complete it.

All of it follows from the models, the vocabulary and the content; a test keeps the files in step. The schemas keep to
draft 7, which is what language servers for YAML read. They cannot know what only shows among articles, nor a file's
own name: `make check` does.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel

from kb import allowed, glossary, lexicon, numbers, vocabulary
from kb.allowed import Allowed
from kb.article import FOLDERS, FRONTS, Article, Kind, StepFront
from kb.glossary import Glossary
from kb.keys import Key, keys
from kb.knowledge import Knowledge
from kb.lexicon import Lexicon
from kb.numbers import Numbers
from kb.vocabulary import Vocabulary

SCHEMAS = "schemas"
SNIPPETS = ".vscode/front-matter.code-snippets"
KINDS: tuple[Kind, ...] = get_args(Kind)

_DIALECT = "http://json-schema.org/draft-07/schema#"
_CAUSE = "the cause it answers"

Json = dict[str, Any]


def files(known: Knowledge) -> Mapping[str, str]:
    """The text of each file by its path from the top of the repository."""
    schemas = {kind: front_matter(kind, known) for kind in KINDS} | {
        "facts": _choice({fact.id: fact.fact for fact in known.facts if fact.live}),
        "vocabulary": _of_model(Vocabulary),
        "numbers": _of_model(Numbers),
        "glossary": _of_model(Glossary),
        "search": _of_model(Lexicon),
        "allowed": _of_model(Allowed),
    }
    made = {f"{SCHEMAS}/{name}.json": {"$schema": _DIALECT} | schema for name, schema in schemas.items()}
    return {path: _text(data) for path, data in (made | {SNIPPETS: snippets(known)}).items()}


def associations(docs: str) -> Mapping[str, str]:
    """Which files each schema is for, as editors want it in their settings. `docs` is the folder's name."""
    articles = {f"{SCHEMAS}/{kind}.json": f"{docs}/{FOLDERS[kind]}/*.md" for kind in KINDS}
    return articles | {
        f"{SCHEMAS}/vocabulary.json": f"{docs}/{vocabulary.PATH}",
        f"{SCHEMAS}/numbers.json": f"{docs}/{numbers.PATH}",
        f"{SCHEMAS}/glossary.json": f"{docs}/{glossary.PATH}",
        f"{SCHEMAS}/search.json": f"{docs}/{lexicon.PATH}",
        f"{SCHEMAS}/allowed.json": f"{docs}/{allowed.PATH}",
    }


def front_matter(kind: Kind, known: Knowledge) -> Json:
    """The JSON Schema of one kind. A facet is never required: the problems behind "None of these" have none."""
    fields = FRONTS[kind].model_json_schema()["properties"]
    slugs = _slugs(kind, known)
    return {
        "title": f"Front matter of a {kind}",
        "definitions": _definitions(),
        "type": "object",
        "additionalProperties": False,
        "required": [name for name, field in FRONTS[kind].model_fields.items() if field.is_required()],
        "properties": {
            key.name: _property(key, fields.get(key.name, {"minItems": 1}), slugs.get(key.name, {}))
            for key in keys(kind, known.vocabulary)
        },
    }


def _slugs(kind: Kind, known: Knowledge) -> Mapping[str, Mapping[str, str]]:
    """The slugs that may stand under a key, with the titles of their articles."""
    if kind == "remedy":
        return {}
    related = _titles((*known.problems, *known.references))
    return {"related": related, "remedies": _titles(known.remedies)} if kind == "problem" else {"related": related}


def _titles(articles: Iterable[Article]) -> Mapping[str, str]:
    return {article.slug: article.title for article in articles}


def _property(key: Key, field: Json, slugs: Mapping[str, str]) -> Json:
    made = _bare(field) | {"description": key.purpose}
    if not key.several:
        return made | (_choice(key.values) if key.values else {})
    items = field.get("items", {})
    if key.name == "facts":
        items = {"$ref": "facts.json"}
    elif key.name == "remedies":
        items = _step(slugs)
    elif slugs or key.values:
        items = _choice(slugs or key.values)
    return made | {"type": "array", "uniqueItems": True, "items": items}


def _choice(values: Mapping[str, str]) -> Json:
    """A word of a list, with what each means for editors that show it."""
    meanings = {"enumDescriptions": list(values.values())} if any(values.values()) else {}
    return {"type": "string", "enum": list(values), **meanings}


def _definitions() -> Json:
    """What may stand behind the slug of a remedy: the cause, or the cause and more."""
    fields = {
        name: _bare(field) for name, field in StepFront.model_json_schema()["properties"].items() if name != "remedy"
    }
    more = {"type": "object", "additionalProperties": False, "properties": fields}
    return {"cause": {"anyOf": [fields["cause"], more]}}


def _step(remedies: Mapping[str, str]) -> Json:
    named = {slug: {"description": title, "$ref": "#/definitions/cause"} for slug, title in remedies.items()}
    with_cause = {"type": "object", "minProperties": 1, "maxProperties": 1, "properties": named}
    return {"anyOf": [_choice(remedies), with_cause | {"additionalProperties": False}]}


def _bare(field: Json) -> Json:
    """Without what pydantic adds for readers of code."""
    return {name: value for name, value in field.items() if name not in {"title", "default"}}


def _of_model(model: type[BaseModel]) -> Json:
    return model.model_json_schema()


def snippets(known: Knowledge) -> Mapping[str, Json]:
    """Completions for Visual Studio Code, which shows each in the articles of its kinds alone (from 1.109 on)."""
    made: dict[str, Json] = {}
    for kind in KINDS:
        for name, snippet in _snippets(kind, known):
            shared = made.setdefault(name, snippet | {"scope": "markdown", "include": []})
            shared["include"].append(f"**/{known.docs.name}/{FOLDERS[kind]}/*.md")
    return made


def _snippets(kind: Kind, known: Knowledge) -> Iterator[tuple[str, Json]]:
    slugs = _slugs(kind, known)
    for key in keys(kind, known.vocabulary):
        words = ",".join(key.values)
        if key.values:
            body = [f"{key.name}: [${{1|{words}|}}]" if key.several else f"{key.name}: ${{1|{words}|}}"]
        else:
            body = [f"{key.name}:", "  - $1"] if key.several else [f"{key.name}: $1"]
        yield key.name, {"prefix": key.name, "description": key.purpose, "body": body}
        for value, meaning in (key.values if key.several else {}).items():
            yield f"{key.name}: {value}", {"prefix": value, "description": f"{key.name}: {meaning}", "body": [value]}
    for name, titles in slugs.items():
        for slug, title in titles.items():
            body = [f"{slug}: ${{1:{_CAUSE}}}" if name == "remedies" else slug]
            yield f"{name}: {slug}", {"prefix": slug, "description": f"{name}: {title}", "body": body}


def _text(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
