"""The laws: what makes an attribution sound under a scheme."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from annotator.core.attributions import (
    POLARITIES,
    QUOTES,
    ROLES,
    STATES,
    TYPES,
    Attribution,
    reading_order,
)
from annotator.core.errors import BadSpan, BrokenLaw
from annotator.core.graphemes import is_boundary
from annotator.core.scheme import LabelScheme
from annotator.core.spans import Fragments, Span, words

_LONGEST = 60


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


def overlaps(mark: Attribution, others: Iterable[Attribution]) -> Iterator[tuple[str, Span]]:
    """Each role and fragment of a mark that shares words with the same role of another one."""
    there = [one for one in others if one.id != mark.id and one.state == "kept"]
    for role, parts in mark.all_spans():
        taken = [other for one in there for other in one.spans(role)]
        yield from ((role, part) for part in parts if any(part.meets(other) for other in taken))


def check_overlap(
    scheme: LabelScheme,
    before: Iterable[Attribution],
    after: Attribution,
    others: Iterable[Attribution],
    text: str,
) -> None:
    """Refuse a role that comes to share words with the same role of another mark, where the scheme forbids that.

    What shared words before the deed may go on doing so: marks that came from a file must stay open to correction.

    Args:
        before: the marks of which this one is made; none when it is new.
        others: the marks of the same annotator in the same article.

    Raises:
        BrokenLaw: says which role, and the words.
    """
    if scheme.same_role_may_overlap:
        return
    earlier = list(before)
    theirs = [one for one in others if one.id not in {mark.id for mark in earlier}]
    for role, part in overlaps(after, theirs):
        old = [span for mark in earlier for span in mark.spans(role)]
        for other in (span for one in theirs for span in one.spans(role)):
            if part.meets(other) and not any(span.meets(other) for span in old):
                raise BrokenLaw(
                    f"“{_short(other.text(text))}” is the {_named(scheme, role)} of another attribution already, and "
                    f"the label scheme does not let the same role overlap."
                )


def lacking(scheme: LabelScheme, marks: Iterable[Attribution]) -> list[tuple[Attribution, tuple[str, ...]]]:
    """The marks without a role that their kind requires, with these roles, in reading order.

    A source that the text leaves out, and that was said to be left out, lacks nothing.
    """
    found = []
    for mark in sorted(marks, key=reading_order):
        kind = scheme.kind(mark.kind)
        wanted = kind.required_roles if kind is not None and mark.state == "kept" else ()
        missing = tuple(
            role
            for role in wanted
            if not mark.spans(role) and not (role == "source" and mark.implicit_source)
        )
        if missing:
            found.append((mark, missing))
    return found


def check_finished(scheme: LabelScheme, marks: Iterable[Attribution], text: str) -> None:
    """Refuse to call an article finished while marks lack a role that their kind requires.

    Raises:
        BrokenLaw: says how many, and what the first one lacks.
    """
    found = lacking(scheme, marks)
    if found:
        mark, missing = found[0]
        said = next((words(parts, text) for _, parts in mark.all_spans()), "")
        count = "1 attribution lacks" if len(found) == 1 else f"{len(found)} attributions lack"
        first = "It" if len(found) == 1 else "The first"
        raise BrokenLaw(
            f"{count} a role that the label scheme requires. {first}, “{_short(said)}”, has no "
            f"{' and no '.join(_named(scheme, role) for role in missing)}. The article is not finished yet."
        )


def _named(scheme: LabelScheme, role: str) -> str:
    known = scheme.role(role)
    return known.name.lower() if known is not None else role


def _short(said: str) -> str:
    flat = " ".join(said.split())
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + "…"
