"""What round trips of formats are tried with: awkward texts, and records whose spans stand on grapheme boundaries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hypothesis import strategies as st

from annotator.core.articles import ZONES, Zone
from annotator.core.attributions import MEDIA, POLARITIES, QUOTES, TYPES
from annotator.core.graphemes import is_boundary
from annotator.core.records import AttributionRecord, CommentRecord, Record
from annotator.core.spans import Fragments, Span, joined

KINDS = ("named_official", "anonymous_source", "outlet_citing_outlet", "institution", "other")
FURTHER_ROLE = "frame"

PIECES = (
    "the harbour",
    "said",
    "“Nobody asked us,”",
    "don’t",
    "1,200.50",
    " ",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "\u00a0",
    "\u2028",
    "\u0085",
    "\u00ad",
    "\u200b",
    "e\u0301te\u0301",
    "👨‍👩‍👧‍👦",
    "🇺🇦🇬🇧",
    "👍🏽",
    "🔥",
    "قال الوزير",
    "क्षेत्र",
    "각",
    '"quoted"',
    "back\\slash",
    "<b>&amp;",
    "=1+1",
    "#",
    "# x = y",
    "-DOCSTART-",
    ".",
    "—",
)

texts = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map("".join),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=30),
).filter(lambda text: bool(text.strip()))
"""Texts of words, emoji, joiners, combining marks, line ends of every kind and both directions of writing.

Control characters other than line ends and tabs are no text to us: files with many of them are refused.
"""

plain_texts = st.lists(
    st.sampled_from(["a", "b c", "ß", "“x”", "é\u0301", "🔥", "قال", "x/y", "two  spaces", "a: b", "it's"]),
    min_size=1,
    max_size=3,
).map(" ".join)
"""Texts of one line, as names and remarks have them."""


@st.composite
def fragments_in(draw: st.DrawFn, text: str, most: int = 3) -> Fragments:
    """Up to so many fragments in a text, none touching another, all on grapheme boundaries."""
    edges = [at for at in range(len(text) + 1) if is_boundary(text, at)]
    pairs = st.tuples(st.integers(0, len(edges) - 1), st.integers(0, len(edges) - 1))
    chosen = draw(st.lists(pairs.filter(lambda pair: pair[0] != pair[1]), min_size=1, max_size=most))
    return joined(Span(edges[min(pair)], edges[max(pair)]) for pair in chosen)


@st.composite
def attributions_in(draw: st.DrawFn, text: str, number: int, *, further: bool = False) -> AttributionRecord:
    """An attribution with a content, perhaps other roles, and every simple field."""

    def perhaps() -> Fragments:
        return draw(st.just(()) | fragments_in(text, 2))

    more = {FURTHER_ROLE: draw(fragments_in(text, 1))} if further and draw(st.booleans()) else {}
    texts_or_none = st.none() | plain_texts
    return AttributionRecord(
        id=f"m{number}",
        kind=draw(st.sampled_from([*KINDS, None])),
        type=draw(st.sampled_from(TYPES)),
        source=perhaps(),
        cue=perhaps(),
        content=draw(fragments_in(text)),
        via_span=perhaps(),
        recipient=perhaps(),
        more_roles=more,
        source_name=draw(texts_or_none),
        via=draw(texts_or_none),
        recipient_name=draw(texts_or_none),
        medium=draw(st.none() | st.sampled_from(MEDIA)),
        claims=tuple(
            draw(st.lists(st.sampled_from(["cut", "stay-on", "who asked"]), unique=True, max_size=2))
        ),
        polarity=draw(st.sampled_from(POLARITIES)),
        hedge=draw(st.booleans()),
        quote=draw(st.none() | st.sampled_from(QUOTES)),
        grounds=draw(texts_or_none),
        implicit_source=draw(st.booleans()),
        inherited=draw(st.sampled_from([(), ("via",), ("via", "medium")])),
        self_citation=draw(st.booleans()),
        note=draw(st.just("") | plain_texts),
        origin=draw(st.sampled_from(["manual", "rules-en"])),
    )


@st.composite
def records(draw: st.DrawFn, *, further: bool = False) -> Record:
    """An article as one annotator marked it, with chains of attributions."""
    text = draw(texts)
    marks = [
        draw(attributions_in(text, number, further=further)) for number in range(draw(st.integers(0, 4)))
    ]
    marks = [
        replace(one, parent=f"m{draw(st.integers(0, number - 1))}" if number % 2 else None)
        for number, one in enumerate(marks)
    ]
    zone = draw(st.none() | fragments_in(text, 1))
    return Record(
        id=draw(st.sampled_from(["ferry", "two words", "…/up", "名前", "a.b", "CON"])),
        text=text,
        story="Night ferry",
        outlet=draw(st.sampled_from(["", "Harbour Post"])),
        title=draw(st.just("") | plain_texts),
        author=draw(st.sampled_from(["", "A. Reporter"])),
        url=draw(st.sampled_from(["", "https://post.example/ferry"])),
        published=draw(st.sampled_from(["", "2026-01-12"])),
        language=draw(st.sampled_from(["", "en"])),
        zones=(Zone(draw(st.sampled_from(ZONES)), zone[0]),) if zone else (),
        annotator=draw(st.sampled_from(["maria", "Olena K."])),
        status=draw(st.sampled_from(["in_progress", "finished"])),
        split=draw(st.none() | st.just("train")),
        attributions=tuple(marks),
        note=draw(st.just("") | plain_texts),
        extra=draw(st.just({}) | st.just({"wire": "none"})),
    )


def commented(one: AttributionRecord, *remarks: str) -> AttributionRecord:
    """The attribution with remarks by a colleague."""
    return replace(one, comments=tuple(CommentRecord(text=remark, author="olena") for remark in remarks))


def shape(one: AttributionRecord, *names: str) -> tuple[object, ...]:
    """Where an attribution stands, and these of its fields."""
    spans = (one.source, one.cue, one.content, one.via_span, one.recipient, dict(one.more_roles))
    return (*spans, *(getattr(one, name) for name in names))


def shapes(marks: Iterable[AttributionRecord] | None, *names: str) -> list[tuple[object, ...]]:
    """Where each attribution stands, and these of its fields."""
    return [shape(one, *names) for one in marks or ()]
