"""A folder for each annotator with a file for each article, and names that any disk can hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from annotator.core.losses import LossReport
from annotator.core.records import Record

UNMARKED = "unmarked"
"""The folder of the articles that nobody has marked."""

_NOT_IN_NAMES = re.compile(r'[%<>:"/\\|?*\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]|^[. ]|[. ]$')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_WRITTEN_OUT = re.compile(r"(?:%[0-9A-F]{2})+")
_LONGEST = 180
_DOCUMENT = re.compile(r"\.(?:txt|tsv|xmi|json|xml|pdf|html?|tei|docx?)$", re.IGNORECASE)


def safe_name(wanted: str) -> str:
    """The name as every system can keep it; what it cannot have is written out, as in a web address."""
    name = _NOT_IN_NAMES.sub(lambda found: _written_out(found[0]), wanted) or "_"
    if _RESERVED.match(name):
        name = _written_out(name[0]) + name[1:]
    return name.encode("utf-8")[:_LONGEST].decode("utf-8", "ignore")


def _written_out(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "replace"))


def name_meant(safe: str) -> str:
    """The name that safe_name was given."""
    return _WRITTEN_OUT.sub(
        lambda found: bytes.fromhex(found[0].replace("%", "")).decode("utf-8", "replace"), safe
    )


@dataclass(slots=True)
class AnnotatorFolders:
    """Where each record of an export goes, below a root: ANNOTATOR/ARTICLE.suffix, no two names alike on any system."""

    root: Path
    suffix: str
    taken: set[tuple[str, str]] = field(default_factory=lambda: {("", UNMARKED)})
    folders: dict[str | None, Path] = field(default_factory=dict)

    def place(self, record: Record, losses: LossReport) -> Path:
        """The file for a record, in a folder that is there; counts an article's id that no file can be named after."""
        owner = None if record.attributions is None else record.annotator or "annotator"
        if owner not in self.folders:
            name = UNMARKED if owner is None else self._free("", owner)
            self.folders[owner] = self.root / name
            self.folders[owner].mkdir()
            if owner is not None and name_meant(name) != owner:
                losses.add(
                    f"annotator's name that no folder can have, written as {name!r}",
                    record.id or record.where,
                )
        folder = self.folders[owner]
        wanted = record.id or "article"
        name = self._free(folder.name, wanted)
        if record.id and name_meant(name) != record.id:
            losses.add("id of an article that no file can have as its name, changed in the name", record.id)
        return folder / f"{name}{self.suffix}"

    def _free(self, folder: str, wanted: str) -> str:
        first = name = safe_name(wanted)
        number = 1
        while (folder, name.casefold()) in self.taken:
            number += 1
            name = f"{first}-{number}"
        self.taken.add((folder, name.casefold()))
        return name


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose marks a file holds, on which article; annotator is None where it lies among those that nobody marked."""

    article: str
    annotator: str | None


def owner_of(path: Path) -> Owner:
    """Article and annotator of a file by its name and its folder's.

    ANNOTATOR/ARTICLE.suffix, as we write it; ARTICLE.txt/ANNOTATOR.suffix, as INCEpTION exports a project, is known by
    the suffix in the folder's name.
    """
    folder = path.absolute().parent.name
    if _DOCUMENT.search(folder):
        return Owner(name_meant(_DOCUMENT.sub("", folder)), name_meant(path.stem))
    return Owner(name_meant(path.stem), None if folder == UNMARKED else name_meant(folder) or path.stem)
