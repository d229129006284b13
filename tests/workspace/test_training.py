"""A training gathers one set of marks for each article, and keeps what belongs together on one side."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.core.errors import BadInput
from annotator.core.ports import ExportOptions
from annotator.core.records import Record
from annotator.formats.jsonl import FORMAT
from annotator.nlp.model_making import Made, Material
from annotator.workspace import training
from annotator.workspace.predicting import predict_file, rules
from annotator.workspace.sample import sample_project
from annotator.workspace.suggesting import suggest
from annotator.workspace.training import TrainingWish, train_model
from tests.building import FERRY, HAND, article_in, marked, opened
from tests.nlp.talking import articles


class HeardError(Exception):
    """What would have been trained on."""


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[Material]:
    """The materials that reach the training, which itself is left out."""
    found: list[Material] = []

    def listen(material: Material, *_: Any, **__: Any) -> Made:
        found.append(material)
        raise HeardError

    monkeypatch.setattr(training, "make_model", listen)
    return found


def written(path: Path, *records: Record) -> str:
    FORMAT.write(records, path, ExportOptions())
    return str(path)


def test_gold_is_preferred_to_finished_sets_and_these_to_begun_ones(tmp_path: Path, heard: list[Material]):
    sample_project(HAND, str(tmp_path / "sample.annotator")).close()
    with pytest.raises(HeardError):
        train_model([str(tmp_path / "sample.annotator")], tmp_path / "model", TrainingWish(), HAND)
    (material,) = heard
    assert len(material.records) == 5
    assert {record.annotator for record in material.records} == {"gold"}
    assert len(set(material.fold_of)) == 5, "all five tell one story, and yet they can be compared by turns"
    assert material.names == ["sample.annotator"]


def test_what_a_suggester_put_beside_an_article_is_not_learnt_from(tmp_path: Path, heard: list[Material]):
    with opened(tmp_path / "ferry.annotator") as workspace:
        article_in(workspace, FERRY)
        suggest(workspace, rules())
        with pytest.raises(BadInput, match="nobody has marked"):
            train_model([str(tmp_path / "ferry.annotator")], tmp_path / "model", TrainingWish(), HAND)
        marked(workspace, "Nobody asked us")
    with pytest.raises(HeardError):
        train_model([str(tmp_path / "ferry.annotator")], tmp_path / "model", TrainingWish(), HAND)
    assert [(one.annotator, len(one.attributions or ())) for one in heard[0].records] == [(HAND, 1)]


def test_of_two_sets_in_files_the_finished_and_then_the_fuller_is_learnt_from(
    tmp_path: Path, heard: list[Material]
):
    first, second = articles(0, 2)
    begun = replace(first, annotator="olena")
    finished = replace(
        first, annotator="maria", status="finished", attributions=(first.attributions or ())[:1]
    )
    fuller, thinner = second, replace(second, annotator="olena", attributions=(second.attributions or ())[:1])
    place = written(tmp_path / "sets.jsonl", begun, finished, thinner, fuller)
    with pytest.raises(HeardError):
        train_model([place], tmp_path / "model", TrainingWish(), HAND)
    chosen = {record.id: record for record in heard[0].records}
    assert chosen[first.id].annotator == "maria"
    assert chosen[second.id].attributions == fuller.attributions


def test_articles_of_one_story_and_copies_are_in_one_fold(tmp_path: Path, heard: list[Material]):
    found = [replace(one, story=f"story {at // 2}") for at, one in enumerate(articles(0, 12))]
    copy = replace(found[0], id="copy", story="another", text=f"{found[0].text} The end.")
    place = written(tmp_path / "all.jsonl", *found, copy)
    with pytest.raises(HeardError):
        train_model([place], tmp_path / "model", TrainingWish(), HAND)
    (material,) = heard
    folds = dict(zip((record.id for record in material.records), material.fold_of, strict=True))
    assert len(set(folds.values())) == 5
    assert all(folds[found[at].id] == folds[found[at + 1].id] for at in range(0, 12, 2))
    assert folds["copy"] == folds[found[0].id]


def test_of_many_articles_a_tenth_is_kept_aside(tmp_path: Path, heard: list[Material]):
    # by chance these articles share long passages, and so most of them cannot be parted
    place = written(tmp_path / "many.jsonl", *articles(0, 240))
    with pytest.raises(HeardError):
        train_model([place], tmp_path / "model", TrainingWish(), HAND)
    (material,) = heard
    assert 200 < len(material.records) + len(material.aside) <= 240
    assert 10 <= len(material.aside) <= 40
    assert not {record.text for record in material.records} & {record.text for record in material.aside}


def test_articles_to_measure_on_are_not_trained_on(tmp_path: Path, heard: list[Material]):
    place = written(tmp_path / "train.jsonl", *articles(0, 3))
    aside = written(tmp_path / "dev.jsonl", *articles(100, 2))
    with pytest.raises(HeardError):
        train_model([place], tmp_path / "model", TrainingWish(dev=Path(aside)), HAND)
    assert [record.id for record in heard[0].aside] == ["talk-100", "talk-101"]
    with pytest.raises(BadInput, match="the two must be apart"):
        train_model([place], tmp_path / "model", TrainingWish(dev=Path(place)), HAND)


def test_what_nobody_has_marked_teaches_nothing(tmp_path: Path):
    place = written(
        tmp_path / "bare.jsonl", Record(id="a", text="Words."), Record(id="b", text="More words.")
    )
    with pytest.raises(BadInput, match="nobody has marked"):
        train_model([place], tmp_path / "model", TrainingWish(), HAND)
    aside = written(tmp_path / "train.jsonl", *articles(0, 2))
    with pytest.raises(BadInput, match="no article that somebody marked"):
        train_model([aside], tmp_path / "model", TrainingWish(dev=Path(place)), HAND)


@pytest.mark.slow
def test_two_processes_predict_with_a_model_what_one_predicts(tmp_path: Path):
    place = written(tmp_path / "train.jsonl", *articles(0, 4))
    aside = written(tmp_path / "dev.jsonl", *articles(100, 2))
    model = tmp_path / "model"
    train_model([place], model, TrainingWish(dev=Path(aside), passes=2), HAND)
    source = Path(written(tmp_path / "in.jsonl", *articles(200, 62)))
    one = predict_file(source, tmp_path / "one.jsonl", str(model), processes=1)
    two = predict_file(source, tmp_path / "two.jsonl", str(model), processes=2)
    assert one == two
    assert one[0] == 62
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()
