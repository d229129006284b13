"""Cut articles into passages of whole sentences, and leave out some of those that hold no attribution."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from annotator.core.articles import Zone, text_hash
from annotator.core.boundaries import sentence_spans
from annotator.core.records import AttributionRecord, CommentRecord, Record, places, with_all_places
from annotator.core.spans import Fragments, Span


def passages(records: Iterable[Record], negatives: float, seed: int) -> Iterator[Record]:
    """Each record as passages: the sentences that an attribution ties together, and each other sentence by itself.

    negatives is the share (0 to 1) of sentences without any attribution that is kept, chosen by the seed, the article
    and the place alone, so that a repeated export is the same and an article's choice does not hang on the others.
    Offsets are moved; what a passage is part of stands in its extra keys: passage_of, passage_start. Articles that nobody
    marked have no passages: nobody has said that nothing stands there.
    """
    for record in records:
        if record.text is None or record.attributions is None:
            continue
        for span, marks in _cut(record.text, record.attributions):
            if marks or _drawn(record, span, seed) < negatives:
                yield _passage(record, record.text, span, marks)


def _cut(text: str, marks: tuple[AttributionRecord, ...]) -> Iterator[tuple[Span, list[AttributionRecord]]]:
    """Whole sentences, joined where an attribution reaches from one to the next, with the attributions in each."""
    reach = [(parts[0].start, parts[-1].end, one) for one in marks for parts in [_every_part(one)] if parts]
    reach.sort(key=lambda item: item[:2])
    sentences = sentence_spans(text)
    at = 0
    waiting = 0
    while at < len(sentences):
        start, end = sentences[at].start, sentences[at].end
        inside: list[AttributionRecord] = []
        while True:
            while waiting < len(reach) and reach[waiting][0] < end:
                start = min(start, reach[waiting][0])
                end = max(end, reach[waiting][1])
                inside.append(reach[waiting][2])
                waiting += 1
            at += 1
            if at >= len(sentences) or sentences[at].start >= end:
                break
            end = max(end, sentences[at].end)
        yield Span(start, end), inside


def _every_part(one: AttributionRecord) -> list[Span]:
    parts = sorted(part for _, role_parts in places(one) for part in role_parts)
    if not parts:
        return []
    return [Span(parts[0].start, max(part.end for part in parts))]


def _drawn(record: Record, span: Span, seed: int) -> float:
    """A number from 0 to 1 that the seed, the article and the place decide."""
    words = f"{seed}\0{record.id}\0{record.text_sha256}\0{span.start}"
    return int.from_bytes(hashlib.sha256(words.encode()).digest()[:8], "big") / 2**64


def _passage(record: Record, text: str, span: Span, marks: list[AttributionRecord]) -> Record:
    words = span.text(text)

    def moved(parts: Fragments) -> Fragments:
        return tuple(Span(part.start - span.start, part.end - span.start) for part in parts)

    here = {one.id for one in marks}
    return replace(
        record,
        id=f"{record.id}#{span.start}",
        text=words,
        text_sha256=text_hash(words),
        zones=tuple(_zones(record.zones, span)),
        attributions=tuple(
            replace(
                with_all_places(one, moved),
                parent=one.parent if one.parent in here else None,
                antecedent=one.antecedent if one.antecedent in here else None,
                comments=_moved_comments(one.comments, span, moved),
            )
            for one in marks
        ),
        comments=_moved_comments(record.comments, span, moved, only_inside=True),
        extra={**record.extra, "passage_of": record.id, "passage_start": span.start},
        where=f"{record.where} at {span.start}",
    )


def _zones(zones: tuple[Zone, ...], span: Span) -> Iterator[Zone]:
    for zone in zones:
        start, end = max(zone.span.start, span.start), min(zone.span.end, span.end)
        if start < end:
            yield Zone(zone.zone, Span(start - span.start, end - span.start))


def _moved_comments(
    comments: tuple[CommentRecord, ...],
    span: Span,
    moved: Callable[[Fragments], Fragments],
    *,
    only_inside: bool = False,
) -> tuple[CommentRecord, ...]:
    """Comments with their places moved; a place outside the passage is left out, and so, if wished, is its comment."""
    found = []
    for comment in comments:
        inside = bool(comment.place) and all(span.covers(part) for part in comment.place)
        if inside:
            found.append(replace(comment, place=moved(comment.place)))
        elif not only_inside:
            found.append(replace(comment, place=()))
    return tuple(found)
