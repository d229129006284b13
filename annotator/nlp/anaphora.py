"""Kind, outlet and medium of each attribution, also where its source only points back to another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotator.nlp.chains import text_of
from annotator.nlp.found import Found
from annotator.nlp.kinds import kind_of, outlet_in, outlet_name
from annotator.nlp.manner import ATTITUDES
from annotator.nlp.tokens import Words

_FARTHEST = 8
_TOLD = re.compile(r"\b(?:told|spoke|speaking|talking) (?:to |with )?$")
_ANAPHOR = re.compile(
    r"^(?:they|who|one|both|another|the (?:sources?|people|persons?|officials?|diplomats?|aides?|others?|person|insiders?|pair|two|three)"
    r"|(?:one|another|both|some) of (?:them|the (?:sources|people|officials|diplomats|aides))"
    r"|(?:the other|another|a second|a third|the second|a different) (?:source|person|official|diplomat|aide))$",
    re.IGNORECASE,
)
_BARE = re.compile(r"^sources?$", re.IGNORECASE)
_PERSONAL = frozenset("he she".split())
_DEFINITE_OUTLET = re.compile(
    r"^(?:the|this) (?:publication|newspaper|paper|outlet|magazine|agency|news agency|report|media|broadcaster|network|website|tabloid)$",
    re.IGNORECASE,
)
_MEDIA = (
    ("X", re.compile(r"\b(?:on|to) [XХ]\b")),
    ("Telegram", re.compile(r"\bTelegram\b")),
    (
        "social_media",
        re.compile(
            r"\b(?:Facebook|Twitter|Instagram|Truth Social|TikTok|LinkedIn|social media|tweets?|tweeted)\b",
            re.IGNORECASE,
        ),
    ),
    ("interview", re.compile(r"\binterview(?:s|ed)?\b")),
    ("statement", re.compile(r"\b(?:statement|press release|release)\b")),
    (
        "remarks",
        re.compile(
            r"\b(?:remarks|speech|address to|news conference|press conference|press briefing|briefing|rally|debate"
            r"|told reporters|told journalists|asked about)\b"
        ),
    ),
)
_INTERVIEW = re.compile(r"\b(?:interview (?:with|to|on)|interviewed by|speaking (?:to|with)) ")
_REACH = 14


def fill(words: Words, found: Sequence[Found], outlet: str = "") -> None:
    """Kind, outlet and medium of each, in reading order; outlet is the one that the article itself appeared in."""
    for at, one in enumerate(found):
        source = text_of(words, one.source)
        _own(one, source, outlet)
        _relayed(words, one, source)
        if one.medium is None:
            one.medium = _medium(words, one)
        before = found[max(0, at - _FARTHEST) : at]
        if _ANAPHOR.match(source) or (_BARE.match(source) and any(other.via for other in before)):
            _resolve(words, before, one)
        elif _DEFINITE_OUTLET.match(source):
            one.kind = "outlet_citing_outlet"
            one.source_name = next((name for other in reversed(before) if (name := _named(other))), None)
        elif one.rule == "impersonal":
            _impersonal(before, one)
        elif one.medium is None:
            _same_medium(words, before, one, source)
        _through_parent(one)
        if one.kind == "outlet_citing_outlet" and one.medium is None:
            one.medium = "report"


def _own(one: Found, source: str, outlet: str) -> None:
    one.kind = kind_of(source)
    if outlet and _plain(source) == _plain(outlet):
        one.kind = "outlet_citing_outlet"
        one.source_name = outlet
        one.self_citation = True


def _plain(name: str) -> str:
    return re.sub(r"^the |[^\w ]|\.(?:com|org|net|ua)$", "", name.strip().casefold()).strip()


def _named(one: Found) -> str | None:
    if one.self_citation:
        return None
    return one.via or (one.source_name if one.kind == "outlet_citing_outlet" else None)


def _relayed(words: Words, one: Found, source: str) -> None:
    if one.via is not None:
        return
    if one.kind == "outlet_citing_outlet":
        one.source_name = one.source_name or outlet_name(source)
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


def _near(words: Words, one: Found) -> str:
    """The cue, what stands shortly before it, and the rest of its clause, without the content."""
    first, head = words.first[one.head], one.head
    start = max(first, head - _REACH)
    near = text_of(words, one.cue)
    if not any(begin <= start < stop for begin, stop in one.content):
        near = words.text[words.starts[start] : words.ends[one.cue[0][1] - 1]]
    stop = one.cue[0][1]
    while stop < min(words.last[head], head + _REACH) and words.lower[stop] not in {",", ":", ".", ";"}:
        if any(begin <= stop < end for begin, end in one.content):
            break
        stop += 1
    near += " " + words.text[words.starts[one.cue[0][1] - 1] : words.ends[stop - 1]]
    return near


def _medium(words: Words, one: Found) -> str | None:
    """The medium that is named around the cue; an interview with an outlet also says through whom it came."""
    if words.lower[one.head] in ATTITUDES:
        return None
    near = _near(words, one)
    given = _INTERVIEW.search(near)
    if given is not None and one.via is None and one.kind != "outlet_citing_outlet":
        heard = outlet_in(near[given.end() :])
        if heard is not None and heard.start() == 0:
            one.via = heard.group().removeprefix("the ")
    return next((name for name, signs in _MEDIA if signs.search(near)), None)


def _resolve(words: Words, before: Sequence[Found], one: Found) -> None:
    """Take kind and outlet over from the last attribution that an anaphoric source may point to."""
    for earlier in reversed(before):
        if not earlier.source or earlier.source == one.source or earlier.kind != "anonymous_source":
            continue
        one.kind = earlier.kind
        if (
            text_of(words, one.source)
            .lower()
            .startswith(("another", "a ", "the other", "a second", "a third"))
        ):
            # someone else of the same sort: neither the person nor the outlet is theirs
            return
        one.antecedent = earlier
        one.source_name = earlier.source_name or text_of(words, earlier.source)
        if one.via is None and earlier.via is not None:
            one.via, one.medium = earlier.via, one.medium or earlier.medium
            one.inherited = ("via", "medium") if one.medium == earlier.medium else ("via",)
        return


def _impersonal(before: Sequence[Found], one: Found) -> None:
    """Let "it is noted" stand for the outlet that was named last, where one was."""
    name = next((name for other in reversed(before) if (name := _named(other))), None)
    one.kind = "other" if name is None else "outlet_citing_outlet"
    one.source_name = name


def _same_medium(words: Words, before: Sequence[Found], one: Found, source: str) -> None:
    """Take the medium over from the attribution before, where the same person goes on in the same paragraph."""
    if one.kind not in {"named_official", "institution"} or words.lower[one.head] in ATTITUDES:
        return
    for earlier in reversed(before):
        if words.line[earlier.head] < words.line[one.head] - 1 or not earlier.source:
            return
        pronoun = source.lower() in _PERSONAL
        last = words.lower[earlier.source[0][1] - 1]
        same = earlier.source == one.source or last == words.lower[one.source[0][1] - 1]
        if earlier.kind != one.kind or not (pronoun or same):
            continue
        if earlier.medium is not None and earlier.medium != "told_outlet":
            one.medium = earlier.medium
            one.inherited = ("medium",)
        if pronoun and one.antecedent is None:
            one.antecedent = earlier
            one.source_name = earlier.source_name or text_of(words, earlier.source)
        return


def _through_parent(one: Found) -> None:
    """What stands in the content of an outlet came through that outlet."""
    if one.via is not None or one.kind == "outlet_citing_outlet":
        return
    above = one.parent
    while above is not None:
        name = _named(above)
        if name is not None:
            one.via = name
            one.inherited = (*one.inherited, "via")
            return
        above = above.parent
