"""What a report tells of one article: its text, who marked what, how they differ, what was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotator.core.annotation_sets import AnnotationSet
from annotator.core.annotators import MODEL, Annotator
from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.comments import Comment
from annotator.core.errors import NotFound
from annotator.review.panels import Panel
from annotator.workspace.adjudicating import CaseList, case_list
from annotator.workspace.blindness import is_at_work
from annotator.workspace.panels import panel_of
from annotator.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ArticleTold:
    """One article as a report shows it.

    panel has the marks of each annotator who is shown; cases what persons among them have in common and how they differ;
    comments those on marks, by the mark's id, and under "" those on the article itself. hidden says that others' marks
    were left out, for whoever makes the report is still at work there, and works blind.
    """

    article: Article
    outlet: str
    panel: Panel
    cases: CaseList | None
    comments: Mapping[str, tuple[Comment, ...]]
    hidden: bool


def hands_told(workspace: Workspace, names: Sequence[str]) -> list[Annotator]:
    """The annotators of a report: those named; else all who are no model.

    Raises:
        NotFound: when one is not in the project.
    """
    everyone = workspace.registry.every(Annotator)
    known = {one.name: one for one in everyone}
    for name in names:
        if name not in known:
            raise NotFound(
                f"There is no annotator called {name!r} in this project; annotators: {', '.join(known) or 'none yet'}."
            )
    return [known[name] for name in dict.fromkeys(names)] or [one for one in everyone if one.role != MODEL]


def article_told(workspace: Workspace, article: Article, hands: Sequence[Annotator]) -> ArticleTold:
    """One article with the marks of these annotators."""
    panel = panel_of(workspace.reading, article, hands)
    others = [name for name in panel.hands if name != workspace.actor]
    hidden = bool(others) and is_at_work(workspace, workspace.actor, article.id)
    if hidden:
        panel = panel.only((workspace.actor,))
    names = [name for name in panel.hands if _is_person(hands, name)]
    cases = case_list(workspace, article.id, names) if names else None
    sets = {one.id for one in workspace.reading.find(AnnotationSet, article_id=article.id)}
    shown = {one.id for own in panel.marks.values() for one in own}
    comments: dict[str, list[Comment]] = {}
    for comment in workspace.reading.find(Comment, set_id=sets) if sets else ():
        about = comment.attribution_id
        if about is None and not hidden:
            comments.setdefault("", []).append(comment)
        elif about in shown:
            comments.setdefault(about, []).append(comment)
    return ArticleTold(
        article,
        workspace.outlet_name(article) or article.title or article.id,
        panel,
        cases,
        {key: tuple(own) for key, own in comments.items()},
        hidden,
    )


def _is_person(hands: Sequence[Annotator], name: str) -> bool:
    return any(one.name == name and one.role not in (MODEL, "gold") for one in hands)


def in_cases(told: ArticleTold) -> list[tuple[str, ...]]:
    """The ids of the marks that mean the same attribution, gold's too; those in no case by themselves."""
    groups: list[tuple[str, ...]] = []
    left = {one.id: one for own in told.panel.marks.values() for one in own}
    for case in told.cases.cases if told.cases is not None else ():
        ids = [one.id for one in (*case.case.candidates.values(), *case.gold) if one.id in left]
        for one in ids:
            left.pop(one, None)
        groups.append(tuple(ids))
    return [*groups, *((one,) for one in left)]


def hand_of(told: ArticleTold) -> dict[str, str]:
    """Whose each mark is."""
    return {one.id: hand for hand, own in told.panel.marks.items() for one in own}


def marks_of(told: ArticleTold) -> dict[str, Attribution]:
    """All marks that are shown, by id."""
    return {one.id: one for own in told.panel.marks.values() for one in own}
