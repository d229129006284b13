"""spaCy's own commands take what we write: they find nothing wrong with it, and train on it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.core.ports import ExportOptions
from annotator.workspace.choosing import Selection, records
from annotator.workspace.opening import open_project
from annotator.workspace.passages import passages
from annotator.workspace.sample import sample_project


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The gold of the sample story in sentences: four articles to train on, one to look at."""
    from annotator.nlp.docbin import FORMAT

    folder = tmp_path_factory.mktemp("corpus")
    sample_project("tester", str(folder / "sample.annotator")).close()
    workspace = open_project(str(folder / "sample.annotator"), "tester")
    gold = list(records(workspace, Selection(gold=True)))
    workspace.close()
    for name, some in (("train", gold[:4]), ("dev", gold[4:])):
        FORMAT.write(passages(some, 1.0, 0), folder / f"{name}.spacy", ExportOptions(label="role"))
    return folder


def spacy(folder: Path, *words: str) -> str:
    ended = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "spacy", *words],
        cwd=folder,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=110,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout
    return ended.stdout


@pytest.mark.slow
@pytest.mark.parametrize("pipe", ["spancat", "ner"])
def test_spacy_finds_our_data_sound_and_trains_on_it(corpus: Path, pipe: str):
    config = f"{pipe}.cfg"
    spacy(corpus, "init", "config", config, "--lang", "en", "--pipeline", pipe, "--optimize", "efficiency")
    paths = ("--paths.train", "train.spacy", "--paths.dev", "dev.spacy")
    found = spacy(corpus, "debug", "data", config, *paths)
    assert "No overlap between training and evaluation data" in found
    assert "misaligned" not in found
    steps = ("--training.max_steps", "30", "--training.eval_frequency", "30")
    said = spacy(corpus, "train", config, "--output", f"model-{pipe}", *paths, *steps)
    assert "Saved pipeline to output directory" in said
    assert (corpus / f"model-{pipe}" / "model-last" / "meta.json").exists()
