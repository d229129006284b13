"""Headlines that name an outlet: "… - OUTLET" and "OUTLET: …"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotator.core.articles import Zone
from annotator.nlp.contexts import DASHES, OPEN_QUOTES, STOPS
from annotator.nlp.found import Found, Stretch
from annotator.nlp.kinds import is_outlet
from annotator.nlp.tokens import Words

_ZONES = frozenset(["headline", "link"])
_LONGEST = 40
_LONGEST_NAME = 6


def headlines(words: Words, zones: Sequence[Zone], known: Sequence[Found]) -> list[Found]:
    """The attributions of headlines and link lines to an outlet."""
    heads = {one.head for one in known}
    found = []
    for start, stop in _lines(words, zones):
        one = _dash(words, start, stop) or _colon(words, start, stop)
        if one is not None and one.head not in heads:
            one.medium = "headline"
            heads.add(one.head)
            found.append(one)
    found += [one for one in _speakers(words, known) if one.head not in heads]
    return found


def _speakers(words: Words, known: Sequence[Found]) -> Iterator[Found]:
    """Lines that begin with a speaker's name and a colon, as transcripts and some headlines do."""
    speaking = {words.lower[one.source[0][1] - 1] for one in known if one.source}
    for at in range(1, len(words) - 1):
        if words.words[at] != ":" or words.line[at + 1] != words.line[at]:
            continue
        start = words.first[at]
        name = words.words[start:at]
        begins_line = start == 0 or words.line[start - 1] != words.line[at]
        quoting = words.words[at + 1] in OPEN_QUOTES
        if name and not quoting and words.lower[at - 1] not in speaking:
            continue
        if begins_line and 0 < len(name) < _LONGEST_NAME and all(word[0].isupper() for word in name):
            stop = at + 1
            while stop < len(words) and words.line[stop] == words.line[at]:
                stop += 1
            yield Found("speaker and colon", at, [(start, at)], [(at, at + 1)], [(at + 1, stop)], 0.8)


def _lines(words: Words, zones: Sequence[Zone]) -> Iterator[Stretch]:
    """Lines that are headlines: by their zone, or, where there are none, short ones with no full stop."""
    marked = [words.inside(zone.span.start, zone.span.end) for zone in zones if zone.zone in _ZONES]
    if zones:
        yield from (stretch for stretch in marked if stretch[0] < stretch[1])
        return
    start = 0
    for at in range(1, len(words) + 1):
        if at == len(words) or words.line[at] != words.line[start]:
            if 4 <= at - start <= _LONGEST and words.words[at - 1] not in STOPS:
                yield start, at
            start = at


def _dash(words: Words, start: int, stop: int) -> Found | None:
    for at in range(stop - 2, max(start + 2, stop - _LONGEST_NAME - 2), -1):
        spaced = words.starts[at] > words.ends[at - 1]
        if words.words[at] in DASHES and spaced and is_outlet(_text(words, at + 1, stop)):
            return Found("dash and outlet", at, [(at + 1, stop)], [(at, at + 1)], [(start, at)], 0.9)
    return None


def _colon(words: Words, start: int, stop: int) -> Found | None:
    for at in range(start + 1, min(stop - 2, start + _LONGEST_NAME)):
        if words.words[at] == ":" and is_outlet(_text(words, start, at)):
            return Found("outlet and colon", at, [(start, at)], [(at, at + 1)], [(at + 1, stop)], 0.9)
    return None


def _text(words: Words, start: int, stop: int) -> str:
    return words.text[words.starts[start] : words.ends[stop - 1]]
