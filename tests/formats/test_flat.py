"""Attributions taken apart into spans and relations come back whole."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.losses import LossReport
from annotator.core.ports import LABELS
from annotator.core.records import AttributionRecord, Record
from annotator.core.spans import Fragments, Span, joined
from annotator.formats.flat import FlatSpan, Relation, flatten, gather

KINDS = ("named_official", "anonymous_source", "outlet_citing_outlet")


def _fragments() -> st.SearchStrategy[Fragments]:
    pairs = st.tuples(st.integers(0, 80), st.integers(1, 9)).map(
        lambda pair: Span(pair[0], pair[0] + pair[1])
    )
    return st.lists(pairs, max_size=3).map(joined)


def _attribution() -> st.SearchStrategy[AttributionRecord]:
    return st.builds(
        AttributionRecord,
        kind=st.sampled_from([*KINDS, None]),
        source=_fragments(),
        cue=_fragments(),
        content=_fragments().filter(bool),
        via_span=_fragments(),
        recipient=_fragments(),
    )


def _shape(one: AttributionRecord, *, with_kind: bool) -> tuple[object, ...]:
    spans = (one.source, one.cue, one.content, one.via_span, one.recipient)
    return (*spans, one.kind if with_kind else None)


@given(st.lists(_attribution(), max_size=6), st.sampled_from(LABELS), st.data())
def test_spans_kinds_and_nesting_come_back(marks: list[AttributionRecord], label: str, data: st.DataObject):
    named = [
        replace(
            one, id=f"m{number}", parent=f"m{data.draw(st.integers(0, number - 1))}" if number % 2 else None
        )
        for number, one in enumerate(marks)
    ]
    record = Record(id="x", text="y" * 100, attributions=tuple(named))
    losses = LossReport()
    flat = flatten(record, label, losses)
    back = gather(flat.spans, flat.relations, kinds=KINDS, article="x", losses=losses)
    assert not losses
    by_id = {one.id: one for one in back}
    parents = [_shape(by_id[one.parent], with_kind=False) for one in back if one.parent]
    assert [_shape(one, with_kind=label != "role") for one in back] == [
        _shape(one, with_kind=label != "role") for one in named
    ]
    assert parents == [_shape(named[int(one.parent[1:])], with_kind=False) for one in named if one.parent]


def test_a_source_shared_by_two_cues_is_in_both_attributions():
    spans = [
        FlatSpan("1", 0, 4, "SOURCE"),
        FlatSpan("2", 5, 9, "cue"),
        FlatSpan("3", 10, 20, "Content"),
        FlatSpan("4", 21, 27, "cue"),
        FlatSpan("5", 28, 40, "Content"),
    ]
    ties = [("2", "1"), ("2", "3"), ("4", "1"), ("4", "5")]
    found = gather(
        spans,
        [Relation(head, child, "ARG") for head, child in ties],
        kinds=KINDS,
        article="x",
        losses=LossReport(),
    )
    assert [(one.source, one.cue, one.content) for one in found] == [
        ((Span(0, 4),), (Span(5, 9),), (Span(10, 20),)),
        ((Span(0, 4),), (Span(21, 27),), (Span(28, 40),)),
    ]


def test_a_label_of_another_program_is_kept_as_a_feature_and_counted():
    losses = LossReport()
    (found,) = gather([FlatSpan("1", 0, 4, "Speaker (unnamed)")], [], kinds=KINDS, article="x", losses=losses)
    assert found.source == (Span(0, 4),)
    assert found.features == {"label": "Speaker (unnamed)"}
    assert [loss.count for loss in losses] == [1]


def test_labels_of_role_and_kind_are_understood_however_they_are_written():
    spans = [FlatSpan("1", 0, 4, "anonymous_source/source"), FlatSpan("2", 5, 9, "Anonymous source")]
    losses = LossReport()
    found = gather(spans, [Relation("2", "1", "says")], kinds=KINDS, article="x", losses=losses)
    assert [(one.kind, one.source, one.content) for one in found] == [
        ("anonymous_source", (Span(0, 4),), (Span(5, 9),))
    ]
    assert not losses
