"""The Markdown of every page that the engine makes or completes, from the templates in overrides/markdown."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kb import explanation, freshness, index, ledger, lookup, origin
from kb.article import Article, Problem, Remedy
from kb.knowledge import NUMBERS
from kb.ledger import Fact
from kb.map import PAGE as MAP_PAGE
from kb.render import Renderer
from kb.site import FACT_PAGES, FRESHNESS_PAGE, REMEDIES_PAGE, Site


def article_markdown(site: Site, article: Article, renderer: Renderer) -> str:
    """A problem with its remedies, or a remedy or reference as it stands, below its title."""
    knowledge = site.knowledge
    shared = {
        "article": article,
        "notices": [(notice, knowledge.by_slug[notice.more]) for notice in site.notices(article)],
    }
    if isinstance(article, Problem):
        intro, rest = split_intro(article.body)
        steps = knowledge.steps(article)
        return renderer.render(
            "problem.md",
            **shared,
            intro=intro,
            rest=rest,
            steps=steps,
            facts=facts(site, (remedy for remedy, _ in steps), renderer, "remedy-facts.md"),
            messages=_unsaid(article, steps),
        )
    if isinstance(article, Remedy):
        return renderer.render("remedy.md", **shared, facts=facts(site, [article], renderer, "remedy-facts.md"))
    return renderer.render("reference.md", **shared)


def facts(site: Site, remedies: Iterable[Remedy], renderer: Renderer, template: str) -> dict[str, str]:
    """By slug, what a reader has to know of a remedy beforehand: who, how long, what it needs."""
    words = site.knowledge.vocabulary
    return {one.slug: renderer.render_once(template, one.slug, remedy=one, vocabulary=words) for one in remedies}


def _unsaid(problem: Problem, steps: list[tuple[Remedy, str | None]]) -> list[str]:
    """The messages that no heading of its page says: people look for exactly these words."""
    if not problem.messages:
        return []
    headings = (problem.title, *problem.sections.values(), *(remedy.title for remedy, _ in steps))
    said = "\n".join(headings).casefold()
    return [message for message in problem.messages if message.casefold() not in said]


def plain_markdown(site: Site, markdown: str, meta: Mapping[str, object]) -> str:
    """A page that is no article, in the organisation's words; pages for writers speak about the words themselves."""
    return markdown if meta.get("robots") == "noindex" else site.wording(markdown)


def meta(site: Site, article: Article) -> dict[str, str]:
    """The front matter for the templates, which expect it as MkDocs would read it.

    What a page shows of others is as new as these are: a problem tells its remedies.
    """
    shown = [remedy for remedy, _ in site.knowledge.steps(article)] if isinstance(article, Problem) else []
    return {
        "title": article.title,
        "description": article.description,
        "template": f"{article.kind}.html",
        "lastmod": max(one.reviewed for one in (article, *shown)).isoformat(),
    }


def split_intro(body: str) -> tuple[str, str]:
    """The text before the first heading, and the rest. What looks like a heading in a block of code is none."""
    lines = body.split("\n")
    fence = ""
    for number, line in enumerate(lines):
        mark = line.lstrip()[:3]
        if mark in {"```", "~~~"} and fence in {"", mark}:
            fence = "" if fence else mark
        elif line.startswith("## ") and not fence:
            return "\n".join(lines[:number]).strip(), "\n".join(lines[number:])
    return body.strip(), ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page that nobody writes, before it is made."""

    path: str
    """Of its Markdown file below the docs folder, where no such file is."""
    template: str
    values: dict[str, Any]

    def front(self, renderer: Renderer) -> dict[str, Any]:
        return renderer.front(self.template, self.values)

    def text(self, renderer: Renderer) -> str:
        return renderer.render(self.template, **self.values)


def generated(site: Site) -> Iterator[Page]:
    """Every page that nobody writes."""

    def page(path: str, template: str, **values: Any) -> Page:
        return Page(path, template, values)

    for state in (*site.flow.states, *site.assist.values()):
        yield page(state.page, "question.md" if state.question else "results.md", state=state)
    words, indexes = site.knowledge.vocabulary, site.indexes
    yield page(index.OVERVIEW, "overview.md", text=words.indexes.overview, indexes=indexes)
    for one in indexes:
        if one.name == NUMBERS:
            in_order = lookup.in_order(answer for group in site.numbers for answer in group.answers)
            known = {"groups": site.numbers, "in_order": in_order, "who": words.who}
            yield page(one.src_uri, "numbers.md", index=one, **known)
        else:
            yield page(one.src_uri, "index.md", index=one)
        sections = {section.anchor: section for section in one.sections}
        for letter, path in one.letters.items():
            yield page(path, "letter.md", index=one, section=sections[letter])
    if site.words:
        yield page(explanation.PAGE, "glossary.md", words=site.words)
    yield page(REMEDIES_PAGE, "remedies.md", groups=_by_who(site))
    yield page(MAP_PAGE, "map.md", tree=site.map.tree)
    yield page(FRESHNESS_PAGE, "freshness.md", fresh=freshness.look(site), written=site.knowledge.written)
    if site.knowledge.facts:
        facts, owners = site.knowledge.facts, ledger.owners(site.knowledge.articles)
        origins = {one.key: one for one in site.knowledge.origins}
        doubtful = origin.certainties(facts, site.knowledge.origins)
        yield page(FACT_PAGES[0], "facts.md", facts=facts, owners=owners, doubtful=doubtful)
        yield page(FACT_PAGES[1], "sources.md", sources=_by_section(facts, owners), origins=origins)


def _by_who(site: Site) -> list[tuple[str, list[Remedy]]]:
    """The remedies below the label of whom they name first."""
    groups: dict[str, list[Remedy]] = {name: [] for name in site.knowledge.vocabulary.who}
    for remedy in sorted(site.knowledge.remedies, key=lambda one: one.title.casefold()):
        groups[remedy.who[0]].append(remedy)
    return [(site.knowledge.vocabulary.who[name].label, remedies) for name, remedies in groups.items() if remedies]


def _by_section(facts: tuple[Fact, ...], owners: Mapping[str, list[Article]]) -> list[dict[str, object]]:
    """For each source its sections in order, with the articles that tell its facts and the facts that none tells."""
    known = {fact.id: fact for fact in facts}
    sources: dict[str, dict[str, list[Fact]]] = {}
    for fact in facts:
        sources.setdefault(fact.source, {}).setdefault(fact.section, []).append(fact)
    tables: list[dict[str, object]] = []
    for name, sections in sources.items():
        rows = []
        for section, found in sections.items():
            articles = {article.slug: article for fact in found for article in owners.get(_winner(fact, known).id, [])}
            untold = [fact.id for fact in found if not _winner(fact, known).live]
            rows.append({"name": section, "articles": list(articles.values()), "untold": untold})
        tables.append({"name": name, "sections": rows})
    return tables


def _winner(fact: Fact, known: Mapping[str, Fact]) -> Fact:
    """The fact under whose number this one is told, however many steps away; itself where it is told nowhere else."""
    seen = {fact.id}
    while fact.status == "duplicate" and fact.merged_into in known and fact.merged_into not in seen:
        fact = known[fact.merged_into]
        seen.add(fact.id)
    return fact
