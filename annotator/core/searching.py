"""Words, phrases and prefixes to look for, and where a text has them, in code points."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from annotator.core.graphemes import is_boundary
from annotator.core.spans import Span


# Compiled when first looked with: a window opens more often than somebody searches.
@lru_cache(maxsize=1)
def _piece() -> re.Pattern[str]:
    """A phrase in quotation marks, or a word."""
    return re.compile(r"""["“”„«»]([^"“”„«»]*)["“”„«»]?|([^\s"“”„«»]+)""")


@lru_cache(maxsize=1)
def _spaceless() -> re.Pattern[str]:
    """Letters of scripts that put no space between words: beside them, a word may begin or end anywhere."""
    return re.compile(
        "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
        "\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
    )


_UNPAIRED = frozenset("ı\u0345")
"""Letters whose other case is somebody else's."""

_KNOWN_FOR_LONG = unicodedata.ucd_3_2_0


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase to look for; as a prefix it stands for every word that its last one begins."""

    words: str
    prefix: bool = False

    @property
    def forms(self) -> tuple[str, ...]:
        """The words as typed, and with their marks composed and apart: a text may have either."""
        plain = " ".join(self.words.split())
        typed = (plain, unicodedata.normalize("NFC", plain), unicodedata.normalize("NFD", plain))
        return tuple(dict.fromkeys(typed))

    @property
    def can_be_indexed(self) -> bool:
        """Whether an index of words finds at least every text in which this term stands.

        It cannot for signs and emoji, for scripts without spaces, and for letters younger than the index's tables.
        """
        return (
            "\0" not in self.words
            and not _spaceless().search(self.words)
            and any(one.isalnum() for one in self.words)
            and all(_in_old_tables(one) for form in self.forms for one in form)
        )


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """A place that was looked for; where an attribution stands there that was looked for itself, its id."""

    article_id: str
    start: int
    end: int
    attribution_id: str = ""

    @property
    def span(self) -> Span:
        """The place in the article's text."""
        return Span(self.start, self.end)


def terms_of(typed: str) -> tuple[Term, ...]:
    """What was typed as terms: words, phrases in quotation marks, and prefixes that end in a star."""
    found = []
    for quoted, word in _piece().findall(typed):
        said = quoted or word
        words = said.rstrip("*").strip()
        if words:
            found.append(Term(" ".join(words.split()), prefix=said.rstrip().endswith("*")))
    return tuple(dict.fromkeys(found))


def places(terms: Sequence[Term], text: str) -> list[Span]:
    """Where all of the terms stand in a text, in its order; empty when one of them is missing.

    Case does not count. A word must not be a part of a longer one, and no place cuts through a character.
    """
    found: set[Span] = set()
    for term in terms:
        of_term = _places_of(term, text)
        if not of_term:
            return []
        found.update(of_term)
    return sorted(found)


def _places_of(term: Term, text: str) -> list[Span]:
    pattern = _pattern(term)
    found: list[Span] = []
    match = pattern.search(text)
    while match is not None:
        start, end = match.span()
        if term.prefix:
            end = _word_end(text, end)
        if _stands_alone(text, start, end):
            found.append(Span(start, end))
            match = pattern.search(text, end)
        else:
            match = pattern.search(text, start + 1)
    return found


@lru_cache(maxsize=64)
def _pattern(term: Term) -> re.Pattern[str]:
    forms = []
    for form in term.forms:
        body = "".join(r"\s+" if one == " " else _either_case(one) for one in form)
        before = r"(?<![^\W_])" if _joins(form[0]) else ""
        after = r"(?![^\W_])" if _joins(form[-1]) and not term.prefix else ""
        # Beside letters of a script without spaces a word may end; the check of each match sees to the rest.
        forms.append(body if _spaceless().search(form[0] + form[-1]) else before + body + after)
    return re.compile("|".join(forms))


def _cases(one: str) -> set[str]:
    if one in _UNPAIRED:
        return {one}
    return {one} | {other for other in (one.lower(), one.upper(), one.title()) if len(other) == 1}


def _either_case(one: str) -> str:
    cases = sorted(_cases(one))
    return re.escape(one) if len(cases) == 1 else f"[{''.join(cases)}]"


def _in_old_tables(one: str) -> bool:
    if one.isalnum() and _KNOWN_FOR_LONG.category(one) == "Cn":
        return False
    return all(_KNOWN_FOR_LONG.category(case) != "Cn" for case in _cases(one) - {one})


def _joins(one: str) -> bool:
    """Whether a character is part of a word: letters, digits, marks, private signs.

    What this Python's tables do not know yet counts as a letter, as it does in the index; emoji do not.
    """
    category = unicodedata.category(one)
    return (
        one.isalnum() or category in ("Mn", "Mc", "Me", "Co") or (category == "Cn" and not _young_sign(one))
    )


def _young_sign(one: str) -> bool:
    """Whether a character that is not known yet stands among signs and emoji."""
    return "\u2000" <= one <= "\u2e7f" or "\U0001f000" <= one <= "\U0001faff"


def _word_end(text: str, at: int) -> int:
    while at < len(text) and _joins(text[at]):
        at += 1
    return at


def _stands_alone(text: str, start: int, end: int) -> bool:
    return _is_edge(text, start, text[start]) and _is_edge(text, end, text[end - 1])


def _is_edge(text: str, at: int, inner: str) -> bool:
    """Whether a place may begin or end here, when this is its character at that edge."""
    if not 0 < at < len(text):
        return True
    left, right = text[at - 1], text[at]
    if _joins(inner) and _joins(left) and _joins(right) and not _spaceless().match(inner):
        return False
    return is_boundary(text, at)
