"""Makes a knowledge base of any size, for measuring and for tests: the same one for the same arguments.

usage: python bench/generate.py COUNT DIR [--seed N] [--vocabulary FILE] [--pages N]

DIR gets a docs folder and a mkdocs.yml that builds it with this project's hooks and templates. COUNT problems and
references share remedies, which are made beside them, one for every four. Without --vocabulary there are eight facets
that the flow asks for; with it, as many articles as the questions of that file can tell apart.
"""

import argparse
import random
import re
import shutil
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from pathlib import Path
from typing import Any

import yaml
from mkdocs.utils.yaml import yaml_load

PROJECT = Path(__file__).resolve().parent.parent

Values = tuple[str, ...]
Box = Mapping[str, Values]
"""For each facet that the flow asks for, the values that fit one article."""

COMMON = """
    account administrator again answer app arrive article ask blocked button call change check choose code
    colleague computer connection contact country device different number email enter error expect find help desk
    key later letter link list lost message method minute mobile network new notification office old open
    organisation page password person phone press program prompt provider question reason refuse register remember
    reset screen second security select send service set settings sign signal step support telephone text time
    travel try type use user verify voice wait work wrong the a to of and in is it you your that for on with not
    from at or this when
""".split()  # noqa: SIM905 - a list would be a word a line
ONSETS = [
    "b",
    "br",
    "c",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "r",
    "s",
    "sh",
    "st",
    "t",
    "tr",
]
VOWELS = ["a", "e", "i", "o", "u", "ai", "ea", "ou"]
ENDS = ["", "l", "m", "n", "r", "s", "t", "nd", "st", "ck"]

TERMS = 50
"""How many words the glossary explains."""
HARD = 2
"""The risk of a remedy that is hard to undo."""
MOST_ANSWERS = 7
"""How many answers a question may offer if its facet does not say otherwise."""


class Writer:
    """Writes made-up texts: a third common words of the trade, the rest invented ones, a few of them very common."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - nothing secret
        invented = {self._invented() for _ in range(4000)} - {*COMMON, "dot"}  # "some dot app" would be a host
        self._words = [*COMMON, *sorted(invented)]
        # As in real texts, the frequency of a word falls with its rank.
        self._odds = list(accumulate(1 / (rank + 3) for rank in range(len(self._words))))
        self._said: set[str] = set()

    def _invented(self) -> str:
        pick = self.random.choice
        return "".join(pick(ONSETS) + pick(VOWELS) + pick(ENDS) for _ in range(self.random.randint(1, 3)))

    def words(self, least: int, most: int) -> str:
        return " ".join(self.random.choices(self._words, cum_weights=self._odds, k=self.random.randint(least, most)))

    def once(self, least: int, most: int, longest: int) -> str:
        """Words that have not been used together before, at most so many characters."""
        while (text := self.words(least, most)) in self._said or len(text) > longest:
            pass
        self._said.add(text)
        return text

    def title(self) -> str:
        return self.once(4, 8, 70).capitalize()

    def description(self) -> str:
        return self.once(12, 18, 155).capitalize().ljust(50, "z") + "."

    def sentence(self) -> str:
        return self.words(6, 18).capitalize() + "."

    def paragraph(self, sentences: int) -> str:
        return "\n".join(self.sentence() for _ in range(sentences))

    def some(self, things: Sequence[str], least: int, most: int) -> list[str]:
        """That many different ones, or all where there are fewer."""
        return self.random.sample(things, min(self.random.randint(least, most), len(things)))


def eight_facets() -> dict[str, Any]:
    """A vocabulary of eight facets that are asked and one, the cause, that only has an index."""

    def some(first: int, last: int, *more: str) -> dict[str, Any]:
        return {"when": {"situation": [*(f"situation-{number}" for number in range(first, last + 1)), *more]}}

    facets: dict[str, Any] = {
        "situation": _facet(
            "situation", 15, first=True, required=True, max_answers=16, groups={"a": "Some", "b": "Others"}
        ),
        "audience": _facet("audience", 3, required=True),
        # As in real vocabularies a question makes sense only after some answers: three of these after each.
        "method": _facet("method", 7, **some(1, 8)),
        "phone": _facet("phone", 7, **some(1, 5, "unsure")),
        "device": _facet("device", 7, **some(6, 15)),
        "place": _facet("place", 7, **some(11, 15)),
        "moment": _facet("moment", 7, **some(1, 10)),
        "sees": _facet("sees", 7, **some(9, 15)),
    }
    for number, value in enumerate(facets["situation"]["values"].values()):
        value["group"] = "a" if number < 8 else "b"
    facets["cause"] = _facet("cause", 24)
    del facets["cause"]["question"]
    for name in ("place", "moment", "sees"):
        del facets[name]["index"]
    who = {name: {"label": f"Your {name}"} for name in ("self", "desk", "provider")}
    needs = {name: {"label": f"the {name}"} for name in ("phone", "signal", "computer")}
    notice = {"when": {"method": ["method-1", "method-2"]}, "until": date(2099, 12, 31), "title": "This ends one day"}
    texts = {name: {"title": f"Find it by {name}", "intro": "Every one."} for name in ("messages", "phrases", "who")}
    return {
        "facets": facets,
        "none_of_these": [{"article": "nothing-fits"}],
        "who": who,
        "needs": needs,
        "notices": {"ending": notice | {"text": "Choose another way now.", "more": "what-ends"}},
        "indexes": {"overview": {"title": "All symptoms", "intro": "From any side."}, **texts},
    }


def _facet(name: str, size: int, **more: Any) -> dict[str, Any]:
    values = {
        f"{name}-{number}": {"label": f"Number {number} of {name}", "means": f"It is number {number} of its kind."}
        for number in range(1, size + 1)
    }
    index = {"title": f"Find it by {name}", "intro": f"Every {name}."}
    return {"label": name.capitalize(), "question": f"Which {name} is it?", "index": index, "values": values, **more}


def divide(facets: Mapping[str, Any], count: int, chance: random.Random) -> list[Box]:
    """Boxes of values no two of which overlap, so that the answer to one question parts every pair.

    Made by parting the whole again and again, by one question that may be asked there. A facet that was not used on the
    way to a box keeps all its values there: it does not matter to that article.
    """
    asked = {name: facet for name, facet in facets.items() if facet.get("question")}
    boxes: deque[Box] = deque([{name: tuple(facet["values"]) for name, facet in asked.items()}])
    whole: list[Box] = []
    while len(boxes) + len(whole) < count:
        if not boxes:
            raise ValueError(f"this vocabulary tells only {len(whole)} problems apart, not {count}")
        box = boxes.popleft()
        names = [name for name, facet in asked.items() if len(box[name]) > 1 and _may_be_asked(facet, box)]
        if not names:
            whole.append(box)
            continue
        first = [name for name in names if asked[name].get("first")]
        name = first[0] if first else chance.choice(names)
        # Of a facet with more values than one question may offer, only so many occur in any one place.
        size = min(len(box[name]), asked[name].get("max_answers", MOST_ANSWERS))
        most = min(size, count - len(boxes) - len(whole))
        parts = most if first else chance.randint(2, most)
        values = chance.sample(box[name], size)
        boxes.extend({**box, name: tuple(values[number::parts])} for number in range(parts))
    return [*whole, *boxes]


def _may_be_asked(facet: Mapping[str, Any], box: Box) -> bool:
    return all(set(box[other]) <= set(values) for other, values in facet.get("when", {}).items())


@dataclass
class Base:
    """A knowledge base in the making."""

    vocabulary: Mapping[str, Any]
    writer: Writer
    problems: list[str] = field(default_factory=list)
    remedies: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def slug(self, number: int) -> str:
        words = [word for word in self.writer.words(2, 3).split() if word.isalnum()]
        # Not the bare number: "call-2050" would be an invitation.
        return "-".join([*words, f"a{number}"])[-60:].strip("-")

    def facets(self, box: Box) -> Iterator[tuple[str, list[str]]]:
        for name, facet in self.vocabulary["facets"].items():
            every = list(facet["values"])
            fitting = box.get(name, ())
            if fitting and (len(fitting) < len(every) or facet.get("required")):
                yield name, [value for value in every if value in fitting]
            elif not fitting or (_may_be_asked(facet, box) and self.writer.random.random() < 0.9):
                # Not needed to tell it apart, but known about it: an index has more than the flow asks for.
                yield name, self.writer.some(every, 1, 2)

    def problem(self, number: int, box: Box | None) -> str:
        """The text of its file; without a box it fits any answer."""
        writer, chance = self.writer, self.writer.random
        safe = [slug for slug in self.remedies if _risk(slug) == 0]
        steps = [self.remedies[number % len(self.remedies)], chance.choice(safe), *writer.some(self.remedies, 1, 5)]
        steps = sorted(dict.fromkeys(steps), key=_risk)
        near = [slug for slug in self.problems[max(0, number - 20) : number + 20] if slug != self.problems[number]]
        return "\n".join(
            [
                *self._head(),
                *(_flow_list(name, values) for name, values in self.facets(box or {}) if box),
                *_block_list("messages", writer.some(self.messages, 1, 2) if number % 7 == 0 else []),
                *_block_list("phrases", [writer.once(2, 5, 60) for _ in range(chance.randint(7, 13))]),
                "remedies:",
                *(f"  - {slug}: {writer.words(5, 12)}" for slug in steps),
                _flow_list("related", [*writer.some(near, 1, 4), *writer.some(self.references, 0, 1)]),
                *_block_list("redirects", self._old_addresses(number)),
                f"weight: {min(100, int(chance.paretovariate(1)))}",
                *_dates(),
                f"{writer.paragraph(2)}\n\n## {writer.title()}\n\n{self._bullets(3)}\n",
                f"## {writer.title()}\n\n{writer.paragraph(3)}\n\n{writer.sentence()} {self._link()}.\n",
            ]
        )

    def remedy(self, slug: str) -> str:
        writer, chance = self.writer, self.writer.random
        steps = "\n".join(f"{number}. {writer.sentence()}" for number in range(1, chance.randint(4, 6)))
        who = self.vocabulary["who"]
        return "\n".join(
            [
                *self._head(),
                _flow_list("who", writer.some(list(who), 1, 2)),
                f"minutes: {chance.randint(1, 30)}",
                _flow_list("needs", writer.some(list(self.vocabulary.get("needs", ())), 1, 2) if _risk(slug) else []),
                f"undo: {'hard' if _risk(slug) == HARD else chance.choice(['none', 'easy'])}",
                *_dates(),
                f"{writer.sentence()}\n\n{steps}\n\n{writer.sentence()}\n",
            ]
        )

    def reference(self) -> str:
        writer = self.writer
        rows = "\n".join(f"| {writer.words(1, 2)} | {writer.words(3, 9)} |" for _ in range(5))
        return "\n".join(
            [
                *self._head(),
                *_block_list("phrases", [writer.once(2, 5, 60) for _ in range(4)]),
                _flow_list("related", writer.some(self.problems, 1, 4)),
                *_dates(),
                f"{writer.paragraph(3)}\n",
                *(f"## {writer.title()}\n\n{writer.paragraph(5)}\n\n{self._bullets(3)}\n" for _ in range(3)),
                f"## {writer.title()}\n\n| One | Other |\n| --- | --- |\n{rows}\n",
            ]
        )

    def _head(self) -> list[str]:
        return ["---", f"title: {self.writer.title()}", f"description: {self.writer.description()}"]

    def _old_addresses(self, number: int) -> list[str]:
        """One problem in ten took a page over, one in twenty a section of a page."""
        whole = [f"old/kb-{number}"] if number % 10 == 3 else []
        return [*whole, f'"old/guide-{number // 100}#section-{number}"'] if number % 20 == 7 else whole

    def _link(self) -> str:
        return f"[{self.writer.words(2, 5)}](/problems/{self.writer.random.choice(self.problems)}.md)"

    def _bullets(self, count: int) -> str:
        writer = self.writer
        return "\n".join(
            f"- **{writer.words(2, 4).capitalize()}.** {writer.sentence()} {self._link()}" for _ in range(count)
        )


def glossary(texts: Sequence[str]) -> dict[str, Any]:
    """Words of which each stands in about one text of forty, as those that a writer explains."""
    bodies = [text.split("---\n", 2)[2] for text in texts]
    counts = Counter(word for body in bodies for word in set(re.findall(r"(?<![\w-])[a-z]+(?![\w-])", body.lower())))
    wanted = max(1, len(bodies) // 40)
    words = sorted(counts, key=lambda word: (abs(counts[word] - wanted), word))[:TERMS]
    index = {"title": "Words", "intro": "What each of these words means in plain language."}
    return {"index": index, "terms": {word: {"means": "It is one of these words."} for word in words}}


def _risk(remedy: str) -> int:
    """By a remedy's number: 0 needs nothing, so a problem begins with it; one that is hard to undo ends it."""
    return HARD if remedy[-1] in "49" else int(remedy[-1]) % 2


def _flow_list(key: str, items: Sequence[str]) -> str:
    return f"{key}: [{', '.join(items)}]"


def _block_list(key: str, items: Sequence[str]) -> list[str]:
    return [f"{key}:", *(f"  - {item}" for item in items)] if items else []


def _dates() -> list[str]:
    return ["reviewed: 2026-11-21", "review_by: 2027-05-21", "---"]


def generate(count: int, folder: Path, seed: int, vocabulary: Path | None, pages: float | None) -> None:
    """Write the knowledge base into a folder, which may exist already but holds no docs yet."""
    words: Mapping[str, Any] = yaml.safe_load(vocabulary.read_text(encoding="utf-8")) if vocabulary else eight_facets()
    docs = folder / "docs"
    docs.mkdir(parents=True)
    (docs / "vocabulary.yml").write_text(
        yaml.safe_dump(words, sort_keys=False, allow_unicode=True, width=1000), encoding="utf-8"
    )
    if vocabulary and (allowed := vocabulary.with_name("allowed.yml")).exists():
        shutil.copy(allowed, docs)
    base = Base(words, Writer(seed))
    # The articles that the vocabulary itself names.
    humans = list(dict.fromkeys(line["article"] for line in words["none_of_these"]))
    told = list(dict.fromkeys(notice["more"] for notice in words.get("notices", {}).values()))
    references = max(count // 16, len(told))
    live = count - references - len(humans)
    if live < 2:
        raise ValueError(f"{count} articles are too few")
    boxes = divide(words["facets"], live, base.writer.random)
    base.problems = [base.slug(number) for number in range(live)] + humans
    base.references = (told + [base.slug(number) for number in range(count, count + references)])[:references]
    base.remedies = [base.slug(number) for number in range(2 * count, 2 * count + max(3, count // 4))]
    base.messages = [base.writer.once(5, 10, 100).capitalize() for _ in range(max(2, count // 20))]
    fitting: list[Box | None] = [*boxes, *(None for _ in humans)]
    texts = []
    for number, (slug, box) in enumerate(zip(base.problems, fitting, strict=True)):
        texts.append(base.problem(number, box))
        _write(docs / "problems" / f"{slug}.md", texts[-1])
    for slug in base.remedies:
        _write(docs / "remedies" / f"{slug}.md", base.remedy(slug))
    _write(docs / "glossary.yml", yaml.safe_dump(glossary(texts)))
    for slug in base.references:
        _write(docs / "reference" / f"{slug}.md", base.reference())
    _write(docs / "index.md", "---\ntitle: Start\ntemplate: home.html\n---\n\nA generated knowledge base.\n")
    shutil.copytree(PROJECT / "docs" / "assets", docs / "assets")
    settings = yaml.safe_dump(_settings(words, base.references[0], pages), sort_keys=False)
    _write(folder / "mkdocs.yml", settings)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _settings(words: Mapping[str, Any], reference: str, pages: float | None) -> dict[str, Any]:
    """The project's own settings, but for what names its articles."""
    own = PROJECT / "mkdocs.yml"
    hooks = yaml_load(own.read_text(encoding="utf-8"))["hooks"]
    indexes = [name for name, facet in words["facets"].items() if facet.get("index")]
    nav = [
        "index.md",
        "find/index.md",
        *(f"symptoms/{name}.md" for name in ["index", *indexes, "messages", "phrases", "who"]),
        "glossary.md",
    ]
    return {
        "INHERIT": own.as_posix(),
        "site_name": "A generated knowledge base",
        "watch": [],
        "nav": [{page.removesuffix(".md").replace("/", " ").capitalize(): page} for page in nav],
        "theme": {"custom_dir": (PROJECT / "overrides").as_posix(), "provenance": f"reference/{reference}/"},
        "hooks": [(PROJECT / hook).as_posix() for hook in hooks],
        # Nobody has worded these questions, so nobody is hurt if there are many.
        "extra": {"flow": {"longest": 20, "mean": 20} | ({"pages": pages} if pages else {})},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Make a knowledge base of any size.")
    parser.add_argument("count", type=int, help="how many problems and references")
    parser.add_argument("folder", type=Path, help="where to put docs and mkdocs.yml; must not hold docs yet")
    parser.add_argument("--seed", type=int, default=1, help="another number makes another knowledge base")
    parser.add_argument(
        "--vocabulary",
        type=Path,
        help="the facets to use, such as docs/vocabulary.yml; an allowed.yml beside it counts",
    )
    parser.add_argument("--pages", type=float, help="the most pages of the flow for each problem, as in mkdocs.yml")
    arguments = parser.parse_args()
    try:
        generate(arguments.count, arguments.folder, arguments.seed, arguments.vocabulary, arguments.pages)
    except ValueError as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()
