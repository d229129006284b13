"""UIMA CAS as JSON (0.4.0), for INCEpTION: a .json for each article and annotator."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import orjson

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import BY_CONTENT, NO, ExportOptions, ReadOptions
from annotator.core.records import Record
from annotator.core.writing import new_folder
from annotator.formats.annotator_folders import AnnotatorFolders, owner_of
from annotator.formats.cas_layers import CANNOT_CARRY, cas_of, record_of_cas, type_system
from annotator.formats.json_document import one_object
from annotator.formats.quiet import quiet

_KEY = re.compile(rb'"%(?:TYPES|FEATURE_STRUCTURES|VIEWS)"\s*:')


class CasJson:
    """A folder for each annotator, in it a .json for each article; what nobody marked is in `unmarked`.

    A file holds its types with it. INCEpTION imports it as "UIMA CAS JSON 0.4.0" into a project that has the layers.
    """

    name = "cas-json"
    title = "UIMA CAS JSON for INCEpTION, a folder for each annotator"
    suffixes = (".json",)
    reads = True
    writes = True
    folder = True
    cannot_carry = CANNOT_CARRY

    def recognises(self, path: Path, head: bytes) -> int:
        return (
            BY_CONTENT if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and _KEY.search(head) else NO
        )

    def read(self, path: Path, losses: LossReport, options: ReadOptions) -> Iterator[Record]:
        """The article in the file."""
        from cassis import load_cas_from_json  # noqa: PLC0415  woken late

        values = one_object(path).values
        if not all(isinstance(values.get(key), dict) for key in ("%TYPES", "%VIEWS")):
            raise BadInput(
                f"{path} is no CAS in JSON (it has no %TYPES or %VIEWS). Nothing was imported from it."
            )
        with quiet("cassis"):
            try:
                # Written anew, it is one value in UTF-8 without the marks and numbers that only Python's reader takes.
                cas = load_cas_from_json(orjson.dumps(values).decode())
            except Exception as wrong:  # cassis checks little, and fails with whatever it runs into
                reason = " ".join(str(wrong).split())[:120] or type(wrong).__name__
                raise BadInput(
                    f"{path} is no CAS that can be read: {reason}. Nothing was imported from it."
                ) from wrong
            record = record_of_cas(cas, str(path), owner_of(path), losses, options)
        yield replace(record, file_name=path.name)

    def write(self, records: Iterable[Record], out: Path, options: ExportOptions) -> LossReport:
        """A .json a record; comments are counted as lost."""
        if options.without_text:
            raise BadInput("A CAS holds the text; it cannot be written without. Nothing was written.")
        losses = LossReport()
        types = type_system()
        with new_folder(out) as folder:
            folders = AnnotatorFolders(folder, ".json")
            for record in records:
                if record.text is None:
                    losses.add("article without its text, not written", record.id or record.where)
                    continue
                place = folders.place(record, losses)
                with quiet("cassis"):
                    written = cas_of(record, types, losses).to_json()
                place.write_bytes(f"{written}\n".encode())
        return losses


FORMAT = CasJson()
