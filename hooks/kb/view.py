"""What the templates show around the text of a page, as plain data. Addresses are relative to the site's root."""

from functools import cache
from typing import Any

from kb import explanation, lookup, organisation, paste, picture, script, stamp, twin
from kb.article import Article, Problem, Remedy
from kb.explanation import Words
from kb.flow import State, page_url
from kb.knowledge import NUMBERS, Knowledge
from kb.map import PAGE as MAP_PAGE
from kb.site import OFFLINE_MAP, Site
from kb.vocabulary import UNSURE

MOST_COMMON = 6
"""How many problems the home page names."""

Link = dict[str, str]


def everywhere(site: Site, shared: "Shared | None" = None) -> dict[str, Any]:
    """For pages that lead into the knowledge base from outside, such as the home page."""
    shared, knowledge = shared or Shared(site), site.knowledge
    return shared.human | {
        "root": _question(site.flow.root),
        "common": [_link(article) for article in _common(knowledge)[:MOST_COMMON]],
        "indexes": [{"title": index.title, "url": index.url, "intro": index.intro} for index in site.indexes],
        "helpers": shared.helpers,
        "news": [
            {"title": notice.title, "text": notice.text, "url": knowledge.by_slug[notice.more].url}
            for notice in site.news
        ],
    }


def _common(knowledge: Knowledge) -> list[Article]:
    """The problems of everybody, the most common first: whoever helps others has an answer of their own there."""
    everybody = (problem.slug for problem in knowledge.problems if not knowledge.lexicon.audience(problem.facets))
    return knowledge.by_weight(everybody)


class Shared:
    """What many pages show. Made once for all of them, it must not be changed."""

    def __init__(self, site: Site) -> None:
        knowledge = site.knowledge
        self.human: dict[str, Any] = {
            "picture": _picture(),
            "start": _start(site),
            "human": _link(knowledge.problem(knowledge.vocabulary.none_of_these[-1].article)),
            "organisation": organisation.view(site.organisation),
        }
        self.tell, self.url = script.teller(knowledge), cache(page_url)
        self.helpers = _helpers(site)
        self.glossary = _edition(site.words) if site.words else ""


def page(site: Site, src_uri: str, shared: Shared | None = None, *, offline_map: bool = True) -> dict[str, Any]:
    """For one page, named by the path of its Markdown file. `offline_map`: there is a file with the whole map."""
    shared = shared or Shared(site)
    human = shared.human
    state = site.flow.by_page.get(src_uri) or site.assist.get(src_uri)
    if state:
        # What somebody answers for another person is not to be remembered on this device.
        data = {} if state.helping else {"script": script.question(site, state, shared.tell, shared.url)}
        return human | {"kind": "question", "state": _state(site, state, shared), "paste": _paste(site, state)} | data
    article = site.by_page.get(src_uri)
    if article:
        return human | _article(site, article, shared)
    if src_uri == "index.md":
        # The first question stands there too, and its answers are to be remembered as any other.
        shown = {"script": script.question(site, site.flow.root), "paste": paste.view(site)}
        return everywhere(site, shared) | {"kind": "page"} | shown
    if src_uri == "404.md":
        return everywhere(site, shared) | {"kind": "page"}
    if src_uri == MAP_PAGE:
        return human | {"kind": "map", "map": site.map, "file": OFFLINE_MAP if offline_map else None}
    pasted = paste.view(site)
    if pasted and src_uri == pasted["page"]:
        return human | {"kind": "index", "paste": pasted}
    kind = "index" if src_uri in site.index_pages else "page"
    return human | {"kind": kind}


def words(known: Words, html: str) -> list[dict[str, Any]]:
    """The explanations that the marks in the HTML of a page open, in their order."""
    return [
        {
            "id": word.id,
            "name": word.title,
            "means": word.means,
            "url": f"{page_url(explanation.PAGE)}#{word.anchor}",
            "more": _link(word.more) if word.more else None,
        }
        for word in explanation.marked(html, known)
    ]


def _edition(known: Words) -> str:
    """Another one if anything is changed in what pages explain."""
    explained = [
        (spelling, word.id, word.title, word.means, word.more and _link(word.more))
        for spelling, word in known.by_spelling.items()
    ]
    return stamp.digest(repr((known.most, explained)).encode())


def _picture() -> dict[str, Any]:
    return {"url": picture.PATH, "width": picture.WIDTH, "height": picture.HEIGHT}


def _link(article: Article) -> Link:
    return {"title": article.title, "url": article.url, "description": article.description}


def _start(site: Site) -> dict[str, Any]:
    return {"question": site.flow.root.question, "url": site.flow.root.url}


def _question(state: State) -> dict[str, Any]:
    return {
        "question": state.question,
        "hint": state.hint,
        "url": state.url,
        "groups": [
            {
                "name": group.name,
                "label": group.label,
                "answers": [{"label": answer.label, "url": page_url(answer.page)} for answer in group.answers],
            }
            for group in state.groups
        ],
        "unsure": page_url(state.unsure or state.page),
        "none": page_url(state.none_of_these),
    }


def _helpers(site: Site) -> dict[str, Any] | None:
    """The way to the same questions for somebody who helps another person."""
    helpers = site.knowledge.vocabulary.helpers
    root = next(iter(site.assist.values()), None)
    return {"title": helpers.link, "url": root.url, "group": helpers.group} if helpers and root else None


def _state(site: Site, state: State, shared: Shared) -> dict[str, Any]:
    """A state of the flow. Only the first question leads to the same one in the words for others, or back."""
    helpers, url, start = shared.helpers, shared.url, site.flow.root
    back = site.knowledge.vocabulary.helpers
    if state.helping and back:
        helpers, start = {"title": back.back, "url": start.url}, next(iter(site.assist.values()))
    parts = [given.part for given in state.given]
    return {
        "helping": state.helping,
        "start": start.url,
        "other": None if state.given else helpers,
        "answers": [
            {
                "question": given.question,
                "answer": given.answer,
                "change_url": url(given.change) + _keep(parts[number + 1 :]),
            }
            for number, given in enumerate(state.given)
        ],
        "left": state.left,
        "next": [
            {"answer": answer.part, "url": url(answer.page)}
            for group in state.groups
            for answer in group.answers
            if answer.part
        ]
        + ([{"answer": f"{state.facet}-{UNSURE}", "url": url(state.unsure)}] if state.unsure else []),
        "facet": state.facet,
    }


def _paste(site: Site, state: State) -> dict[str, Any] | None:
    """The field for what the screen says, where the vocabulary wants it. Nothing is remembered of helpers."""
    facet = site.knowledge.vocabulary.facets.get(state.facet or "")
    return paste.view(site) if facet and facet.paste and not state.helping else None


def _keep(later: list[str]) -> str:
    """The fragment that names the answers to keep when the one before them is changed."""
    return f"#keep={'.'.join(later)}" if later else ""


def _article(site: Site, article: Article, shared: Shared) -> dict[str, Any]:
    knowledge = site.knowledge
    view: dict[str, Any] = {
        "kind": article.kind,
        "article": {
            "title": article.title,
            "description": article.description,
            "reviewed": article.reviewed.isoformat(),
            "kind": article.kind,
            "twin": twin.path(article),
        },
        "related": [_link(knowledge.by_slug[slug]) for slug in knowledge.related[article.slug]],
        "facets": _facets(site, article),
        "moved": [
            {"fragment": moved.fragment, "url": moved.url, "title": moved.title}
            for moved in site.moved_sections.get(article.slug, ())
        ],
    }
    if site.words and site.words.on_page[article.slug]:
        # Which words are marked and what opens there shows as soon as the text is HTML.
        view["glossary"] = shared.glossary
    if isinstance(article, Problem):
        view["next"] = [_link(knowledge.by_slug[slug]) for slug in site.flow.next_to.get(article.slug, ())]
        view["script"] = script.problem(site, article)
    if isinstance(article, Remedy):
        view["problems"] = [_link(problem) for problem in knowledge.by_weight(knowledge.solves[article.slug])]
    return view


def _facets(site: Site, article: Article) -> list[dict[str, Any]]:
    """The article's values as links into the indexes. Only problems stand in these."""
    if not isinstance(article, Problem):
        return []
    shown = []
    answers = list(lookup.answers_of(site.numbers, article))
    numbers = {answer.code for answer in answers}
    for index in site.indexes:
        facet = site.knowledge.vocabulary.facets.get(index.name)
        if facet and index.name in article.facets:
            values = [
                {"label": facet.values[value].label, "url": index.section_url(value)}
                for value in article.facets[index.name]
            ]
            shown.append({"label": facet.label, "values": values})
        elif index.name == "messages":
            # A number has more to say in the index of numbers.
            values = [
                {"label": message, "url": index.section_url(index.anchors[message])}
                for message in article.messages
                if message not in numbers
            ]
            if values:
                shown.append({"label": index.title, "values": values})
        elif index.name == NUMBERS and answers:
            values = [{"label": answer.code, "url": index.section_url(answer.anchor)} for answer in answers]
            shown.append({"label": index.title, "values": values})
        elif index.name == "who":
            who = {name for step in article.steps for name in site.knowledge.remedy(step.remedy).who}
            values = [
                {"label": section.label, "url": index.section_url(section.anchor)}
                for section in index.sections
                if section.anchor in who
            ]
            shown.append({"label": index.title, "values": values})
    return shown
