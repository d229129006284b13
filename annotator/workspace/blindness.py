"""Whether somebody's marks in an article are to be kept from somebody else's eyes."""

from __future__ import annotations

from annotator.core.annotation_sets import ASSIGNED, FINISHED, NOT_STARTED
from annotator.core.project_settings import BLIND, ProjectSetting
from annotator.core.storing import Reading
from annotator.workspace.workspace import Workspace


def is_blind(reading: Reading) -> bool:
    """Whether the project hides others' marks until one's own are finished; so it is where nobody said otherwise."""
    found = reading.get(ProjectSetting, BLIND)
    return found is None or bool(found.body.get("value", True))


def is_at_work(workspace: Workspace, me: str, article_id: str) -> bool:
    """Whether somebody annotates an article and has not finished it: while they do, they see nobody else's marks.

    An assigned article counts from the day it was assigned; one that somebody has only commented on does not.
    """
    mine = workspace.set_of(article_id, me)
    if mine is None or mine.status == FINISHED or (mine.status == NOT_STARTED and ASSIGNED not in mine.extra):
        return False
    return is_blind(workspace.reading)
