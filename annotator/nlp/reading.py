"""Reading: a text as the rules see it, with its words, quotations and the known strength of its words."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.nlp.contexts import OPEN_QUOTES
from annotator.nlp.lexicon import Lexicon
from annotator.nlp.quotes import quotations
from annotator.nlp.signs import Rates
from annotator.nlp.tokens import Words, words_of


@dataclass(frozen=True, slots=True)
class Reading:
    """What every rule looks at; quoted numbers the quotation in which each word stands, or is 0."""

    words: Words
    quoted: list[int]
    lexicon: Lexicon
    rates: Rates

    def bounds(self, at: int) -> tuple[int, int]:
        """The words among which an attribution stays: its sentence, or its quotation where it stands in one."""
        words, quoted = self.words, self.quoted
        first, last = words.first[at], words.last[at]
        if quoted[at]:
            while first < at and quoted[first] != quoted[at]:
                first += 1
            if first < at and words.words[first] in OPEN_QUOTES:
                first += 1
            stop = at
            while stop < last and quoted[stop] == quoted[at]:
                stop += 1
            last = stop
        return first, last


def read(text: str, lexicon: Lexicon) -> Reading:
    """Cut a text into words and find its quotations."""
    words = words_of(text)
    quoted = [0] * len(words)
    for number, (start, stop) in enumerate(quotations(words), 1):
        quoted[start:stop] = [number] * (stop - start)
    return Reading(words, quoted, lexicon, Rates(words, lexicon))
