"""An article as plain Markdown for programs that read, at an address beside its page: without the engine's own blocks,
and with addresses that hold anywhere. It is no page: nothing is made of it, and people are not led to it.
"""

import re

from kb.article import Article, Problem, Remedy
from kb.flow import page_url
from kb.page import split_intro
from kb.render import Renderer
from kb.site import Site

NAME = "index.md"
"""The file in the folder of the article's page."""

# Links in articles begin at the top of docs: kb/markup.py sees to it.
_LINK = re.compile(r"(\]\(\s*<?|^ {0,3}\[[^]]+\]:\s*<?)/([^\s)>#?]+\.md)(?=[\s)>#?]|$)", re.M)


def markdown(site: Site, article: Article, renderer: Renderer, root: str) -> str:
    """The text of an article with all that its page tells. `root` is the address of the site, or `/`."""
    knowledge = site.knowledge
    intro, rest = split_intro(article.body)
    problem = article if isinstance(article, Problem) else None
    solves = knowledge.by_weight(knowledge.solves[article.slug]) if isinstance(article, Remedy) else ()
    text = renderer.render(
        "twin.md",
        article=article,
        root=root,
        vocabulary=knowledge.vocabulary,
        notices=[(notice, knowledge.by_slug[notice.more]) for notice in site.notices(article)],
        intro=intro,
        rest=rest,
        messages=problem.messages if problem else (),
        steps=knowledge.steps(problem) if problem else (),
        solves=solves,
        related=[knowledge.by_slug[slug] for slug in knowledge.related[article.slug]],
    )
    return _LINK.sub(lambda link: f"{link[1]}{root}{page_url(link[2])}", re.sub(r"\n{3,}", "\n\n", text))
