"""A comparison of real coverage brings out what happened to each claim between three outlets."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from annotator.compare.comparison import Comparison, compare, read_texts
from annotator.compare.drift import drift_between
from annotator.compare.matrix import SHORTER_CHAIN
from tests.compare.told import Story, lexicons, lines_of, story_of, voices

EUROMAIDAN, THE_OTHER, UNN = (
    "000_6c6cf35d0dc945d1.txt",
    "001_c320aba1d05e4ca7.txt",
    "003_530b91b4f7bda14a.txt",
)

ROWS = {
    "001 dropped Reuters from the two people": ("s0-04", "s1-01", "outlet_dropped", "Reuters"),
    "the matter became the proposal": ("s0-04", "s1-01", "source_description", "proposal"),
    "a paraphrase of the army cut became a quotation": ("s0-05", "s3-02", "quotation_marks", "UNN"),
    "the sources became bare": ("s0-05", "s3-02", "source_description", "Sources"),
    "one of three wordings of the main points is quoted": ("s1-03", "s3-03", "quotation_marks", "UNN"),
    "the official lost a nationality": ("s0-09", "s1-07", "source_description", "Ukrainian"),
    "having no part in the drafting is quoted on one side": ("s0-10", "s3-10", "quotation_marks", "UNN"),
    "the mission has two sources, of two kinds": ("s0-11", "s1-22a", "kind", "institution"),
    "the mission is spelt differently inside the marks": ("s0-11", "s3-26", "quotation_words", "fact"),
    "UNN dropped Reuters from the embassy": ("s1-22a", "s3-26", "outlet_dropped", "Reuters"),
    "001 dropped Reuters from the person on the visit": ("s1-23", "s3-27", "outlet_dropped", "Reuters"),
    "eastern Ukraine changes hands the other way": ("s1-17a", "s3-21a", "direction", "Russia"),
    "silence that UNN heard of from another outlet": ("s1-04", "s3-05a", "outlet_dropped", "Reuters"),
    "input became proposals": ("s1-05", "s3-06", "quotation_words", "end"),
    "achieving was lost": ("s1-12", "s3-15", "quotation_words", "achieving"),
    "sufficient became enough": ("s1-13", "s3-16", "quotation_words", "enough"),
    "different formats are quoted on one side": ("s1-14", "s3-17", "quotation_marks", "different formats"),
    "may propose became wants": ("s0-03", "s1-03", "direction", "may"),
}
"""What the outlets did to the claims: two marks, the flag between them, and a word that its sentence has."""


@pytest.fixture(scope="module")
def folder(shared_data: Path) -> Path:
    return shared_data / "articles"


@pytest.fixture(scope="module")
def told(folder: Path) -> Story:
    return story_of(lines_of(folder / "gold.jsonl"))


@pytest.fixture(scope="module")
def event(told: Story) -> Comparison:
    return told.compared()


@pytest.mark.parametrize("row", ROWS)
def test_what_happened_to_a_claim_is_brought_out(event: Comparison, row: str):
    one, other, flag, word = ROWS[row]
    listed = {drift for line in event.matrix.rows for drift in line.drifts}
    (found,) = [drift for drift in listed if {drift.one, drift.other} == {one, other}]
    assert word in next(each.words for each in found.flags if each.what == flag)


def test_the_same_medium_and_the_same_people_are_no_drift(event: Comparison):
    every = voices(event)
    assert "medium" not in drift_between(every["s1-10"], every["s3-13"]).names
    assert drift_between(every["s0-04"], every["s3-01b"]).names == ("quotation_marks",)


def test_who_dropped_reuters_is_pointed_out_in_the_matrix(event: Comparison):
    (row,) = [one for one in event.matrix.rows if one.claim.name == "george-meets-zelensky"]
    signs = {cell.article: [sign.what for sign in cell.signs] for cell in row.cells}
    assert SHORTER_CHAIN in signs[THE_OTHER]
    assert SHORTER_CHAIN not in signs[UNN]
    assert {cell.article: cell.status for cell in row.cells}[EUROMAIDAN] == "unknown"


def test_a_cell_says_who_speaks_through_whom(event: Comparison):
    (row,) = [one for one in event.matrix.rows if one.claim.name == "signal-accept"]
    cell = next(one for one in row.cells if one.article == UNN)
    assert "two people familiar with the matter (Reuters) ← Reuters" in cell.words
    chain = next(one.chain for one in cell.entries if one.id == "s3-01b")
    assert chain == ("UNN", "Reuters", "two people familiar with the matter (Reuters)")


def test_every_chain_is_what_the_gold_says(event: Comparison, folder: Path):
    every = voices(event)
    for line in lines_of(folder / "gold.jsonl"):
        marks = {one["id"]: one for one in line["attributions"]}
        for mark in marks.values():
            expected: list[str] = []
            at = mark
            while at is not None:
                for name in (at["source_name"], at["via"]):
                    if name and name != line["publisher"]:
                        expected.append(name)
                at = marks.get(at["parent"])
            in_order = list(dict.fromkeys(reversed(expected)))
            assert list(every[mark["id"]].chain.names[1:]) == in_order, mark["id"]


def test_claims_that_nobody_has_linked_are_proposed(told: Story):
    hidden = [
        replace(one, marks=tuple(replace(mark, claims=()) for mark in one.marks)) for one in told.tellings
    ]
    found = compare(hidden, told.names, read_texts(hidden, lexicons()))
    marks = [(one.article, mark) for one in told.tellings for mark in one.marks]
    gold = {
        frozenset((left.id, right.id))
        for (one, left), (other, right) in combinations(marks, 2)
        if one != other and set(left.claims) & set(right.claims)
    }
    proposed = {frozenset((one.one, one.other)) for one in found.proposals}
    assert 2 * len(gold & proposed) / (len(gold) + len(proposed)) >= 0.75


def test_attributions_that_were_dropped_are_found(event: Comparison, folder: Path):
    with (folder / "unattributed.jsonl").open(encoding="utf-8") as file:
        known = [json.loads(line) for line in file]
    found: set[int] = set()
    wrong = 0
    for one in event.dropped:
        here = {
            number
            for number, each in enumerate(known)
            if each["id"] == one.article
            and one.span.start < each["span"][1]
            and each["span"][0] < one.span.end
        }
        found |= here
        wrong += not here
    assert len(found) >= 7
    assert wrong <= 9


def test_names_in_two_spellings_are_no_drift(event: Comparison):
    every = voices(event)
    found = drift_between(every["s1-23"], every["s3-27"])
    assert set(found.names) == {"outlet_dropped", "source_description"}


def test_link_lines_and_repeated_headlines_are_not_counted(event: Comparison):
    every = voices(event)
    assert [every[one].counted for one in ("s0-01", "s0-02", "s3-11", "s3-28")] == [False] * 4
    assert every["s0-04"].counted
