"""A bundle: one desk's project, or one annotator's part of it, in a zip that another desk can merge."""

from __future__ import annotations

import hashlib
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

import orjson

from annotator.core.articles import Article, text_hash
from annotator.core.changes import NAME_OF, Noun
from annotator.core.errors import BadInput
from annotator.core.plain import to_plain
from annotator.core.storing import LogLine
from annotator.core.writing import new_file
from annotator.formats.bundle_values import line_from, noun_from

SCHEMA = "annotator-bundle/1"
SUFFIX = ".bundle"
_FAMILY = "annotator-bundle/"
_MANIFEST, _LOG = "manifest.json", "log.jsonl"
_MOST_MEMBERS, _MOST_BYTES, _LONGEST_MANIFEST, _RATIO = 250_000, 4_000_000_000, 100_000_000, 1_000
_UNSUSPICIOUS = 1_000_000
_PIECE = 1 << 20
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


@dataclass(frozen=True, slots=True)
class Head:
    """What a bundle's manifest says of it: of which project it is, when and by whom it was made.

    annotator is the one whose marks alone are in it; empty when it holds the whole project.
    """

    project_id: str
    project: str = ""
    made: str = ""
    by: str = ""
    annotator: str = ""
    program: str = ""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle, read: its nouns, the articles' texts by their hashes, and the log of the desk that made it."""

    head: Head
    nouns: tuple[Noun, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    log: tuple[LogLine, ...] = ()


class BundleWriter:
    """A bundle in the making: members of lines, then the manifest with the hash of each."""

    def __init__(self, archive: zipfile.ZipFile, head: Head) -> None:
        self._archive = archive
        self._head = head
        self._hashes: dict[str, str] = {}

    def nouns(self, name: str, nouns: Iterable[Noun], texts: Mapping[str, str] | None = None) -> None:
        """A member with a line for each noun; an article's has its text too."""
        self._write(name, (_line(noun, texts or {}) for noun in nouns))

    def log(self, lines: Iterable[LogLine]) -> None:
        """The log."""
        self._write(_LOG, (asdict_of(line) for line in lines))

    def _write(self, name: str, lines: Iterable[Any]) -> None:
        made = hashlib.sha256()
        with self._archive.open(_entry(name), "w", force_zip64=True) as member:
            for line in lines:
                raw = orjson.dumps(line) + b"\n"
                made.update(raw)
                member.write(raw)
        self._hashes[name] = made.hexdigest()

    def finish(self) -> None:
        """Write the manifest."""
        manifest = {"schema": SCHEMA, **asdict(self._head), "members": self._hashes}
        self._archive.writestr(_entry(_MANIFEST), orjson.dumps(manifest, option=orjson.OPT_INDENT_2))


def _entry(name: str) -> zipfile.ZipInfo:
    """An entry without the hour, so that the same state makes the same file."""
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = (stat.S_IFREG | 0o644) << 16
    return info


def _line(noun: Noun, texts: Mapping[str, str]) -> dict[str, Any]:
    line = {NAME_OF[type(noun)]: to_plain(noun)}
    if isinstance(noun, Article):
        line["text"] = texts[noun.text_sha256]
    return line


def asdict_of(line: LogLine) -> dict[str, Any]:
    """A line of the log as a bundle holds it."""
    return {
        "seq": line.seq,
        "id": line.id,
        "at": line.at,
        "actor": line.actor,
        "label": line.label,
        "mode": line.mode,
        "target": line.target,
        "changes": line.changes,
    }


@contextmanager
def new_bundle(out: Path, head: Head) -> Iterator[BundleWriter]:
    """A bundle that takes its name only when all is written.

    Raises:
        BadInput: when the file cannot be written.
    """
    with new_file(out) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        writer = BundleWriter(archive, head)
        yield writer
        writer.finish()


def read_head(path: Path) -> Head:
    """What a bundle says of itself; its members are not looked at.

    Raises:
        BadInput: when the file is no bundle, or from a newer Annotator.
    """
    with _opened(path) as archive:
        return _head(path, _manifest(path, archive))


def read_bundle(path: Path) -> Bundle:
    """A bundle, every member of it held against its hash before anything in it is believed.

    Raises:
        BadInput: when it is cut off, altered, hostile, from a newer Annotator, or no bundle.
    """
    with _opened(path) as archive:
        manifest = _manifest(path, archive)
        head = _head(path, manifest)
        nouns: list[Noun] = []
        texts: dict[str, str] = {}
        log: list[LogLine] = []
        for name, wanted in manifest["members"].items():
            raw = _member(path, archive, name, wanted)
            for number, line in enumerate(raw.split(b"\n")[:-1], 1):
                where = f"{path}, {name}, line {number}"
                plain = _parsed(line, where)
                if name == _LOG:
                    log.append(line_from(plain, where))
                else:
                    nouns.append(_noun(plain, where, texts))
    return Bundle(head, tuple(nouns), texts, tuple(log))


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with path.open("rb") as file, zipfile.ZipFile(_whole(path, file)) as archive:
            _require_modest(path, archive.infolist())
            yield archive
    except _BROKEN as wrong:
        raise BadInput(
            f"{path} is no bundle, or a broken one (cut off on its way?): {wrong}. Nothing was merged."
        ) from wrong
    except OSError as wrong:
        raise BadInput(f"{path} cannot be read: {wrong.strerror or wrong}. Nothing was merged.") from wrong


def _whole(path: Path, file: IO[bytes]) -> IO[bytes]:
    if file.read(2) != b"PK":
        raise BadInput(f"{path} is no bundle. Nothing was merged.")
    file.seek(0)
    return file


def _require_modest(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > _MOST_MEMBERS or sum(info.file_size for info in entries) > _MOST_BYTES:
        raise BadInput(f"{path} is larger than any project. Nothing was merged.")
    seen: set[str] = set()
    for info in entries:
        kind = stat.S_IFMT(info.external_attr >> 16)
        parts = info.filename.split("/")
        if "" in parts or "." in parts or ".." in parts or "\\" in info.filename or ":" in info.filename:
            raise BadInput(f"{path}: {info.filename!r} leads outside the bundle. Nothing was merged.")
        if kind not in {0, stat.S_IFREG} or info.flag_bits & _ENCRYPTED or info.filename in seen:
            raise BadInput(f"{path}: {info.filename!r} has no place in a bundle. Nothing was merged.")
        if info.file_size > _UNSUSPICIOUS and info.file_size > info.compress_size * _RATIO:
            raise BadInput(
                f"{path}: {info.filename!r} would grow to more than {_RATIO} times its size. Nothing was merged."
            )
        seen.add(info.filename)


def _manifest(path: Path, archive: zipfile.ZipFile) -> dict[str, Any]:
    names = set(archive.namelist())
    if _MANIFEST not in names:
        raise BadInput(f"{path} is a zip, but no bundle. Nothing was merged.")
    with archive.open(_MANIFEST) as file:
        manifest = _parsed(file.read(_LONGEST_MANIFEST), f"{path}, {_MANIFEST}")
    schema = manifest.get("schema") if isinstance(manifest, dict) else None
    if isinstance(schema, str) and schema.startswith(_FAMILY) and schema != SCHEMA:
        raise BadInput(
            f"{path} was made by a newer Annotator ({schema}; this program reads {SCHEMA}). Update Annotator to merge it. "
            "Nothing was merged."
        )
    members = manifest.get("members") if schema == SCHEMA else None
    if not isinstance(members, dict) or not all(isinstance(one, str) for one in members.values()):
        raise BadInput(f"{path} is no bundle of Annotator. Nothing was merged.")
    if {*members, _MANIFEST} != names:
        odd = min({*members, _MANIFEST} ^ names)
        raise BadInput(
            f"{path} was altered since it was made: {odd!r} is missing, or was added. Nothing was merged."
        )
    return dict(manifest)


def _head(path: Path, manifest: Mapping[str, Any]) -> Head:
    values = {name: manifest.get(name, "") for name in Head.__slots__}
    if not all(isinstance(one, str) for one in values.values()) or not values["project_id"]:
        raise BadInput(f"{path} does not say of which project it is. Nothing was merged.")
    return Head(**values)


def _member(path: Path, archive: zipfile.ZipFile, name: str, wanted: str) -> bytes:
    size = archive.getinfo(name).file_size
    parts: list[bytes] = []
    read, made = 0, hashlib.sha256()
    with archive.open(name) as file:
        while piece := file.read(_PIECE):
            read += len(piece)
            if read > size:
                raise BadInput(f"{path}: {name!r} is larger than it says. Nothing was merged.")
            made.update(piece)
            parts.append(piece)
    if made.hexdigest() != wanted:
        raise BadInput(
            f"{path} was altered since it was made: {name!r} is not what its manifest says. Nothing was merged."
        )
    return b"".join(parts)


def _parsed(raw: bytes, where: str) -> Any:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as wrong:
        raise BadInput(f"{where}: this is not JSON ({wrong}). Nothing was merged.") from wrong


def _noun(plain: Any, where: str, texts: dict[str, str]) -> Noun:
    if not isinstance(plain, dict) or not plain:
        raise BadInput(f"{where}: this is no line of a bundle. Nothing was merged.")
    name = next(iter(plain))
    noun = noun_from(name, plain[name], where)
    if isinstance(noun, Article):
        text = plain.get("text")
        if not isinstance(text, str) or text_hash(text) != noun.text_sha256 or len(text) != noun.length:
            raise BadInput(f"{where}: the text is not the one of its article. Nothing was merged.")
        texts[noun.text_sha256] = text
    return noun
