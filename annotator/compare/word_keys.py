"""Words as outlets are compared by, whatever the ending or the spelling of a name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from annotator.compare.lexicons import Lexicons

_TOKEN = re.compile(
    r"United States(?: of America)?|United Kingdom|(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)*|[^\W\d_]+(?:[’'][^\W_]+)*"
    r"|[^\W_]+"
)
_LIKE_SOUND = str.maketrans({"y": "i", "j": "i", "w": "v", "c": "k", "q": "k", "z": "s"})
_DOUBLE = re.compile(r"(.)\1+")
_ENDINGS = ("ingly", "edly", "ing", "ies", "ied", "es", "ed", "ly", "s", "e")
_SHORTEST_STEM = 3
_KEY_LENGTH = 6


@dataclass(frozen=True, slots=True)
class Token:
    """A word in its place: [start, end) in code points, and the key by which it is compared."""

    start: int
    end: int
    word: str
    key: str


@lru_cache(maxsize=100_000)
def folded(word: str) -> str:
    """A word in small letters, without accents, points, unseen signs and a possessive ending."""
    plain = unicodedata.normalize("NFD", word.casefold().replace("’", "'"))
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return letters.removesuffix("'s").removesuffix("'").replace(".", "")


@lru_cache(maxsize=100_000)
def skeleton(word: str) -> str:
    """A name without what its spellings differ in: Zelenskyy, Zelenskiy and Zelensky have one skeleton.

    Accents and doubled letters go; letters that transcriptions use for one sound (y, i, j; w, v; c, k, q; z, s) become one.
    """
    return _DOUBLE.sub(r"\1", folded(word).translate(_LIKE_SOUND))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A folded word without its English ending."""
    if word.isdigit():
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return _DOUBLE.sub(r"\1", word[: -len(ending)])
    return _DOUBLE.sub(r"\1", word)


def _rough(word: str) -> str:
    """The beginning of a stem: enough to know a word again in another part of speech."""
    own = folded(word)
    return own if own.isdigit() else stem(own).translate(_LIKE_SOUND)[:_KEY_LENGTH]


class Keys:
    """Gives words their keys; one for each set of word lists."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._known: dict[str, str] = {}
        self._same: dict[str, str] = {}
        for groups in (lexicons.places, lexicons.alike):
            for group in groups:
                for word in group:
                    self._same.setdefault(_rough(word.replace("-", " ")), f"={group[0]}")
        self._common = {_rough(word) for word in lexicons.common}

    def key(self, word: str) -> str:
        """The key of a word."""
        found = self._known.get(word)
        if found is None:
            rough = _rough(word)
            found = self._known[word] = self._same.get(rough, rough)
        return found

    def is_common(self, word: str) -> bool:
        """Whether a word says nothing about an event."""
        return _rough(word) in self._common

    def tokens(self, text: str) -> tuple[Token, ...]:
        """The words of a text, in order."""
        return tuple(
            Token(match.start(), match.end(), match[0], self.key(match[0])) for match in _TOKEN.finditer(text)
        )


def same_name(one: str, other: str) -> bool:
    """Whether two words are one name in two spellings."""
    return one[:1].isupper() and other[:1].isupper() and skeleton(one) == skeleton(other)
