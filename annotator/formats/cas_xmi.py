"""UIMA CAS as XMI, for INCEpTION and DKPro: an .xmi for each article and annotator."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import BY_CONTENT, BY_NAME, NO, ExportOptions, ReadOptions
from annotator.core.records import Record
from annotator.core.writing import new_folder
from annotator.formats.annotator_folders import AnnotatorFolders, Owner, owner_of
from annotator.formats.archive import IN_A_DOCUMENT, members
from annotator.formats.cas_layers import CANNOT_CARRY, cas_of, record_of_cas, type_system
from annotator.formats.quiet import quiet
from annotator.formats.xml_safety import require_safe_xml, xml_text

TYPES = "TypeSystem.xml"
_XMI_ROOT = "{http://www.omg.org/XMI}XMI"
_TYPES_ROOT = "{http://uima.apache.org/resourceSpecifier}typeSystemDescription"
_ZIP = b"PK\x03\x04"


class CasXmi:
    """A folder for each annotator, in it TypeSystem.xml and an .xmi for each article; what nobody marked is in `unmarked`.

    Each .xmi can be imported into INCEpTION as "UIMA CAS XMI (XML 1.0)", alone or zipped with its TypeSystem.xml; the
    layers webanno.custom.Attribution and webanno.custom.AttrLink have to be in the project. Reads both, ours and others'.
    """

    name = "cas-xmi"
    title = "UIMA CAS XMI for INCEpTION, a folder for each annotator"
    suffixes = (".xmi",)
    reads = True
    writes = True
    folder = True
    cannot_carry = (*CANNOT_CARRY, "control characters in a text (each becomes a space, and is counted)")

    def recognises(self, path: Path, head: bytes) -> int:
        suffix = path.suffix.lower()
        if suffix == ".zip":
            return BY_CONTENT if head.startswith(_ZIP) and b".xmi" in head else NO
        if b"http://www.omg.org/XMI" in head:
            return BY_CONTENT
        return BY_NAME if suffix in self.suffixes else NO

    def read(self, path: Path, losses: LossReport, options: ReadOptions) -> Iterator[Record]:
        """The article in an .xmi file, or those in a zip of such files."""
        if path.is_dir():
            raise BadInput(f"{path} is a folder; name the .xmi files in it. Nothing was imported from it.")
        if path.suffix.lower() != ".zip":
            yield _read(
                _Document(path, str(path), owner_of(path), path.parent.glob("*.xml")), losses, options
            )
            return
        with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
            files = list(members(path, Path(folder), IN_A_DOCUMENT))
            documents = [one for one in files if one.suffix.lower() == ".xmi"]
            if not documents:
                raise BadInput(f"{path} holds no .xmi file. Nothing was imported from it.")
            for one in documents:
                owner = owner_of(path) if len(documents) == 1 else owner_of(one)
                yield _read(_Document(one, f"{path}, {one.name}", owner, files), losses, options)

    def write(self, records: Iterable[Record], out: Path, options: ExportOptions) -> LossReport:
        """An .xmi a record; comments are counted as lost."""
        if options.without_text:
            raise BadInput("A CAS holds the text; it cannot be written without. Nothing was written.")
        losses = LossReport()
        types = type_system()
        with new_folder(out) as folder:
            folders = AnnotatorFolders(folder, ".xmi")
            for record in records:
                if record.text is None:
                    losses.add("article without its text, not written", record.id or record.where)
                    continue
                place = folders.place(record, losses)
                beside = place.with_name(TYPES)
                if not beside.exists():
                    types.to_xml(beside)
                with quiet("cassis"):
                    cas_of(record, types, losses, _Plain(record, losses)).to_xmi(place)
        return losses


class _Plain:
    """Puts a space in place of each character that XML cannot hold, and counts it."""

    def __init__(self, record: Record, losses: LossReport) -> None:
        self._record = record
        self._losses = losses

    def __call__(self, value: str) -> str:
        text, lost = xml_text(value)
        for at in lost:
            article = self._record.id or self._record.where
            place = (at, at + 1) if value is self._record.text else (None, None)
            self._losses.add("character that XML cannot hold, written as a space", article, *place)
        return text


@dataclass(frozen=True, slots=True)
class _Document:
    """An .xmi file to read: where it lies, how a sentence names it, whose it is, and the files around it."""

    path: Path
    shown: str
    owner: Owner
    around: Iterable[Path]

    def types(self) -> Path:
        """The type system among the files around it; the one in its own folder counts first."""
        found = [one for one in self.around if one.name.casefold() == TYPES.casefold()]
        if not found:
            raise BadInput(
                f"{self.shown} needs its {TYPES} beside it, and none is there. Nothing was imported."
            )
        return min(found, key=lambda one: one.parent != self.path.parent)


def _read(document: _Document, losses: LossReport, options: ReadOptions) -> Record:
    from cassis import load_cas_from_xmi, load_typesystem  # noqa: PLC0415  woken late

    shown = document.shown
    if require_safe_xml(document.path, shown) != _XMI_ROOT:
        raise BadInput(f"{shown} is no XMI file. Nothing was imported from it.")
    beside = document.types()
    if require_safe_xml(beside, f"{beside.name} beside {shown}") != _TYPES_ROOT:
        raise BadInput(f"{beside.name} beside {shown} describes no types of a CAS. Nothing was imported.")
    with quiet("cassis"):
        types = _loaded(f"{beside.name} beside {shown}", load_typesystem, beside)
        cas = _loaded(shown, load_cas_from_xmi, document.path, typesystem=types, lenient=True)
        record = record_of_cas(cas, shown, document.owner, losses, options)
    return replace(record, file_name=document.path.name)


def _loaded(shown: str, load: Any, *source: Any, **named: Any) -> Any:
    try:
        return load(*source, **named)
    except Exception as wrong:  # cassis checks little, and fails with whatever it runs into
        reason = " ".join(str(wrong).split())[:120] or type(wrong).__name__
        raise BadInput(
            f"{shown} is no CAS that can be read: {reason}. Nothing was imported from it."
        ) from wrong


FORMAT = CasXmi()
