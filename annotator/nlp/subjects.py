"""Find the source of a cue that has none beside it: a subject farther away, or a shared one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.nlp.contexts import POSSESSIVE, RELATIVE, SUBJECT_PRONOUNS, left_class
from annotator.nlp.cues import Cue
from annotator.nlp.found import Stretch
from annotator.nlp.reading import Reading
from annotator.nlp.signs import is_verbal, length_class, near
from annotator.nlp.sources import source_before, without_clitic
from annotator.nlp.weights import weigh

_MOST = 5
_CONNECTING = frozenset("and but or , to that who which by of for ; :".split())


def source_beside(reading: Reading, cue: Cue, first: int) -> Stretch | None:
    """The noun phrase that stands right before a cue, or with a comma between them; None for participles and the like."""
    words = reading.words
    left = left_class(words, cue.start) if cue.start > first else "start"
    participle = words.lower[cue.head].endswith("ing")
    if left in {"start", "to", "preposition", "be"} or (left == "," and participle):
        return None
    source = source_before(reading, cue.start, first, cue)
    if source is None and cue.start > first and words.lower[cue.start - 1] == "," and not participle:
        source = source_before(reading, cue.start - 1, first, cue)
    if source is None:
        return None
    if left == "possessive" or words.lower[source[1] - 1] in POSSESSIVE:
        return source[0], without_clitic(words, *source)
    return source


@dataclass(frozen=True, slots=True)
class Subject:
    """A noun phrase that may be the source; shared when another attribution has it; rank 0 is the nearest."""

    place: Stretch
    shared: bool
    rank: int


def subjects(reading: Reading, cue: Cue, first: int, shared: Iterable[Stretch]) -> list[Subject]:
    """Noun phrases of a sentence that may be the source of a cue, the nearest first."""
    found = {source: True for source in shared if source[1] <= cue.start}
    words, rates = reading.words, reading.rates
    for at in range(cue.start - 1, first, -1):
        verb = is_verbal(words.lower[at]) or rates.own[at] > -1
        if not verb or is_verbal(words.lower[at - 1]):
            continue
        source = source_before(reading, at, first, cue)
        if source is not None and source[1] <= cue.start:
            found.setdefault(source, False)
        if len(found) >= _MOST:
            break
    nearest = sorted(found.items(), key=lambda pair: -pair[0][1])
    return [Subject(place, known, rank) for rank, (place, known) in enumerate(nearest)]


def subject_signs(reading: Reading, cue: Cue, first: int, subject: Subject) -> list[str]:
    """What speaks for or against a noun phrase being the source of a cue that does not stand beside it."""
    words, rates = reading.words, reading.rates
    start, stop = subject.place
    shared, rank = subject.shared, subject.rank
    form = words.lower[cue.head]
    ending = form[-3:]
    left = left_class(words, cue.start) if cue.start > first else "start"
    opened = words.lower[start]
    shape = (
        "pronoun"
        if opened in SUBJECT_PRONOUNS
        else "relative"
        if opened in RELATIVE
        else "name"
        if words.words[stop - 1][0].isupper()
        else "word"
    )
    verbs = min(3, rates.verbs[cue.start] - rates.verbs[stop])
    place = "first" if start == first else near(words, start - 1, first, len(words))
    between = " ".join([word for word in words.lower[stop : cue.start] if word in _CONNECTING][-2:])
    commas = min(2, words.lower[stop : cue.start].count(","))
    quoted = "quote" if any(reading.quoted[stop : cue.start]) else ""
    return [
        "*",
        f"k {shared} {rank}",
        f"kl {shared} {left} {rank}",
        f"ke {shared} {ending} {left}",
        f"kf {shared} {form}",
        f"s {shape} {shared}",
        f"sl {shape} {left} {place}",
        f"d {length_class(cue.start - stop)} {left}",
        f"v {verbs} {shared} {left}",
        f"b {between} {shared}",
        f"bl {between} {left} {ending}",
        f"p {place} {shared} {verbs}",
        f"c {commas} {verbs} {left} {quoted}",
        f"q {quoted} {shared} {left}",
        f"l {length_class(stop - start)} {shape}",
    ]


def likeliest_subject(reading: Reading, cue: Cue, first: int, shared: Iterable[Stretch]) -> Subject | None:
    """The noun phrase that most probably is the source; None when none is likely."""
    table = reading.lexicon.table("subject")
    best: tuple[float, Subject] | None = None
    for subject in subjects(reading, cue, first, shared):
        odds = weigh(table, subject_signs(reading, cue, first, subject))
        if odds > 0 and (best is None or odds > best[0]):
            best = odds, subject
    return best[1] if best else None
