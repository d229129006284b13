"""Write a REFI-QDA project as records come: sources first, then what it says of them all."""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from annotator.core.losses import LossReport
from annotator.core.records import AttributionRecord, CommentRecord, Record
from annotator.core.spans import Span
from annotator.formats.flat import Flat, FlatSpan, flatten, owners
from annotator.formats.qdpx_codes import (
    BETWEEN,
    CODED,
    NAMESPACE,
    PROJECT,
    ROLE,
    SOURCES,
    VARIABLES,
    ZONE,
    as_guid,
    codes_of,
    kind_of,
    made_guid,
)
from annotator.formats.values import lose_article, lose_comments, lose_fields
from annotator.formats.xml_safety import xml_text

_TIME = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3
_CARRIED = frozenset({*CODED, "kind", "note", "parent", "more_roles", "comments"})
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")
_LONGEST_NAME = 60
_MARK = "\ufeff"


def _element(name: str, inside: str = "", /, **attributes: str | int | None) -> str:
    given = "".join(
        f" {key}={quoteattr(str(value))}" for key, value in attributes.items() if value not in {None, ""}
    )
    return f"<{name}{given}>{inside}</{name}>" if inside else f"<{name}{given}/>"


def _content(text: str) -> str:
    # A reader of XML takes a CR for the end of a line, unless it is written out.
    return escape(text, {"\r": "&#13;"})


def _spool() -> IO[str]:
    return tempfile.TemporaryFile("w+", encoding="utf-8", newline="")


@dataclass(slots=True)
class _Source:
    """The source that is being written: its GUID, and the article it holds."""

    guid: str
    record: Record
    annotators: list[str | None] = field(default_factory=list)

    def again(self, annotator: str | None) -> int:
        """How many times this annotator's marks have been written to the source."""
        return self.annotators.count(annotator)


@dataclass(slots=True)
class ProjectWriter:
    """Takes records one after another; what comes after the sources is kept in files until the end."""

    archive: zipfile.ZipFile
    losses: LossReport
    sources: IO[str] = field(default_factory=_spool)
    notes: IO[str] = field(default_factory=_spool)
    links: IO[str] = field(default_factory=_spool)
    users: dict[str, str] = field(default_factory=dict)
    codes: dict[tuple[str, str], str] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    current: _Source | None = None

    def add(self, record: Record) -> None:
        """Write one record; those of one article, one after another, share a source."""
        article = record.id or record.where
        if record.text is None:
            self.losses.add("article without its text, not written", article)
            return
        lose_article(record, VARIABLES, self.losses)
        lose_comments(record, self.losses)
        source = self.current
        if (
            source is None
            or (source.record.id, source.record.text) != (record.id, record.text)
            or not record.id
        ):
            source = self._begin(record)
        if record.attributions is None:
            return
        flat = flatten(record, "role", self.losses)
        if not flat.spans:
            self.losses.add("article in which an annotator marked nothing, not carried as looked at", article)
            return
        for one in flat.anchors.values():
            lose_fields(record, one, _CARRIED, self.losses)
        self._marks(record, flat, source)

    def finish(self) -> None:
        """Write all that is known once the last record has come."""
        self._end()
        self._member_of(PROJECT, self._project())
        for file in (self.sources, self.notes, self.links):
            file.close()

    def _plain(self, text: str) -> str:
        plain, lost = xml_text(text)
        for _ in lost:
            article = self.current.record.id or "" if self.current else ""
            self.losses.add("character that XML cannot hold, written as a space", article)
        return plain

    def _begin(self, record: Record) -> _Source:
        self._end()
        wanted = as_guid(record.id) or made_guid("article", record.id or len(self.taken))
        guid = wanted
        while guid in self.taken:
            guid = made_guid(wanted, len(self.taken))
        self.taken.add(guid)
        text = record.text or ""
        # A reader strips one byte order mark; a text that begins with one has it twice.
        stored = _MARK + text if text.startswith(_MARK) else text
        with self._member(f"{SOURCES}/{guid}.txt") as file:
            file.write(stored.encode())
        self.current = source = _Source(guid, record)
        name = self._plain(record.title or record.id or "article")
        attributes = f"guid={quoteattr(guid)} name={quoteattr(name)} plainTextPath={quoteattr(f'internal://{guid}.txt')}"
        self.sources.write(f"<TextSource {attributes}>\n")
        for at, zone in enumerate(record.zones):
            coding = self._coding(guid, "zone", at, ZONE, f"{ZONE}{BETWEEN}{zone.zone}")
            self._selection(made_guid(guid, "zone", at), zone.span, coding, None)
        return source

    def _end(self) -> None:
        if self.current is None:
            return
        for name in VARIABLES:
            value = getattr(self.current.record, name)
            if value:
                guid = self.variables.setdefault(name, made_guid("variable", name))
                reference = _element("VariableRef", targetGUID=guid)
                inside = f"{reference}<TextValue>{_content(self._plain(value))}</TextValue>"
                self.sources.write(f"<VariableValue>{inside}</VariableValue>\n")
        self.sources.write("</TextSource>\n")
        self.current = None

    def _user(self, name: str | None) -> str | None:
        return self.users.setdefault(name, made_guid("user", name)) if name else None

    def _coding(self, *parts: str | int, user: str | None = None) -> str:
        *where, group, name = parts
        code = self.codes.setdefault((str(group), str(name)), made_guid("code", group, name))
        reference = _element("CodeRef", targetGUID=code)
        return _element("Coding", reference, guid=made_guid(*where, "coding", group, name), creatingUser=user)

    def _selection(self, guid: str, span: Span, inside: str, user: str | None, created: str = "") -> None:
        text = self.current.record.text or "" if self.current else ""
        name = xml_text(" ".join(text[span.start : span.end].split())[:_LONGEST_NAME])[0]
        self.sources.write(
            _element(
                "PlainTextSelection",
                inside,
                guid=guid,
                name=name,
                startPosition=span.start,
                endPosition=span.end,
                creatingUser=user,
                creationDateTime=created if _MOMENT.fullmatch(created) else None,
            )
            + "\n"
        )

    def _marks(self, record: Record, flat: Flat, source: _Source) -> None:
        user = self._user(record.annotator)
        source.annotators.append(record.annotator)
        guid_of: dict[str, str] = {}
        owner_of = owners(flat)
        for span in flat.spans:
            one = flat.anchors.get(span.id)
            guid_of[span.id] = guid = self._guid(span, one, source, record.annotator)
            codes = [(ROLE, span.role), *(codes_of(one) if one else kind_of(owner_of[span.id]))]
            inside = "".join(self._coding(guid, group, name, user=user) for group, name in codes)
            if one is not None:
                note = f"<Description>{_content(self._plain(one.note))}</Description>" if one.note else ""
                inside = (
                    note
                    + inside
                    + "".join(self._note(guid, at, remark) for at, remark in enumerate(one.comments))
                )
            self._selection(guid, Span(span.start, span.end), inside, user, one.created if one else "")
        for link in flat.relations:
            head, child = guid_of[link.head], guid_of[link.child]
            guid = made_guid(head, child, link.label)
            self.links.write(
                _element(
                    "Link",
                    guid=guid,
                    name=self._plain(link.label),
                    direction="OneWay",
                    originGUID=head,
                    targetGUID=child,
                )
                + "\n"
            )

    def _guid(
        self, span: FlatSpan, one: AttributionRecord | None, source: _Source, annotator: str | None
    ) -> str:
        """The GUID of a span's selection: an attribution's own id, where that is one, stands on its anchor."""
        own = as_guid(one.id) if one else ""
        if own and own not in self.taken:
            self.taken.add(own)
            return own
        return made_guid(source.guid, annotator or "", source.again(annotator), span.id)

    def _note(self, guid: str, at: int, remark: CommentRecord) -> str:
        made = made_guid(guid, "note", at)
        created = remark.created if _MOMENT.fullmatch(remark.created) else None
        if remark.resolved or remark.reply_to or remark.place or remark.claim or remark.mentions:
            article = self.current.record.id or "" if self.current else ""
            self.losses.add("place, claim, state or thread of a comment, not carried", article)
        content = f"<PlainTextContent>{_content(self._plain(remark.text))}</PlainTextContent>"
        self.notes.write(
            _element(
                "Note",
                content,
                guid=made,
                name=" ".join(self._plain(remark.text).split())[:_LONGEST_NAME],
                creatingUser=self._user(remark.author),
                creationDateTime=created,
            )
            + "\n"
        )
        return _element("NoteRef", targetGUID=made)

    def _member(self, name: str) -> IO[bytes]:
        info = zipfile.ZipInfo(name, _TIME)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.create_system = _UNIX
        info.external_attr = _PLAIN_FILE
        return self.archive.open(info, "w")

    def _member_of(self, name: str, pieces: Iterator[str | IO[str]]) -> None:
        with self._member(name) as file:
            for piece in pieces:
                if isinstance(piece, str):
                    file.write(piece.encode())
                else:
                    piece.flush()
                    piece.seek(0)
                    shutil.copyfileobj(getattr(piece, "buffer"), file)  # noqa: B009  the bytes below the text

    def _project(self) -> Iterator[str | IO[str]]:
        yield '<?xml version="1.0" encoding="utf-8"?>\n'
        yield f'<Project xmlns="{NAMESPACE}" name="Annotator" origin="Annotator">\n'
        if self.users:
            people = (
                _element("User", guid=guid, name=self._plain(name))
                for name, guid in sorted(self.users.items())
            )
            yield f"<Users>\n{chr(10).join(people)}\n</Users>\n"
        if self.codes:
            yield f"<CodeBook>\n<Codes>\n{self._codes()}</Codes>\n</CodeBook>\n"
        if self.variables:
            made = (
                _element("Variable", guid=guid, name=name, typeOfVariable="Text")
                for name, guid in self.variables.items()
            )
            yield f"<Variables>\n{chr(10).join(made)}\n</Variables>\n"
        for name, file in (("Sources", self.sources), ("Notes", self.notes), ("Links", self.links)):
            if file.tell():
                yield f"<{name}>\n"
                yield file
                yield f"</{name}>\n"
        yield "</Project>\n"

    def _codes(self) -> str:
        groups: dict[str, list[str]] = {}
        for (group, name), guid in sorted(self.codes.items()):
            code = _element("Code", guid=guid, name=self._plain(name), isCodable="true")
            groups.setdefault(group, []).append(code + "\n")
        return "".join(
            _element(
                "Code", "\n" + "".join(codes), guid=made_guid("group", group), name=group, isCodable="false"
            )
            + "\n"
            for group, codes in groups.items()
        )
