"""Find the attributions of a text: put together all that may be one, keep what is sure enough."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.core.articles import Zone
from annotator.nlp.chains import (
    RELAYING,
    citing,
    nest,
    stack,
    text_of,
    without,
    without_grounds,
    without_unsure_nested,
)
from annotator.nlp.constructions import Builder
from annotator.nlp.cues import find_cues
from annotator.nlp.found import Found
from annotator.nlp.headlines import headlines
from annotator.nlp.hedges import hedged
from annotator.nlp.kinds import is_outlet
from annotator.nlp.reading import Reading
from annotator.nlp.sureness import sureness

LEAST_ODDS = -1.3
LEAST_SURE = 0.2
_REPORTING = 0.6
_SILENT = frozenset(["caption", "boilerplate"])
_BY_FORM = {
    "citing": 0.8,
    "dash and outlet": 0.9,
    "outlet and colon": 0.9,
    "hedge adjective": 0.5,
    "hedge adverb": 0.5,
    "impersonal": 0.6,
}
"""Chances of constructions that no word count bears on, since the corpus that was counted does not hold them."""


def candidates(reading: Reading, zones: Sequence[Zone] = ()) -> list[Found]:
    """Everything that may be an attribution, in reading order, each with what it stands in."""
    words = reading.words
    builder = Builder(reading)
    silent = [words.inside(zone.span.start, zone.span.end) for zone in zones if zone.zone in _SILENT]
    for cue in find_cues(reading, LEAST_ODDS):
        if not any(start <= cue.head < stop for start, stop in silent):
            builder.build(cue)
    hedges = list(hedged(reading))
    heads = {one.head for one in hedges}
    found = [one for one in builder.done if one.head not in heads] + hedges
    found += headlines(words, zones, found)
    found += citing(reading, found)
    found.sort(key=lambda one: (one.cue[0], one.content))
    found = without_grounds(words, found)
    stack(words, found)
    nest(found)
    return found


def find(reading: Reading, zones: Sequence[Zone] = ()) -> list[Found]:
    """The attributions that are sure enough, each with the chance that all of it is right."""
    kept = without_unsure_nested(reading.words, candidates(reading, zones))
    for one in kept:
        one.chance = _BY_FORM.get(one.rule) or sureness(reading, one)
    for one in kept:
        if one.parent is not None and (one.rule == "citing" or one.parent.rule == RELAYING):
            # nobody cites or relays without reporting
            one.parent.chance = max(one.parent.chance, _REPORTING)
    return without(kept, {id(one) for one in kept if one.chance < LEAST_SURE and not _link(reading, one)})


def _link(reading: Reading, one: Found) -> bool:
    """Whether an attribution is an outlet inside the content of another: a link of a chain."""
    return one.parent is not None and bool(one.source) and is_outlet(text_of(reading.words, one.source))
