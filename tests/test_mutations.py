"""One thing changed in content that was sound: whatever it is, somebody is told where, and nothing breaks down.

Each operator changes every file that it fits, one place in each, in a way that must not pass. All files of one operator
are checked at once, since faults are collected over all files: a thousand mutations take seconds.
"""

import itertools
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from kb import settings
from kb.fault import Fault, FaultsError
from kb.site import compile_site

ARTICLES = ("docs/problems", "docs/remedies", "docs/reference")
REACH = 2
"""So many lines beside the change a fault may point; line 1 counts as the file as a whole."""


@dataclass(frozen=True)
class Mutation:
    line: int
    """The line that was changed; 1 where no line of its own can be named."""
    text: str


@dataclass(frozen=True)
class Article:
    path: str
    number: int
    """Its place among all articles, so that not all are changed at the same place."""
    text: str

    @property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    @property
    def end(self) -> int:
        """The index of the line that closes the front matter."""
        return self.lines.index("---", 1)

    def keys(self) -> list[tuple[int, str]]:
        """The index of each line with a key, and the key."""
        found = ((number, re.match(r"([a-z_]+):", line)) for number, line in enumerate(self.lines[: self.end]))
        return [(number, match[1]) for number, match in found if match]

    def at(self, key: str) -> int | None:
        return next((number for number, name in self.keys() if name == key), None)

    def some(self, places: list[int]) -> int | None:
        return places[self.number % len(places)] if places else None

    def with_line(self, index: int | None, change: Callable[[str], str | None]) -> Mutation | None:
        """With one line changed, or taken out where `change` returns None."""
        if index is None:
            return None
        new = change(self.lines[index])
        kept = [*self.lines[:index], *([] if new is None else [new]), *self.lines[index + 1 :]]
        return None if kept == self.lines else Mutation(index + 1, "\n".join(kept))

    def with_value(self, key: str, value: str) -> Mutation | None:
        """With another value for a key, in one line, whatever lines the old one took."""
        start = self.at(key)
        if start is None:
            return None
        after = next((number for number, _ in self.keys() if number > start), self.end)
        lines = [*self.lines[:start], f"{key}: {value}", *self.lines[after:]]
        return Mutation(start + 1, "\n".join(lines))

    def without_key(self, key: str) -> Mutation | None:
        done = self.with_value(key, "")
        return done and Mutation(1, "\n".join(line for line in done.text.split("\n") if line != f"{key}: "))

    def with_body_line(self, *new: str) -> Mutation:
        """With lines of their own below the first paragraph."""
        body = [number for number, line in enumerate(self.lines) if number > self.end + 1 and not line]
        index = body[0] if body else len(self.lines)
        return Mutation(index + 2, "\n".join([*self.lines[:index], "", *new, "", *self.lines[index:]]))

    def with_words(self, words: str) -> Mutation | None:
        """With words at the end of a sentence of the body."""
        plain = [n for n, line in enumerate(self.lines) if n > self.end and re.match(r"[A-Z].*\.$", line)]
        return self.with_line(self.some(plain), lambda line: f"{line} {words}")

    def list_of(self, key: str, item: str) -> Mutation | None:
        """With one more entry in a list, which stands in one line or in several."""
        start = self.at(key)
        if start is None:
            return None
        if self.lines[start].endswith("]"):
            return self.with_line(start, lambda line: re.sub(r"(\S?)\]$", lambda m: f"{m[1]}, {item}]", line))
        if self.lines[start] == f"{key}:":
            lines = [*self.lines[: start + 1], f"  - {item}", *self.lines[start + 1 :]]
            return Mutation(start + 2, "\n".join(lines))
        return None


Operator = Callable[[Article], Mutation | None]

REQUIRED = ("title", "description", "reviewed", "review_by", "remedies", "who", "minutes", "needs", "undo")
FACETS = ("audience", "situation", "method", "phone", "cause")


def value(key: str, new: str) -> Operator:
    return lambda article: article.with_value(key, new)


def entry(key: str, new: str) -> Operator:
    return lambda article: article.list_of(key, new)


def words(new: str) -> Operator:
    return lambda article: article.with_words(new)


def body(*new: str) -> Operator:
    return lambda article: article.with_body_line(*new)


def line(choose: Callable[[str], bool], change: Callable[[str], str | None]) -> Operator:
    """Changes one of the lines of front matter that fit."""

    def operator(article: Article) -> Mutation | None:
        fitting = [n for n, text in enumerate(article.lines[: article.end]) if n and choose(text)]
        return article.with_line(article.some(fitting), change)

    return operator


def only(folder: str, operator: Operator) -> Operator:
    return lambda article: operator(article) if f"/{folder}/" in article.path else None


def misspelt_key(article: Article) -> Mutation | None:
    number, key = article.keys()[article.number % len(article.keys())]
    return article.with_line(number, lambda text: text.replace(key, f"{key[:-1]}zx", 1))


def missing_key(article: Article) -> Mutation | None:
    has = [key for key in REQUIRED if article.at(key)]
    return article.without_key(has[article.number % len(has)])


def no_first_fence(article: Article) -> Mutation:
    return Mutation(1, article.text.removeprefix("---\n"))


def no_last_fence(article: Article) -> Mutation:
    return Mutation(1, "\n".join([*article.lines[: article.end], *article.lines[article.end + 1 :]]))


def is_key(text: str) -> bool:
    return re.match(r"[a-z_]+: \S", text) is not None


def repeated_key(article: Article) -> Mutation | None:
    number, _ = article.keys()[article.number % len(article.keys())]
    text = article.lines[number]
    return article.with_line(number, lambda line: f"{line}\n{text}") if is_key(text) else None


def itself(article: Article) -> Mutation | None:
    return article.list_of("related", Path(article.path).stem)


def first_remedy_twice(article: Article) -> Mutation | None:
    start = article.at("remedies")
    if start is None or article.lines[start] != "remedies:":
        return None
    return article.list_of("remedies", article.lines[start + 1].strip(" -").partition(":")[0])


OPERATORS: dict[str, Operator] = {
    "a misspelt key": misspelt_key,
    "a key that must be there is gone": missing_key,
    "a key that nobody knows": line(lambda text: text.startswith("title:"), lambda text: f"{text}\ncolour: red"),
    "a key twice": repeated_key,
    "the first line of front matter is gone": no_first_fence,
    "the last line of front matter is gone": no_last_fence,
    "a key too far to the right": line(is_key, lambda text: f" {text}"),
    "a tab before a key": line(is_key, lambda text: f"\t{text}"),
    "a colon gone": line(is_key, lambda text: text.replace(":", "", 1)),
    "no space after the colon": line(is_key, lambda text: text.replace(": ", ":", 1)),
    "a key without a value": line(is_key, lambda text: text.partition(":")[0] + ":"),
    "a closing quote gone": line(lambda text: text.endswith('"'), lambda text: text[:-1]),
    "an opening quote alone": line(is_key, lambda text: text.replace(": ", ': "', 1)),
    "a bracket gone": line(lambda text: text.endswith("]"), lambda text: text[:-1]),
    "an anchor": line(is_key, lambda text: text.replace(": ", ": &a ", 1)),
    "an alias": value("description", "*a"),
    "a tag": line(is_key, lambda text: text.replace(": ", ": !!str ", 1)),
    "an end of the document": line(is_key, lambda text: f"{text}\n..."),
    "a list for a title": value("title", "[one, two]"),
    "a mapping for a title": value("title", "{one: two}"),
    "an unquoted colon": value("title", "Error: no code"),
    "a title that is cut by a hash": value("title", "My code #3 is gone"),
    "a tag in a title": value("title", "The <b>code</b> is gone"),
    "a control character in a title": value("title", '"The code\\u0007 is gone"'),
    "a bare control character in a title": value("title", "The code\x07 is gone"),
    "a title that is too long": value("title", "word " * 30),
    "a description that is too short": value("description", "Help."),
    "a description that is too long": value("description", "word " * 60),
    "text for a list": value("related", "code-refused"),
    "a word for a number of minutes": value("minutes", "five"),
    "no minutes at all": value("minutes", "0"),
    "too many minutes": value("minutes", "9999"),
    "a fraction of a minute": value("minutes", "2.5"),
    "a weight out of range": value("weight", "-1"),
    "an unknown undo": value("undo", "perhaps"),
    "an unknown person": entry("who", "neighbour"),
    "an unknown need": value("needs", "[crystal-ball]"),
    "nobody to do it": value("who", "[]"),
    "no remedy": value("remedies", "[]"),
    **{f"an unknown value of {name}": entry(name, "nowhere") for name in FACETS},
    **{f"a value of {name} twice": value(name, "[other, other]") for name in FACETS},
    "an unknown remedy": entry("remedies", "pray"),
    "a remedy in words": entry("remedies", "Turn it off and on: it helps"),
    "a remedy twice": first_remedy_twice,
    "an unknown article": entry("related", "no-such-article"),
    "an article related to itself": itself,
    "a remedy for an article": entry("related", "restart-phone"),
    "a phrase in capitals": entry("phrases", "No Code"),
    "an empty phrase": entry("phrases", '""'),
    "a day that is none": value("reviewed", "2026-02-30"),
    "a day in another order": value("reviewed", "21.11.2026"),
    "a day in words": value("review_by", "soon"),
    "a day without its month": value("review_by", "2027"),
    "a review before the last one": value("review_by", "2020-01-01"),
    "an unknown fact": entry("facts", "F9999"),
    "a fact that is no id": entry("facts", "fact-one"),
    "an absolute old address": entry("redirects", "/old/page"),
    "an old address with a host": entry("redirects", '"https://example.org/old"'),
    "an old address at which a page stands": lambda article: article.list_of("redirects", article.path[5:-3]),
    "an old address above the site": entry("redirects", "../old"),
    "a link to a page that is not there": words("See [more](/problems/not-there.md)."),
    "a link to an address and not to a file": words("See [more](/problems/no-text-code/)."),
    "a picture that is not there": words("![More](/assets/img/not-there.svg)"),
    "a link from this file": words("See [more](no-text-code.md)."),
    "a link that runs": words("See [more](javascript:alert(1))."),
    "a link that runs in disguise": words("See [more](JaVa&#115;cript:alert(1))."),
    "a link that holds its page": words("See [more](data:text/html,x)."),
    "a link to a disk": words("See [more](file:///etc/passwd)."),
    "a link that is not encrypted": words("See [more](http://learn.microsoft.com/)."),
    "a link without its protocol": words("See [more](//learn.microsoft.com/)."),
    "a definition of a link that runs": body("[more]: javascript:alert(1)"),
    "a foreign host": words("See [more](https://help.example.net/)."),
    "a bare foreign host": words("Go to help-microsoft-support.com now."),
    "a foreign mail address": words("Write to support@example.net."),
    "a foreign telephone number": words("Call +44 20 7946 0958."),
    "a telephone number in words": words("Call eight zero zero five five five one two three four."),
    "a link to a telephone": words("[Call](tel:+442079460958)"),
    "raw HTML": words("<b>Now</b>."),
    "a script": words("<script>alert(1)</script>"),
    "a tag that never ends": words('<img src=x onerror="alert(1)"'),
    "a comment": words("<!-- nobody sees this -->"),
    "attributes": words("Now{ onclick=alert(1) }"),
    "a block of the engine": body("/// html | div", "Now.", "///"),
    "a second title": body("# Now"),
    "an underlined heading": body("Now", "==="),
    "an underlined section": body("Now", "---"),
    "a heading in a remedy": only("remedies", body("## Now")),
    "a block of code that never ends": body("```", "Now."),
    "a control character in the text": words("No\x07w."),
    "a direction turned in the text": words("Now \u202egnp.exe."),
    "a letter that cannot be seen": words("N\u200bow."),
    "front matter alone": lambda article: Mutation(1, "\n".join(article.lines[: article.end + 1]) + "\n"),
    "an empty file": lambda _: Mutation(1, "\n"),
    "a blank for the writer": body("…"),
}


@pytest.fixture(scope="module")
def folder(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the real content."""
    folder = tmp_path_factory.mktemp("mutations")
    shutil.copytree(root / "docs", folder / "docs")
    shutil.copy(root / "mkdocs.yml", folder)
    return folder


@pytest.fixture(scope="module")
def articles(folder: Path) -> list[Article]:
    files = sorted(itertools.chain.from_iterable((folder / name).glob("*.md") for name in ARTICLES))
    return [
        Article(file.relative_to(folder).as_posix(), number, file.read_text(encoding="utf-8"))
        for number, file in enumerate(files)
    ]


def faults(folder: Path) -> tuple[Fault, ...]:
    try:
        compile_site(folder / "docs", settings.read(folder / "mkdocs.yml"), date(2026, 12, 1))
    except FaultsError as error:
        return error.faults
    return ()


def changed(folder: Path, texts: dict[str, str]) -> tuple[Fault, ...]:
    """The faults while these files have these texts."""
    before = {path: (folder / path).read_bytes() for path in texts}
    try:
        for path, text in texts.items():
            (folder / path).write_text(text, encoding="utf-8", newline="")
        return faults(folder)
    finally:
        for path, data in before.items():
            (folder / path).write_bytes(data)


def unseen(mutations: dict[str, Mutation], found: tuple[Fault, ...]) -> list[str]:
    """The mutations to which no fault points."""
    places: dict[str, set[int]] = {}
    for fault in found:
        places.setdefault(fault.path, set()).add(fault.line)
    return [
        f"{path}:{one.line}"
        for path, one in mutations.items()
        if not any(line == 1 or abs(line - one.line) <= REACH for line in places.get(path, ()))
    ]


def mutate(operator: str, articles: list[Article]) -> dict[str, Mutation]:
    made = {article.path: OPERATORS[operator](article) for article in articles}
    return {path: mutation for path, mutation in made.items() if mutation}


def test_the_content_from_which_the_mutations_differ_has_no_fault(folder: Path) -> None:
    assert faults(folder) == ()


def test_there_are_more_than_two_thousand_mutations_of_articles(articles: list[Article]) -> None:
    count = {operator: len(mutate(operator, articles)) for operator in OPERATORS}
    assert [operator for operator, number in count.items() if not number] == []
    assert sum(count.values()) > 2000


@pytest.mark.parametrize("operator", OPERATORS)
def test_no_mutation_of_an_article_passes_unseen(operator: str, folder: Path, articles: list[Article]) -> None:
    mutations = mutate(operator, articles)
    found = changed(folder, {path: one.text for path, one in mutations.items()})
    assert unseen(mutations, found) == []


Change = Callable[[str], str | None]


def sub(pattern: str, new: str) -> Change:
    return lambda text: re.sub(pattern, new, text, count=1)


# Lines of the other files, each with what is done to the lines that fit: at most so many of them, spread over the file.
LINES: dict[str, dict[str, tuple[str, Change]]] = {
    "docs/vocabulary.yml": {
        "a misspelt key": (
            r" +(label|question|values|when|article|title|intro|more|until):",
            sub(r"(\w):", r"\1zx:"),
        ),
        "a label gone": (r"        label: ", lambda _: None),
        "a key without a value": (r" +(label|question|intro|title|text|more|until|article): ", sub(r": .*", ":")),
        "a key too far to the right": (r" +(intro|until|text|means): ", sub(r"^", " ")),
        "a tab before a key": (r" +(label|question|title): ", sub(r"^", "\t")),
        "a key twice": (r" +(label|question|intro|title|text|more|until): ", sub(r"^(.*)$", r"\1\n\1")),
        "a colon gone": (r" +(label|question|intro|title|text): ", sub(": ", " ")),
        "an unquoted colon": (r" +(label|question|intro|title|text|means): [A-Z]", sub(": ", ": Note: ")),
        "an opening quote alone": (r" +(label|question|means): [A-Z]", sub(": ", ': "')),
        "a tag": (r" +(label|question|means): [A-Z]", sub(": ", ": <b>")),
        "a list for a text": (r" +(label|question|means): [A-Z]", sub(": .*", ": [one, two]")),
        "an unknown group": (r"        label: ", sub("$", "\n        group: nowhere")),
        "an unknown need": (r" +(lacks|has): \[\S", sub(r"\[", "[crystal-ball, ")),
        "an unknown value in a condition": (r" +when: \{\w+: \[", sub(r"\[", "[nowhere, ")),
        "an unknown facet in a condition": (r" +when: \{", sub(r"\{", "{nowhere: [one], ")),
        "an unknown article": (r" +(- article|article|more): ", sub(": .*", ": no-such-article")),
        "a day that is none": (r" +until: ", sub(": .*", ": 2027-02-30")),
        "effort that is no number": (r" +effort: ", sub(": .*", ": much")),
        "answers that are too many": (r"    question: ", sub("$", "\n    max_answers: 999")),
    },
    "docs/ledger.csv": {
        "an unknown status": (r"F\d+,.*,(current|renamed),,", sub(r",(current|renamed),,", ",fresh,,")),
        "a number twice": (r"F\d+,.*,(current|renamed),,", sub(r"^F\d+", "F001")),
        "a cell gone": (r"F\d+,", sub(r"^(F\d+),", r"\1")),
        "a cell too many": (r"F\d+,", sub(r"^(F\d+),", r"\1,,")),
        "an unknown source": (r"F\d+,", sub(r"^(F\d+),[^,]*", r"\1,hearsay")),
        "merged into no fact": (r"F\d+,.*,duplicate,F\d+,", sub(r"duplicate,F\d+", "duplicate,F9999")),
        "a row gone whose fact is said": (r"F\d+,.*,(current|renamed),,", lambda _: None),
    },
    "mkdocs.yml": {
        "a limit that is too low": (r"    (longest|mean): ", sub(r": [\d.]+", ": 1")),
        "a limit that is no number": (r"    (longest|mean): ", sub(r": [\d.]+", ": few")),
        "a misspelt limit": (r"    (longest|mean): ", sub(":", "st:")),
    },
}
MOST = 3
"""Each of these is checked on its own: they are all in one file."""


def lines_that_fit(folder: Path, path: str, pattern: str) -> list[int]:
    lines = (folder / path).read_text(encoding="utf-8").split("\n")
    fitting = [number for number, text in enumerate(lines) if re.match(pattern, text)]
    return fitting[:: max(1, len(fitting) // MOST)][:MOST]


@pytest.mark.parametrize(("path", "name"), [(path, name) for path, changes in LINES.items() for name in changes])
def test_no_mutation_of_another_file_passes_unseen(path: str, name: str, folder: Path) -> None:
    pattern, change = LINES[path][name]
    fitting = lines_that_fit(folder, path, pattern)
    assert fitting
    lines = (folder / path).read_text(encoding="utf-8").split("\n")
    missed = []
    for number in fitting:
        new = change(lines[number])
        assert new != lines[number]
        text = "\n".join([*lines[:number], *([] if new is None else [new]), *lines[number + 1 :]])
        found = changed(folder, {path: text})
        # A fact that is gone is missed by the article that says it.
        if unseen({path: Mutation(number + 1, text)}, found) and not (new is None and found):
            missed.append((number + 1, new, [str(fault) for fault in found]))
    assert missed == []


def test_a_fact_that_its_article_no_longer_names_is_told_by_its_row(folder: Path, articles: list[Article]) -> None:
    rows = [text.partition(",")[0] for text in (folder / "docs/ledger.csv").read_text(encoding="utf-8").split("\n")]
    first = {article: re.search(r"^facts: \[(\w+)(?:, )?", article.text, re.M) for article in articles}
    texts = {article.path: article.text.replace(named[0], "facts: [", 1) for article, named in first.items() if named}
    found = changed(folder, texts)
    assert {(fault.path, fault.code) for fault in found} == {("docs/ledger.csv", "fact-not-said")}
    assert {rows[fault.line - 1] for fault in found} == {named[1] for named in first.values() if named}


@pytest.mark.parametrize(("key", "code"), [("title", "duplicate-title"), ("description", "duplicate-description")])
def test_what_two_articles_claim_is_told(key: str, code: str, folder: Path, articles: list[Article]) -> None:
    mutations: dict[str, Mutation] = {}
    for one, next_one in zip(articles[::2], articles[1::2], strict=False):
        same = next(text for text in one.lines if text.startswith(f"{key}:"))
        made = next_one.with_value(key, same.partition(": ")[2])
        assert made
        mutations[next_one.path] = made
    found = changed(folder, {path: one.text for path, one in mutations.items()})
    assert unseen(mutations, tuple(fault for fault in found if fault.code == code)) == []


def test_a_file_under_a_name_that_is_taken_or_no_name_is_told(folder: Path, articles: list[Article]) -> None:
    for name in ("docs/remedies/no-text-code.md", "docs/problems/No Code.md", "docs/reference/deep/page.md"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(articles[0].text, encoding="utf-8")
        found = faults(folder)
        (folder / name).unlink()
        assert [fault for fault in found if fault.path == name], name


def test_articles_that_are_gone_are_told_by_whoever_names_them(folder: Path, articles: list[Article]) -> None:
    named = set(re.findall(r"[\w-]+", " ".join(article.text for article in articles)))
    gone = [one for one in articles if Path(one.path).stem in named][::6]
    for article in gone:
        (folder / article.path).unlink()
    told = " ".join(fault.sentence for fault in faults(folder))
    for article in gone:
        (folder / article.path).write_text(article.text, encoding="utf-8")
    assert [article.path for article in gone if Path(article.path).stem not in told] == []
