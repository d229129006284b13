"""The laws: what makes an attribution sound under a scheme."""

from __future__ import annotations

from collections.abc import Callable

from annotator.core.attributions import POLARITIES, QUOTES, ROLES, STATES, TYPES, Attribution
from annotator.core.errors import BadSpan, BrokenLaw
from annotator.core.graphemes import is_boundary
from annotator.core.scheme import LabelScheme
from annotator.core.spans import Fragments, Span


def check_span(text: str, span: Span, what: str = "The span") -> None:
    """Refuse a span that leaves the text or cuts a character.

    Raises:
        BadSpan: says which offsets, and why.
    """
    if span.end > len(text):
        raise BadSpan(
            f"{what} {span.start} to {span.end} lies outside the text, which has {len(text)} characters."
        )
    for edge in (span.start, span.end):
        if not is_boundary(text, edge):
            raise BadSpan(f"{what} {span.start} to {span.end} cuts through a character at {edge}.")


def check_fragments(text: str, parts: Fragments, what: str = "The span") -> None:
    """check_span for every fragment."""
    for part in parts:
        check_span(text, part, what)


def check_attribution(scheme: LabelScheme, attribution: Attribution, text: str) -> None:
    """Refuse a mark that has no place, an unknown kind or value, or a span that is not one.

    A missing source or cue is no fault: both occur in news text, and a mark grows span by span.

    Raises:
        BrokenLaw: what is not allowed, in a sentence.
        BadSpan: when a span leaves the text or cuts a character.
    """
    if attribution.kind is not None and scheme.kind(attribution.kind) is None:
        raise BrokenLaw(
            f"The kind {attribution.kind!r} is not in the label scheme {scheme.name} "
            f"({', '.join(kind.id for kind in scheme.kinds)})."
        )
    if attribution.extent() is None:
        raise BrokenLaw("An attribution needs at least one span: source, cue or content.")
    for name, value, allowed in (
        ("type", attribution.type, TYPES),
        ("state", attribution.state, STATES),
        ("polarity", attribution.polarity, POLARITIES),
        ("quote", attribution.quote, (None, *QUOTES)),
    ):
        if value not in allowed:
            known = ", ".join(item for item in allowed if item)
            raise BrokenLaw(f"{value!r} is no {name} of an attribution; known: {known}.")
    if attribution.confidence is not None and not 0 <= attribution.confidence <= 1:
        raise BrokenLaw(f"A confidence lies between 0 and 1, not {attribution.confidence}.")
    for role, parts in attribution.all_spans():
        if role not in ROLES and scheme.role(role) is None:
            raise BrokenLaw(f"The role {role!r} is not in the label scheme {scheme.name}.")
        check_fragments(text, parts, f"The {role}")


def check_chain(attribution_id: str, parent: str | None, parent_of: Callable[[str], str | None]) -> None:
    """Refuse a parent that would make a chain run in a circle.

    Args:
        parent_of: the parent of an attribution's id, or None.

    Raises:
        BrokenLaw: when the attribution would stand inside itself.
    """
    seen = {attribution_id}
    while parent is not None:
        if parent in seen:
            raise BrokenLaw("An attribution cannot stand inside itself: that chain would run in a circle.")
        seen.add(parent)
        parent = parent_of(parent)
