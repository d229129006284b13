"""A table of attributions for spreadsheets and statistics: one row each, commas or tabs between."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import orjson

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.plain import Json
from annotator.core.ports import NO, ExportOptions, ReadOptions
from annotator.core.records import AttributionRecord, Record, kept
from annotator.core.spans import Fragments, words
from annotator.core.writing import new_file
from annotator.formats.article_values import article_structures, article_texts, remark
from annotator.formats.values import TEXTS, lose_comments, lose_zones

_OF_ARTICLE = ("article", "outlet", "story", "title", "published", "annotator")
_PLACES = {
    "source": "source",
    "cue": "cue",
    "content": "content",
    "via_words": "via_span",
    "recipient": "recipient",
}
"""The column of each role's words, and the field of its fragments."""

_FIRST = ("id", "kind", "type")
_MORE = (
    *(name for name in TEXTS if name not in _FIRST),
    "hedge",
    "implicit_source",
    "self_citation",
    "claims",
    "inherited",
    "parent",
    "antecedent",
    "confidence",
    "further_roles",
    "features",
    "provenance",
    "extra",
    "comments",
)
COLUMNS = (
    *_OF_ARTICLE,
    *_FIRST,
    *(column for name in _PLACES for column in (name, f"{name}_at")),
    *_MORE,
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CARRIED = ("article_id", "outlet", "story", "title", "published", "annotator")


class CsvAttributions:
    """A row an attribution, UTF-8 with a byte order mark, as Excel wants it; .tsv has tabs between the cells."""

    name = "csv"
    title = "CSV table, one row an attribution"
    suffixes = (".csv", ".tsv")
    reads = False
    writes = True
    folder = False
    cannot_carry = (
        "the articles' texts: the table has the words of the spans and their offsets, and is not read back",
        "an article's author, address, language, zones and further fields (counted)",
        "comments on no attribution; of the others, when, on which words and in which thread (counted)",
        "articles without attributions (counted)",
        "cells that a spreadsheet would take for a formula as they were: an apostrophe stands before them (counted)",
        "suggestions that nobody has accepted (left out, and counted)",
    )

    def recognises(self, path: Path, head: bytes) -> int:
        return NO

    def read(self, path: Path, losses: LossReport, options: ReadOptions) -> Iterator[Record]:
        """Tables of attributions are written, not read."""
        raise BadInput(f"{path}: tables of attributions are written, not read.")

    def write(self, records: Iterable[Record], out: Path, options: ExportOptions) -> LossReport:
        """All attributions; without texts, the cells of the spans' words stay empty and their offsets remain."""
        losses = LossReport()
        rows = _rows(records, options, losses)
        first = next(rows, None)
        if first is None:
            raise BadInput("There is nothing to export: no article has an attribution. Nothing was written.")
        with new_file(out) as file:
            table = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
            writer = csv.writer(table, delimiter="\t" if out.suffix.lower() == ".tsv" else ",")
            writer.writerow(COLUMNS)
            for row in chain([first], rows):
                writer.writerow(row)
            table.flush()
            table.detach()
        return losses


def _rows(records: Iterable[Record], options: ExportOptions, losses: LossReport) -> Iterator[list[str]]:
    for record in records:
        article = record.id or record.where
        marks = kept(record, losses)
        if not marks:
            losses.add("article without attributions, not written", article)
        if set(article_texts(record)) - set(_CARRIED) or set(article_structures(record)) - {"zones"}:
            losses.add("article's author, address, language and further fields, not carried", article)
        lose_comments(record, losses)
        lose_zones(record, losses)
        for one in marks:
            cells = {**_of_article(record), **_cells(one)}
            text = "" if options.without_text else record.text or ""
            for column, name in _PLACES.items():
                parts: Fragments = getattr(one, name)
                cells[column] = words(parts, text) if text else ""
                cells[f"{column}_at"] = _offsets(parts)
            for _ in one.comments:
                losses.add("date, thread and place of a comment, not carried", article)
            yield [_safe(cells.get(column, ""), article, losses) for column in COLUMNS]


def _of_article(record: Record) -> dict[str, str]:
    return {
        "article": record.id or "",
        "outlet": record.outlet,
        "story": record.story,
        "title": record.title,
        "published": record.published,
        "annotator": record.annotator or "",
    }


def _cells(one: AttributionRecord) -> dict[str, str]:
    cells = {name: getattr(one, name) or "" for name in ("id", "kind", "parent", "antecedent", *TEXTS)}
    for name in ("hedge", "implicit_source", "self_citation"):
        cells[name] = "true" if getattr(one, name) else "false"
    for name in ("claims", "inherited"):
        cells[name] = "; ".join(getattr(one, name))
    for name in ("features", "provenance", "extra"):
        cells[name] = _json(getattr(one, name))
    cells["further_roles"] = "; ".join(f"{role} {_offsets(parts)}" for role, parts in one.more_roles.items())
    cells["confidence"] = "" if one.confidence is None else str(one.confidence)
    cells["comments"] = "\n".join(map(remark, one.comments))
    return cells


def _offsets(parts: Fragments) -> str:
    return ";".join(f"{part.start}-{part.end}" for part in parts)


def _json(value: Json) -> str:
    return orjson.dumps(value).decode() if value else ""


def _safe(cell: str, article: str, losses: LossReport) -> str:
    if not cell.startswith(_FORMULA):
        return cell
    losses.add(
        "cell that a spreadsheet would take for a formula, written with an apostrophe before it", article
    )
    return f"'{cell}"


FORMAT = CsvAttributions()
