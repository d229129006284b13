"""At a prompt, a model is trained on files and projects, says how it compares, and predicts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.core.ports import ExportOptions
from annotator.formats.jsonl import FORMAT
from tests.cli.conftest import Prompt
from tests.nlp.talking import articles


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    FORMAT.write(articles(0, 4), tmp_path / "talk.jsonl", ExportOptions())
    FORMAT.write(articles(100, 2), tmp_path / "dev.jsonl", ExportOptions())
    return tmp_path / "talk.jsonl"


@pytest.mark.slow
def test_train_says_which_way_is_best_and_predict_takes_the_model(prompt: Prompt, talk: Path, project: Path):
    model = talk.with_name("model")
    said = prompt("train", talk, project, model, "--dev", talk.with_name("dev.jsonl"), "--passes", 1)
    assert said.code == 0
    assert "the rules alone find who said what right" in said.out
    assert "who-said-what overlap" in said.out
    assert f"the model is in {model}" in said.out
    out = talk.with_name("out.jsonl")
    predicted = prompt("predict", talk, out, "--with", model, "--json")
    assert predicted.code == 0
    assert predicted.json["done"]["articles"] == 4
    assert len(out.read_text(encoding="utf-8").splitlines()) == 4


@pytest.mark.slow
def test_train_prints_one_object_as_json(prompt: Prompt, talk: Path):
    model = talk.with_name("model")
    said = prompt("train", talk, model, "--dev", talk.with_name("dev.jsonl"), "--passes", 1, "--json")
    assert said.json["done"] == {
        "articles": 4,
        "attributions": sum(len(one.attributions or ()) for one in articles(0, 4)),
    }
    assert said.json["way"] in said.json["measures"]
    card = json.loads((model / "card.json").read_text(encoding="utf-8"))
    assert said.json["sentence"] == card["sentence"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("train", "model"), "and then the folder of the model"),
        (("train", "nowhere.jsonl", "model"), "cannot be read"),
        (("train", "nowhere.annotator", "model"), "nowhere.annotator"),
        (("train", "TALK", "TALK"), "is not a model of Annotator"),
        (("train", "TALK", "model", "--minutes", "-1"), "minutes"),
        (("train", "TALK", "model", "--base", "en_nowhere"), "no spaCy pipeline called 'en_nowhere'"),
        (("predict", "TALK", "out.jsonl", "--with", "nowhere"), "no suggester called 'nowhere'"),
        (("predict", "TALK", "out.jsonl", "--with", "."), "not a model of Annotator"),
    ],
)
def test_what_cannot_be_used_is_one_sentence_and_nothing_is_written(
    prompt: Prompt, talk: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], sentence: str
):
    monkeypatch.chdir(talk.parent)
    before = sorted(path.name for path in talk.parent.iterdir())
    said = prompt(*(talk.name if word == "TALK" else word for word in words))
    assert said.code == 2
    assert sentence in said.err
    assert len(said.err.splitlines()) == 1
    assert sorted(path.name for path in talk.parent.iterdir()) == before
