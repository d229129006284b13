"""REFI-QDA projects (.qdpx), which ATLAS.ti, MAXQDA, NVivo and QualCoder exchange."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import BY_CONTENT, BY_NAME, NO, ExportOptions, ReadOptions
from annotator.core.records import Record
from annotator.core.writing import new_file
from annotator.formats.archive import Limits, members
from annotator.formats.qdpx_codes import NAMESPACE, PROJECT
from annotator.formats.qdpx_reading import ProjectReader
from annotator.formats.qdpx_writing import ProjectWriter
from annotator.formats.xml_safety import require_safe_xml

_LIMITS = Limits(entries=65_000)
_ZIP = b"PK\x03\x04"


class Qdpx:
    """A zip with project.qde and a text for each article in `sources`; annotators are users.

    Each fragment of a role is a selection with the codes of its role and kind. The first of an attribution (its cue;
    without one, its content) also has codes for the fields, the note as its description, and comments as notes; links
    named after roles lead from it to the others. Programs that read projects make a new one each time.
    """

    name = "qdpx"
    title = "REFI-QDA project for ATLAS.ti, MAXQDA, NVivo and QualCoder"
    suffixes = (".qdpx",)
    reads = True
    writes = True
    folder = False
    cannot_carry = (
        "comments on an article, and the place, claim, state and thread of those on attributions",
        "that an annotator looked at an article and marked nothing",
        "confidence, antecedent, features of your own, provenance and further keys",
        "status and scheme of an annotator's marks",
        "control characters in names and notes (each becomes a space, and is counted)",
        "suggestions that nobody has accepted (left out, and counted)",
    )

    def recognises(self, path: Path, head: bytes) -> int:
        if head.startswith(_ZIP) and PROJECT.encode() in head:
            return BY_CONTENT
        return BY_NAME if path.suffix.lower() in self.suffixes else NO

    def read(self, path: Path, losses: LossReport, options: ReadOptions) -> Iterator[Record]:
        """A record for each text and each user who marked something in it."""
        if path.is_dir():
            raise BadInput(f"{path} is a folder, not a REFI-QDA project. Nothing was imported from it.")
        with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
            home = Path(folder)
            files = {
                str(one.relative_to(home).as_posix()).casefold(): one for one in members(path, home, _LIMITS)
            }
            inside = [one for name, one in files.items() if name.endswith(".qde") and "/" not in name]
            if len(inside) != 1:
                raise BadInput(
                    f"{path} holds no {PROJECT}, so it is no REFI-QDA project. Nothing was imported."
                )
            shown = f"{path}, {PROJECT}"
            if require_safe_xml(inside[0], shown) != f"{{{NAMESPACE}}}Project":
                raise BadInput(f"{shown} is no project of REFI-QDA 1. Nothing was imported from it.")
            yield from ProjectReader(inside[0], files, path, losses, options).records()

    def write(self, records: Iterable[Record], out: Path, options: ExportOptions) -> LossReport:
        """A source an article, the same bytes each time."""
        if options.without_text:
            raise BadInput(
                "A REFI-QDA project holds the text; it cannot be written without. Nothing was written."
            )
        losses = LossReport()
        with new_file(out) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            writer = ProjectWriter(archive, losses)
            for record in records:
                writer.add(record)
            writer.finish()
        return losses


FORMAT = Qdpx()
