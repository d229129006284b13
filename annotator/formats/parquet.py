"""Parquet: a row for each article and annotator, written and read a few rows at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import BY_CONTENT, BY_NAME, NO, ExportOptions, ReadOptions
from annotator.core.records import Record
from annotator.core.writing import new_file
from annotator.formats.typed_rows import FLAG, NUMBER, ROW, TEXT, WHOLE, Shape, record_of_row, row_of

_MARK = b"PAR1"
_ROWS_AT_ONCE = 500
_CHARACTERS_AT_ONCE = 4_000_000
_READ_AT_ONCE = 64
_LARGEST_GROUP = 2_000_000_000
"""The most bytes that a group of rows may grow to when it is read; one is unpacked as a whole."""


class Parquet:
    """One file, compressed with zstd; nothing of a record is lost.

    Columns hold what a line of our JSONL does. spans and relations repeat the attributions flat, and are not read;
    objects that may hold anything (extra, features, provenance) are JSON in a text.
    """

    name = "parquet"
    title = "Parquet, one article and annotator a row"
    suffixes = (".parquet",)
    reads = True
    writes = True
    folder = False
    cannot_carry: tuple[str, ...] = ()

    def recognises(self, path: Path, head: bytes) -> int:
        if head.startswith(_MARK):
            return BY_CONTENT
        return BY_NAME if path.suffix.lower() in self.suffixes else NO

    def read(self, path: Path, losses: LossReport, options: ReadOptions) -> Iterator[Record]:
        """A record a row, a few rows in memory at a time."""
        pyarrow = _woken("imported")
        if path.is_dir():
            raise BadInput(f"{path} is a folder, not a Parquet file. Nothing was imported from it.")
        number = 0
        try:
            with pyarrow.parquet.ParquetFile(path) as file:
                _require_modest(file, path)
                for batch in file.iter_batches(batch_size=_READ_AT_ONCE):
                    for row in batch.to_pylist():
                        number += 1
                        yield record_of_row(row, f"{path}, row {number}", losses)
        except (pyarrow.ArrowException, OSError, ValueError, OverflowError) as wrong:
            reason = " ".join(str(wrong).split())[:160]
            raise BadInput(
                f"{path} is no Parquet file that can be read: {reason}. Nothing was imported."
            ) from wrong
        if not number:
            raise BadInput(f"{path} has no rows; there is nothing to import.")

    def write(self, records: Iterable[Record], out: Path, options: ExportOptions) -> LossReport:
        """A row a record, in groups of a few hundred; nothing is lost."""
        pyarrow = _woken("written")
        schema = pyarrow.schema([(name, _type(pyarrow, shape)) for name, shape in ROW.items()])
        with (
            new_file(out) as file,
            pyarrow.parquet.ParquetWriter(file, schema, compression="zstd") as writer,
        ):
            rows: list[dict[str, Any]] = []
            characters = 0
            for record in records:
                rows.append(row_of(record, options.label, without_text=options.without_text))
                characters += len(record.text or "")
                if len(rows) >= _ROWS_AT_ONCE or characters >= _CHARACTERS_AT_ONCE:
                    writer.write_table(pyarrow.Table.from_pylist(rows, schema))
                    rows, characters = [], 0
            if rows:
                writer.write_table(pyarrow.Table.from_pylist(rows, schema))
        return LossReport()


def _woken(done: str) -> Any:
    try:
        import pyarrow as pa  # noqa: PLC0415  woken late
        import pyarrow.parquet  # noqa: PLC0415  as above
    except ImportError as wrong:
        raise BadInput(
            f"Parquet needs the package pyarrow (`pip install annotator[parquet]`). Nothing was {done}."
        ) from wrong
    return pa


def _type(pyarrow: Any, shape: Shape) -> Any:
    if isinstance(shape, list):
        return pyarrow.list_(_type(pyarrow, shape[0]))
    if isinstance(shape, dict):
        return pyarrow.struct([(name, _type(pyarrow, inside)) for name, inside in shape.items()])
    by_shape = {TEXT: pyarrow.string, WHOLE: pyarrow.int64, NUMBER: pyarrow.float64, FLAG: pyarrow.bool_}
    return by_shape[shape]()


def _require_modest(file: Any, path: Path) -> None:
    about = file.metadata
    for at in range(about.num_row_groups):
        if about.row_group(at).total_byte_size > _LARGEST_GROUP:
            raise BadInput(
                f"{path} has a group of rows of more than {_LARGEST_GROUP / 1e6:,.0f} MB. Nothing was imported from it."
            )


FORMAT = Parquet()
