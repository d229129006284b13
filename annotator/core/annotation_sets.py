"""AnnotationSet: all that one annotator marked in one article, and its state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.core.plain import Json

NOT_STARTED, IN_PROGRESS, FINISHED, REOPENED = "not_started", "in_progress", "finished", "reopened"
STATES = (NOT_STARTED, IN_PROGRESS, FINISHED, REOPENED)
ASSIGNED = "assigned"
"""The key in a set's extra that says who gave the article to its annotator, and when."""


@dataclass(frozen=True, slots=True)
class AnnotationSet:
    """One annotator's marks in one article; at most one for each pair."""

    id: str
    article_id: str
    annotator_id: str
    status: str = NOT_STARTED
    scheme: str = ""
    guideline_version: str = ""
    note: str = ""
    created: str = ""
    updated: str = ""
    extra: Mapping[str, Json] = field(default_factory=dict)
    version: int = 1


def only_assigned(own: AnnotationSet) -> bool:
    """Whether an article was given to an annotator who has not begun it: nothing was looked at yet, so nothing was found."""
    return own.status == NOT_STARTED and ASSIGNED in own.extra
