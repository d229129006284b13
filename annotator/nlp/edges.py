"""Find the likeliest edge of a noun phrase or a verb group, word by word from where it stands."""

from __future__ import annotations

from annotator.nlp.found import Stretch
from annotator.nlp.reading import Reading
from annotator.nlp.signs import edge_signs
from annotator.nlp.weights import chance, weigh


def likeliest_edge(reading: Reading, name: str, reach: Stretch, cue: int, beyond: str, longest: int) -> int:
    """The last word that still belongs, on the way from one word to another, both included; either direction.

    beyond is the class of what follows the cue, where that matters.
    """
    words, rates = reading.words, reading.rates
    table = reading.lexicon.table(name)
    begun, stop = reach
    step = 1 if stop > begun else -1
    form = words.lower[cue]
    staying, best, best_at = 1.0, 0.0, begun
    for at in range(begun, stop, step):
        leaving = chance(weigh(table, edge_signs(words, at, at + step, begun, form, beyond, rates)))
        if staying * leaving > best:
            best, best_at = staying * leaving, at
        staying *= 1 - leaving
        if staying <= best or abs(at - begun) > longest:
            return best_at
    return stop
