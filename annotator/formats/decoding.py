"""Bytes of a text file to text, with a note of what had to be assumed."""

from __future__ import annotations

import codecs
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import CharsetMatch, from_bytes

from annotator.core.articles import clean_text
from annotator.core.errors import BadInput

LONGEST = 10_000_000
"""The most bytes that one article's file may have."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", ""),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32, by its byte order mark"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32, by its byte order mark"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16, by its byte order mark"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16, by its byte order mark"),
)
_SAMPLE = 100_000
_WESTERN = {"cp1252", "latin_1"}
_LEGACY = (
    "cp1252",
    "latin_1",
    "cp1250",
    "cp1251",
    "koi8_r",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_kr",
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text with line ends as LF; assumed says in words what was guessed, or is empty."""

    text: str
    assumed: str


def read_bytes(path: Path, limit: int | None = LONGEST) -> bytes:
    """The bytes of a file.

    Raises:
        BadInput: for a folder, an empty, a missing, an unreadable or a too large file.
    """
    if path.is_dir():
        raise BadInput(f"{path} is a folder; name the files in it. Nothing was imported from it.")
    try:
        size = path.stat().st_size
        if limit is not None and size > limit:
            raise BadInput(
                f"{path} has {size / 1e6:.0f} MB; an article may have at most {limit / 1e6:.0f} MB. It was not imported."
            )
        data = path.read_bytes()
    except OSError as wrong:
        raise BadInput(f"{path} cannot be read: {wrong.strerror or wrong}.") from wrong
    if not data.strip():
        raise BadInput(f"{path} is empty; there is nothing to import.")
    return data


def decode(data: bytes, where: str) -> Decoded:
    """The text of a file's bytes, whatever its encoding.

    Raises:
        BadInput: when the bytes are no text.
    """
    for mark, encoding, note in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding, note and f"read as {note}", where)
    wide = _wide(data)
    if wide:
        return _decoded(data, wide, "read as UTF-16 without a byte order mark", where)
    if b"\x00" in data:
        raise BadInput(f"{where} is not text (it holds zero bytes). It was not imported.")
    try:
        return Decoded(_checked(data.decode("utf-8"), where), "")
    except UnicodeDecodeError as wrong:
        at = wrong.start
    return _legacy(data, at, where)


def _wide(data: bytes) -> str:
    """UTF-16 by its zero bytes: all on one side, as spaces and line ends have them in any script."""
    sample = data[:4000]
    low, high = sample[0::2].count(0), sample[1::2].count(0)
    if len(data) % 2 or bool(low) == bool(high):
        return ""
    encoding = "utf-16-le" if high else "utf-16-be"
    try:
        text = data.decode(encoding)[:2000]
    except UnicodeDecodeError:
        return ""
    words = sum(unicodedata.category(char)[0] in "LMNPZ" or char in "\t\r\n" for char in text)
    return encoding if words > len(text) * 0.95 and _of_one_script(text) else ""


def _of_one_script(text: str) -> bool:
    """Whether a text keeps to a few blocks of Unicode; bytes of something else wander through all of them."""
    blocks = {ord(char) >> 8 for char in text}
    wide = {block for block in blocks if 0x34 <= block <= 0xD7}
    return len(blocks - wide) <= 8


def _legacy(data: bytes, at: int, where: str) -> Decoded:
    start = max(0, at - _SAMPLE // 2)
    matches = list(from_bytes(data[start : start + _SAMPLE], cp_isolation=list(_LEGACY)))
    encoding = _likeliest(matches)
    note = f"not UTF-8 (byte {at}); read as {_title(encoding)}: check the letters with accents"
    try:
        return _decoded(data, encoding, note, where)
    except BadInput:
        return _decoded(
            data, "latin-1", f"not UTF-8 (byte {at}); read as Latin-1: check the letters with accents", where
        )


def _likeliest(matches: list[CharsetMatch]) -> str:
    """The best guess; of two that fit as well, the Western one, which is far more common."""
    if not matches:
        return "cp1252"
    best = matches[0]
    for other in matches:
        as_good = other.chaos <= best.chaos and other.coherence >= best.coherence
        if as_good and _WESTERN & {other.encoding, *other.could_be_from_charset}:
            return "cp1252"
    return best.encoding


def _title(encoding: str) -> str:
    return {"cp1252": "Windows-1252 (Latin-1)"}.get(encoding, encoding)


def _decoded(data: bytes, encoding: str, note: str, where: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise BadInput(f"{where} is not text in {encoding}: {wrong.reason} at byte {wrong.start}.") from wrong
    return Decoded(_checked(text, where), note)


def _checked(text: str, where: str) -> str:
    sample = text[:20_000]
    odd = sum(
        1 for char in sample if (char < " " and char not in "\t\n\r\f\v\x1b") or "\x7f" <= char < "\x85"
    )
    if odd > len(sample) * 0.02:
        raise BadInput(f"{where} is not text (too many control characters). It was not imported.")
    return clean_text(text)
