"""Comment: what a colleague says about a mark."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.core.spans import Fragments


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark on an attribution, a claim, a stretch of an article, or (none of these given) the article's set.

    author and mentions are annotators' ids; reply_to is the comment that began the thread.
    """

    id: str
    set_id: str | None
    text: str
    author: str
    attribution_id: str | None = None
    claim_id: str | None = None
    place: Fragments = ()
    created: str = ""
    resolved: bool = False
    reply_to: str | None = None
    mentions: tuple[str, ...] = ()
    version: int = 1
