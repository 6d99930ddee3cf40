"""An article as plain Markdown for programs that read, at an address beside its page: without the engine's own blocks,
and with addresses that hold anywhere. It is no page: nothing is made of it, and people are not led to it.
"""

import re

from kb.article import Article, Problem, Remedy
from kb.flow import page_url
from kb.page import facts, split_intro
from kb.render import Renderer
from kb.site import Site

# Links in articles begin at the top of docs: kb/markup.py sees to it. Two patterns, as one that begins with a choice
# takes ten times as long.
_PAGE = r"/([^\s)>#?]+\.md)(?=[\s)>#?]|$)"
_LINK = re.compile(rf"(\]\(\s*<?){_PAGE}", re.M)
_DEFINITION = re.compile(rf"^( {{0,3}}\[[^]]+\]:\s*<?){_PAGE}", re.M)


def path(article: Article) -> str:
    """Where it stands below the root of the site: as its source stands below docs. Not in the folder of the page: at a
    thousand articles, another file in each of so many folders takes as long to write as to make."""
    return article.page


def markdown(site: Site, article: Article, renderer: Renderer, root: str) -> str:
    """The text of an article with all that its page tells. `root` is the address of the site, or `/`."""
    knowledge = site.knowledge
    intro, rest = split_intro(article.body)
    problem = article if isinstance(article, Problem) else None
    steps = knowledge.steps(problem) if problem else []
    remedies = [article] if isinstance(article, Remedy) else [remedy for remedy, _ in steps]
    solves = knowledge.by_weight(knowledge.solves[article.slug]) if isinstance(article, Remedy) else ()
    text = renderer.render(
        "twin.md",
        article=article,
        root=root,
        notices=[(notice, knowledge.by_slug[notice.more]) for notice in site.notices(article)],
        intro=intro,
        rest=rest,
        messages=problem.messages if problem else (),
        steps=steps,
        facts=facts(site, remedies, renderer, "twin-facts.md"),
        solves=solves,
        related=[knowledge.by_slug[slug] for slug in knowledge.related[article.slug]],
    )
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")

    def whole(link: re.Match[str]) -> str:
        return f"{link[1]}{root}{page_url(link[2])}"

    text = _LINK.sub(whole, text.rstrip() + "\n")
    return _DEFINITION.sub(whole, text) if "]:" in text else text
