"""Records as rows of declared types, nested, for Parquet and Hugging Face's datasets."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any, TypeAlias

import orjson

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.records import Record
from annotator.formats.flat import flatten, owners
from annotator.formats.jsonl import line_of, record_of
from annotator.formats.jsonl_fields import Fields

Shape: TypeAlias = "str | list[Any] | dict[str, Any]"
"""The type of a column: text, whole, number or flag; a list of one type; or a type for each key."""

TEXT, WHOLE, NUMBER, FLAG = "text", "whole", "number", "flag"
_PLACES: Shape = [{"start": WHOLE, "end": WHOLE, "quote": TEXT}]
_MORE_ROLES = "more_roles"
_OBJECTS = frozenset({"provenance", "features", "extra"})
"""Objects that may hold anything; a column of declared types has them as JSON."""

_COMMENT: Shape = {
    "id": TEXT,
    "author": TEXT,
    "text": TEXT,
    "created": TEXT,
    "resolved": FLAG,
    "place": _PLACES,
    "claim": TEXT,
    "reply_to": TEXT,
    "mentions": [TEXT],
}
_ATTRIBUTION: Shape = {
    "id": TEXT,
    "kind": TEXT,
    "type": TEXT,
    "source": _PLACES,
    "cue": _PLACES,
    "content": _PLACES,
    "source_name": TEXT,
    "source_id": TEXT,
    "via": TEXT,
    "via_span": _PLACES,
    "recipient": _PLACES,
    "recipient_name": TEXT,
    _MORE_ROLES: [{"role": TEXT, "start": WHOLE, "end": WHOLE, "quote": TEXT}],
    "parent": TEXT,
    "antecedent": TEXT,
    "medium": TEXT,
    "claims": [TEXT],
    "polarity": TEXT,
    "hedge": FLAG,
    "quote": TEXT,
    "grounds": TEXT,
    "implicit_source": FLAG,
    "inherited": [TEXT],
    "self": FLAG,
    "note": TEXT,
    "origin": TEXT,
    "state": TEXT,
    "confidence": NUMBER,
    "created": TEXT,
    "updated": TEXT,
    "version": WHOLE,
    "comments": [_COMMENT],
    **dict.fromkeys(sorted(_OBJECTS), TEXT),
}
ROW: dict[str, Any] = {
    "id": TEXT,
    "story": TEXT,
    "outlet": TEXT,
    "title": TEXT,
    "author": TEXT,
    "url": TEXT,
    "published": TEXT,
    "language": TEXT,
    "text": TEXT,
    "text_sha256": TEXT,
    "annotator": TEXT,
    "status": TEXT,
    "scheme": TEXT,
    "split": TEXT,
    "duplicate_group": TEXT,
    "zones": [{"zone": TEXT, "start": WHOLE, "end": WHOLE}],
    "attributions": [_ATTRIBUTION],
    "spans": [
        {
            "id": TEXT,
            "start": WHOLE,
            "end": WHOLE,
            "quote": TEXT,
            "label": TEXT,
            "role": TEXT,
            "attribution": TEXT,
        }
    ],
    "relations": [{"head": WHOLE, "tail": WHOLE, "label": TEXT}],
    "comments": [_COMMENT],
    "article_note": TEXT,
    "assumed": TEXT,
    "file_name": TEXT,
    "set_note": TEXT,
    "guideline_version": TEXT,
    "extra": TEXT,
}
"""A row's columns. spans and relations say the same as attributions once more, flat, for who trains on them."""

_DERIVED = ("spans", "relations")


def row_of(record: Record, label: str, *, without_text: bool = False) -> dict[str, Any]:
    """A record as a row; what it does not have is None. attributions is None where nobody has marked the article.

    label is what the labels of the flat spans are made of, as in ExportOptions.
    """
    # Without its text, a line has the words of each span beside it, as a row always has.
    line = line_of(record, without_text=True)
    line["text"] = None if without_text else record.text
    for one in line.get("attributions", ()):
        one[_MORE_ROLES] = [
            {"role": role, **_pair(part)}
            for role, parts in one.get(_MORE_ROLES, {}).items()
            for part in parts
        ]
    if record.attributions is not None:
        line |= _flat(record, label)
    # Keys that no column was declared for join those that no noun of ours has room for.
    left = {key: value for key, value in line.items() if key not in ROW and key != "schema"}
    line["extra"] = {**left, **line.get("extra", {})}
    fitted: dict[str, Any] = _fitted(line, ROW)
    return fitted


def _pair(part: Any) -> dict[str, Any]:
    return part if isinstance(part, dict) else {"start": part[0], "end": part[1]}


def _fitted(value: Any, shape: Shape) -> Any:
    if value is None:
        return None
    if isinstance(shape, list):
        return [_fitted(item, shape[0]) for item in value]
    if isinstance(shape, dict):
        inside = _pair(value)
        return {key: _fitted(inside.get(key), wanted) for key, wanted in shape.items()}
    if shape == TEXT and not isinstance(value, str):
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode() if value else None
    return float(value) if shape == NUMBER else value


def _flat(record: Record, label: str) -> dict[str, Any]:
    # What flat spans leave out is in the attributions of the row; nothing is lost here.
    flat = flatten(record, label, LossReport())
    number_of = {span.id: at for at, span in enumerate(flat.spans)}
    owner_of = owners(flat)
    text = record.text
    spans = [
        {
            "id": span.id,
            "start": span.start,
            "end": span.end,
            "quote": None if text is None else text[span.start : span.end],
            "label": span.label,
            "role": span.role,
            "attribution": owner_of[span.id].id,
        }
        for span in flat.spans
    ]
    relations = [
        {"head": number_of[one.head], "tail": number_of[one.child], "label": one.label}
        for one in flat.relations
    ]
    return {"spans": spans, "relations": relations}


def record_of_row(row: Mapping[str, Any], where: str, losses: LossReport) -> Record:
    """The record of a row, ours or another program's with columns of these names.

    Raises:
        BadInput: names the row, the column and what is wrong.
    """
    plain = {key: _plain(value, where, key) for key, value in row.items() if key not in _DERIVED}
    line = {key: value for key, value in plain.items() if value is not None}
    for one in [line, *_dicts(line.get("attributions"))]:
        for key in _OBJECTS:
            _read_object(one, key, where)
        parts_of: dict[str, list[Any]] = {}
        if one is not line and isinstance(one.get(_MORE_ROLES), list):
            for part in _dicts(one[_MORE_ROLES]):
                parts_of.setdefault(str(part.get("role")), []).append([part.get("start"), part.get("end")])
            one[_MORE_ROLES] = parts_of
    return record_of(Fields(line, where), losses)


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _read_object(one: dict[str, Any], key: str, where: str) -> None:
    value = one.get(key)
    if not isinstance(value, str):
        return
    try:
        one[key] = orjson.loads(value)
    except (orjson.JSONDecodeError, RecursionError) as wrong:
        raise BadInput(f"{where}: {key} is not JSON: {wrong}. Nothing of this file was imported.") from wrong


def _plain(value: Any, where: str, key: str) -> Any:
    """A value as JSON could hold it; what is None inside an object is left out."""
    if isinstance(value, dict):
        return {name: _plain(item, where, key) for name, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [_plain(item, where, key) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise BadInput(
        f"{where}: {key} holds {type(value).__name__}, which is neither text, a number nor a date. "
        "Nothing of this file was imported."
    )
