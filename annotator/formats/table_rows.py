"""The rows of a CSV, TSV or Excel table as text, with limits on what a file can make us hold."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.formats.archive import require_modest_document
from annotator.formats.decoding import LONGEST, decode, read_bytes
from annotator.formats.quiet import quiet

MOST_COLUMNS = 1_000
_LARGEST = 200_000_000
_DIVIDERS = (",", ";", "\t", "|")
_SAID_DIVIDER = re.compile(r"\"?sep=(.)\"?\s*")
_LONGEST_HEAD_LINE = 1_000_000
_EXCEL = {".xlsx", ".xlsm"}
_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(slots=True)
class Table:
    """A table's columns and its rows, each with its number in the file; assumed says how its bytes were read."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[int, list[str]]]
    assumed: str = ""
    losses: LossReport = field(default_factory=LossReport)


def opened(path: Path) -> Table:
    """The table in a file.

    Raises:
        BadInput: when there is no table in it, or one that is too wide or too large.
    """
    numbered, assumed, losses = _excel(path) if path.suffix.lower() in _EXCEL else _separated(path)
    for _, row in numbered:
        if any(cell.strip() for cell in row):
            columns = _names(path, row)
            return Table(columns, numbered, assumed, losses)
    raise BadInput(f"{path} is a table without rows; there is nothing to import.")


def _names(path: Path, row: list[str]) -> tuple[str, ...]:
    """The names of the columns: each its own, and none without one."""
    while row and not row[-1].strip():
        row.pop()
    if len(row) > MOST_COLUMNS:
        raise _too_wide(path)
    names: dict[str, None] = {}
    for number, cell in enumerate(row, 1):
        name = base = " ".join(cell.split()) or f"column {number}"
        again = 1
        while name in names:
            again += 1
            name = f"{base} ({again})"
        names[name] = None
    return tuple(names)


def _too_wide(path: Path) -> BadInput:
    return BadInput(f"{path} has more than {MOST_COLUMNS:,} columns. Nothing was imported from it.")


def _separated(path: Path) -> tuple[Iterator[tuple[int, list[str]]], str, LossReport]:
    decoded = decode(read_bytes(path, limit=_LARGEST), str(path))
    text = decoded.text
    end = text.find("\n")
    first = text[: min(end if end >= 0 else len(text), _LONGEST_HEAD_LINE)]
    said = _SAID_DIVIDER.fullmatch(first)
    if said:
        text = text[end + 1 :] if end >= 0 else ""
        divider = said[1]
    else:
        divider = _likeliest(first, "\t" if path.suffix.lower() in {".tsv", ".tab"} else ",")
    return _csv_rows(path, text, divider), decoded.assumed, LossReport()


def _likeliest(line: str, usual: str) -> str:
    """What divides the names of the columns: the sign that stands most often outside quotation marks."""
    outside = "".join(line.split('"')[::2])
    counts = {divider: outside.count(divider) for divider in _DIVIDERS}
    best = max(_DIVIDERS, key=lambda divider: counts[divider])
    return usual if counts[usual] >= counts[best] or not counts[best] else best


def _csv_rows(path: Path, text: str, divider: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(_narrow_lines(path, text, divider), delimiter=divider)
    number = 0
    while True:
        with _long_fields():
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as wrong:
                raise BadInput(
                    f"{path}, line {reader.line_num}: {wrong} (a quotation mark that is never closed?). Nothing was imported from it."
                ) from wrong
        number += 1
        yield number, row


def _narrow_lines(path: Path, text: str, divider: str) -> Iterator[str]:
    """The lines of a table, of which none makes a row too wide; what stands in quotation marks divides nothing."""
    inside = False
    width = 0
    for line in io.StringIO(text, newline=""):
        inside, more = _scanned(line, divider, inside=inside)
        width += more
        if width >= MOST_COLUMNS:
            raise _too_wide(path)
        if not inside:
            width = 0
        yield line


def _scanned(line: str, divider: str, *, inside: bool) -> tuple[bool, int]:
    """Whether a quoted field is still open after a line, and how many fields the line ends; as the csv module has it."""
    at = width = 0
    while True:
        if inside:
            end = line.find('"', at)
            if end < 0:
                return True, width
            inside = line.startswith('"', end + 1)
            at = end + 1 + inside
        elif not at and line.startswith('"'):
            inside, at = True, 1
        else:
            start = line.find(f'{divider}"', at)
            if start < 0:
                return False, width + line.count(divider, at)
            width += line.count(divider, at, start + 1)
            inside, at = True, start + 2


@contextmanager
def _long_fields() -> Iterator[None]:
    """A field may be as long as an article; the limit is the whole process's, and is set back after each row."""
    before = csv.field_size_limit(LONGEST)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _excel(path: Path) -> tuple[Iterator[tuple[int, list[str]]], str, LossReport]:
    data = read_bytes(path, limit=_LARGEST)
    if data.startswith(_LOCKED):
        raise BadInput(
            f"{path} is encrypted, or of an Excel older than 2007; save it as .xlsx without a password. Nothing was imported from it."
        )
    require_modest_document(data, path, "Excel table")
    import openpyxl  # noqa: PLC0415  woken late

    losses = LossReport()
    with quiet("openpyxl"):
        try:
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            sheets = list(book.worksheets)
        except Exception as wrong:  # what openpyxl raises for a broken part is as varied as the parts
            raise BadInput(f"{path} is a broken Excel table. Nothing was imported from it.") from wrong
    if not sheets:
        raise BadInput(f"{path} is a table without rows; there is nothing to import.")
    for sheet in sheets[1:]:
        losses.add("sheet after the first not imported", f"{path.name}: {sheet.title}")
    return _excel_rows(path, sheets[0]), "", losses


def _excel_rows(path: Path, sheet: Any) -> Iterator[tuple[int, list[str]]]:
    # The size that a sheet claims may be a million empty rows and columns.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(values_only=True)
    number = 0
    while True:
        with quiet("openpyxl"):
            try:
                row = next(rows)
            except StopIteration:
                return
            except Exception as wrong:  # as above
                raise BadInput(
                    f"{path} is a broken Excel table (row {number + 1}). Nothing was imported from it."
                ) from wrong
        number += 1
        if len(row) > MOST_COLUMNS and any(cell is not None for cell in row[MOST_COLUMNS:]):
            raise _too_wide(path)
        yield number, [_words(cell) for cell in row[:MOST_COLUMNS]]


def _words(cell: object) -> str:
    """A cell as text: dates as ISO, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return (
            cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ", timespec="seconds")
        )
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
