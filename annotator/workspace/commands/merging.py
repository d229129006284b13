"""The deed that merges a bundle: everything in it, in one step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.core.articles import Article
from annotator.core.changes import Change
from annotator.workspace.commands.base import Work


@dataclass(frozen=True, slots=True)
class MergeBundle:
    """Carry out what a merge was found to change; texts are those of the bundle's articles, by hash.

    Raises:
        StaleChange: from act, when the project has changed since the merge was thought out.
    """

    whose: str
    changes: tuple[Change, ...]
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return f"Merge bundle of {self.whose}" if self.whose else "Merge bundle"

    def act(self, work: Work) -> None:
        for change in self.changes:
            if change.before is None and isinstance(change.after, Article):
                text = self.texts.get(change.after.text_sha256)
                if text is not None:
                    work.unit.keep_text(text)
        work.unit.replay(self.changes)
