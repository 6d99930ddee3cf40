"""The knowledge base: all articles of a docs folder, checked one by one and against each other."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import TypeVar

from kb import article, blank, document, glossary, ledger, lexicon, markup, numbers, origin, record, source, vocabulary
from kb.article import FOLDERS, Article, Kind, Problem, Reference, Remedy
from kb.fault import Fault, FaultsError, did_you_mean
from kb.glossary import Glossary
from kb.ledger import Fact
from kb.lexicon import Lexicon
from kb.matter import Matter
from kb.memo import Memo
from kb.numbers import Numbers
from kb.origin import Origin
from kb.record import Record
from kb.source import Source
from kb.vocabulary import Vocabulary

OVERVIEW = "index"
"""The name of the page above the indexes, which are named by their facets."""
NUMBERS = "numbers"
"""The name of the index of error numbers."""

ArticleT = TypeVar("ArticleT", bound=Article)
RowT = TypeVar("RowT")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything that people wrote, in order of slug; lists for readers are ordered by weight instead."""

    docs: Path
    vocabulary: Vocabulary
    numbers: Numbers | None
    """None where a site has none."""
    lexicon: Lexicon
    problems: tuple[Problem, ...]
    remedies: tuple[Remedy, ...]
    references: tuple[Reference, ...]
    facts: tuple[Fact, ...]
    origins: tuple[Origin, ...]
    by_slug: Mapping[str, Article]
    related: Mapping[str, tuple[str, ...]]
    """Slugs of related articles, both ways."""
    solves: Mapping[str, tuple[str, ...]]
    """For each remedy the slugs of the problems that name it."""
    glossary: Glossary | None
    """None where a site has none."""
    said: Mapping[str, tuple[str, ...]]
    """For each term of the glossary the slugs of the articles that say it."""
    record: Record
    written: frozenset[str]
    """Every Markdown file of the docs folder, with `/` between its parts."""

    @property
    def articles(self) -> tuple[Article, ...]:
        return (*self.problems, *self.remedies, *self.references)

    def by_weight(self, slugs: Iterable[str]) -> list[Article]:
        """Problems before references, the most common first, then by title."""
        return sorted((self.by_slug[slug] for slug in slugs), key=_weight_order)

    def problem(self, slug: str) -> Problem:
        found = self.by_slug[slug]
        if not isinstance(found, Problem):
            raise TypeError(slug)
        return found

    def remedy(self, slug: str) -> Remedy:
        found = self.by_slug[slug]
        if not isinstance(found, Remedy):
            raise TypeError(slug)
        return found

    def steps(self, problem: Problem) -> list[tuple[Remedy, str | None]]:
        """The remedies of a problem with the causes they answer, in the order to try them.

        That is the writer's order. Where the writer says of each how likely it helps, it is by likelihood over
        minutes; what is hard to undo comes last either way.
        """
        steps = [(self.remedy(step.remedy), step) for step in problem.steps]
        if all(step.likely for step in problem.steps):
            steps.sort(key=lambda one: (one[0].undo == "hard", -(one[1].likely or 0) / one[0].minutes))
        return [(remedy, step.cause) for remedy, step in steps]


def _weight_order(one: Article) -> tuple[int, str]:
    return (-one.weight if isinstance(one, Problem) else 0, one.title.casefold())


def load(docs: Path, pages: Mapping[str, Source | Fault] | None = None, memo: Memo | None = None) -> Knowledge:
    """Make the knowledge base of a docs folder. Raises FaultsError with the faults of all files.

    `pages` are its Markdown files as `source.pages` read them, where somebody else needs them too.
    """
    pages = source.pages(docs) if pages is None else pages
    memo = memo or Memo()
    faults: list[Fault] = []
    words, places = _vocabulary(docs, memo, faults)
    facts, origins, recorded = _facts(docs, faults), _origins(docs, faults), _record(docs, faults)
    codes, code_places = _numbers(docs, faults)
    terms, term_places = _glossary(docs, faults)
    searched, search_places = _lexicon(docs, faults)
    articles = list(_articles(docs, pages, words, memo, faults))
    if words is None or places is None:
        raise FaultsError(faults)
    unique = _unique_slugs(articles, faults)
    knowledge = Knowledge(
        docs=docs,
        vocabulary=words,
        numbers=codes,
        lexicon=searched,
        problems=_of_kind(Problem, unique),
        remedies=_of_kind(Remedy, unique),
        references=_of_kind(Reference, unique),
        facts=facts,
        origins=origins,
        by_slug=MappingProxyType(unique),
        related=_both_ways(unique),
        solves=_solves(unique),
        glossary=terms,
        said=glossary.mentions(terms, unique.values()) if terms else {},
        record=recorded,
        written=frozenset(pages),
    )
    # What refers to an article that is itself at fault is not at fault for that.
    broken = {PurePosixPath(fault.path).stem for fault in faults} - unique.keys()
    faults += _cross_faults(knowledge, broken)
    faults += _vocabulary_faults(knowledge, places, broken)
    if not broken:
        faults += record.check(recorded, knowledge.articles)
    if search_places:
        faults += lexicon.check(searched, f"{docs.name}/{lexicon.PATH}", search_places, words)
    if codes and code_places:
        faults += numbers.check(
            codes,
            f"{docs.name}/{numbers.PATH}",
            code_places,
            who=words.who.keys(),
            articles=unique.keys() | broken,
            sources={one.key for one in origins},
        )
        faults += numbers.check_articles(codes, knowledge.articles)
    if terms and term_places:
        path = f"{docs.name}/{glossary.PATH}"
        known_facts = {fact.id: fact for fact in facts}
        faults += glossary.check(terms, path, term_places, unique.keys() | broken, known_facts)
        if not broken:
            faults += glossary.check_used(knowledge.said, path, term_places)
    if facts:
        faults += ledger.check_articles(facts, knowledge.articles)
    if facts and origins:
        faults += origin.check(facts, origins, f"{docs.name}/{ledger.PATH}")
        faults += origin.check_articles(facts, origins, knowledge.articles)
    if facts and not broken:
        faults += ledger.check_facts(facts, knowledge.articles, f"{docs.name}/{ledger.PATH}")
    if faults:
        raise FaultsError(faults)
    return knowledge


def _vocabulary(docs: Path, memo: Memo, faults: list[Fault]) -> tuple[Vocabulary, Matter] | tuple[None, None]:
    words = read_vocabulary(docs, memo)
    if isinstance(words, list):
        faults += words
        return None, None
    return words


def read_vocabulary(docs: Path, memo: Memo | None = None) -> tuple[Vocabulary, Matter] | list[Fault]:
    """The vocabulary of a docs folder alone, with the places of what it says."""
    text = source.read(docs / vocabulary.PATH, f"{docs.name}/{vocabulary.PATH}")
    if isinstance(text, Fault):
        return [text]
    # The same vocabulary as before, not an equal one, spares comparing it for each article.
    return (memo or Memo()).of("vocabulary", vocabulary.parse, text, article.RESERVED | {OVERVIEW, NUMBERS})


def _numbers(docs: Path, faults: list[Fault]) -> tuple[Numbers, Matter] | tuple[None, None]:
    """The error numbers, or nothing where a site has none."""
    if not (docs / numbers.PATH).exists():
        return None, None
    text = source.read(docs / numbers.PATH, f"{docs.name}/{numbers.PATH}")
    read = [text] if isinstance(text, Fault) else numbers.parse(text)
    if isinstance(read, list):
        faults += read
        return None, None
    return read


def _glossary(docs: Path, faults: list[Fault]) -> tuple[Glossary, Matter] | tuple[None, None]:
    """The words that are explained, or nothing where a site has no glossary."""
    if not (docs / glossary.PATH).exists():
        return None, None
    text = source.read(docs / glossary.PATH, f"{docs.name}/{glossary.PATH}")
    read = [text] if isinstance(text, Fault) else glossary.parse(text)
    if isinstance(read, list):
        faults += read
        return None, None
    return read


def _lexicon(docs: Path, faults: list[Fault]) -> tuple[Lexicon, Matter | None]:
    """What the search knows besides the articles, or nothing where nobody says it."""
    read: tuple[Lexicon, Matter] | list[Fault] = []
    if (docs / lexicon.PATH).exists():
        text = source.read(docs / lexicon.PATH, f"{docs.name}/{lexicon.PATH}")
        read = [text] if isinstance(text, Fault) else lexicon.parse(text)
    if isinstance(read, list):
        faults += read
        return Lexicon.model_validate({}), None
    return read


def _facts(docs: Path, faults: list[Fault]) -> tuple[Fact, ...]:
    """The ledger, or nothing where a site keeps none."""
    if not (docs / ledger.PATH).exists():
        return ()
    text = source.read(docs / ledger.PATH, f"{docs.name}/{ledger.PATH}")
    return _or_report([text] if isinstance(text, Fault) else ledger.parse(text), faults)


def _origins(docs: Path, faults: list[Fault]) -> tuple[Origin, ...]:
    """The sources of the ledger, or nothing where a site does not describe them."""
    if not (docs / origin.PATH).exists():
        return ()
    text = source.read(docs / origin.PATH, f"{docs.name}/{origin.PATH}")
    return _or_report([text] if isinstance(text, Fault) else origin.parse(text), faults)


def _record(docs: Path, faults: list[Fault]) -> Record:
    """The addresses that the site ever had, or none where nobody records them."""
    nothing = Record(f"{docs.name}/{record.PATH}", {})
    if not (docs / record.PATH).exists():
        return nothing
    text = source.read(docs / record.PATH, nothing.path)
    made = [text] if isinstance(text, Fault) else record.parse(text)
    if isinstance(made, list):
        faults += made
        return nothing
    return made


def _or_report(made: tuple[RowT, ...] | list[Fault], faults: list[Fault]) -> tuple[RowT, ...]:
    if isinstance(made, list):
        faults += made
        return ()
    return made


def _articles(
    docs: Path, pages: Mapping[str, Source | Fault], words: Vocabulary | None, memo: Memo, faults: list[Fault]
) -> Iterator[Article]:
    kinds = {folder: kind for kind, folder in FOLDERS.items()}
    for name, text in pages.items():
        path = PurePosixPath(name)
        kind = kinds.get(path.parts[0])
        if kind is None or len(path.parts) == 1:
            continue
        shown = f"{docs.name}/{name}"
        if len(path.parts) > 2:
            faults.append(
                Fault(
                    shown,
                    1,
                    1,
                    "misplaced-article",
                    "Articles stand directly in their folder.",
                    f"Move the file to {docs.name}/{path.parts[0]}/.",
                )
            )
            continue
        if path.suffix != ".md":
            faults.append(
                Fault(
                    shown,
                    1,
                    1,
                    "misplaced-article",
                    f"The name of an article ends in .md, not in {path.suffix}.",
                    "Rename the file.",
                )
            )
            continue
        if path.stem in {"index", "README"}:
            faults.append(
                Fault(
                    shown,
                    1,
                    1,
                    "bad-slug",
                    f"'{path.stem}' cannot name an article.",
                    "Name the file after what it is about.",
                )
            )
            continue
        made = memo.of(f"article {name}", _article, kind, path.stem, text, words)
        if isinstance(made, Article):
            yield made
        else:
            faults += made


def _article(kind: Kind, slug: str, text: Source | Fault, words: Vocabulary | None) -> Article | list[Fault]:
    if isinstance(text, Fault):
        return [text]
    parsed = document.parse(text)
    if isinstance(parsed, Fault):
        return [parsed]
    unsafe = markup.check(parsed, headings=kind != "remedy")
    if words is None:
        return unsafe
    made = article.make(kind, slug, parsed, words)
    faults = [*unsafe, *made] if isinstance(made, list) else unsafe
    # Few articles have any, and to look for them at every place takes as long as to read an article.
    if blank.BLANK in text.text and (blanks := blank.check(kind, parsed, words)):
        # A blank is no text that is too short, and no value that is unknown.
        places = {(fault.line, fault.column) for fault in blanks}
        return [*blanks, *(fault for fault in faults if (fault.line, fault.column) not in places)]
    return faults if faults or isinstance(made, list) else made


def _unique_slugs(articles: Iterable[Article], faults: list[Fault]) -> dict[str, Article]:
    unique: dict[str, Article] = {}
    for one in sorted(articles, key=lambda each: (each.slug, each.path)):
        other = unique.setdefault(one.slug, one)
        if other is not one:
            faults.append(
                one.fault(
                    (),
                    "duplicate-slug",
                    f"The slug '{one.slug}' belongs to {other.path}.",
                    "Rename one of the two files.",
                )
            )
    return unique


def _of_kind(kind: type[ArticleT], articles: Mapping[str, Article]) -> tuple[ArticleT, ...]:
    return tuple(one for one in articles.values() if isinstance(one, kind))


def _both_ways(articles: Mapping[str, Article]) -> Mapping[str, tuple[str, ...]]:
    """What an article names comes first, in its order; what only names it follows, by slug."""
    related: dict[str, dict[str, None]] = {slug: dict.fromkeys(one.related) for slug, one in articles.items()}
    for slug, one in articles.items():
        for other in one.related:
            if other in related:
                related[other].setdefault(slug)
    return MappingProxyType({slug: tuple(others) for slug, others in related.items()})


def _solves(articles: Mapping[str, Article]) -> Mapping[str, tuple[str, ...]]:
    solves: dict[str, list[str]] = {one.slug: [] for one in articles.values() if isinstance(one, Remedy)}
    for one in articles.values():
        if isinstance(one, Problem):
            for step in one.steps:
                solves.setdefault(step.remedy, []).append(one.slug)
    return MappingProxyType({slug: tuple(problems) for slug, problems in solves.items()})


def _cross_faults(knowledge: Knowledge, broken: Set[str]) -> Iterator[Fault]:
    yield from _repeated(knowledge.articles)
    remedies = {remedy.slug for remedy in knowledge.remedies}
    others = knowledge.by_slug.keys() - remedies
    # Made once: a set for each name that is looked up would take the square of the time.
    others_or_broken = others | broken
    for problem in knowledge.problems:
        yield from _step_faults(problem, remedies, broken)
        yield from _order_faults(knowledge, problem)
    for one in knowledge.articles:
        yield from _section_faults(one)
    for one in (*knowledge.problems, *knowledge.references):
        for number, other in enumerate(one.related):
            where = ("related", number)
            if other == one.slug:
                yield one.fault(where, "related-to-itself", f"'{other}' is this article itself.", "Take it out.")
            elif other in remedies:
                advice = "Name it in 'remedies', or link to it in the text."
                yield one.fault(where, "unknown-article", f"'{other}' is a remedy.", advice)
            elif other not in others_or_broken:
                yield one.fault(
                    where, "unknown-article", f"There is no article '{other}'.", did_you_mean(other, others)
                )
    for remedy in knowledge.remedies:
        if not knowledge.solves[remedy.slug] and not broken:
            yield remedy.fault(
                (),
                "unused-remedy",
                f"No problem names the remedy '{remedy.slug}'.",
                "Name it in a problem's 'remedies', or delete it.",
            )


def _section_faults(one: Article) -> Iterator[Fault]:
    for number, (address, section) in enumerate(one.redirects.items()):
        if section is not None and section not in {*(sections := one.sections), *one.other_anchors}:
            yield one.fault(
                ("redirects", number),
                "unknown-section",
                f"The old address '{address}' leads to the section '{section}', which is not here.",
                did_you_mean(section, sections),
            )


def _step_faults(problem: Problem, remedies: Set[str], broken: Set[str]) -> Iterator[Fault]:
    named = [step.remedy for step in problem.steps]
    for number, slug in enumerate(named):
        where = ("remedies", number)
        if slug not in remedies and slug not in broken:
            yield problem.fault(where, "unknown-remedy", f"There is no remedy '{slug}'.", did_you_mean(slug, remedies))
        if slug in named[:number]:
            yield problem.fault(where, "said-twice", f"The remedy '{slug}' is named twice.", "Keep one of the two.")


def _order_faults(knowledge: Knowledge, problem: Problem) -> Iterator[Fault]:
    """A step that is hard to undo never stands before a safe one, and figures are given for all steps or none."""
    likely = [step.likely is not None for step in problem.steps]
    if any(likely) and not all(likely):
        where = ("remedies", likely.index(False))
        yield problem.fault(
            where, "likely-missing", "This remedy has no 'likely', others have.", "Give it to all or none."
        )
    found = [knowledge.by_slug.get(step.remedy) for step in problem.steps]
    hard = [isinstance(remedy, Remedy) and remedy.undo == "hard" for remedy in found]
    safe_after = [isinstance(remedy, Remedy) and remedy.undo != "hard" for remedy in found]
    for number, is_hard in enumerate(hard):
        if is_hard and not all(likely) and any(safe_after[number:]):
            yield problem.fault(
                ("remedies", number),
                "hard-step-first",
                f"'{problem.steps[number].remedy}' is hard to undo and stands before a step that is not.",
                "Move it to the end.",
            )


def _repeated(articles: Iterable[Article]) -> Iterator[Fault]:
    """Titles, descriptions, phrases and old addresses that two articles claim."""
    seen: dict[tuple[str, str], Article] = {}
    for one in sorted(articles, key=lambda each: each.path):
        claims: list[tuple[tuple[str | int, ...], str, str]] = [
            (("title",), "title", one.title),
            (("description",), "description", one.description),
        ]
        claims += [(("phrases", number), "phrase", text) for number, text in enumerate(one.phrases)]
        claims += [(("redirects", number), "old address", text) for number, text in enumerate(one.redirects)]
        for where, what, text in claims:
            other = seen.setdefault((what, " ".join(text.casefold().split())), one)
            if other is not one:
                code = f"duplicate-{what.replace(' ', '-')}"
                yield one.fault(
                    where,
                    code,
                    f"{other.path} has the same {what}.",
                    "Keep it in the one that it fits best." if what != "title" else "Say what is different.",
                )


def _vocabulary_faults(knowledge: Knowledge, places: Matter, broken: Set[str]) -> Iterator[Fault]:
    path = f"{knowledge.docs.name}/{vocabulary.PATH}"
    problems = {problem.slug for problem in knowledge.problems}
    for number, escape in enumerate(knowledge.vocabulary.none_of_these):
        if escape.article not in problems | broken:
            yield Fault(
                path,
                *places.place(("none_of_these", number, "article")),
                "unknown-article",
                f"There is no problem '{escape.article}'.",
                did_you_mean(escape.article, problems),
            )
    for name, notice in knowledge.vocabulary.notices.items():
        if notice.more not in knowledge.by_slug.keys() | broken:
            yield Fault(
                path,
                *places.place(("notices", name, "more")),
                "unknown-article",
                f"There is no article '{notice.more}'.",
                did_you_mean(notice.more, knowledge.by_slug),
            )
