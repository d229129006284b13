"""The lines of a WebAnno TSV file: how values are escaped, and layers read from rows."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.formats.decoding import read_bytes
from annotator.formats.flat import Relation
from annotator.formats.uima_layers import ROLE, LayerSpan, chosen_layers

FIRST_LINE = "#FORMAT=WebAnno TSV"
_LARGEST = 200_000_000
_VERSION = re.compile(re.escape(FIRST_LINE) + r" 3\.(\d+)\s*")
_RESERVED = re.compile(r"->|[\\\[\]|_;\t\n\r*]")
_NAMED = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}
_MEANT = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "b": "\b"}
_CONTROL = re.compile(r"[\x00-\x1f\\]")
_CONTROL_NAMED = {**_NAMED, "\f": "\\f", "\b": "\\b", "\v": "\v"}
_ESCAPED = re.compile(r"\\(u[0-9A-Fa-f]{4}|.)", re.DOTALL)
_STACKED = re.compile(r"((?:\\.|[^\\|])*)(?:\||\Z)", re.DOTALL)
_NUMBERED = re.compile(r"((?:\\.|[^\\\[])*)(?:\[([0-9_]{1,24})\])?", re.DOTALL)
_ROW = re.compile(r"(\d{1,9}-\d{1,9})(\.\d{1,9})*")
_PLACE = re.compile(r"(\d{1,9})-(\d{1,9})")


def escaped_value(value: str) -> str:
    """A feature's value as a cell has it."""
    return _RESERVED.sub(lambda found: _NAMED.get(found[0], "\\" + found[0]), value)


def escaped_text(text: str) -> str:
    """A line of the text as it stands after `#Text=`."""
    return _CONTROL.sub(lambda found: _CONTROL_NAMED.get(found[0], "\\" + found[0]), text)


def plain(escaped: str) -> str:
    """What an escaped value or text says."""
    if "\\" not in escaped:
        return escaped
    return _ESCAPED.sub(
        lambda found: _MEANT.get(found[1][0], found[1]) if len(found[1]) == 1 else found[0], escaped
    )


@dataclass(frozen=True, slots=True)
class _Layer:
    """A layer of the header: T_SP, T_RL or T_CH, its name, its first column, and what each column holds."""

    sort: str
    name: str
    at: int
    columns: tuple[str, ...]


@dataclass(slots=True)
class Document:
    """What a file holds: the text, spans and links."""

    text: str = ""
    spans: list[LayerSpan] = field(default_factory=list)
    links: list[Relation] = field(default_factory=list)


@dataclass(slots=True)
class _Reference:
    """A link as it stands in a row, before all spans are known."""

    base: str
    label: str
    head_row: str
    child_row: str
    head_number: str
    child_number: str


def read_document(path: Path, article: str, losses: LossReport) -> Document:
    """The text and the annotations of a file.

    Raises:
        BadInput: when it is no WebAnno TSV 3, or its rows and its text do not fit.
    """
    try:
        lines = read_bytes(path, _LARGEST).decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as wrong:
        raise BadInput(
            f"{path} is not UTF-8 (byte {wrong.start}). Nothing of this file was imported."
        ) from wrong
    lines = [line.removesuffix("\r") for line in lines]
    version = _VERSION.fullmatch(lines[0])
    if version is None:
        raise BadInput(f"{path} is no WebAnno TSV 3 file; it begins {lines[0][:40]!r}. Nothing was imported.")
    return _Reading(path, article, losses, wide_escapes=int(version[1]) <= 1).document(lines)


class _Reading:
    """Goes through the lines of one file."""

    def __init__(self, path: Path, article: str, losses: LossReport, *, wide_escapes: bool) -> None:
        self._path = path
        self._article = article
        self._losses = losses
        self._wide_escapes = wide_escapes
        self._layers: list[_Layer] = []
        self._chosen: set[str] = set()
        self._text: list[str] = []
        self._length = 0
        self._spans: dict[tuple[str, str], LayerSpan] = {}
        self._in_row: dict[tuple[str, str], list[LayerSpan]] = defaultdict(list)
        self._references: list[_Reference] = []
        self._passed_over: set[tuple[str, str]] = set()

    def document(self, lines: list[str]) -> Document:
        """What the lines say."""
        at = 1
        while at < len(lines) and lines[at].startswith("#T_"):
            self._declare(lines[at])
            at += 1
        self._chosen = chosen_layers({layer.name for layer in self._layers if layer.sort == "T_SP"})
        sentence: list[str] = []
        for number, line in enumerate(lines[at:], at + 1):
            if line.startswith("#") and not _ROW.match(line):
                if line.startswith("#Text="):
                    sentence.append(self._plain(line.removeprefix("#Text=")))
            elif line.strip("\r"):
                self._row(number, line, "\n".join(sentence) if sentence else None)
                sentence = []
        if sentence:
            raise self._wrong(len(lines), "the last sentence has no tokens, so nobody knows where it stands")
        text = "".join(self._text)
        self._to_code_points(text)
        return Document(text, list(self._spans.values()), self._links())

    def _wrong(self, number: int, what: str) -> BadInput:
        return BadInput(f"{self._path}, line {number}: {what}. Nothing of this file was imported.")

    def _plain(self, escaped: str) -> str:
        if self._wide_escapes and "\\u" in escaped:
            # Before 3.2, the text was escaped as Java does it: a surrogate pair is two escapes.
            escaped = re.sub(r"\\u([0-9A-Fa-f]{4})", lambda found: chr(int(found[1], 16)), escaped)
            escaped = escaped.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return plain(escaped)

    def _declare(self, line: str) -> None:
        sort, _, rest = line.removeprefix("#").partition("=")
        name, *columns = [part for part in rest.split("|") if part] or [""]
        at = sum(len(layer.columns) for layer in self._layers)
        self._layers.append(_Layer(sort, name, at, tuple(columns) or ("",)))

    def _row(self, number: int, line: str, sentence: str | None) -> None:
        cells = line.split("\t")
        row, place = _ROW.fullmatch(cells[0]), _PLACE.fullmatch(cells[1] if len(cells) > 1 else "")
        if row is None or place is None:
            raise self._wrong(number, f"a row begins with a token's number and its place, not {line[:40]!r}")
        start, end = int(place[1]), int(place[2])
        if sentence is not None:
            self._append(number, start, sentence)
        if not start < end <= self._length or start < self._length - self._last_length():
            raise self._wrong(number, f"the token {start}-{end} lies outside its sentence")
        values = cells[3:]
        for layer in self._layers:
            found = [
                values[layer.at + at] if layer.at + at < len(values) else "_"
                for at in range(len(layer.columns))
            ]
            if any(value not in {"_", ""} for value in found):
                self._annotations(number, layer, cells[0], (start, end), found)

    def _last_length(self) -> int:
        return _units(self._text[-1]) if self._text else 0

    def _append(self, number: int, start: int, sentence: str) -> None:
        gap = start - self._length
        if gap < 0 or gap > _LARGEST:
            raise self._wrong(
                number, f"the sentence begins at {start}, but the text before it ends at {self._length}"
            )
        if gap:
            # The format leaves out what stands between sentences; one character is most often a line end.
            between = " " * gap if not self._text else "\n" + " " * (gap - 1)
            self._text.append(between)
            if between != "\n":
                what = "text between two sentences, which the file leaves out; read as white space"
                self._losses.add(what, self._article)
        self._text.append(sentence)
        self._length = start + _units(sentence)

    def _annotations(
        self, number: int, layer: _Layer, row: str, place: tuple[int, int], found: list[str]
    ) -> None:
        if layer.sort == "T_RL":
            self._refer(number, layer, row, found)
        elif layer.sort != "T_SP" or layer.name not in self._chosen:
            for value in _stack(found[0]):
                key = (layer.name, value if value.endswith("]") else f"{row} {value}")
                if key not in self._passed_over:
                    self._passed_over.add(key)
                    self._losses.add(f"annotation of the layer {layer.name}, not read", self._article)
        else:
            self._put_spans(layer, row, place, found)

    def _put_spans(self, layer: _Layer, row: str, place: tuple[int, int], found: list[str]) -> None:
        of_slots = False
        for column, cell in zip(layer.columns, found, strict=True):
            before, of_slots = of_slots, column.startswith("ROLE_")
            for at, value in enumerate(_stack(cell)):
                text, suffix = _numbered(value)
                if before:
                    # The column after a slot's roles has its targets.
                    continue
                span = self._span(layer.name, row, at, suffix, place)
                if of_slots:
                    if text not in {"_", "*", ""}:
                        self._losses.add("slots of an annotation, not read", self._article)
                elif text != "*" and column:
                    span.features.setdefault(column, plain(text))

    def _span(self, layer: str, row: str, at: int, suffix: str, place: tuple[int, int]) -> LayerSpan:
        key = (layer, f"[{suffix}]" if suffix else f"{row} {at}")
        span = self._spans.get(key)
        if span is None:
            span = self._spans[key] = LayerSpan(f"{layer} {key[1]}", *place, layer)
        span.end = max(span.end, place[1])
        here = self._in_row[layer, row]
        if span not in here:
            here.append(span)
        return span

    def _refer(self, number: int, layer: _Layer, row: str, found: list[str]) -> None:
        base = next((name[3:] for name in layer.columns if name.startswith("BT_")), "")
        labels = _stack(found[0])
        for at, value in enumerate(_stack(found[-1])):
            head_row, suffix = _numbered(value)
            head, _, child = suffix.partition("_")
            if not _ROW.fullmatch(head_row):
                raise self._wrong(number, f"a link comes from the token {head_row[:20]!r}, which is none")
            label = plain(labels[at]) if at < len(labels) and len(found) > 1 and labels[at] != "*" else ""
            self._references.append(_Reference(base, label, head_row, row, head, child))

    def _to_code_points(self, text: str) -> None:
        at_unit = {
            unit: at
            for at, unit in enumerate(accumulate((2 if char > "\uffff" else 1 for char in text), initial=0))
        }
        for span in self._spans.values():
            if span.start not in at_unit or span.end not in at_unit:
                raise BadInput(
                    f"{self._path}: the token {span.start}-{span.end} cuts through a character (the format counts "
                    "UTF-16 units). Nothing of this file was imported."
                )
            span.start, span.end = at_unit[span.start], at_unit[span.end]

    def _links(self) -> list[Relation]:
        links = []
        for one in self._references:
            if one.base not in self._chosen:
                self._losses.add(f"link between annotations of the layer {one.base}, not read", self._article)
                continue
            head = self._meant(one.base, one.head_row, one.head_number)
            child = self._meant(one.base, one.child_row, one.child_number)
            if head is None or child is None:
                self._losses.add("link from or to a span that is not in the file", self._article)
            else:
                links.append(Relation(head.id, child.id, one.label or ROLE))
        return links

    def _meant(self, layer: str, row: str, number: str) -> LayerSpan | None:
        if number not in {"", "0"}:
            return self._spans.get((layer, f"[{number}]"))
        return next(iter(self._in_row.get((layer, row), ())), None)


def _units(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)


def _stack(cell: str) -> list[str]:
    """The values that stand in one cell."""
    if cell in {"_", ""}:
        return []
    found, at = [], 0
    while at <= len(cell):
        match = _STACKED.match(cell, at)
        if match is None:
            return [cell]
        found.append(match[1])
        at = match.end()
        if not match[0].endswith("|") or match.end() == match.end(1):
            break
    return found


def _numbered(value: str) -> tuple[str, str]:
    """A value, and the number in brackets after it."""
    match = _NUMBERED.fullmatch(value)
    return (match[1], match[2] or "") if match else (value, "")
