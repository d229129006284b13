"""What suggesters have put beside an article, and what of it still waits for whom."""

from __future__ import annotations

from annotator.core.annotation_sets import AnnotationSet
from annotator.core.annotators import MODEL, Annotator
from annotator.core.attributions import Attribution
from annotator.core.suggestions import pending
from annotator.workspace.workspace import Workspace


def waiting(workspace: Workspace, article_id: str, annotator: str) -> list[Attribution]:
    """The suggestions in an article that still wait for an annotator, in reading order."""
    own = workspace.set_of(article_id, annotator)
    marks = workspace.attributions(own.id) if own is not None else []
    return pending(suggested_in(workspace, article_id), marks)


def suggested_in(workspace: Workspace, article_id: str) -> list[Attribution]:
    """All that suggesters have put beside an article, whatever was decided about it."""
    models = {one.id for one in workspace.registry.every(Annotator) if one.role == MODEL}
    if not models:
        return []
    sets = [
        one.id
        for one in workspace.reading.find(AnnotationSet, article_id=article_id)
        if one.annotator_id in models
    ]
    marks = workspace.reading.find(Attribution, set_id=sets) if sets else []
    return [one for one in marks if one.state == "open"]
