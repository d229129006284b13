"""The sample story compared: every drift that its list names, and the matrix as it was looked through by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.compare.comparison import Comparison
from annotator.compare.drift import FLAGS, drift_between
from annotator.workspace.comparing_written import as_csv
from tests.compare.told import lines_of, story_of, voices

SAMPLE = Path(__file__).resolve().parents[2] / "sample_docs"
GOLDEN = Path(__file__).resolve().parents[1] / "golden"
LISTED: list[dict[str, Any]] = [
    one for one in json.loads((SAMPLE / "phenomena.json").read_text("utf-8")) if "drift" in one
]
FLAG_OF = dict(zip("abcdefgh", FLAGS, strict=True))


@pytest.fixture(scope="module")
def sample() -> Comparison:
    return story_of(lines_of(SAMPLE / "gold.jsonl")).compared()


@pytest.mark.parametrize(
    "entry", LISTED, ids=lambda one: f"{one['drift']}, {one['claim']}, {one['attributions'][1]}"
)
def test_a_drift_of_the_list_is_flagged_between_its_two_marks(sample: Comparison, entry: dict[str, Any]):
    (row,) = [one for one in sample.matrix.rows if one.claim.name == entry["claim"]]
    (drift,) = [one for one in row.drifts if {one.one, one.other} == set(entry["attributions"])]
    assert FLAG_OF[entry["drift"]] in drift.names
    assert all(flag.words for flag in drift.flags)


def test_the_matrix_is_as_it_was_looked_through(sample: Comparison):
    expected = (GOLDEN / "sample-matrix.csv").read_text(encoding="utf-8")
    assert as_csv(sample, sample.matrix.rows) == expected


def test_the_drifts_are_as_they_were_looked_through(sample: Comparison):
    lines = [
        f"{row.claim.name}\t{drift.one}\t{drift.other}\t{' '.join(drift.names)}"
        for row in sample.matrix.rows
        for drift in row.drifts
    ]
    assert "\n".join(lines) + "\n" == (GOLDEN / "sample-drifts.tsv").read_text(encoding="utf-8")


def test_spellings_of_one_name_are_shown_and_are_no_drift(sample: Comparison):
    every = voices(sample)
    found = drift_between(every["g1-22"], every["g5-29"])
    assert "quotation_words" not in found.names
    assert "source_description" not in found.names


def test_a_plural_that_stands_for_one_person_is_pointed_out(sample: Comparison):
    remarks = {mark: [one.what for one in found.remarks] for mark, found in sample.strengths.items()}
    assert "plural_for_one" in remarks["g3-05"]
    assert "plural_for_one" in remarks["g4-15"]
    assert "plural_for_one" not in remarks["g1-02"]


def test_most_sentences_stated_as_fact_are_found_without_their_marks():
    lines = lines_of(SAMPLE / "gold.jsonl")
    known = []
    for line in lines:
        own = [one for one in line["attributions"] if one["kind"] == "unattributed"]
        known += [(line["id"], one["content"][0][0]) for one in own]
        line["attributions"] = [one for one in line["attributions"] if one not in own]
    found = story_of(lines).compared().dropped
    hit = [
        any(one.article == article and one.span.start <= at < one.span.end for one in found)
        for article, at in known
    ]
    assert sum(hit) >= len(known) - 1
    assert len(found) <= len(known) + 3
