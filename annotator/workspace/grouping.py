"""Propose stories for articles that are about to come in."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.compare.stories import Telling, group_into_stories
from annotator.core.ports import Progress
from annotator.core.records import Record
from annotator.workspace.paths import resources


def common_words() -> frozenset[str]:
    """Words that say nothing about an event, from resources/lexicons/common-words.txt."""
    text = resources("lexicons", "common-words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def proposed_stories(records: Sequence[Record], progress: Progress | None = None) -> dict[int, str]:
    """A story's name for each record with a text, by its place in the list.

    Raises:
        Cancelled: when progress asks to stop.
    """
    tellings = [
        Telling(str(at), record.title, record.text, record.published)
        for at, record in enumerate(records)
        if record.text is not None
    ]
    groups = group_into_stories(tellings, common_words(), progress)
    return {int(one): group.name for group in groups for one in group.ids}
