"""A file that is one JSON document, read whole, with one sentence for each way it can be broken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson

from annotator.core.errors import BadInput
from annotator.formats.decoding import read_bytes
from annotator.formats.jsonl_fields import Fields

_MARK = b"\xef\xbb\xbf"


def document(path: Path) -> Any:
    """The value that a JSON file holds.

    Raises:
        BadInput: for a folder, an unreadable or empty file, or one that is not JSON.
    """
    data = read_bytes(path, limit=None).removeprefix(_MARK)
    try:
        return orjson.loads(data)
    except (orjson.JSONDecodeError, RecursionError) as wrong:
        raise BadInput(f"{path} is not JSON: {wrong}. Nothing of this file was imported.") from wrong


def one_object(path: Path) -> Fields:
    """The object that a JSON file holds.

    Raises:
        BadInput: as document does, and when the value is not an object.
    """
    value = document(path)
    if not isinstance(value, dict):
        raise BadInput(f"{path} is not one JSON object. Nothing of this file was imported.")
    return Fields(value, str(path))


def objects(path: Path) -> list[Fields]:
    """The objects of a JSON array, each with its place for error sentences; one object is a list of one.

    Raises:
        BadInput: as document does, and when the value is no such list.
    """
    value = document(path)
    items = value if isinstance(value, list) else [value]
    for number, item in enumerate(items, 1):
        if not isinstance(item, dict):
            raise BadInput(f"{path}, item {number} is not a JSON object. Nothing of this file was imported.")
    return [Fields(item, f"{path}, item {number}") for number, item in enumerate(items, 1)]


def article_text(values: Fields, key: str = "text") -> str:
    """The text of an article under a key.

    Raises:
        BadInput: when there is none, or it is empty.
    """
    text = values.text(key)
    if not text.strip():
        raise BadInput(f"{values.where} has no text under {key!r}. Nothing of this file was imported.")
    return text
