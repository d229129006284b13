"""Who stands behind whom: sources cited by an outlet, and what lies inside the content of what."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.nlp.found import Found, Stretch
from annotator.nlp.kinds import is_outlet, outlet_name
from annotator.nlp.reading import Reading
from annotator.nlp.sources import source_after
from annotator.nlp.tokens import Words

RELAYING = "according to, content after"
CITING = frozenset("citing quoting".split())
_NESTED_AT_LEAST = 0.75
_LINK_AT_LEAST = 0.3
_ANONYMITY = frozenset("anonymity anonymously".split())
_NEIGHBOURS = 40
"""One attribution stands in another only where their cues are so near in the list of all."""
_CONTENT_FIRST = frozenset(["content, source, verb", "inverted", "according to", "parenthetical"])


def text_of(words: Words, stretches: Iterable[Stretch]) -> str:
    """The words of some stretches as printed."""
    return " ".join(words.text[words.starts[first] : words.ends[stop - 1]] for first, stop in stretches)


def citing(reading: Reading, found: list[Found]) -> list[Found]:
    """The inner attributions of "OUTLET reported, citing SOURCE": the same content, once more."""
    words = reading.words
    more: list[Found] = []
    speaking = [one for one in found if _outlet_speaks(words, one)]
    for outer in speaking:
        first, last = words.first[outer.head], words.last[outer.head]
        for at in range(first, last):
            if words.lower[at] not in CITING or any(one.head == at for one in more):
                continue
            # the nearest outlet before it cites, or the first one after it
            between = range(min(at, outer.head), max(at, outer.head))
            if any(one.head in between and one is not outer for one in speaking):
                continue
            inner = _cited(reading, outer, at, last)
            if inner is not None:
                found[:] = [one for one in found if one.head != at]
                more.append(inner)
    return more


def _outlet_speaks(words: Words, one: Found) -> bool:
    return bool(one.source) and is_outlet(text_of(words, one.source)) and words.lower[one.head] not in CITING


def _cited(reading: Reading, outer: Found, at: int, last: int) -> Found | None:
    words = reading.words
    comma = next((stop for stop in range(at + 1, last) if words.lower[stop] == ","), last)
    source = source_after(reading, at + 1, comma, at)
    if source is None:
        return None
    if at > 0 and words.lower[at - 1] == "," and outer.content[-1][0] < at - 1 < outer.content[-1][1]:
        # ", citing SOURCE" behind a content says where the outlet has it from, and is no part of it
        outer.content = [*outer.content[:-1], (outer.content[-1][0], at - 1)]
    if any(start < source[1] and at < stop for start, stop in outer.content):
        return None
    inner = Found("citing", at, [source], [(at, at + 1)], list(outer.content), outer.chance, odds=outer.odds)
    inner.parent = outer
    inner.via = outlet_name(text_of(words, outer.source)) or None
    inner.via_span = outer.source[0] if inner.via else None
    inner.medium = "told_outlet"
    return inner


def stack(words: Words, found: list[Found]) -> None:
    """Put what somebody said under "According to OUTLET", with which their sentence begins."""
    for at, outer in enumerate(found):
        if outer.rule != RELAYING or not is_outlet(text_of(words, outer.source)):
            continue
        for inner in found[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS]:
            same = words.first[inner.head] == words.first[outer.head] and inner.rule in _CONTENT_FIRST
            if (
                inner is not outer
                and same
                and inner.parent is None
                and inner.content[0][0] >= outer.content[0][0]
            ):
                inner.parent = outer
                start, stop = outer.content[0]
                outer.content = [(start, max(stop, inner.cue[0][1])), *outer.content[1:]]


def nest(found: list[Found]) -> None:
    """Name as parent of each attribution the smallest one in whose content it stands."""
    for at, inner in enumerate(found):
        if inner.parent is not None:
            continue
        best: tuple[int, Found, Stretch] | None = None
        for outer in found[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS]:
            if outer is inner or _within(outer, inner):
                continue
            for start, stop in outer.content:
                inside = start <= inner.cue[0][0] < stop and start <= inner.content[0][0]
                fits = inner.content[-1][1] <= stop or outer.rule in _CONTENT_FIRST
                same = outer.content == inner.content
                if inside and fits and not same and (best is None or stop - start < best[0]):
                    best = stop - start, outer, (start, stop)
        if best is not None:
            inner.parent = best[1]
            cut = [(start, min(stop, best[2][1])) for start, stop in inner.content if start < best[2][1]]
            inner.content = cut or inner.content


def _within(inner: Found, outer: Found) -> bool:
    """Whether one attribution is known to stand in another, through others or at once."""
    above = inner.parent
    while above is not None:
        if above is outer:
            return True
        above = above.parent
    return False


def without_unsure_nested(words: Words, found: list[Found]) -> list[Found]:
    """Leave out what stands inside another content and is not sure: most of it is no attribution to a reader.

    An outlet that is named there, and whoever is relayed by one, is a link of a chain, and stays.
    """
    dropped = set()
    for one in found:
        if one.parent is not None and one.rule != "citing":
            link = one.parent.rule == RELAYING or (bool(one.source) and is_outlet(text_of(words, one.source)))
            if one.chance < (_LINK_AT_LEAST if link else _NESTED_AT_LEAST):
                dropped.add(id(one))
    return without(found, dropped)


def without_grounds(words: Words, found: list[Found]) -> list[Found]:
    """Leave out cues in the clause with which a source says why it is not named."""
    inside: set[int] = set()
    for one in found:
        for start, stop in one.source:
            reason = next((at for at in range(start, stop) if words.lower[at] in _ANONYMITY), stop)
            inside.update(range(reason, stop))
    return without(found, {id(one) for one in found if one.head in inside})


def without(found: list[Found], dropped: set[int]) -> list[Found]:
    """What is not dropped; what stood in something dropped now stands in what that stood in."""
    for one in found:
        while one.parent is not None and id(one.parent) in dropped:
            one.parent = one.parent.parent
    return [one for one in found if id(one) not in dropped]
