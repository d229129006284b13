"""Read a REFI-QDA project, ours or another program's: sources with selections, codes, links and notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from defusedxml.ElementTree import iterparse

from annotator.core.articles import Zone
from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import ReadOptions
from annotator.core.records import AttributionRecord, CommentRecord, Record
from annotator.core.spans import Span
from annotator.formats.decoding import LONGEST
from annotator.formats.flat import FlatSpan, Relation, gather
from annotator.formats.qdpx_codes import (
    BETWEEN,
    FIELD_OF_TITLE,
    KIND,
    ROLE,
    SOURCES,
    VARIABLES,
    ZONE,
    as_guid,
)
from annotator.formats.values import LISTS, with_simple_values

_INTERNAL = "internal://"
_OTHER_SOURCES = {"PDFSource", "PictureSource", "AudioSource", "VideoSource"}
_CODES = "codes"
"""The feature that keeps the further codes of a selection."""


@dataclass(slots=True)
class _Common:
    """What a project says of all its sources, by GUID."""

    users: dict[str, str] = field(default_factory=dict)
    codes: dict[str, tuple[str, str]] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    notes: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    links: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))


@dataclass(slots=True)
class _Marks:
    """One user's selections in one source."""

    spans: list[FlatSpan] = field(default_factory=list)
    values: dict[str, AttributionRecord] = field(default_factory=dict)
    comments: list[CommentRecord] = field(default_factory=list)


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _children(element: Any, name: str) -> list[Any]:
    return [one for one in element if _name(one) == name]


def _text(element: Any, name: str) -> str:
    return next((one.text or "" for one in _children(element, name)), "")


class ProjectReader:
    """Goes through a project's XML twice: for what is common, then a source at a time."""

    def __init__(
        self, qde: Path, files: dict[str, Path], where: Path, losses: LossReport, options: ReadOptions
    ) -> None:
        self._qde = qde
        self._files = files
        self._where = where
        self._losses = losses
        self._options = options
        self._common = _Common()

    def records(self) -> Iterator[Record]:
        """A record for each source and each user who marked something in it.

        Raises:
            BadInput: when a selection has no place in its text, or a text is not in the archive.
        """
        self._look_over()
        for _, element in iterparse(self._qde, events=("end",), forbid_dtd=True):
            name = _name(element)
            if name == "TextSource":
                yield from self._source(element)
                element.clear()
            elif name in _OTHER_SOURCES:
                self._lose(f"{name.removesuffix('Source').lower()} among the sources, not read", element)
                element.clear()
            elif name in {"Notes", "Links", "CodeBook"}:
                element.clear()

    def _wrong(self, what: str) -> BadInput:
        return BadInput(f"{self._where}: {what}. Nothing of this file was imported.")

    def _lose(self, what: str, element: Any) -> None:
        self._losses.add(what, element.get("name") or str(self._where))

    def _look_over(self) -> None:
        path: list[str] = []
        common = self._common
        for event, element in iterparse(self._qde, events=("start", "end"), forbid_dtd=True):
            name, guid = _name(element), as_guid(element.get("guid"))
            if event == "start":
                if name == "Code":
                    group = path[-1] if path else ""
                    path.append(element.get("name") or "")
                    common.codes[guid] = (group, path[-1])
                continue
            if name == "Code":
                path.pop()
            elif name == "User":
                common.users[guid] = element.get("name") or element.get("id") or "annotator"
            elif name == "Variable":
                common.variables[guid] = element.get("name") or "variable"
            elif name == "Note":
                self._take_note(guid, element)
            elif name == "Link":
                origin, target = as_guid(element.get("originGUID")), as_guid(element.get("targetGUID"))
                common.links[origin].append((target, element.get("name") or ""))
            if name in {"TextSource", "Note", "Link"}:
                element.clear()

    def _take_note(self, guid: str, element: Any) -> None:
        text = _text(element, "PlainTextContent")
        if not text and element.get("plainTextPath"):
            text = self._stored(element.get("plainTextPath"), element) or ""
        author = self._common.users.get(as_guid(element.get("creatingUser")), "unknown")
        self._common.notes[guid] = (text, author, element.get("creationDateTime") or "")

    def _stored(self, place: str, element: Any) -> str | None:
        """The text of a file in the archive; None, and counted, when the project keeps it elsewhere."""
        if not place.startswith(_INTERNAL):
            self._lose("source that lies outside the archive, not read", element)
            return None
        inside = PurePosixPath(SOURCES, place.removeprefix(_INTERNAL).replace("\\", "/"))
        path = self._files.get(str(inside).casefold())
        if path is None or ".." in inside.parts:
            raise self._wrong(f"the text {place[:80]!r} is not in the archive")
        if path.stat().st_size > LONGEST:
            raise self._wrong(f"the text {place[:80]!r} has more than {LONGEST / 1e6:.0f} MB")
        try:
            return path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as wrong:
            raise self._wrong(f"the text {place[:80]!r} is not UTF-8 (byte {wrong.start})") from wrong

    def _source(self, element: Any) -> Iterator[Record]:
        place = element.get("plainTextPath")
        content = _children(element, "PlainTextContent")
        text = content[0].text or "" if content else self._stored(place, element) if place else None
        if text is None:
            if not place:
                self._lose("source without a plain text, not read", element)
            return
        known, extra = self._variables(element)
        article = known.pop("id", "") or as_guid(element.get("guid")) or element.get("name") or "article"
        by_user: dict[str | None, _Marks] = {}
        zones: list[Zone] = []
        for selection in _children(element, "PlainTextSelection"):
            self._selection(selection, text, article, by_user, zones)
        record = replace(
            Record(
                id=article,
                text=text,
                title=element.get("name") or "",
                zones=tuple(zones),
                extra=extra,
                has_offsets=True,
                file_name=self._where.name,
                where=f"{self._where}, {article}",
            ),
            **known,
        )
        if record.title == article:
            record = replace(record, title="")
        if not by_user:
            yield record
        for user, marks in by_user.items():
            yield replace(
                record,
                annotator=user,
                attributions=self._gathered(marks, article),
                comments=tuple(marks.comments),
            )

    def _variables(self, element: Any) -> tuple[dict[str, Any], dict[str, str]]:
        known: dict[str, Any] = {}
        extra: dict[str, str] = {}
        for one in _children(element, "VariableValue"):
            guid = next((as_guid(ref.get("targetGUID")) for ref in _children(one, "VariableRef")), "")
            name = self._common.variables.get(guid, "")
            value = next((inside.text or "" for inside in one if _name(inside) != "VariableRef"), "")
            if name and value:
                (known if name in VARIABLES else extra)[name] = value
        return known, extra

    def _place(self, selection: Any, text: str) -> Span | None:
        start, end = selection.get("startPosition") or "", selection.get("endPosition") or ""
        try:
            first, last = int(start), int(end)
        except ValueError:
            first = last = -1
        if not 0 <= first <= last <= len(text):
            raise self._wrong(
                f"a selection from {start[:20]!r} to {end[:20]!r} lies outside its text, which has {len(text)} characters"
            )
        return Span(first, last) if first < last else None

    def _selection(
        self, selection: Any, text: str, article: str, by_user: dict[str | None, _Marks], zones: list[Zone]
    ) -> None:
        place = self._place(selection, text)
        if place is None:
            self._losses.add("selection that is empty, not read", article)
            return
        codings = _children(selection, "Coding")
        codes = [
            self._common.codes[as_guid(ref.get("targetGUID"))]
            for coding in codings
            for ref in _children(coding, "CodeRef")
            if as_guid(ref.get("targetGUID")) in self._common.codes
        ]
        owners = (as_guid(one.get("creatingUser")) for one in (selection, *codings))
        user = next((self._common.users[one] for one in owners if one in self._common.users), None)
        if codes and all(group == ZONE for group, _ in codes):
            zones.extend(Zone(name.partition(BETWEEN)[2] or name, place) for _, name in codes)
            return
        said = _text(selection, "Description")
        if not codes and not said.strip():
            self._losses.add("selection without a code, not read", article, place.start, place.end)
            return
        marks = by_user.setdefault(user, _Marks())
        if not codes:
            marks.comments.append(CommentRecord(text=said, author=user or "unknown", place=(place,)))
            return
        guid = as_guid(selection.get("guid")) or f"selection {len(marks.spans)}"
        role, label, one = _meaning(codes)
        remarks = tuple(self._remarks(selection))
        marks.spans.append(FlatSpan(guid, place.start, place.end, role or label, role))
        marks.values[guid] = replace(one, id=guid, note=said, comments=remarks)

    def _remarks(self, selection: Any) -> Iterator[CommentRecord]:
        for reference in _children(selection, "NoteRef"):
            note = self._common.notes.get(as_guid(reference.get("targetGUID")))
            if note is not None:
                text, author, created = note
                yield CommentRecord(text=text, author=author, created=created)

    def _gathered(self, marks: _Marks, article: str) -> tuple[AttributionRecord, ...]:
        here = {span.id for span in marks.spans}
        links = []
        for head in marks.values:
            for child, label in self._common.links.get(head, ()):
                if child in here:
                    links.append(Relation(head, child, label))
                else:
                    self._losses.add("link to a selection of another source or user, not read", article)
        return gather(
            marks.spans,
            links,
            kinds=self._options.kinds,
            article=article,
            losses=self._losses,
            values=marks.values,
        )


def _meaning(codes: list[tuple[str, str]]) -> tuple[str, str, AttributionRecord]:
    """What the codes of a selection say: a role, or a label of another program's, and fields of the attribution."""
    role, kind, values = "", None, dict[str, str]()
    others: list[str] = []
    for group, name in codes:
        title, between, value = name.partition(BETWEEN)
        field_name = FIELD_OF_TITLE.get(title) if between and group in {title, ""} else None
        if group == ROLE:
            role = role or name
        elif group == KIND:
            kind = kind or name
        elif field_name in LISTS and field_name in values:
            values[field_name] += f"; {value}"
        elif field_name:
            values[field_name] = value
        else:
            others.append(name)
    label = "" if role or not others else others.pop(0)
    features = {_CODES: "; ".join(others)} if others else {}
    return role, label, with_simple_values(AttributionRecord(kind=kind, features=features), values)
