"""The whole knowledge base for other programs: catalogue.json and its JSON Schema.

The classes below are the published format; the schema is made from them. Addresses are relative to the site's root.
Mypy holds what is put into them to their types: to check it at run time too took most of the time of writing it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Field, TypeAdapter

from kb.article import Article, Problem
from kb.flow import State, page_url
from kb.knowledge import NUMBERS
from kb.site import Site


class _Part:
    __slots__ = ()
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class ArticlePart(_Part):
    id: Annotated[str, Field(description="The last part of its address; unique over all articles and remedies.")]
    kind: Literal["problem", "reference"]
    url: str
    title: str
    description: str
    audience: Annotated[
        tuple[str, ...], Field(description="The values of the facet of this name, where the vocabulary has it.")
    ]
    facets: Annotated[
        dict[str, tuple[str, ...]],
        Field(description="The values that fit; a facet that is not named fits with any value."),
    ]
    messages: Annotated[tuple[str, ...], Field(description="Exact words on the screen.")]
    phrases: Annotated[tuple[str, ...], Field(description="What people call it.")]
    remedies: Annotated[tuple[str, ...], Field(description="Ids of remedies, in the order to try them.")]
    related: Annotated[tuple[str, ...], Field(description="Ids of articles; each relation stands on both sides.")]
    facts: tuple[str, ...]
    weight: Annotated[int | None, Field(description="How common it is, compared with others; null for references.")]
    reviewed: date


@dataclass(frozen=True, slots=True)
class RemedyPart(_Part):
    id: str
    url: str
    title: str
    who: tuple[str, ...]
    minutes: int
    needs: tuple[str, ...]
    undo: Literal["none", "easy", "hard"]
    facts: tuple[str, ...]
    problems: Annotated[tuple[str, ...], Field(description="Ids of the problems that name it.")]


@dataclass(frozen=True, slots=True)
class ValuePart(_Part):
    id: str
    label: str
    answer: str
    means: str | None


@dataclass(frozen=True, slots=True)
class FacetPart(_Part):
    id: str
    label: str
    question: Annotated[str | None, Field(description="Null where the flow never asks.")]
    hint: str | None
    values: tuple[ValuePart, ...]


@dataclass(frozen=True, slots=True)
class AnswerPart(_Part):
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class NodePart(_Part):
    url: str
    facet: Annotated[str | None, Field(description="Null for a list: no question can part what is left.")]
    question: str | None
    answers: tuple[AnswerPart, ...]
    unsure: Annotated[str | None, Field(description='Where "I\'m not sure" leads; null for a list.')]
    none_of_these: str
    left: Annotated[int, Field(description="The most questions still to come, this one included.")]
    live: Annotated[tuple[str, ...], Field(description="Ids of the problems that fit the answers so far.")]


@dataclass(frozen=True, slots=True)
class FiguresPart(_Part):
    mean: Annotated[float, Field(description="Expected number of questions, by the weights of the articles.")]
    optimum: Annotated[
        float | None,
        Field(
            description="The least that is possible under the vocabulary's rules; null where it was too costly to find."
        ),
    ]
    floor: Annotated[float, Field(description="A bound that no flow can fall below.")]
    longest: Annotated[int, Field(description='The most questions on a route without "I\'m not sure".')]
    states: int
    exact: Annotated[bool, Field(description="Whether every question was chosen exactly, not greedily.")]


@dataclass(frozen=True, slots=True)
class FlowPart(_Part):
    root: str
    nodes: tuple[NodePart, ...]
    figures: FiguresPart


@dataclass(frozen=True, slots=True)
class IndexValuePart(_Part):
    value: str
    label: str
    url: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndexPart(_Part):
    url: str
    title: str
    facet: Annotated[str | None, Field(description="Null for the indexes that come from no facet.")]
    values: tuple[IndexValuePart, ...]


@dataclass(frozen=True, slots=True)
class NumberPart(_Part):
    number: Annotated[str, Field(description="As the screen shows it.")]
    short: Annotated[str | None, Field(description="Without its prefix, as logs show it; null where it has none.")]
    family: Annotated[
        str, Field(description="The family to which it belongs; the fragment of its section on the page of numbers.")
    ]
    means: str
    who: Annotated[tuple[str, ...], Field(description="Who can mend it.")]
    url: str
    articles: Annotated[
        tuple[str, ...], Field(description="Ids of the articles and remedies that say more, the closest first.")
    ]


@dataclass(frozen=True, slots=True)
class RedirectPart(_Part):
    from_: Annotated[str, Field(alias="from", description="An old address, perhaps with a fragment.")]
    to: Annotated[str, Field(description="Where it leads today, perhaps to a section.")]


@dataclass(frozen=True, slots=True)
class Catalogue(_Part):
    articles: tuple[ArticlePart, ...]
    remedies: tuple[RemedyPart, ...]
    vocabulary: tuple[FacetPart, ...]
    flow: FlowPart
    indexes: tuple[IndexPart, ...]
    numbers: tuple[NumberPart, ...]
    redirects: tuple[RedirectPart, ...]


def text(site: Site) -> str:
    """The catalogue as it is published."""
    return b"".join(lines(site)).decode()


def lines(site: Site) -> Iterator[bytes]:
    """The same in UTF-8, line by line: a part stands in a line of its own. All of it at once takes much memory."""
    flow = site.flow
    lists: dict[str, tuple[type[_Part], Iterable[_Part]]] = {
        "articles": (ArticlePart, _articles(site)),
        "remedies": (RemedyPart, _remedies(site)),
        "vocabulary": (FacetPart, _facets(site)),
        "indexes": (IndexPart, _indexes(site)),
        "numbers": (NumberPart, _numbers(site)),
        "redirects": (RedirectPart, _redirects(site)),
    }
    yield b"{\n"
    for name, (kind, parts) in lists.items():
        yield from _list(name, kind, parts)
        yield b",\n"
    yield b'"flow":{"root":%s,\n' % TypeAdapter(str).dump_json(flow.root.url)
    yield from _list("nodes", NodePart, _nodes(flow.states))
    yield b',\n"figures":%s}\n}\n' % TypeAdapter(FiguresPart).dump_json(_figures(site))


def _list(name: str, kind: type[_Part], parts: Iterable[_Part]) -> Iterator[bytes]:
    adapter = TypeAdapter(kind)
    yield b'"%s":[' % name.encode()
    for number, part in enumerate(parts):
        yield (b",\n" if number else b"\n") + adapter.dump_json(part, by_alias=True)
    yield b"\n]"


def json_schema() -> dict[str, Any]:
    schema = TypeAdapter(Catalogue).json_schema(by_alias=True, mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _articles(site: Site) -> Iterator[ArticlePart]:
    return (_article(site, article) for article in (*site.knowledge.problems, *site.knowledge.references))


def _remedies(site: Site) -> Iterator[RemedyPart]:
    for remedy in site.knowledge.remedies:
        yield RemedyPart(
            id=remedy.slug,
            url=remedy.url,
            title=remedy.title,
            who=remedy.who,
            minutes=remedy.minutes,
            needs=remedy.needs,
            undo=remedy.undo,
            facts=remedy.facts,
            problems=site.knowledge.solves[remedy.slug],
        )


def _facets(site: Site) -> Iterator[FacetPart]:
    for name, facet in site.knowledge.vocabulary.facets.items():
        values = [
            ValuePart(id=key, label=value.label, answer=value.button, means=value.means)
            for key, value in facet.values.items()
        ]
        yield FacetPart(id=name, label=facet.label, question=facet.question, hint=facet.hint, values=tuple(values))


def _indexes(site: Site) -> Iterator[IndexPart]:
    for index in site.indexes:
        values = [
            IndexValuePart(
                value=section.anchor,
                label=section.label,
                url=index.section_url(section.anchor),
                articles=_ids(section.articles),
            )
            for section in index.sections
        ]
        facet = index.name if index.name in site.knowledge.vocabulary.facets else None
        yield IndexPart(url=index.url, title=index.title, facet=facet, values=tuple(values))


def _numbers(site: Site) -> Iterator[NumberPart]:
    for index in site.indexes:
        for group in site.numbers if index.name == NUMBERS else ():
            for answer in group.answers:
                yield NumberPart(
                    number=answer.code,
                    short=answer.short,
                    family=group.name,
                    means=answer.means,
                    who=answer.who,
                    url=index.section_url(answer.anchor),
                    articles=_ids(group.articles(answer)),
                )


def _redirects(site: Site) -> Iterator[RedirectPart]:
    for redirect in site.redirects:
        if redirect.whole:
            yield RedirectPart(from_=redirect.path, to=redirect.whole.url)
        yield from (RedirectPart(from_=moved.address, to=moved.url) for moved in redirect.sections)
    for several in site.moved_sections.values():
        yield from (RedirectPart(from_=moved.address, to=moved.url) for moved in several)
    yield from (RedirectPart(from_=former.path, to=former.url) for former in site.former_states)


def _article(site: Site, article: Article) -> ArticlePart:
    problem = article if isinstance(article, Problem) else None
    return ArticlePart(
        id=article.slug,
        kind="problem" if problem else "reference",
        url=article.url,
        title=article.title,
        description=article.description,
        audience=article.facets.get("audience", ()),
        facets=dict(article.facets),
        messages=problem.messages if problem else (),
        phrases=article.phrases,
        remedies=tuple(remedy.slug for remedy, _ in site.knowledge.steps(problem)) if problem else (),
        related=site.knowledge.related[article.slug],
        facts=article.facts,
        weight=problem.weight if problem else None,
        reviewed=article.reviewed,
    )


def _nodes(states: Iterable[State]) -> Iterator[NodePart]:
    # Lists name the same articles again and again.
    url, answer_part = cache(page_url), cache(lambda label, page: AnswerPart(label=label, url=page_url(page)))
    for state in states:
        yield NodePart(
            url=state.url,
            facet=state.facet,
            question=state.question,
            answers=tuple([answer_part(each.label, each.page) for group in state.groups for each in group.answers]),
            unsure=url(state.unsure) if state.unsure else None,
            none_of_these=url(state.none_of_these),
            left=state.left,
            live=state.live,
        )


def _figures(site: Site) -> FiguresPart:
    figures = site.flow.figures
    optimum = None if figures.optimum is None else round(figures.optimum, 4)
    return FiguresPart(
        mean=round(figures.mean, 4),
        optimum=optimum,
        floor=round(figures.floor, 4),
        longest=figures.longest,
        states=figures.states,
        exact=figures.exact,
    )


def _ids(articles: Iterable[Article]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(article.slug for article in articles))
