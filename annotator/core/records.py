"""Record: one article as one annotator marked it, names in place of ids; what formats read and write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from annotator.core.articles import Zone
from annotator.core.attributions import FIELD_OF_ROLE, ROLES
from annotator.core.losses import LossReport
from annotator.core.plain import Json
from annotator.core.spans import Fragments, Span, joined


@dataclass(frozen=True, slots=True)
class CommentRecord:
    """A comment with its author's name."""

    text: str
    author: str
    id: str | None = None
    place: Fragments = ()
    claim: str | None = None
    created: str = ""
    resolved: bool = False
    reply_to: str | None = None
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AttributionRecord:
    """An attribution with the names of its source, outlet and claims; ids are None where the file gave none."""

    id: str | None = None
    kind: str | None = None
    type: str = "statement"
    source: Fragments = ()
    cue: Fragments = ()
    content: Fragments = ()
    via_span: Fragments = ()
    recipient: Fragments = ()
    more_roles: Mapping[str, Fragments] = field(default_factory=dict)
    source_name: str | None = None
    source_id: str | None = None
    via: str | None = None
    recipient_name: str | None = None
    parent: str | None = None
    antecedent: str | None = None
    medium: str | None = None
    claims: tuple[str, ...] = ()
    polarity: str = "positive"
    hedge: bool = False
    quote: str | None = None
    grounds: str | None = None
    implicit_source: bool = False
    inherited: tuple[str, ...] = ()
    self_citation: bool = False
    note: str = ""
    origin: str = "manual"
    state: str = "kept"
    confidence: float | None = None
    provenance: Mapping[str, Json] = field(default_factory=dict)
    features: Mapping[str, Json] = field(default_factory=dict)
    created: str = ""
    updated: str = ""
    version: int = 1
    comments: tuple[CommentRecord, ...] = ()
    extra: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """One article as one annotator marked it.

    text is None where a file leaves it out; attributions is None where the file has an article alone (an empty tuple
    says that somebody looked and marked nothing). has_offsets says that the text must be kept exactly as it is.
    glimpses is what the words quoted in a file without the text show of it, in their places, blank between them.
    where names the file and line, for error sentences.
    """

    id: str | None = None
    text: str | None = None
    story: str = ""
    outlet: str = ""
    title: str = ""
    author: str = ""
    url: str = ""
    published: str = ""
    language: str = ""
    text_sha256: str = ""
    zones: tuple[Zone, ...] = ()
    annotator: str | None = None
    status: str = ""
    split: str | None = None
    duplicate_group: str | None = None
    scheme: str = ""
    attributions: tuple[AttributionRecord, ...] | None = None
    comments: tuple[CommentRecord, ...] = ()
    note: str = ""
    assumed: str = ""
    file_name: str = ""
    extra: Mapping[str, Json] = field(default_factory=dict)
    set_extra: Mapping[str, Json] = field(default_factory=dict)
    has_offsets: bool = False
    glimpses: str = field(default="", compare=False)
    where: str = ""


def places(one: AttributionRecord) -> Iterator[tuple[str, Fragments]]:
    """Each role of an attribution that has a place, with its fragments."""
    for role in ROLES:
        parts: Fragments = getattr(one, FIELD_OF_ROLE[role])
        if parts:
            yield role, parts
    yield from ((role, parts) for role, parts in one.more_roles.items() if parts)


def with_place(one: AttributionRecord, role: str, parts: Iterable[Span]) -> AttributionRecord:
    """The attribution with fragments added to one role; touching ones become one."""
    name = FIELD_OF_ROLE.get(role)
    if name is None:
        before = one.more_roles.get(role, ())
        return replace(one, more_roles={**one.more_roles, role: joined([*before, *parts])})
    wider: dict[str, Any] = {name: joined([*getattr(one, name), *parts])}
    return replace(one, **wider)


def kept(record: Record, losses: LossReport) -> list[AttributionRecord]:
    """The attributions that a training set holds; suggestions that nobody has accepted are counted and left out."""
    found = []
    for one in record.attributions or ():
        if one.state == "kept":
            found.append(one)
        else:
            losses.add("suggestion that nobody has accepted, not written", record.id or record.where)
    return found


def with_all_places(one: AttributionRecord, change: Callable[[Fragments], Fragments]) -> AttributionRecord:
    """The attribution with the fragments of every role changed."""
    own: dict[str, Any] = {name: change(getattr(one, name)) for name in FIELD_OF_ROLE.values()}
    more = {role: change(parts) for role, parts in one.more_roles.items()}
    return replace(one, more_roles=more, **own)
