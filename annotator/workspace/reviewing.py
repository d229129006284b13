"""Hands apart: who annotates which article, who may see whose marks, in which order they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from annotator.core.annotation_sets import ASSIGNED, FINISHED, AnnotationSet
from annotator.core.annotators import GOLD, PERSON, Annotator
from annotator.review.adjudication import hidden_order
from annotator.workspace.blindness import is_blind
from annotator.workspace.panels import annotators_named, gold_annotator
from annotator.workspace.workspace import Workspace


def may_see(workspace: Workspace, me: str, article_id: str) -> list[Annotator]:
    """Whose marks in an article somebody may look at, by name; one's own are always among them, once there is a set.

    In a blind project, whoever annotates an article sees nobody else's marks, nor the gold, until the own set is finished;
    an assigned article counts from the day it was assigned. Who has no set in it is no annotator of it, and sees the
    finished ones and the gold.
    """
    reading = workspace.reading
    sets = {one.annotator_id: one for one in reading.find(AnnotationSet, article_id=article_id)}
    hands = [one for one in reading.find(Annotator) if one.id in sets]
    if not is_blind(reading):
        return hands
    mine = next((sets[one.id] for one in hands if one.name == me), None)
    if mine is None:
        return [one for one in hands if one.role == GOLD or sets[one.id].status == FINISHED]
    return [one for one in hands if one.name == me or mine.status == FINISHED]


def in_hidden_order(workspace: Workspace, article_id: str, names: list[str]) -> list[str]:
    """Annotators in the order in which a review without names shows them; the same for an article every time.

    Gold comes last.
    """
    roles = {one.name: one.role for one in annotators_named(workspace.reading, names)}
    last = [name for name in names if roles.get(name) == GOLD]
    return [*hidden_order((name for name in names if name not in last), article_id), *last]


@dataclass(frozen=True, slots=True)
class Assigned:
    """An article that somebody is to annotate, and how far that is; assigned says that it was given to them."""

    article_id: str
    annotator: str
    status: str
    assigned: bool
    guideline_version: str


def assignments(workspace: Workspace, story_id: str | None = None) -> list[Assigned]:
    """Who annotates which article, in the articles' order, annotators by name; gold and models are not among them."""
    reading = workspace.reading
    articles = workspace.articles(story_id)
    hands = {one.id: one for one in reading.find(Annotator, role=PERSON)}
    sets: dict[str, list[AnnotationSet]] = {}
    for own in reading.find(AnnotationSet, article_id=[one.id for one in articles]) if articles else ():
        if own.annotator_id in hands:
            sets.setdefault(own.article_id, []).append(own)
    return [
        Assigned(
            article.id,
            hands[own.annotator_id].name,
            own.status,
            ASSIGNED in own.extra,
            own.guideline_version,
        )
        for article in articles
        for own in sorted(sets.get(article.id, ()), key=lambda one: hands[one.annotator_id].name)
    ]


def states(workspace: Workspace, article_id: str) -> Mapping[str, str]:
    """How far each annotator is with an article, by name: the state of the set, gold's included."""
    reading = workspace.reading
    names = {one.id: one.name for one in reading.find(Annotator)}
    return {names[own.annotator_id]: own.status for own in reading.find(AnnotationSet, article_id=article_id)}


def is_adjudicated(workspace: Workspace, article_id: str) -> bool:
    """Whether a person declared the gold of an article finished."""
    gold = gold_annotator(workspace.reading)
    own = workspace.set_of(article_id, gold.name) if gold is not None else None
    return own is not None and own.status == FINISHED
