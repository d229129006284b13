"""Find what can be read: in files, folders and zip archives, and at addresses that the user names."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from annotator.core.errors import BadInput, Cancelled
from annotator.core.plugins import all_formats, load_format
from annotator.core.ports import BY_CONTENT, NO, Format, Progress, TableHead, Tabular
from annotator.formats.archive import members, walk
from annotator.formats.fetching import fetch

_HEAD = 65_536
_NOT_ARTICLES = {"annotation.conf", "visual.conf", "tools.conf", "kb_shortcuts.conf", "typesystem.xml"}
"""Files that other programs put beside their documents."""

_OF_ONE_ARTICLE = {
    "text",
    "html",
    "docx",
    "pdf",
    "eml",
    "brat",
    "citron",
    "cas-xmi",
    "cas-json",
    "german-quotations",
}
"""Formats with one article a file: the folder's name says more about the story than the file's."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read: where it lies, what to call it before the user, its format, and the story its place suggests."""

    path: Path
    shown: str
    format: Format
    story: str


@dataclass(slots=True)
class Gathering:
    """Files to read, and places where nothing could be found, each with a sentence that says why."""

    found: list[Found] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def is_address(place: str) -> bool:
    """Whether a place is an address of the web and not a file."""
    return place.lower().startswith(("http://", "https://"))


def recognised(path: Path, formats: Iterable[Format] | None = None) -> Format | None:
    """The format that is surest of a file, by what stands in it, else by its name; None when none reads it."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        head = b""
    best, how_sure = None, NO
    for one in all_formats() if formats is None else formats:
        sure = one.recognises(path, head) if one.reads else NO
        if sure > how_sure:
            best, how_sure = one, sure
            if sure == BY_CONTENT:
                break
    return best


@contextmanager
def gathered(
    places: Sequence[str],
    format_name: str = "auto",
    *,
    may_fetch: bool = True,
    progress: Progress | None = None,
) -> Iterator[Gathering]:
    """Everything to read at these places; what had to be unpacked or fetched is kept until the block ends.

    In a folder or an archive only files that a format recognises are taken; a file that is named itself is read as
    plain text where no format knows it.

    Raises:
        NotFound: for an unknown format.
        BadInput: for a format that is only written.
        Cancelled: when progress asks to stop.
    """
    wanted = None if format_name == "auto" else load_format(format_name)
    if wanted is not None and not wanted.reads:
        raise BadInput(f"The format {wanted.name!r} is written, not read.")
    with tempfile.TemporaryDirectory(prefix="annotator-") as aside:
        gathering = Gathering()
        seeker = _Seeker(gathering, wanted, Path(aside), may_fetch=may_fetch)
        for done, place in enumerate(places):
            if progress is not None and not progress(done, 0):
                raise Cancelled("The import was stopped; nothing of it was kept.")
            try:
                seeker.look(place)
            except BadInput as wrong:
                gathering.refused.append((place, str(wrong)))
        yield gathering


class _Seeker:
    """Looks through places one after the other."""

    def __init__(self, gathering: Gathering, wanted: Format | None, aside: Path, *, may_fetch: bool) -> None:
        self._gathering = gathering
        self._wanted = wanted
        self._aside = aside
        self._may_fetch = may_fetch
        self._formats = [one for one in all_formats() if one.reads]
        self._unpacked = 0

    def look(self, place: str) -> None:
        """Take what a file, a folder, an archive or an address has to offer."""
        if is_address(place):
            self._fetch(place)
            return
        path = Path(place)
        if path.is_dir():
            self._take_all(walk(path), path, path.resolve().name, "")
        elif not path.exists():
            raise BadInput(f"There is no file {path}.")
        elif self._is_archive(path):
            inside = self._folder()
            self._take_all(members(path, inside), inside, path.stem, f"{path}: ")
        else:
            self._take(path, str(path), path.resolve().parent.name)

    def _folder(self) -> Path:
        self._unpacked += 1
        folder = self._aside / str(self._unpacked)
        folder.mkdir()
        return folder

    def _is_archive(self, path: Path) -> bool:
        return path.suffix.lower() == ".zip" and (
            self._wanted is None or recognised(path, [self._wanted]) is None
        )

    def _fetch(self, address: str) -> None:
        if not self._may_fetch:
            raise BadInput(
                f"{address} was not fetched: fetching pages is switched off in the settings (fetch_pages)."
            )
        self._take(fetch(address, self._folder()), address, "")

    def _take_all(self, paths: Iterator[Path], folder: Path, name: str, prefix: str) -> None:
        before = len(self._gathering.found)
        every = list(paths)
        spoken_for = {path.with_suffix("") for path in every if path.suffix.lower() == ".ann"}
        for path in every:
            beside = path.suffix.lower() == ".txt" and path.with_suffix("") in spoken_for
            if beside or path.name.lower() in _NOT_ARTICLES or path.suffix.lower() == ".zip":
                continue
            shown = f"{prefix}{path.relative_to(folder)}" if prefix else str(path)
            parent = path.parent.name if path.parent != folder else name
            self._take(path, shown, parent, named=False)
        if len(self._gathering.found) == before:
            where = prefix.removesuffix(": ") or str(folder)
            raise BadInput(f"{where} holds no file that can be read here. Nothing was imported from it.")

    def _text_for(self, path: Path, shown: str) -> Format:
        """Plain text, for a file of a name that says nothing else."""
        suffix = path.suffix.lower()
        owners = sorted({one.title for one in all_formats() if suffix and suffix in one.suffixes})
        if owners:
            raise BadInput(
                f"{shown} is none of the files that end so and can be read here ({'; '.join(owners)}). Nothing was imported from it."
            )
        return load_format("text")

    def _take(self, path: Path, shown: str, story: str, *, named: bool = True) -> None:
        known = self._wanted or recognised(path, self._formats)
        if known is None and named:
            known = self._text_for(path, shown)
        if known is None:
            return
        fits = known.name in _OF_ONE_ARTICLE
        self._gathering.found.append(Found(path, shown, known, story if fits else path.stem))


def table_head(places: Sequence[str]) -> TableHead | None:
    """The top of the first table among files that are named themselves; None when there is none that can be read."""
    for place in places:
        path = Path(place)
        if not is_address(place) and path.is_file():
            known: object = recognised(path)
            if isinstance(known, Tabular):
                try:
                    return known.head(path)
                except BadInput:
                    continue
    return None
