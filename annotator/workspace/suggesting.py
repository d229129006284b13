"""Have a suggester read articles, keep its finds beside them, take what waits; the unsure first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.core.annotation_sets import FINISHED
from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.errors import Cancelled
from annotator.core.ports import Progress, Suggester
from annotator.core.records import AttributionRecord
from annotator.core.suggestions import uncertainty
from annotator.workspace.commands.suggestions import PutSuggestions, TakeSuggestions
from annotator.workspace.waiting import waiting
from annotator.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Suggested:
    """How many articles were read, and how many attributions were found in them."""

    articles: int = 0
    attributions: int = 0


Found = dict[str, tuple[AttributionRecord, ...]]


def look(
    workspace: Workspace, suggester: Suggester, articles: Iterable[Article], progress: Progress | None = None
) -> Found:
    """What a suggester finds in articles, by their ids; nothing is changed yet.

    Raises:
        Cancelled: when progress says so.
    """
    wanted = list(articles)
    found: Found = {}
    for at, article in enumerate(wanted):
        if progress is not None and not progress(at, len(wanted)):
            raise Cancelled("The search for attributions was stopped; nothing was changed.")
        outlet = workspace.outlet_name(article)
        found[article.id] = tuple(suggester.suggest(workspace.text(article), article.zones, outlet))
    return found


def suggest(
    workspace: Workspace, suggester: Suggester, story: str = "", progress: Progress | None = None
) -> Suggested:
    """Put a suggester's finds beside all articles, or those of one story (by name), as one deed.

    Raises:
        NotFound: when there is no such story.
        Cancelled: when progress says so; then nothing was changed.
    """
    articles = workspace.articles(workspace.story(story).id if story else None)
    found = look(workspace, suggester, articles, progress)
    if found:
        workspace.execute(PutSuggestions(suggester.name, found))
    return Suggested(len(found), sum(map(len, found.values())))


def take_all(workspace: Workspace, annotator: str, story: str = "", least: float = 0.0) -> int:
    """Make all suggestions that wait for an annotator, from a confidence on, that annotator's marks, as one deed.

    Articles that the annotator has finished are left as they are. Returns how many were taken.
    """
    chosen: list[str] = []
    for article in workspace.articles(workspace.story(story).id if story else None):
        own = workspace.set_of(article.id, annotator)
        if own is not None and own.status == FINISHED:
            continue
        chosen += [one.id for one in waiting(workspace, article.id, annotator) if sure(one, least)]
    if chosen:
        workspace.execute(TakeSuggestions(tuple(chosen), annotator))
    return len(chosen)


def sure(one: Attribution, least: float) -> bool:
    """Whether a suggestion has this confidence at least; one that says nothing of it has only where 0 is asked for."""
    return (one.confidence or 0.0) >= least


def unsure_first(workspace: Workspace, annotator: str, story_id: str | None = None) -> list[str]:
    """The ids of articles that an annotator has not finished and that have suggestions, the most uncertain first."""
    found = []
    for article in workspace.articles(story_id):
        own = workspace.set_of(article.id, annotator)
        if own is not None and own.status == FINISHED:
            continue
        open_here = waiting(workspace, article.id, annotator)
        if open_here:
            found.append((-uncertainty(open_here), article.id))
    return [article_id for _, article_id in sorted(found)]
