"""JSON of other people's corpora: articles whose text goes by another name than ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from annotator.core.articles import first_line
from annotator.core.errors import BadInput
from annotator.core.ids import usable
from annotator.core.losses import LossReport
from annotator.core.ports import BY_CONTENT, NO, ExportOptions, ReadOptions
from annotator.core.records import Record
from annotator.formats.article_text import storable
from annotator.formats.corpus_fields import NAMES, guessed_fields
from annotator.formats.decoding import decode, read_bytes
from annotator.formats.guessing import date_of_seconds, host_of, iso_date, language_of, web_address
from annotator.formats.jsonl_fields import Fields

WITHOUT_TEXT = "article without text"
UNREAD_DATE = "date not understood, kept as it is written"
_LARGEST = 500_000_000
_TEXT_KEYS = [name for name in NAMES["text"].split() if name != "text"]
_TEXT_KEY = re.compile(rb'"(?:' + "|".join(_TEXT_KEYS).encode() + rb')"\s*:\s*"', re.IGNORECASE)
_OTHERS = re.compile(
    rb'"(?:text|annotations?|attributions|spans|entities|label|labels|tokens|quotes|quotations|data)"\s*:'
)
_BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{")


class CorpusJsonl:
    """Read articles from JSON, an object a line, a list of objects, or one object a file."""

    name = "corpus"
    title = "JSON of other corpora (body, maintext, content …)"
    suffixes = (".jsonl", ".ndjson", ".json")
    reads = True
    writes = False
    folder = False
    cannot_carry = ("annotations of any kind",)

    def recognises(self, path: Path, head: bytes) -> int:
        if path.suffix.lower() not in self.suffixes or not _BEGINNING.match(head):
            return NO
        first = (
            head.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)[0] if path.suffix.lower() != ".json" else head
        )
        return BY_CONTENT if _TEXT_KEY.search(first) and not _OTHERS.search(first) else NO

    def read(self, path: Path, losses: LossReport, options: ReadOptions) -> Iterator[Record]:
        """An article an object."""
        any_text = False
        for where, values in _objects(path):
            record = _record(values, where, path, losses, options)
            if record is None:
                losses.add(WITHOUT_TEXT, where)
                continue
            any_text = True
            yield record
        if not any_text:
            keys = ", ".join(name for name in NAMES["text"].split()[:8])
            raise BadInput(
                f"{path} has no article with a text (looked for under {keys}). Nothing was imported from it."
            )

    def write(self, records: Iterable[Record], out: Path, options: ExportOptions) -> LossReport:
        """Other corpora's JSON is read, not written."""
        raise BadInput("Annotations go out in our own JSONL; choose the format jsonl to export.")


def _objects(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    text = decode(read_bytes(path, limit=_LARGEST), str(path)).text
    try:
        whole: Any = orjson.loads(text)
    except orjson.JSONDecodeError as wrong:
        if path.suffix.lower() == ".json" and "\n{" not in text:
            raise _no_json(str(path), wrong) from wrong
        yield from _lines(path, text)
        return
    for number, one in enumerate(whole if isinstance(whole, list) else [whole], 1):
        yield _object(f"{path}, article {number}", one)


def _lines(path: Path, text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            yield _object(where, orjson.loads(line))
        except orjson.JSONDecodeError as wrong:
            raise _no_json(where, wrong) from wrong


def _object(where: str, value: Any) -> tuple[str, dict[str, Any]]:
    if not isinstance(value, dict):
        raise BadInput(
            f"{where}: an article is an object with keys, not {str(value)[:40]!r}. Nothing of this file was imported."
        )
    return where, value


def _no_json(where: str, wrong: orjson.JSONDecodeError) -> BadInput:
    return BadInput(f"{where} is no JSON: {wrong.msg}. Nothing of this file was imported.")


def _record(
    values: dict[str, Any], where: str, path: Path, losses: LossReport, options: ReadOptions
) -> Record | None:
    keys = {**guessed_fields(name for name, value in values.items() if _said(value)), **options.columns}
    said = {field: _said(values.get(key)) for field, key in keys.items()}
    text = said.get("text", "")
    if not text.strip():
        return None
    used = {key for field, key in keys.items() if field != "id" or usable(said["id"])}
    extra = Fields(
        {key: value for key, value in values.items() if key not in used and value is not None}, where
    ).left_over()
    written = said.get("published", "")
    published = _date(values.get(keys.get("published", "")), written)
    if written and not published:
        losses.add(UNREAD_DATE, where)
    url = web_address(said.get("url", ""))
    outlet = said.get("outlet", "") or host_of(url)
    own_id = said.get("id", "")
    return Record(
        id=own_id if usable(own_id) else None,
        text=text,
        story=said.get("story", ""),
        outlet=outlet,
        title=" ".join(said.get("title", "").split()) or first_line(text),
        author=said.get("author", ""),
        url=url or said.get("url", ""),
        published=published or written,
        language=language_of(said.get("language")) or said.get("language", ""),
        assumed="" if said.get("outlet") or not outlet else "outlet taken from the web address",
        file_name=path.name,
        extra=extra,
        where=where,
    )


def _said(value: Any) -> str:
    """A value as text: a list of names with commas, the name of an object that has one; nothing for anything else."""
    if isinstance(value, str):
        return storable(value) if len(value.split(None, 1)) > 1 else storable(value.strip())
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, dict):
        return _said(value.get("name") or value.get("title") or "")
    if isinstance(value, list) and all(isinstance(one, str | dict) for one in value):
        return ", ".join(filter(None, (_said(one) for one in value)))
    return ""


def _date(value: Any, written: str) -> str:
    if (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and abs(value) > 1e8
        and len(written) != 8
    ):
        return date_of_seconds(float(value)) if len(str(int(value))) in {9, 10, 12, 13} else iso_date(written)
    return iso_date(written)


FORMAT = CorpusJsonl()
