"""The addresses that the site ever had, as docs/addresses.txt keeps them, and those that lead nowhere any more.

The record has one address a line, in no order that counts, so that two people's changes merge. Nothing is ever taken
out. It may lag behind: what it does not name yet is found by impact.py, against an older state of the site.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from kb.article import Article, is_address
from kb.fault import Fault
from kb.source import Source

PATH = "addresses.txt"
STATES = "find"
"""The first part of the addresses of questions. Those lead to the nearest question of today by themselves."""
_HEAD = """\
# The addresses that this site ever had. `make addresses` adds those of today. Nothing is ever taken out: each of them
# still leads somewhere, and `make check` sees to it.
"""


@dataclass(frozen=True, slots=True)
class Record:
    """The recorded addresses, from the root of the site and without a slash at the end, each with its line."""

    path: str
    lines: Mapping[str, int]

    @property
    def states(self) -> tuple[str, ...]:
        return tuple(sorted(address for address in self.lines if _is_state(address)))


def _is_state(address: str) -> bool:
    return address.startswith(f"{STATES}/") and "#" not in address


def parse(source: Source) -> Record | list[Fault]:
    """Lines that begin with `#` are for people."""
    lines: dict[str, int] = {}
    faults: list[Fault] = []
    for number, line in enumerate(source.text.split("\n"), 1):
        address = line.strip()
        if not address or address.startswith("#"):
            continue
        if is_address(address):
            lines.setdefault(address, number)
        else:
            sentence = f"'{address[:60]}' is no address of a page on this site."
            faults.append(
                Fault(source.path, number, 1, "bad-address", sentence, "Write it like old/page or old/page#section.")
            )
    return faults or Record(source.path, lines)


def text(addresses: Iterable[str]) -> str:
    """The file that records these addresses."""
    return _HEAD + "".join(f"{address}\n" for address in sorted(set(addresses)))


def addresses(articles: Iterable[Article]) -> Iterator[str]:
    """The addresses of articles and of their sections, and those that they took over."""
    for article in articles:
        page = article.url.rstrip("/")
        yield page
        yield from (f"{page}#{section}" for section in article.sections)
        yield from article.redirects


def check(record: Record, articles: Iterable[Article]) -> Iterator[Fault]:
    """Recorded addresses at which nothing stands, and to which no article's `redirects` answers."""
    pages = {article.url.rstrip("/"): article for article in articles}
    taken = {address for article in pages.values() for address in article.redirects}
    # A page that was split up: something stands there, which lists where its sections went.
    split = {address.partition("#")[0] for address in taken}
    anchors = {page: {*article.sections, *article.other_anchors} for page, article in pages.items() if record.lines}
    for address, line in record.lines.items():
        page, _, section = address.partition("#")
        # Whoever takes a whole page over takes its sections too.
        if address in taken or page in taken or _is_state(address):
            continue
        if page in pages:
            if section and section not in anchors[page]:
                yield _section_fault(record, address, pages[page])
        # The fault of a page stands for those of its sections.
        elif page not in split if not section else page in split or page not in record.lines:
            yield _page_fault(record, address, line, pages)


def _page_fault(record: Record, address: str, line: int, pages: Mapping[str, Article]) -> Fault:
    folder, _, name = address.rpartition("/")
    of_kind = {article.slug: article for page, article in pages.items() if page == f"{folder}/{article.slug}"}
    now = _guess(name, [slug for slug in of_kind if f"{folder}/{slug}" not in record.lines])
    where = of_kind[now].path if now else "the article that took it over"
    return Fault(
        record.path, line, 1, "address-lost", f"Nothing stands at '{address}' any more.", _advice(where, address)
    )


def _section_fault(record: Record, address: str, article: Article) -> Fault:
    page, _, section = address.partition("#")
    now = _guess(section, [name for name in article.sections if f"{page}#{name}" not in record.lines])
    advice = _advice(article.path, f"{address}: {now}") if now else _advice("the article that took it over", address)
    return article.fault(
        ("redirects",), "address-lost", f"'{article.title}' has no section '{section}' any more.", advice
    )


def _advice(where: str, entry: str) -> str:
    return f"Below 'redirects:' of {where}, add '  - {entry}'."


def _guess(name: str, new: list[str]) -> str | None:
    """What the thing of this name may be called now: the only one that is new, or that of the most similar name."""
    near = new if len(new) == 1 else get_close_matches(name, new, n=1)
    return near[0] if near else None
