"""What may stand on a screen, for the field into which people paste it: messages, and numbers with what they mean.

A file of its own, which a page asks for when somebody turns to that field. The matching is done by the browser.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from kb.article import Article
from kb.index import Index
from kb.knowledge import NUMBERS
from kb.lookup import Answer
from kb.site import Site

FILE = "pasted.json"
MESSAGES = "messages"


def view(site: Site) -> dict[str, Any] | None:
    """Where that file and the list of all messages are, for a page that has the field; None if nothing can be found."""
    index = _index(site, MESSAGES)
    return {"file": FILE, "index": index.url, "page": index.src_uri} if index else None


def text(site: Site) -> str:
    """The file. Each entry has `text`, links to what explains it, and, if it is a number, what it means."""
    entries = [*_numbers(site), *_messages(site)]
    return json.dumps(entries, ensure_ascii=False, separators=(",", ":"))


def _numbers(site: Site) -> Iterator[dict[str, Any]]:
    index = _index(site, NUMBERS)
    if index is None:
        return
    for group in site.numbers:
        for answer in group.answers:
            own = {"title": answer.code, "url": index.section_url(answer.anchor)}
            yield {"text": answer.code, "means": answer.means, "links": [*_targets(answer), own]}


def _targets(answer: Answer) -> list[dict[str, str]]:
    return [{"title": target.article.title, "url": target.url} for target in answer.targets]


def _messages(site: Site) -> Iterator[dict[str, Any]]:
    """All but those that are numbers and nothing else: the numbers have these already."""
    index = _index(site, MESSAGES)
    known = set(site.knowledge.numbers.codes) if site.knowledge.numbers else set()
    for section in index.sections if index else ():
        if section.label not in known:
            yield {"text": section.label, "links": _links(section.articles)}


def _links(articles: Iterable[Article]) -> list[dict[str, str]]:
    return [{"title": article.title, "url": article.url} for article in articles]


def _index(site: Site, name: str) -> Index | None:
    return next((index for index in site.indexes if index.name == name), None)
