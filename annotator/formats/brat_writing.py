"""One article's attributions as the lines of brat's .ann file, and what its configuration names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson

from annotator.core.attributions import POLARITIES, QUOTES, ROLES, TYPES
from annotator.core.labels import NO_KIND, role_named
from annotator.core.losses import LossReport
from annotator.core.records import AttributionRecord, Record, kept, places
from annotator.core.spans import Fragments
from annotator.formats.article_values import article_structures, article_texts, bare, remark
from annotator.formats.brat_text import Moved, broken, one_line
from annotator.formats.values import FLAGS, SIMPLE, lose_fields, simple_values

EVENT = "Attribution"
PARENT, ANTECEDENT = "Parent", "Antecedent"
METADATA, DOCUMENT = "Metadata", "document"
"""A note that is about no annotation: what is known of the article, as JSON."""

NOTE, COMMENT, ID = "AnnotatorNotes", "Comment", "id"
"""Types of notes: the attribution's note, a colleague's comment, its id; those of other fields are their names."""

_CHOSEN = {"kind": (), "type": TYPES, "polarity": POLARITIES, "quote": QUOTES, "medium": ()}
_WORD = re.compile(r"[A-Za-z0-9_-]+")
_ROLE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*[A-Za-z_-]")
_ANCHORS = ("cue", "content", "source")
_CARRIED = (*SIMPLE, "parent", "antecedent", "comments", "more_roles")


@dataclass(slots=True)
class Used:
    """Every type, argument and value that the files hold, in the order of first use."""

    types: dict[str, None] = field(default_factory=lambda: dict.fromkeys(map(str.capitalize, ROLES)))
    arguments: dict[str, None] = field(default_factory=lambda: dict.fromkeys(map(str.capitalize, ROLES)))
    values: dict[str, dict[str, None]] = field(
        default_factory=lambda: {name: dict.fromkeys(known) for name, known in _CHOSEN.items()}
    )

    def as_configuration(self) -> str:
        """The text of annotation.conf."""
        of_entities = [f"{name}?:<ENTITY>" for name in self.arguments]
        arguments = [*of_entities, f"{PARENT}?:{EVENT}", f"{ANTECEDENT}?:{EVENT}"]
        lines = ["[entities]", *self.types, "", "[relations]", "", "[events]"]
        lines += [f"{EVENT}\t{', '.join(arguments)}", "", "[attributes]"]
        for name, values in self.values.items():
            if values:
                lines.append(f"{name}\tArg:<EVENT>, Value:{'|'.join(values)}")
        lines += [f"{name}\tArg:<EVENT>" for name in FLAGS]
        return "\n".join(lines) + "\n"


class AnnLines:
    """The lines of one article, made from its record."""

    def __init__(self, record: Record, label: str, used: Used, losses: LossReport) -> None:
        self._record = record
        self._label = label
        self._used = used
        self._losses = losses
        self._moved = Moved.of(record.text or "")
        self._lines: list[str] = []
        self._notes: list[str] = []
        self._attributes = 0
        self._bounds: dict[tuple[str, Fragments], str] = {}
        self._triggers = 0
        if self._moved.text != (record.text or ""):
            losses.add(
                "line ends other than LF, or a byte order mark, written as brat wants them", self._article
            )
        self._metadata()
        self._events(kept(record, losses))

    @property
    def text(self) -> str:
        """The article's text as its file holds it."""
        return self._moved.text

    def as_text(self) -> str:
        """The .ann file."""
        return "".join(f"{line}\n" for line in (*self._notes[:1], *self._lines, *self._notes[1:]))

    @property
    def _article(self) -> str:
        return self._record.id or self._record.where

    def _metadata(self) -> None:
        known: dict[str, Any] = {**article_texts(self._record), **article_structures(self._record)}
        if self._record.attributions is not None:
            # an article that somebody has looked at, whoever it was, is not one that nobody has marked
            known.setdefault("annotator", "unknown")
        zones = [(one.zone, self._moved.span(one.span)) for one in self._record.zones]
        if zones:
            known["zones"] = [
                {"zone": zone, "start": span.start, "end": span.end} for zone, span in zones if span
            ]
        if self._record.comments:
            known["comments"] = [remark(one) for one in self._record.comments]
            self._lose_threads(self._record.comments)
        self._note(METADATA, DOCUMENT, orjson.dumps(known).decode())

    def _note(self, kind: str, target: str, words: str) -> None:
        self._notes.append(f"#{len(self._notes) + 1}\t{kind} {target}\t{one_line(words)}")

    def _events(self, marks: Iterable[AttributionRecord]) -> None:
        placed = []
        for one in marks:
            found = {role: self._placed(parts) for role, parts in places(one)}
            found = {role: parts for role, parts in found.items() if parts and self._can_name(role)}
            if any(role in ROLES for role in found):
                placed.append((one, found))
            else:
                self._losses.add("attribution without a place that brat can hold, not written", self._article)
        event_of = {one.id: f"E{number}" for number, (one, _) in enumerate(placed, 1) if one.id}
        for number, (one, found) in enumerate(placed, 1):
            self._event(f"E{number}", one, found, event_of)

    def _placed(self, parts: Fragments) -> Fragments:
        """Where fragments stand in the file, without line ends; what that costs is counted."""
        moved = self._moved.fragments(parts)
        found = broken(moved, self.text)
        if not found or (found[0].start, found[-1].end) != (moved[0].start, moved[-1].end):
            self._losses.add(
                "line end at the edge of a span, not carried", self._article, parts[0].start, parts[-1].end
            )
        return found

    def _can_name(self, role: str) -> bool:
        known = role in ROLES
        plain = role.casefold()
        further = (
            bool(_ROLE.fullmatch(role)) and not role_named(plain) and plain not in ("parent", "antecedent")
        )
        if not known and not further:
            self._losses.add(f"role {role!r}, whose name brat cannot hold, not carried", self._article)
        return known or further

    def _event(
        self, event: str, one: AttributionRecord, found: dict[str, Fragments], event_of: dict[str, str]
    ) -> None:
        arguments = []
        for role, parts in found.items():
            name = role.capitalize() if role in ROLES else role
            self._used.arguments[name] = None
            arguments.append(f"{name}:{self._bound(self._type(role, one.kind), parts)}")
        anchor = next((role for role in _ANCHORS if role in found), next(iter(found)))
        # brat shows an event on the words of its trigger, which is the event's own
        trigger = self._bound(EVENT, found[anchor], shared=False)
        for name, other in ((PARENT, one.parent), (ANTECEDENT, one.antecedent)):
            if other and other in event_of:
                arguments.append(f"{name}:{event_of[other]}")
            elif other:
                self._losses.add(f"{name.lower()} that is not in this export, not carried", self._article)
        self._lines.append(f"{event}\t{EVENT}:{trigger} {' '.join(arguments)}")
        self._values(event, one)

    def _values(self, event: str, one: AttributionRecord) -> None:
        lose_fields(self._record, one, _CARRIED, self._losses)
        if one.id:
            self._note(ID, event, one.id)
        for name, value in simple_values(one).items():
            if name in FLAGS:
                self._attribute(f"{name} {event}")
            elif name in _CHOSEN and _WORD.fullmatch(value):
                self._used.values[name][value] = None
                self._attribute(f"{name} {event} {value}")
            else:
                self._note(NOTE if name == "note" else name, event, value)
        self._lose_threads(one.comments)
        for comment in one.comments:
            self._note(COMMENT, event, remark(comment))

    def _attribute(self, words: str) -> None:
        self._attributes += 1
        self._lines.append(f"A{self._attributes}\t{words}")

    def _lose_threads(self, comments: Iterable[Any]) -> None:
        for comment in comments:
            if not bare(comment):
                self._losses.add("thread, claim or place of a comment, not carried", self._article)

    def _type(self, role: str, kind: str | None) -> str:
        name = role.capitalize() if role in ROLES else role
        wished = {"kind": kind or NO_KIND, "kind/role": f"{name}_{kind or NO_KIND}"}.get(self._label, name)
        plain = "_".join(_WORD.findall(wished))
        self._used.types[plain] = None
        return plain

    def _bound(self, kind: str, parts: Fragments, *, shared: bool = True) -> str:
        key = (kind, parts)
        if not shared or key not in self._bounds:
            self._triggers += 1
            number = f"T{self._triggers}"
            offsets = ";".join(f"{part.start} {part.end}" for part in parts)
            words = " ".join(part.text(self.text) for part in parts)
            self._lines.append(f"{number}\t{kind} {offsets}\t{words}")
            if not shared:
                return number
            self._bounds[key] = number
        return self._bounds[key]
