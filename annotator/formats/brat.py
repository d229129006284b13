"""brat's standoff files, one folder an annotator, in the form in which PolNeAR is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from annotator.core.articles import first_line
from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import BY_NAME, NO, ExportOptions, ReadOptions
from annotator.core.records import Record
from annotator.core.writing import new_folder
from annotator.formats.article_values import read_article, read_structures
from annotator.formats.brat_lines import taken_apart
from annotator.formats.brat_reading import Attributions, comments_of, metadata
from annotator.formats.brat_writing import AnnLines, Used
from annotator.formats.decoding import decode, read_bytes
from annotator.formats.file_names import FileNames

_TEXT_FOLDERS = (".", "../text", "../texts", "../txt")
_UNMARKED = "unmarked"


class Brat:
    """Events with the arguments Source, Cue, Content, Via, Recipient and Parent. Spans are shared between events.

    What is known of the article stands in a note about no annotation, which brat shows nowhere and keeps. Values of
    one word are attributes of the event; all others are notes on it, with a backslash before what would end a line.
    """

    name = "brat"
    title = "brat standoff (.ann and .txt), one folder an annotator"
    suffixes = (".ann",)
    reads = True
    writes = True
    folder = True
    cannot_carry = (
        "line ends other than LF, and a byte order mark (counted)",
        "line ends at the edge of a span; fragments that only line ends divide come back as one",
        "confidence, provenance, features and further keys of an attribution (counted)",
        "which comment answers which, when, and on which words (counted)",
        "suggestions that nobody has accepted (left out, and counted)",
    )

    def recognises(self, path: Path, head: bytes) -> int:
        return BY_NAME if path.suffix.lower() in self.suffixes else NO

    def read(self, path: Path, losses: LossReport, options: ReadOptions) -> Iterator[Record]:
        """The record of one .ann file. Its text is NAME.txt beside it, or, as in PolNeAR, in the folder `text`.

        There, and where it is another's, an .ann may be called NAME_ANNOTATOR.
        """
        content = _content(path)
        text_file, hand = _text_of(path)
        decoded = decode(read_bytes(text_file), str(text_file))
        lines = taken_apart(content, decoded.text, str(path), text_file.stem, losses)
        known = metadata(lines, str(path))
        fields: dict[str, Any] = {
            "id": text_file.stem,
            "title": first_line(decoded.text),
            "file_name": text_file.name,
            "annotator": hand or path.resolve().parent.name or None,
            "assumed": decoded.assumed,
        }
        if known is not None:
            comments = comments_of(known)
            fields = {
                **fields,
                "title": "",
                "file_name": "",
                "annotator": None,
                **read_article(known),
                **read_structures(known, decoded.text),
                "comments": comments,
            }
        marks = Attributions(lines, options, fields["id"], losses, ours=known is not None).all()
        looked = bool(marks) or (known is not None and bool(fields["annotator"]))
        if not looked:
            fields["annotator"] = None
        yield Record(
            text=decoded.text,
            attributions=marks if looked else None,
            has_offsets=looked,
            where=str(path),
            **fields,
        )

    def write(self, records: Iterable[Record], out: Path, options: ExportOptions) -> LossReport:
        """NAME.txt and NAME.ann for each record in its annotator's folder, and annotation.conf above all folders."""
        if options.without_text:
            raise BadInput("brat's files hold the text; they cannot be written without. Nothing was written.")
        losses = LossReport()
        used = Used()
        folders = FileNames()
        files: dict[str | None, tuple[str, FileNames]] = {}
        with new_folder(out) as folder:
            for record in records:
                hand = (record.annotator or "unknown") if record.attributions is not None else None
                if hand not in files:
                    files[hand] = (folders.take(hand or _UNMARKED), FileNames())
                    (folder / files[hand][0]).mkdir()
                place, names = files[hand]
                name = names.take(record.id or record.where or "article")
                lines = AnnLines(record, options.label, used, losses)
                (folder / place / f"{name}.txt").write_bytes(lines.text.encode())
                (folder / place / f"{name}.ann").write_bytes(lines.as_text().encode())
            (folder / "annotation.conf").write_text(used.as_configuration(), encoding="utf-8", newline="\n")
        return losses


def _content(path: Path) -> str:
    """What stands in an .ann file, which may be empty: so brat begins one."""
    if path.is_file() and not path.stat().st_size:
        return ""
    return decode(read_bytes(path, limit=None), str(path)).text


def _text_of(path: Path) -> tuple[Path, str | None]:
    """The text that an .ann file is about, and the annotator whom its name adds to the text's."""
    stem, _, hand = path.stem.rpartition("_")
    for folder in _TEXT_FOLDERS:
        whole = path.parent / folder / f"{path.stem}.txt"
        if whole.is_file():
            return whole, None
    for folder in _TEXT_FOLDERS:
        shorter = path.parent / folder / f"{stem}.txt"
        if stem and shorter.is_file():
            return shorter, hand
    raise BadInput(
        f"{path} has no {path.stem}.txt beside it; brat keeps the text there. Nothing of this file was imported."
    )


FORMAT = Brat()
