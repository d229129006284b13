"""At a prompt, attributions are predicted for files, and measured against gold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer

from annotator.cli import suggesting
from annotator.core.errors import BadInput
from annotator.workspace.predicting import predict_file

TEXT = "Two officials told Reuters that the talks had failed. “The room was empty,” Ann Lee said."


def app() -> typer.Typer:
    board = typer.Typer(pretty_exceptions_enable=False)
    suggesting.add_to(board)
    return board


def run(*words: str) -> None:
    typer.main.get_command(app()).main(list(words), standalone_mode=False)


def articles(path: Path, number: int) -> Path:
    lines = [json.dumps({"id": f"a{at}", "note": "kept", "mine": at, "text": TEXT}) for at in range(number)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_predict_keeps_order_and_keys_and_replaces_attributions(tmp_path: Path):
    source = articles(tmp_path / "in.jsonl", 3)
    run("predict", str(source), str(tmp_path / "out.jsonl"))
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(line["id"], line["mine"], line["note"]) for line in lines] == [
        (f"a{at}", at, "kept") for at in range(3)
    ]
    assert all(line["attributions"][0]["via"] == "Reuters" for line in lines)


@pytest.mark.slow
def test_two_processes_write_what_one_writes(tmp_path: Path):
    source = articles(tmp_path / "in.jsonl", 70)
    assert predict_file(source, tmp_path / "one.jsonl", processes=1) == (70, 140)
    predict_file(source, tmp_path / "two.jsonl", processes=2)
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()


def test_evaluate_prints_measures_by_the_names_of_the_scorer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    source = articles(tmp_path / "in.jsonl", 2)
    out = str(tmp_path / "out.jsonl")
    run("predict", str(source), out)
    capsys.readouterr()
    run("evaluate", out, out, "--json")
    values = json.loads(capsys.readouterr().out)
    assert values["documents"] == 2
    assert values["measures"]["triple exact"]["f1"] == 1.0
    run("evaluate", out, out)
    assert "who-said-what overlap" in capsys.readouterr().out


def test_what_cannot_be_used_is_one_sentence_and_writes_nothing(tmp_path: Path):
    source = articles(tmp_path / "in.jsonl", 1)
    with pytest.raises(BadInput, match="no suggester"):
        run("predict", str(source), str(tmp_path / "out.jsonl"), "--with", "nobody")
    source.write_text('{"id": "a"}\n', encoding="utf-8")
    with pytest.raises(BadInput):
        run("predict", str(source), str(tmp_path / "out.jsonl"))
    assert not (tmp_path / "out.jsonl").exists()
