"""CoNLL columns of tokens and IOB2 labels, which every trainer of taggers reads."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from annotator.core.errors import BadInput
from annotator.core.labels import span_label
from annotator.core.losses import LossReport
from annotator.core.ports import BY_CONTENT, BY_NAME, NO, ExportOptions, ReadOptions
from annotator.core.records import Record, kept, places
from annotator.core.writing import new_file
from annotator.formats.article_values import article_structures, article_texts
from annotator.formats.conll_reading import COMMENT, DOCUMENT, documents
from annotator.formats.decoding import decode, read_bytes
from annotator.formats.flat import FlatSpan, gather
from annotator.formats.tokens import Token, tokens
from annotator.formats.values import lose_comments, lose_fields, lose_zones

_ROW = re.compile(rb"^\S+[ \t](?:\S+[ \t])*(?:O|[BI]-\S+)[ \t\r]*$", re.MULTILINE)
_KEPT_KEYS = ("article_id", "annotator")
_ENDS_SENTENCE = frozenset(".!?…")
_CLOSES = frozenset("\"'”’»)]")


class Conll:
    """Two columns with a tab between: token and label. `-DOCSTART-` and the comments with ids are rows labelled O.

    So a reader that knows nothing of comments reads all the same. Sentences end with an empty line, and never inside
    a labelled span, so that each span begins with B.
    """

    name = "conll"
    title = "CoNLL, tokens with IOB2 labels"
    suffixes = (".conll", ".iob", ".iob2", ".bio")
    reads = True
    writes = True
    folder = False
    cannot_carry = (
        "white space: the text that is read back has one space between tokens and a line for each sentence",
        "overlapping spans (the longer stays, and the other is counted)",
        "which spans make up one attribution, and which fragments one span (counted)",
        "all fields of attributions and articles but the ids of article and annotator (counted)",
        "articles that nobody has marked (counted)",
        "suggestions that nobody has accepted (left out, and counted)",
    )

    def recognises(self, path: Path, head: bytes) -> int:
        if path.suffix.lower() not in self.suffixes:
            return NO
        return BY_CONTENT if head.startswith(b"-DOCSTART-") or _ROW.search(head) else BY_NAME

    def read(self, path: Path, losses: LossReport, options: ReadOptions) -> Iterator[Record]:
        """A record for each document; every labelled span is an attribution of its own."""
        found = False
        text = decode(read_bytes(path, limit=None), str(path)).text
        for number, one in enumerate(documents(text, str(path), losses), 1):
            found = True
            article = one.comments.get("doc_id") or (path.stem if number == 1 else f"{path.stem}-{number}")
            spans = [FlatSpan(f"s{at}", *span) for at, span in enumerate(one.spans)]
            yield Record(
                id=article,
                text=one.text,
                annotator=one.comments.get("annotator"),
                attributions=gather(spans, [], kinds=options.kinds, article=article, losses=losses),
                has_offsets=True,
                where=f"{path}, line {one.line}",
            )
        if not found:
            raise BadInput(f"{path} has no row with a token and a label; there is nothing to import.")

    def write(self, records: Iterable[Record], out: Path, options: ExportOptions) -> LossReport:
        """All records that somebody has marked; options.layer is the one role to write, or "" for all of them."""
        if options.without_text:
            raise BadInput("A CoNLL file holds the text; it cannot be written without. Nothing was written.")
        losses = LossReport()
        marked = _marked(records, losses)
        first = next(marked, None)
        if first is None:
            raise BadInput(
                "There is nothing to export: nobody has marked these articles. Nothing was written."
            )
        with new_file(out) as file:
            for record in chain([first], marked):
                rows = _rows(record, options, losses)
                file.write("".join(f"{row}\n" for row in rows).encode())
        return losses


def _marked(records: Iterable[Record], losses: LossReport) -> Iterator[Record]:
    for record in records:
        if record.attributions is None:
            losses.add("article that nobody has marked, not written", record.id or record.where)
        else:
            yield record


def _rows(record: Record, options: ExportOptions, losses: LossReport) -> Iterator[str]:
    text = record.text or ""
    _lose(record, losses)
    chosen = _chosen(record, options, losses)
    pieces = tokens(text, {span.start for span in chosen}, {span.end for span in chosen})
    labelled = _labelled(text, pieces, chosen, record, losses)
    yield f"{DOCUMENT}\tO"
    yield ""
    for key, value in (("doc_id", record.id), ("annotator", record.annotator)):
        if value:
            yield COMMENT.format(key=key, value=" ".join(value.split()))
            yield ""
    open_row = False
    for token, label in labelled:
        if token is None:
            if open_row:
                yield ""
            open_row = False
        else:
            open_row = True
            yield f"{text[token.start : token.end]}\t{label}"
    if open_row:
        yield ""


def _lose(record: Record, losses: LossReport) -> None:
    article = record.id or record.where
    further = set(article_texts(record)) - set(_KEPT_KEYS) or set(article_structures(record)) - {"zones"}
    if further:
        losses.add("article's story, outlet, title and further fields, not carried", article)
    lose_zones(record, losses)
    lose_comments(record, losses)


def _chosen(record: Record, options: ExportOptions, losses: LossReport) -> list[FlatSpan]:
    """The spans that are written: of those that overlap, the longer."""
    spans = []
    article = record.id or record.where
    for one in kept(record, losses):
        roles = 0
        for role, parts in places(one):
            if options.layer and role != options.layer:
                for part in parts:
                    losses.add(
                        "span of another role than the chosen one, not written", article, part.start, part.end
                    )
                continue
            roles += len(parts)
            label = _label(span_label(role, one.kind, options.label), article, losses)
            spans += [FlatSpan("", part.start, part.end, label, role) for part in parts]
        carried = ("more_roles",) if options.label == "role" else ("more_roles", "kind")
        lose_fields(record, one, carried, losses)
        if roles > 1:
            losses.add("attribution whose spans are no longer tied together", article)
        if roles and options.label == "kind":
            losses.add("roles of an attribution whose labels are kinds alone, not carried", article)
    return _without_overlap(spans, article, losses)


def _without_overlap(spans: Iterable[FlatSpan], article: str, losses: LossReport) -> list[FlatSpan]:
    """The spans in reading order; of those that overlap, the longer, then the first."""
    chosen: list[FlatSpan] = []
    starts: list[int] = []
    for span in sorted(spans, key=lambda span: (span.start - span.end, span.start)):
        at = bisect_right(starts, span.start)
        if any(one.start < span.end and span.start < one.end for one in chosen[max(0, at - 1) : at + 1]):
            losses.add("span that overlaps a longer one, not written", article, span.start, span.end)
        else:
            chosen.insert(at, span)
            starts.insert(at, span.start)
    return chosen


def _label(label: str, article: str, losses: LossReport) -> str:
    plain = "_".join(label.split())
    if plain != label:
        losses.add("label with spaces, written with _", article)
    return plain


def _labelled(
    text: str, pieces: list[Token], chosen: list[FlatSpan], record: Record, losses: LossReport
) -> Iterator[tuple[Token | None, str]]:
    """Each token that is no white space, with its label; None where a sentence ends."""
    waiting = iter(chosen)
    span = next(waiting, None)
    begun = ended = False
    for token in pieces:
        while span is not None and span.end <= token.start:
            _lose_empty(span, record, losses, begun=begun)
            span, begun = next(waiting, None), False
        words = text[token.start : token.end]
        inside = span is not None and span.start <= token.start
        if words.isspace():
            if (ended or "\n" in words or "\r" in words) and not (inside and begun):
                yield None, ""
            continue
        if ended and text[token.start - 1].isspace() and not (inside and begun):
            yield None, ""
        ended = words in _ENDS_SENTENCE or (ended and words in _CLOSES)
        label = f"{'I' if begun else 'B'}-{span.label}" if span is not None and inside else "O"
        begun = begun or inside
        yield token, label
    while span is not None:
        _lose_empty(span, record, losses, begun=begun)
        span, begun = next(waiting, None), False


def _lose_empty(span: FlatSpan, record: Record, losses: LossReport, *, begun: bool) -> None:
    if not begun:
        losses.add("span of white space alone, not written", record.id or record.where, span.start, span.end)


FORMAT = Conll()
