"""The files in a zip or below a folder, one after another, and nothing that lies outside them."""

from __future__ import annotations

import io
import os
import re
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.core.errors import BadInput


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an archive may hold: entries, bytes in all when unpacked, and how many times its size an entry may grow."""

    entries: int = 20_000
    total: int = 2_000_000_000
    ratio: int = 200


LIMITS = Limits()
IN_A_DOCUMENT = Limits(entries=20_000, total=300_000_000)
"""What a document that is a zip itself (a .docx, a .xlsx) may hold."""

_UNSUSPICIOUS = 1_000_000
"""An entry of fewer bytes than this may shrink to anything: a page of blanks is no bomb."""
_LONGEST_ENTRY_LINE = 1_000
_END = b"PK\x05\x06"
_END_LENGTH = 22
_LONGEST_REMARK = 65_535
_COUNT_IN_WIDE_ZIP = 0xFFFF
_DRIVE = re.compile(r"[A-Za-z]:")
_NOT_IN_NAMES = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_LONGEST_NAME = 180
_PIECE = 1 << 20
_PASSED_OVER = "__MACOSX"
_ENCRYPTED = 0x1
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    RuntimeError,
    struct.error,
    ValueError,
    LookupError,
)


def members(path: Path, into: Path, limits: Limits = LIMITS) -> Iterator[Path]:
    """The files in a zip, each unpacked below `into` when its turn comes; a zip in it is a file like any other.

    All entries are looked at before the first is unpacked. Hidden files and what macOS adds are passed over.

    Raises:
        BadInput: for an archive that is broken, encrypted, too large, or reaches outside itself.
    """
    try:
        _require_few_entries(path, limits)
        with zipfile.ZipFile(path) as archive:
            wanted = [(info, _safe_parts(path, info)) for info in archive.infolist() if not info.is_dir()]
            _require_modest(archive.infolist(), path, limits)
            left = limits.total
            taken: set[str] = set()
            for info, parts in wanted:
                if any(part.startswith(".") or part == _PASSED_OVER for part in parts):
                    continue
                target = _free(into, parts, taken)
                left -= _unpack(archive, info, target, left, path)
                yield target
    except _BROKEN as wrong:
        raise BadInput(f"{path} is a broken zip archive: {wrong}. No more was imported from it.") from wrong
    except OSError as wrong:
        raise BadInput(
            f"{path} cannot be unpacked: {wrong.strerror or wrong}. No more was imported from it."
        ) from wrong


def require_modest_document(data: bytes, path: Path, kind: str) -> list[str]:
    """The names in a document that is a zip, when it is one and no bomb.

    Raises:
        BadInput: when it is not, or is encrypted.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _require_modest(archive.infolist(), path, IN_A_DOCUMENT)
            return archive.namelist()
    except _BROKEN as wrong:
        raise BadInput(
            f"{path} is no {kind}, or a broken one: {wrong}. Nothing was imported from it."
        ) from wrong


def walk(folder: Path) -> Iterator[Path]:
    """The files below a folder in the order of their names; hidden ones, and links that lead out of it, are passed over.

    Raises:
        BadInput: when there is no such folder.
    """
    if not folder.is_dir():
        raise BadInput(f"{folder} is not a folder. Nothing was imported from it.")
    home = folder.resolve()
    for place, inner, names in os.walk(folder, followlinks=False):
        inner[:] = sorted(name for name in inner if not _is_hidden(name))
        for name in sorted(names):
            path = Path(place, name)
            if not _is_hidden(name) and path.is_file() and path.resolve().is_relative_to(home):
                yield path


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or name == _PASSED_OVER


def _require_few_entries(path: Path, limits: Limits) -> None:
    """Look at the archive's last lines, before its whole list is read into memory."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - _END_LENGTH - _LONGEST_REMARK))
        tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_LENGTH:
        raise BadInput(f"{path} is no zip archive, or only part of one. Nothing was imported from it.")
    count, length = struct.unpack_from("<HI", tail, at + 10)
    # An archive of 65,535 entries or more, or of 4 GB, keeps its counts elsewhere; no collection of articles needs that.
    if count > limits.entries or count == _COUNT_IN_WIDE_ZIP or length > limits.entries * _LONGEST_ENTRY_LINE:
        raise BadInput(f"{path} holds more than {limits.entries:,} files. Nothing was imported from it.")


def _require_modest(entries: list[zipfile.ZipInfo], path: Path, limits: Limits) -> None:
    if len(entries) > limits.entries:
        raise BadInput(f"{path} holds more than {limits.entries:,} files. Nothing was imported from it.")
    if sum(info.file_size for info in entries) > limits.total:
        raise BadInput(
            f"{path} would be more than {limits.total / 1e6:,.0f} MB when unpacked. Nothing was imported from it."
        )
    for info in entries:
        if info.flag_bits & _ENCRYPTED:
            raise BadInput(
                f"{path} is encrypted; unpack it with its password first. Nothing was imported from it."
            )
        if info.file_size > _UNSUSPICIOUS and info.file_size > info.compress_size * limits.ratio:
            raise BadInput(
                f"{path}: {info.filename!r} would grow to more than {limits.ratio} times its size (a zip bomb?). "
                "Nothing was imported from it."
            )


def _safe_parts(path: Path, info: zipfile.ZipInfo) -> list[str]:
    name = _decoded_name(info).replace("\\", "/")
    kind = stat.S_IFMT(info.external_attr >> 16)
    parts = [part for part in name.split("/") if part not in {"", "."}]
    if name.startswith("/") or _DRIVE.match(name) or ".." in parts or not parts:
        raise BadInput(f"{path}: {name!r} leads outside the archive. Nothing was imported from it.")
    if kind not in {0, stat.S_IFREG}:
        raise BadInput(f"{path}: {name!r} is a link or a device, not a file. Nothing was imported from it.")
    return [_safe_name(part) for part in parts]


def _decoded_name(info: zipfile.ZipInfo) -> str:
    """An entry's name; many programs write UTF-8 without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _safe_name(part: str) -> str:
    """A part of a path as every system can keep it."""
    name = _NOT_IN_NAMES.sub("_", part).rstrip(". ") or "_"
    name = f"_{name}" if _RESERVED.match(name) else name
    encoded = name.encode("utf-8", "replace")
    if len(encoded) <= _LONGEST_NAME:
        return encoded.decode("utf-8")
    suffix = Path(name).suffix.encode("utf-8", "replace")[:20]
    return (encoded[: _LONGEST_NAME - len(suffix)] + suffix).decode("utf-8", "ignore")


def _free(into: Path, parts: list[str], taken: set[str]) -> Path:
    """A path below `into` that no entry has had, also where large and small letters are the same."""
    stem, suffix = Path(parts[-1]).stem, Path(parts[-1]).suffix
    path = into.joinpath(*parts)
    number = 1
    while str(path).casefold() in taken:
        number += 1
        path = path.with_name(f"{stem} ({number}){suffix}")
    taken.add(str(path).casefold())
    return path


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, left: int, path: Path) -> int:
    """Write one entry; returns its real size, which the archive may have lied about."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(info) as packed, target.open("wb") as file:
        shutil.copyfileobj(packed, file, _PIECE)
        size = file.tell()
    if size > left:
        raise BadInput(f"{path} is larger than it says when unpacked. No more was imported from it.")
    return size
