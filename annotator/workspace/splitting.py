"""Cut the articles that go out into train, dev and test, so that nothing leaks from one to the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.compare.dealing import Shares
from annotator.compare.duplicates import find_duplicates
from annotator.compare.split_groups import Candidate
from annotator.compare.splits import BY_OUTLET, BY_TIME, SEEDED, Split, cut, parse_shares
from annotator.core.articles import Article
from annotator.core.errors import BadInput
from annotator.core.ports import Progress
from annotator.workspace.workspace import Workspace

_METHODS = {"groups": SEEDED, "time": BY_TIME, "outlet": BY_OUTLET}


@dataclass(frozen=True, slots=True)
class SplitWish:
    """How to cut: the parts and their shares, by which method, with which seed."""

    shares: Shares
    method: str = SEEDED
    seed: int = 0


def split_wish(shares: str, method: str = "groups", seed: int = 0) -> SplitWish:
    """A wish from words such as "80/10/10" and groups, time or outlet.

    Raises:
        BadInput: when they cannot be understood.
    """
    if method not in _METHODS:
        raise BadInput(f"A corpus is cut by {', '.join(_METHODS)}, not by {method!r}. Nothing was written.")
    return SplitWish(parse_shares(shares), _METHODS[method], seed)


def split_of(
    workspace: Workspace, articles: Sequence[Article], wish: SplitWish, progress: Progress | None = None
) -> Split:
    """The articles cut into parts; each part's articles share no story, no copy and no long passage with another's.

    Raises:
        Cancelled: when progress asks to stop.
    """
    texts = ((article.id, workspace.text(article)) for article in articles)
    duplicates = find_duplicates(texts, progress=progress, total=len(articles))
    names = {story.id: story.name for story in workspace.stories()}
    candidates = [
        Candidate(
            article.id,
            names[article.story_id],
            workspace.outlet_name(article),
            article.published[:10],
        )
        for article in articles
    ]
    return cut(candidates, duplicates, wish.shares, wish.seed, wish.method)
