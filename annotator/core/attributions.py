"""Attribution: source, cue and content, its kind, its chain (via, parent)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from annotator.core.plain import Json
from annotator.core.spans import Fragments, Span, hull

ROLES = ("source", "cue", "content", "via", "recipient")
TYPES = ("statement", "attitude", "document")
STATES = ("kept", "open", "rejected")
POLARITIES = ("positive", "negative", "denial", "no_comment")
QUOTES = ("direct", "mixed", "indirect")
MEDIA = (
    "statement",
    "X",
    "Telegram",
    "social_media",
    "report",
    "remarks",
    "told_outlet",
    "interview",
    "document",
    "headline",
)
INHERITABLE = ("via", "medium")
UNATTRIBUTED = "unattributed"
FIELD_OF_ROLE = {
    "source": "source",
    "cue": "cue",
    "content": "content",
    "via": "via_span",
    "recipient": "recipient",
}
"""The field that holds each role's fragments; further roles are in more_roles."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """One statement that a text presents CONTENT as coming from SOURCE, with the CUE that says so.

    Spans are in code points of the article's text. Two attributions may cover exactly the same words in the same
    role. kind is None where nobody has said yet; parent is the attribution in whose content this one stands;
    via_id is the outlet through which the words came; inherited names the fields taken over from antecedent.
    origin says who proposed the mark ("manual", or a suggester); state is kept, open (a suggestion) or rejected.
    """

    id: str
    set_id: str
    kind: str | None = None
    type: str = "statement"
    source: Fragments = ()
    cue: Fragments = ()
    content: Fragments = ()
    via_span: Fragments = ()
    recipient: Fragments = ()
    more_roles: Mapping[str, Fragments] = field(default_factory=dict)
    source_id: str | None = None
    via_id: str | None = None
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
    extra: Mapping[str, Json] = field(default_factory=dict)
    version: int = 1

    def spans(self, role: str) -> Fragments:
        """The fragments of one role; empty when the role is absent."""
        name = FIELD_OF_ROLE.get(role)
        if name is None:
            return self.more_roles.get(role, ())
        found: Fragments = getattr(self, name)
        return found

    def with_spans(self, role: str, parts: Fragments) -> Attribution:
        """The same attribution with one role's fragments replaced."""
        match role:
            case "source":
                return replace(self, source=parts)
            case "cue":
                return replace(self, cue=parts)
            case "content":
                return replace(self, content=parts)
            case "via":
                return replace(self, via_span=parts)
            case "recipient":
                return replace(self, recipient=parts)
        more = {name: spans for name, spans in self.more_roles.items() if name != role}
        return replace(self, more_roles={**more, role: parts} if parts else more)

    def all_spans(self) -> Iterator[tuple[str, Fragments]]:
        """Each role that is present, with its fragments."""
        for role in (*ROLES, *self.more_roles):
            parts = self.spans(role)
            if parts:
                yield role, parts

    def extent(self) -> Span | None:
        """The smallest span around source, cue and content (around all roles, when those are absent)."""
        core = hull([*self.source, *self.cue, *self.content])
        return core or hull(part for _, parts in self.all_spans() for part in parts)


def reading_order(attribution: Attribution) -> tuple[int, int, str]:
    """A sort key: where an attribution begins, the outer before the inner."""
    around = attribution.extent()
    return (around.start, -around.end, attribution.id) if around else (0, 0, attribution.id)
