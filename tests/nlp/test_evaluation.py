"""Evaluation counts what the scorer of the corpus counts."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.core.records import AttributionRecord
from annotator.core.spans import Span
from annotator.nlp.evaluation import MEASURES, Evaluation
from annotator.workspace.predicting import evaluate_files, predict_file

SHARED = Path(__file__).resolve().parents[3] / "shared"
SCORER = SHARED / "tools" / "score_attribution.py"
TEXT = "Ann said the tide was high. Bob denied it."


def mark(source: tuple[int, int], cue: tuple[int, int], content: tuple[int, int], kind: str = "other"):
    return AttributionRecord(source=(Span(*source),), cue=(Span(*cue),), content=(Span(*content),), kind=kind)


def test_what_equals_gold_is_wholly_right():
    one = mark((0, 3), (4, 8), (9, 26))
    evaluation = Evaluation()
    evaluation.add(TEXT, [one], [one])
    assert all(evaluation.score(name).f1 == 1.0 for name in MEASURES)
    assert evaluation.accuracy("kind") == (1.0, 1)


def test_a_content_cut_short_overlaps_and_is_not_exact():
    evaluation = Evaluation()
    evaluation.add(TEXT, [mark((0, 3), (4, 8), (9, 26))], [mark((0, 3), (4, 8), (9, 21))])
    assert evaluation.score("triple exact").hits == 0
    assert evaluation.score("who-said-what overlap").hits == 1


def test_kinds_that_differ_are_listed_with_how_often():
    evaluation = Evaluation()
    evaluation.add(
        TEXT,
        [mark((0, 3), (4, 8), (9, 26), "institution")],
        [mark((0, 3), (4, 8), (9, 26), "other")],
    )
    assert evaluation.confusions("kind") == [("institution", "other", 1)]


@pytest.mark.parametrize("name", ["articles/gold_outermost.jsonl", "polnear/dev.jsonl"])
def test_the_numbers_are_those_of_the_scorer(name: str, tmp_path: Path):
    gold = SHARED / "data" / name
    if not gold.is_file() or not SCORER.is_file():
        pytest.skip(f"{name} or the scorer is not here")
    lines = gold.read_text(encoding="utf-8").splitlines()[:12]
    small = tmp_path / "gold.jsonl"
    small.write_text("\n".join(lines) + "\n", encoding="utf-8")
    predicted = tmp_path / "predicted.jsonl"
    predict_file(small, predicted)
    out = tmp_path / "scores.json"
    subprocess.run(
        [sys.executable, str(SCORER), str(small), str(predicted), "--json", str(out)],
        check=True,
        capture_output=True,
    )
    theirs = json.loads(out.read_text(encoding="utf-8"))
    ours = evaluate_files(small, predicted)
    for measure in MEASURES:
        score = ours.score(measure)
        assert (score.gold, score.predicted) == (theirs[measure]["gold"], theirs[measure]["pred"])
        assert round(score.f1, 3) == round(theirs[measure]["f1"], 3)
    assert ours.linking[1] == theirs["linking"]["n"]
    for field in ("kind", "via", "medium"):
        if field in theirs:
            accuracy = ours.accuracy(field)
            assert accuracy == pytest.approx((theirs[field]["accuracy"], theirs[field]["n"]))
