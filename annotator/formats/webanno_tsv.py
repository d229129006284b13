"""WebAnno TSV 3.3, for INCEpTION: a table of tokens for each article and annotator."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from annotator.core.boundaries import sentence_bounds
from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import BY_CONTENT, NO, ExportOptions, ReadOptions
from annotator.core.records import Record
from annotator.core.writing import new_folder
from annotator.formats.annotator_folders import AnnotatorFolders, owner_of
from annotator.formats.flat import Flat, FlatSpan, Relation, owners
from annotator.formats.tokens import Token, tokens
from annotator.formats.uima_layers import (
    FEATURES,
    LINK_LAYER,
    ROLE,
    SPAN_LAYER,
    features_of,
    put_together,
    taken_apart,
)
from annotator.formats.values import lose_article, lose_comments, lose_zones
from annotator.formats.webanno_rows import FIRST_LINE, escaped_text, escaped_value, read_document

_HEADER = f"{FIRST_LINE} 3.3\n#T_SP={SPAN_LAYER}|{'|'.join(FEATURES)}\n#T_RL={LINK_LAYER}|{ROLE}|BT_{SPAN_LAYER}\n\n"
_LEFT_OUT = re.compile(r"\n\Z")
"""The end of the space between two sentences that every reader of the format puts back."""


@dataclass(slots=True)
class _Sentence:
    """A sentence with its tokens; the text runs to the next one, so that nothing between the two is lost."""

    start: int
    end: int
    tokens: list[Token]


def _sentences(text: str, spans: Iterable[FlatSpan]) -> list[_Sentence]:
    """The text in sentences; white space is no token, save where a span, or the text itself, begins or ends with it."""
    starts, ends = {span.start for span in spans}, {span.end for span in spans}
    firsts = [start for start, _ in sentence_bounds(text)]
    # The format has a token at the start of each sentence, and the first sentence at the start of the text.
    firsts = [0, *firsts[1:]] if firsts else [0] if text else []
    sentences: list[_Sentence] = []
    for start, end in zip(firsts, [*firsts[1:], len(text)], strict=True):
        last = end == len(text)
        left_out = None if last else _LEFT_OUT.search(text, start, end)
        sentences.append(_Sentence(start, left_out.start() if left_out else end, []))
    at = -1
    for token in tokens(text, {*starts, *firsts}, ends):
        while at + 1 < len(firsts) and firsts[at + 1] <= token.start:
            at += 1
        edge = token.start in starts or token.end in ends or token.start in firsts
        if edge or not text[token.start : token.end].isspace():
            # A span that ends with a line end keeps it in its sentence.
            sentences[at].end = max(sentences[at].end, token.end)
            sentences[at].tokens.append(token)
    return sentences


class _Table:
    """The rows of one article: which annotations stand on each token, and what tells them apart."""

    def __init__(self, text: str, flat: Flat) -> None:
        self.text = text
        self._flat = flat
        self._owner_of = owners(flat)
        self.sentences = _sentences(text, flat.spans)
        self._units = list(accumulate((2 if char > "\uffff" else 1 for char in text), initial=0))
        self._spans: dict[int, list[FlatSpan]] = defaultdict(list)
        self._row_of: dict[str, str] = {}
        self._number: dict[str, int] = {}
        self._links: dict[str, list[Relation]] = defaultdict(list)
        self._place()

    def _place(self) -> None:
        rows = [
            (token, f"{number}-{at}")
            for number, sentence in enumerate(self.sentences, 1)
            for at, token in enumerate(sentence.tokens, 1)
        ]
        row_at = {token.start: at for at, (token, _) in enumerate(rows)}
        wide = set()
        for span in self._flat.spans:
            first = at = row_at[span.start]
            self._row_of[span.id] = rows[first][1]
            while at < len(rows) and rows[at][0].start < span.end:
                self._spans[rows[at][0].start].append(span)
                at += 1
            if at - first > 1:
                wide.add(span.id)
        stacked = {one.id for found in self._spans.values() if len(found) > 1 for one in found}
        # Ids count in the order of the rows, as INCEpTION writes them.
        for token, _ in rows:
            for span in self._spans.get(token.start, ()):
                if span.id in wide or span.id in stacked:
                    self._number.setdefault(span.id, len(self._number) + 1)
        for link in self._flat.relations:
            self._links[link.child].append(link)

    def lines(self) -> Iterator[str]:
        """All lines below the header."""
        for number, sentence in enumerate(self.sentences, 1):
            yield "\n"
            for line in self.text[sentence.start : sentence.end].split("\n"):
                yield f"#Text={escaped_text(line)}\n"
            for at, token in enumerate(sentence.tokens, 1):
                row = f"{number}-{at}"
                place = f"{self._units[token.start]}-{self._units[token.end]}"
                words = escaped_text(self.text[token.start : token.end])
                cells = [*self._values(token), *self._references(token, row)]
                yield "\t".join([row, place, words, *cells, "\n"])

    def _values(self, token: Token) -> list[str]:
        here = self._spans.get(token.start, ())
        if not here:
            return ["_"] * len(FEATURES)
        each = [
            (features_of(self._flat, span, self._owner_of[span.id].kind), self._suffix(span)) for span in here
        ]
        return [
            "|".join(
                (escaped_value(found[name]) if name in found else "*") + suffix for found, suffix in each
            )
            for name in FEATURES
        ]

    def _suffix(self, span: FlatSpan) -> str:
        return f"[{self._number[span.id]}]" if span.id in self._number else ""

    def _references(self, token: Token, row: str) -> list[str]:
        links = [
            link
            for span in self._spans.get(token.start, ())
            if self._row_of[span.id] == row
            for link in self._links.get(span.id, ())
        ]
        if not links:
            return ["_", "_"]
        ends = [(self._number.get(link.head, 0), self._number.get(link.child, 0)) for link in links]
        suffixes = [f"[{head}_{child}]" if head or child else "" for head, child in ends]
        return [
            "|".join(escaped_value(link.label) for link in links),
            "|".join(self._row_of[link.head] + suffix for link, suffix in zip(links, suffixes, strict=True)),
        ]


class WebAnnoTsv:
    """A folder for each annotator, in it a table for each article; what nobody marked lies in `unmarked`.

    A span in several fragments is written as spans joined by links named "fragment". Reads what it writes, and other
    files' span layers; linguistic layers are left out. INCEpTION wants the layers of the header to be in its project.
    """

    name = "webanno-tsv"
    title = "WebAnno TSV 3.3 for INCEpTION, a folder for each annotator"
    suffixes = (".tsv",)
    reads = True
    writes = True
    folder = True
    cannot_carry = (
        "story, outlet, title, date and whatever else is known of an article (its id is the file's name)",
        "zones and comments",
        "features of your own, provenance and further keys of an attribution",
        "suggestions that nobody has accepted (left out, and counted)",
    )

    def recognises(self, path: Path, head: bytes) -> int:
        return BY_CONTENT if head.removeprefix(b"\xef\xbb\xbf").startswith(FIRST_LINE.encode()) else NO

    def read(self, path: Path, losses: LossReport, options: ReadOptions) -> Iterator[Record]:
        """The article in the file, as the annotator marked it whose name the folder has."""
        owner = owner_of(path)
        found = read_document(path, owner.article, losses)
        marks = put_together(found.spans, found.links, options, owner.article, losses)
        yield Record(
            id=owner.article,
            text=found.text,
            annotator=owner.annotator,
            attributions=marks if marks or owner.annotator is not None else None,
            has_offsets=True,
            file_name=path.name,
            where=str(path),
        )

    def write(self, records: Iterable[Record], out: Path, options: ExportOptions) -> LossReport:
        """A table a record; comments, zones and what is known of the articles are counted as lost."""
        if options.without_text:
            raise BadInput("WebAnno TSV holds the text; it cannot be written without. Nothing was written.")
        losses = LossReport()
        with new_folder(out) as folder:
            folders = AnnotatorFolders(folder, ".tsv")
            for record in records:
                if record.text is None:
                    losses.add("article without its text, not written", record.id or record.where)
                    continue
                table = _Table(record.text, taken_apart(record, losses))
                with folders.place(record, losses).open("w", encoding="utf-8", newline="") as file:
                    file.write(_HEADER)
                    file.writelines(table.lines())
                lose_article(record, (), losses)
                lose_comments(record, losses)
                lose_zones(record, losses)
        return losses


FORMAT = WebAnnoTsv()
