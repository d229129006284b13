"""Who stands behind whom: outlets that relay, what anaphora points to, and what lies inside what."""

from __future__ import annotations

import re
from collections.abc import Iterable

from annotator.nlp.found import Found, Stretch
from annotator.nlp.kinds import is_outlet, kind_of, outlet_in, outlet_name
from annotator.nlp.lexicon import Lexicon
from annotator.nlp.sources import source_after
from annotator.nlp.tokens import Words

_NESTED_AT_LEAST = 0.75
_CITING = frozenset("citing quoting".split())
_TOLD = re.compile(r"\b(?:told|spoke|speaking|talking) (?:to )?$")
_ANAPHOR = re.compile(
    r"^(?:they|who|one|the (?:sources?|people|persons?|officials?|diplomats?|aides?|others?|person))$",
    re.IGNORECASE,
)
_DEFINITE_OUTLET = re.compile(
    r"^the (?:publication|newspaper|paper|outlet|magazine|agency|report|media)$", re.IGNORECASE
)
_MEDIA = (
    ("X", re.compile(r"\b(?:on|to) X\b")),
    ("Telegram", re.compile(r"\bTelegram\b")),
    (
        "social_media",
        re.compile(
            r"\b(?:Facebook|Twitter|Instagram|Truth Social|social media|tweets?|tweeted)\b", re.IGNORECASE
        ),
    ),
    ("interview", re.compile(r"\binterviews?\b")),
    ("statement", re.compile(r"\b(?:statement|press release|release)\b")),
    ("remarks", re.compile(r"\b(?:remarks|speech|news conference|press conference|rally|debate|briefing)\b")),
)


def text_of(words: Words, stretches: Iterable[Stretch]) -> str:
    """The words of some stretches as printed."""
    return " ".join(words.text[words.starts[first] : words.ends[stop - 1]] for first, stop in stretches)


def citing(words: Words, lexicon: Lexicon, found: list[Found]) -> list[Found]:
    """The inner attributions of "OUTLET reported, citing SOURCE": the same content, once more."""
    more = []
    for outer in list(found):
        if words.lower[outer.head] in _CITING:
            continue
        if not outer.source or not is_outlet(text_of(words, outer.source)):
            continue
        first, last = words.first[outer.head], words.last[outer.head]
        for at in range(first, last):
            if words.lower[at] not in _CITING:
                continue
            comma = next((stop for stop in range(at + 1, last) if words.lower[stop] == ","), last)
            source = source_after(words, lexicon, at + 1, comma)
            if source is None or any(start < source[1] and at < stop for start, stop in outer.content):
                continue
            inner = Found("citing", at, [source], [(at, at + 1)], list(outer.content), outer.chance * 0.9)
            found[:] = [one for one in found if one.head != at]
            inner.parent = outer
            inner.via = outlet_name(text_of(words, outer.source))
            inner.via_span = outer.source[0]
            inner.medium = "told_outlet"
            more.append(inner)
    return more


def nest(found: list[Found]) -> None:
    """Name as parent of each attribution the smallest one in whose content it stands."""
    for inner in found:
        if inner.parent is not None:
            continue
        best: tuple[int, Found] | None = None
        for outer in found:
            if outer is inner or outer.parent is inner:
                continue
            for start, stop in outer.content:
                inside = start <= inner.cue[0][0] < stop and all(
                    start <= part[0] and part[1] <= stop for part in inner.content
                )
                size = stop - start
                if inside and (start, stop) != inner.content[0] and (best is None or size < best[0]):
                    best = size, outer
        if best is not None:
            inner.parent = best[1]


def without_unsure_nested(found: list[Found]) -> list[Found]:
    """Leave out what stands inside another content and is not sure: most of it is no attribution to a reader."""
    dropped = {
        id(one) for one in found if one.parent and one.rule != "citing" and one.chance < _NESTED_AT_LEAST
    }
    for one in found:
        while one.parent is not None and id(one.parent) in dropped:
            one.parent = one.parent.parent
    return [one for one in found if id(one) not in dropped]


def fill(words: Words, found: list[Found]) -> None:
    """Kind, outlet and medium of each attribution, in reading order, so that anaphora finds what it points to."""
    for at, one in enumerate(found):
        source = text_of(words, one.source)
        one.kind = kind_of(source)
        _relayed(words, one, source)
        if one.medium is None:
            one.medium = _medium(words, one)
        if _ANAPHOR.match(source):
            _resolve(words, found[:at], one)
        elif _DEFINITE_OUTLET.match(source):
            one.kind = "outlet_citing_outlet"
            one.source_name = next(
                (name for before in reversed(found[:at]) if (name := _named(before))), None
            )
        if one.kind == "outlet_citing_outlet" and one.medium is None:
            one.medium = "report"


def _named(one: Found) -> str | None:
    return one.via or (one.source_name if one.kind == "outlet_citing_outlet" else None)


def _relayed(words: Words, one: Found, source: str) -> None:
    if one.via is not None:
        return
    if one.kind == "outlet_citing_outlet":
        one.source_name = outlet_name(source)
        return
    if one.recipient is not None:
        name = outlet_name(text_of(words, [one.recipient]))
        if name is not None:
            one.via, one.via_span, one.medium = name, one.recipient, "told_outlet"
            return
    heard = outlet_in(source)
    if heard is not None and _TOLD.search(source[: heard.start()]):
        start = words.starts[one.source[0][0]] + heard.start()
        inside = words.inside(start, start + len(heard.group()))
        one.via, one.via_span, one.medium = heard.group().removeprefix("the "), inside, "told_outlet"


def _medium(words: Words, one: Found) -> str | None:
    near = text_of(words, one.cue)
    first, head = words.first[one.head], one.head
    start = max(first, head - 14)
    if not any(begin <= start < stop for begin, stop in one.content):
        near = words.text[words.starts[start] : words.starts[head]] + near
    return next((name for name, signs in _MEDIA if signs.search(near)), None)


def _resolve(words: Words, before: list[Found], one: Found) -> None:
    """Take kind and outlet over from the last attribution that an anaphoric source may point to."""
    for earlier in reversed(before[-8:]):
        if not earlier.source or earlier.source == one.source:
            continue
        if earlier.kind != "anonymous_source":
            continue
        one.kind = earlier.kind
        one.antecedent = earlier
        one.source_name = earlier.source_name or text_of(words, earlier.source)
        if one.via is None and earlier.via is not None:
            one.via, one.medium = earlier.via, one.medium or earlier.medium
            one.inherited = ("via", "medium") if one.medium == earlier.medium else ("via",)
        return
