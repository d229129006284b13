"""Tables (CSV, TSV, Excel): a row an article, columns assigned by their names or by the user."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from annotator.core.articles import first_line
from annotator.core.errors import BadInput
from annotator.core.ids import usable
from annotator.core.losses import LossReport
from annotator.core.ports import BY_CONTENT, BY_NAME, NO, ExportOptions, ReadOptions, TableHead
from annotator.core.records import Record
from annotator.formats.article_text import storable
from annotator.formats.corpus_fields import NAMES, guessed_fields
from annotator.formats.guessing import host_of, iso_date, language_of, web_address
from annotator.formats.table_rows import opened

WITHOUT_TEXT = "row without text"
UNREAD_DATE = "date not understood, kept as it is written"
_SHOWN_ROWS = 5
_SHOWN_COLUMNS = 12
_LONGEST_SHOWN = 300
_ZIP = b"PK\x03\x04"


class TableArticle:
    """Read articles from the rows of a table; columns that hold no field of ours are kept beside the article."""

    name = "table"
    title = "Table (CSV, TSV, Excel), one article a row"
    suffixes = (".csv", ".tsv", ".tab", ".xlsx", ".xlsm")
    reads = True
    writes = False
    folder = False
    cannot_carry = ("annotations of any kind",)

    def recognises(self, path: Path, head: bytes) -> int:
        if head.startswith(_ZIP):
            return (
                BY_CONTENT if b"xl/" in head else BY_NAME if path.suffix.lower() in {".xlsx", ".xlsm"} else NO
            )
        return BY_NAME if path.suffix.lower() in self.suffixes else NO

    def head(self, path: Path) -> TableHead:
        """The columns, what each is guessed to hold, and the first rows, long cells cut short."""
        table = opened(path)
        rows = [
            tuple(cell[:_LONGEST_SHOWN] for cell in (row + [""] * len(table.columns))[: len(table.columns)])
            for _, row in islice(table.rows, _SHOWN_ROWS)
        ]
        return TableHead(table.columns, guessed_fields(table.columns), tuple(rows))

    def read(self, path: Path, losses: LossReport, options: ReadOptions) -> Iterator[Record]:
        """An article a row."""
        table = opened(path)
        losses.take(table.losses)
        places = _places(path, table.columns, options.columns)
        any_text = False
        for number, cells in table.rows:
            if not any(cell.strip() for cell in cells):
                continue
            where = f"{path}, row {number}"
            if any(cell.strip() for cell in cells[len(table.columns) :]):
                losses.add("cell beyond the last column not imported", where)
            row = [storable(cell) for cell in cells[: len(table.columns)]]
            row += [""] * (len(table.columns) - len(row))
            values = {field: row[at] if field == "text" else row[at].strip() for field, at in places.items()}
            if not values["text"].strip():
                losses.add(WITHOUT_TEXT, where)
                continue
            any_text = True
            extra = {
                name: row[at]
                for at, name in enumerate(table.columns)
                if at not in places.values() and row[at].strip()
            }
            yield _record(values, extra, path, where, table.assumed, losses)
        if not any_text:
            raise BadInput(f"{path} has no row with a text. Nothing was imported from it.")

    def write(self, records: Iterable[Record], out: Path, options: ExportOptions) -> LossReport:
        """Tables are read, not written."""
        raise BadInput("A table of articles carries no annotations; choose another format to export.")


def _places(path: Path, columns: tuple[str, ...], chosen: Mapping[str, str]) -> dict[str, int]:
    """Which column holds which field: the user's word before the guess; an empty one says that none does."""
    unknown = [field for field in chosen if field not in NAMES]
    if unknown:
        raise BadInput(
            f"{unknown[0]!r} is no field of an article; fields: {', '.join(NAMES)}. Nothing was imported."
        )
    missing = [name for name in chosen.values() if name and name not in columns]
    if missing:
        raise BadInput(
            f"{path} has no column {missing[0]!r}; it has {_listed(columns)}. Nothing was imported from it."
        )
    taken = set(chosen.values())
    guessed = guessed_fields(name for name in columns if name not in taken)
    wanted = {**{field: name for field, name in guessed.items() if field not in chosen}, **chosen}
    places = {field: columns.index(name) for field, name in wanted.items() if name}
    if "text" not in places:
        raise BadInput(
            f"{path} has no column with a text; it has {_listed(columns)}. Nothing was imported from it."
        )
    return places


def _listed(columns: tuple[str, ...]) -> str:
    shown = ", ".join(repr(name[:40]) for name in columns[:_SHOWN_COLUMNS])
    more = len(columns) - _SHOWN_COLUMNS
    return f"{shown} and {more} more" if more > 0 else shown


def _record(
    values: Mapping[str, str],
    extra: Mapping[str, str],
    path: Path,
    where: str,
    assumed: str,
    losses: LossReport,
) -> Record:
    written = values.get("published", "")
    published = iso_date(written)
    if written and not published:
        losses.add(UNREAD_DATE, where)
    url = web_address(values.get("url", ""))
    kept = dict(extra)
    if values.get("url") and not url:
        kept["url"] = values["url"]
    outlet = values.get("outlet", "") or host_of(url)
    notes = [assumed] if assumed else []
    if outlet and not values.get("outlet"):
        notes.append("outlet taken from the web address")
    own_id = values.get("id", "")
    if own_id and not usable(own_id):
        kept["id"] = own_id
    return Record(
        id=own_id if usable(own_id) else None,
        text=values["text"],
        story=values.get("story", ""),
        outlet=outlet,
        title=values.get("title") or first_line(values["text"]),
        author=values.get("author", ""),
        url=url,
        published=published or written,
        language=language_of(values.get("language")) or values.get("language", ""),
        assumed="; ".join(notes),
        file_name=path.name,
        extra=kept,
        where=where,
    )


FORMAT = TableArticle()
