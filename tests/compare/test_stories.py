"""Articles that tell of one event are put together, others stay apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.compare.stories import Telling, group_into_stories
from annotator.core.errors import Cancelled
from annotator.core.records import Record
from annotator.workspace.grouping import common_words, proposed_stories
from annotator.workspace.paths import sample_docs

FERRY = (
    "The night ferry to Ostrel will stop in May, the harbour office said. Captain Ida Brandt said the crew of the "
    "Sivka learned of it from a notice at the quay. The office named falling numbers of travellers."
)
FERRY_TOO = (
    "Captain Ida Brandt of the Sivka learned from a notice at the quay that her ferry to Ostrel would stop. "
    "Travellers had fallen in number, according to the harbour office."
)
BRIDGE = (
    "A bridge in Kellmark was closed after engineers found cracks in two of its pillars. The council will vote on "
    "repairs, its chair Jon Verho said; lorries take the road over Tasmo meanwhile."
)


def telling(one_id: str, text: str, published: str = "") -> Telling:
    return Telling(one_id, f"Title of {one_id}", text, published)


def test_one_event_told_twice_is_one_story():
    groups = group_into_stories(
        [telling("a", FERRY), telling("b", BRIDGE), telling("c", FERRY_TOO)], common_words()
    )
    assert [group.ids for group in groups] == [("a", "c"), ("b",)]
    assert groups[1].name == "Title of b"


def test_the_same_words_a_month_later_are_another_story():
    dated = [telling("a", FERRY, "2026-01-02"), telling("b", FERRY_TOO, "2026-02-10")]
    assert [group.ids for group in group_into_stories(dated, common_words())] == [("a",), ("b",)]


def test_grouping_can_be_stopped():
    with pytest.raises(Cancelled):
        group_into_stories([telling("a", FERRY), telling("b", BRIDGE)], progress=lambda _done, _total: False)


def test_the_sample_story_is_recognised_among_other_articles():
    records = [
        Record(id=path.name, title=path.stem, text=path.read_text("utf-8"))
        for path in sorted(Path(sample_docs()).glob("*.txt"))
    ]
    records += [Record(id="bridge", title="Bridge", text=BRIDGE), Record(id="none", text=None)]
    found = proposed_stories(records)
    assert len({found[at] for at in range(5)}) == 1
    assert found[5] == "Bridge"
    assert 6 not in found


def test_real_coverage_of_one_event_is_put_together(shared_data: Path):
    texts = [path.read_text("utf-8") for path in sorted((shared_data / "articles").glob("*.txt"))]
    with (shared_data / "polnear" / "dev.jsonl").open(encoding="utf-8") as lines:
        texts += [json.loads(line)["text"] for line, _ in zip(lines, range(60), strict=False)]
    found = proposed_stories([Record(id=str(at), title=str(at), text=text) for at, text in enumerate(texts)])
    assert len({found[at] for at in range(3)}) == 1
    assert len(set(found.values())) >= len(texts) - 12
