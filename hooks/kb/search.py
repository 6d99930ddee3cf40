"""What the search in the browser knows: search.json. It is loaded when somebody is about to search, never before.

It holds words and no finished index: the browser makes that from them in less time than it would take to load.
"""

import json
import math
from collections import Counter
from collections.abc import Iterator
from typing import Any

from kb import heading, lookup
from kb.article import Article, Problem, Remedy
from kb.index import Index
from kb.knowledge import Knowledge
from kb.site import Site

LARGEST = 530_000
"""Characters, about three times the bytes that are loaded. Titles, phrases and messages are always whole. Headings and
words of texts fill what these leave, each article its share."""
MOST = 1_000
"""Characters of headings and words that an article has where there are few."""
_SHORTEST = 3
"""Letters of a word."""

Page = dict[str, Any]


def text(site: Site) -> str:
    return _json(data(site))


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _filled(page: Page) -> Page:
    return {key: value for key, value in page.items() if value}


def data(site: Site) -> dict[str, Any]:
    """Pages with what can be found in them; the most common articles first, as equals are shown in this order.

    Addresses are relative to the site's root. What is empty is left out.
    """
    knowledge = site.knowledge
    articles = [
        *knowledge.by_weight(one.slug for one in (*knowledge.problems, *knowledge.references)),
        *knowledge.remedies,
    ]
    pages = [_article(site, one) for one in articles]
    left = LARGEST - len(_json([_filled(page) for page in pages]))
    share = min(MOST, left // max(len(articles), 1))
    for one, page in zip(articles, pages, strict=True):
        page["sections"] = list(_headings(one, share))
    rooms = [share - len(str(page["sections"])) for page in pages]
    for page, room, words in zip(pages, rooms, _telling(knowledge, articles, rooms), strict=True):
        page["words"] = _first(words, room)
    return {
        "asking": knowledge.lexicon.asking,
        "same": knowledge.lexicon.same,
        "pages": [_filled(page) for page in (*pages, *map(_index, site.indexes))],
    }


def _article(site: Site, article: Article) -> Page:
    return {
        "kind": "remedy" if isinstance(article, Remedy) else "article",
        "url": article.url,
        "title": article.title,
        "for": site.knowledge.lexicon.audience(article.facets),
        "phrases": article.phrases,
        "messages": [*_messages(site, article)],
        "weight": article.weight if isinstance(article, Problem) else 0,
    }


def _messages(site: Site, article: Article) -> Iterator[str]:
    """Its messages, and what the numbers mean that lead to it."""
    answers = {answer.code: answer.means for answer in lookup.answers_of(site.numbers, article)}
    if isinstance(article, Problem):
        yield from (message for message in article.messages if message not in answers)
    yield from (f"{code}: {means}" for code, means in answers.items())


def _index(one: Index) -> Page:
    named = one.anchors and one.entries is None
    return {
        "kind": "index",
        "url": one.url,
        "title": one.title,
        "words": one.intro,
        "sections": [_section(section.anchor, section.label) for section in one.sections] if named else [],
    }


def _section(fragment: str, label: str) -> str | tuple[str, str]:
    """A heading; with its fragment only where the browser cannot make that from it."""
    return label if fragment == heading.anchor(label) else (label, fragment)


def _headings(article: Article, room: int) -> Iterator[str | tuple[str, str]]:
    for fragment, label in article.sections.items():
        room -= len(label)
        if room < 0:
            return
        yield _section(fragment, label)


def _first(words: list[str], room: int) -> str:
    """As many whole words as fit."""
    return " ".join(words)[: max(room, 0)].rpartition(" ")[0]


def _telling(knowledge: Knowledge, articles: list[Article], rooms: list[int]) -> Iterator[list[str]]:
    """For each article the words of its text, first those that tell it from others most, by term frequency and inverse
    document frequency (Spärck Jones 1972). No more than there is room for."""
    letters = _Letters()
    spread: Counter[str] = Counter()
    texts: list[str] = []
    for one, room in zip(articles, rooms, strict=True):
        words = _words(_composed(knowledge, one), letters)
        spread.update(set(words))
        # Where there are many articles there is room for none.
        texts.append(" ".join(words) if room > 0 else "")
    rarity = {word: math.log(len(articles) / among) for word, among in spread.items()}
    for one, text, room in zip(articles, texts, rooms, strict=True):
        if room <= 0:
            yield []
            continue
        said = set(_words(" ".join([one.title, *one.phrases]), letters))
        new = [(-often * rarity[word], word) for word, often in Counter(text.split()).items() if word not in said]
        # With the blank behind it, and one more: the last one is cut off.
        yield [word for _, word in sorted(new)[: room // (_SHORTEST + 1) + 2]]


class _Letters(dict[int, int]):
    """For `str.translate`: leaves letters as they are, and a blank for whatever else there is. Fills itself."""

    def __missing__(self, sign: int) -> int:
        is_letter = chr(sign).isalnum() and not chr(sign).isdecimal()
        self[sign] = sign if is_letter else ord(" ")
        return self[sign]


def _words(text: str, letters: _Letters) -> list[str]:
    return [word for word in text.lower().translate(letters).split() if len(word) >= _SHORTEST]


def _composed(knowledge: Knowledge, article: Article) -> str:
    """What the page says, as far as it is its own: of a remedy inside a problem the title and why it may help."""
    steps = knowledge.steps(article) if isinstance(article, Problem) else []
    return "\n".join([article.description, article.body, *(f"{remedy.title} {cause or ''}" for remedy, cause in steps)])
