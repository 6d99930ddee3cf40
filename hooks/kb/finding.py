"""What was found in a text that no reader may meet, and the words that a writer gets for it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    start: int
    code: str
    shown: str

    def words(self, path: str) -> tuple[str, str]:
        """What is wrong and what to do about it, for a writer who may have it put on the list at `path`."""
        sentence, suggestion = _WORDS[self.code]
        shown = " ".join(self.shown.replace("\0", " ").split())[:60]
        return sentence.format(shown=shown), suggestion.format(list=path)


_ASK = "Send people to their help desk instead, or have it put on the list in {list}."

_WORDS: Mapping[str, tuple[str, str]] = {
    code: (sentence, suggestion)
    # The code stands before its sentence, as everywhere: so the tests know which kinds of fault there are.
    for code, sentence, suggestion in (
        ("foreign-host", "The host '{shown}' is not allowed here.", _ASK),
        ("foreign-mail", "The mail address '{shown}' is not allowed here.", _ASK),
        ("foreign-telephone", "'{shown}' looks like a telephone number, which is not allowed here.", _ASK),
        (
            "hidden-character",
            "There is a character here that nobody can see ({shown}).",
            "Delete the word and type it again.",
        ),
        (
            "look-alike",
            "'{shown}' has letters or digits that only look like ordinary ones.",
            "Type it again with the letters and digits of your keyboard.",
        ),
    )
}
"""What a writer reads in the report for each kind, so that those who search need to know only the kinds."""
