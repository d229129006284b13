"""Differences and decisions in words, with the names under which annotators are shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from annotator.core.claims import Claim
from annotator.core.outlets import Outlet
from annotator.core.plain import Json
from annotator.core.sources import Source
from annotator.core.spans import words
from annotator.review.adjudication import Decision
from annotator.review.disagreements import (
    BOUNDARY,
    CLAIM,
    FEATURE,
    FRAGMENTS,
    KIND,
    MISSING,
    PARENT,
    SOURCE_LINK,
    VIA,
    Difference,
)
from annotator.workspace.adjudicating import CaseToReview
from annotator.workspace.workspace import Workspace

Named = Callable[[str], str]
"""The name under which an annotator is shown."""

_LONGEST = 70


def tr(said: str) -> str:
    """The words in the user's language."""
    return QCoreApplication.translate("Review", said)


def short_name(one: Difference) -> str:
    """What differs, in a word or two: "kind", "boundary of content"."""
    match one.what:
        case "missing":
            return tr("{0} missing").format(one.name) if one.name else tr("missing")
        case "boundary":
            return tr("boundary of {0}").format(one.name)
        case "fragments":
            return tr("fragments of {0}").format(one.name)
        case "feature":
            return one.name.replace("_", " ")
    return {
        KIND: tr("kind"),
        SOURCE_LINK: tr("source"),
        VIA: tr("via"),
        PARENT: tr("chain"),
        CLAIM: tr("claim"),
    }[one.what]


def what_differs(case: CaseToReview) -> str:
    """All that differs in a case, in one line."""
    if case.agreed:
        return tr("agreed")
    return ", ".join(dict.fromkeys(short_name(one) for one in case.differences))


def told(one: Difference, text: str, project: Workspace, named: Named) -> str:
    """A difference with what each annotator says."""
    if one.what == MISSING and not one.name:
        absent = [named(hand) for hand, value in one.values.items() if value is None]
        return tr("Not marked by {0}").format(", ".join(absent))
    if one.what in {MISSING, BOUNDARY, FRAGMENTS}:
        said = {hand: words(parts, text) or tr("nothing") for hand, parts in one.spans.items()}
    else:
        said = {hand: _value(one, value, project) for hand, value in one.values.items()}
    parts = [f"{named(hand)}: {_short(value)}" for hand, value in said.items()]
    return f"{short_name(one).capitalize()} – " + "; ".join(parts)


def _value(one: Difference, value: Json, project: Workspace) -> str:
    registry = project.registry
    if value is None or value in ("", []):
        return tr("nothing")
    match one.what:
        case "kind":
            kind = project.scheme.kind(str(value))
            return kind.name if kind else str(value)
        case "source_link":
            return registry.name(Source, str(value))
        case "via":
            return registry.name(Outlet, str(value))
        case "claim":
            ids = value if isinstance(value, list) else [value]
            return ", ".join(registry.names(Claim, map(str, ids)))
        case "parent":
            return tr("inside another attribution")
        case what if what == FEATURE and isinstance(value, bool):
            return tr("yes") if value else tr("no")
    return str(value).replace("_", " ")


def decided(case: CaseToReview, named: Named) -> str:
    """What was decided on a case, by whom; empty where nothing was."""
    decision = case.decision
    if decision is None:
        return tr("in gold") if case.gold else ""
    how = _how(decision)
    taken = ", ".join(named(hand) for _, hand in decision.taken_from)
    why = f" ({decision.reason})" if decision.reason else ""
    said = f"{how}: {taken}" if taken else how
    return f"{said}{why}" + (tr(" – marks changed since") if case.stale else "")


def _how(decision: Decision) -> str:
    return {
        "accepted": tr("accepted"),
        "merged": tr("settled by hand"),
        "rejected": tr("rejected"),
        "nothing": tr("nothing to annotate"),
        "all_agree": tr("all agree"),
        "who_annotated": tr("all who annotated agree"),
        "majority": tr("majority"),
    }.get(decision.how, decision.how)


def _short(said: str) -> str:
    flat = " ".join(said.split())
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST // 2] + " … " + flat[-_LONGEST // 2 :]
