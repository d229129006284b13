"""Differences between annotators, and figures of agreement, in the words of a report."""

from __future__ import annotations

from annotator.core.attributions import Attribution
from annotator.core.claims import Claim
from annotator.core.outlets import Outlet
from annotator.core.plain import Json
from annotator.core.sources import Source
from annotator.core.spans import words
from annotator.review.agreement import Agreement, Figure
from annotator.review.disagreements import BOUNDARY, FEATURE, FRAGMENTS, MISSING, Difference
from annotator.workspace.workspace import Workspace

_LONGEST = 120
_NAMES = {
    "kind": "kind",
    "source_link": "who the source is",
    "via": "outlet it came through",
    "parent": "what it stands inside",
    "claim": "claim",
}
MEASURES = {
    "span_f1_exact": "Same span (F1)",
    "span_f1_overlap": "Overlap of half or more (F1)",
    "token_alpha": "Tokens (Krippendorff's alpha)",
    "alpha_u": "Spans (alpha-U)",
    "kind_alpha": "Kind of source (Krippendorff's alpha)",
    "relation_f1": "Source and content joined (F1)",
    "matrix_alpha": "Claims by outlets (alpha)",
}
"""The measures that a report has, in their order, and what it calls them."""


def short(said: str) -> str:
    """Words in one line, the middle left out when there are many."""
    flat = " ".join(said.split())
    if len(flat) <= _LONGEST:
        return flat
    first, last = flat[: _LONGEST // 2], flat[-_LONGEST // 2 :]
    return f"{first.rpartition(' ')[0] or first} … {last.partition(' ')[2] or last}"


def difference(one: Difference, text: str, workspace: Workspace) -> tuple[str, list[tuple[str, str]]]:
    """What differs, and what each annotator says."""
    if one.what == MISSING and not one.name:
        absent = [hand for hand, value in one.values.items() if value is None]
        return f"not marked by {', '.join(absent)}", []
    if one.what == MISSING:
        name = f"{one.name} missing"
    elif one.what in (BOUNDARY, FRAGMENTS):
        name = f"{'boundary' if one.what == BOUNDARY else 'pieces'} of {one.name}"
    else:
        name = _NAMES.get(one.what, one.name.replace("_", " "))
    if one.what in (MISSING, BOUNDARY, FRAGMENTS):
        return name, [(hand, short(words(parts, text)) or "nothing") for hand, parts in one.spans.items()]
    return name, [(hand, _value(one, value, workspace)) for hand, value in one.values.items()]


def _value(one: Difference, value: Json, workspace: Workspace) -> str:
    registry = workspace.registry
    if value is None or value in ("", []):
        return "nothing"
    if one.what == "kind":
        return kind_name(workspace, str(value))
    if one.what == "source_link":
        return registry.name(Source, str(value))
    if one.what == "via":
        return registry.name(Outlet, str(value))
    if one.what == "claim":
        ids = value if isinstance(value, list) else [value]
        return ", ".join(registry.names(Claim, map(str, ids)))
    if one.what == "parent":
        return "inside another attribution"
    if one.what == FEATURE and isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).replace("_", " ")


def kind_name(workspace: Workspace, kind_id: str | None) -> str:
    """What a kind is called."""
    kind = workspace.scheme.kind(kind_id) if kind_id is not None else None
    return kind.name if kind is not None else (kind_id or "no kind yet").replace("_", " ")


def particulars(mark: Attribution, workspace: Workspace, text: str) -> list[tuple[str, str]]:
    """What a mark says besides its places and its note, field by field; not what the words in a place say already."""
    registry = workspace.registry
    features = [(name.replace("_", " "), str(value)) for name, value in mark.features.items() if value]
    found = [
        ("who", registry.source_name(mark) if registry.source_name(mark) != words(mark.source, text) else ""),
        ("through", registry.via_name(mark) if registry.via_name(mark) != words(mark.via_span, text) else ""),
        (
            "told to",
            (mark.recipient_name or "") if mark.recipient_name != words(mark.recipient, text) else "",
        ),
        ("medium", (mark.medium or "").replace("_", " ")),
        ("type", mark.type if mark.type != "statement" else ""),
        ("polarity", mark.polarity.replace("_", " ") if mark.polarity != "positive" else ""),
        ("quotation", mark.quote or ""),
        ("hedged", "yes" if mark.hedge else ""),
        ("source left out", "yes" if mark.implicit_source else ""),
        ("grounds for anonymity", mark.grounds or ""),
        ("claims", ", ".join(registry.names(Claim, mark.claims))),
        *features,
    ]
    return [(name, value) for name, value in found if value]


def pooled(found: Agreement) -> list[tuple[str, list[Figure]]]:
    """For each measure of the report that is defined, its figures for all annotators together, by role."""
    rows = []
    for name, called in MEASURES.items():
        own = [
            one
            for one in found.figures
            if one.measure == name
            and (one.kind, one.feature, one.annotators, one.article) == (None, None, None, None)
        ]
        if any(one.value is not None for one in own):
            rows.append((called, own))
    return rows


def between_pairs(found: Agreement) -> dict[tuple[str, str], Figure]:
    """How far each two annotators agree on contents that overlap by half or more."""
    return {
        one.annotators: one
        for one in found.figures
        if one.measure == "span_f1_overlap"
        and one.role == "content"
        and one.annotators is not None
        and (one.kind, one.feature, one.article) == (None, None, None)
    }
