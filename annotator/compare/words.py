"""The words of a text as copies are counted: case, punctuation and the way of encoding play no part."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b

_SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
"""Scripts that put no space between words: each of their letters is a word here."""

_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Soft hyphens and other signs within a word that nobody sees; a copy may have lost them."""

_TAKE_UNSEEN = str.maketrans("", "", _UNSEEN)
_PLAIN_WORD = re.compile(r"[^\W_]+")
_KNOWN_WORDS = 400_000
"""How many different words are remembered with their hashes; about 80 MB."""


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What a text has to hold for the careful pattern to be needed, and that pattern.

    Python's own idea of a letter leaves out accents and vowel signs that are characters of their own: it would cut words
    there.
    """
    marks = "".join(
        chr(code) for code in range(0x300, 0x10000) if unicodedata.category(chr(code)).startswith("M")
    )
    inner = marks + _UNSEEN
    careful = (
        rf"(?=[^\W_])[{_SPACELESS}][{inner}]*"
        rf"|(?![{_SPACELESS}])[^\W_](?:(?![{_SPACELESS}])[^\W_]|[{inner}])*"
    )
    return re.compile(f"[{inner}{_SPACELESS}]"), re.compile(careful)


def _pattern_for(text: str) -> re.Pattern[str]:
    if text.isascii():
        return _PLAIN_WORD
    special, careful = _patterns()
    return careful if special.search(text) else _PLAIN_WORD


def words_of(text: str) -> list[str]:
    """The words as they are written: letters and digits of any script, with the marks upon them."""
    return _pattern_for(text).findall(text)


def places_of(text: str) -> list[tuple[int, int]]:
    """Where each of these words starts and ends, in code points."""
    return [match.span() for match in _pattern_for(text).finditer(text)]


def folded(word: str) -> str:
    """The form in which two spellings of a word are the same: of one case, composed, without unseen signs."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKC", word.translate(_TAKE_UNSEEN)).casefold()
    return unicodedata.normalize("NFKC", plain)


class WordHashes(dict[str, int]):
    """The 64-bit hash of each word as it is written, the same on every machine and in every run."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _KNOWN_WORDS:
            self.clear()
        value = hash_of(folded(word))
        self[word] = value
        return value


def hash_of(word: str) -> int:
    """A hash of 64 bits that does not change from run to run, as Python's own does."""
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
