"""A model learns from marked articles, the same each time, stops when told, and refuses what it cannot learn from."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import ExportOptions
from annotator.core.records import AttributionRecord, Record
from annotator.core.spans import Span
from annotator.nlp.docbin import FORMAT
from annotator.nlp.pipelines import COMPONENT, base_pipeline
from annotator.nlp.training import Trained, TrainingPlan, train
from annotator.nlp.training_data import gold_docs, marked
from tests.nlp.talking import KINDS, articles, small_plan


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Trained:
    return train(articles(0, 14), articles(100, 4), small_plan(tmp_path_factory.mktemp("plan")))


def weights(one: Trained) -> bytes:
    return bytes(one.nlp.get_pipe(COMPONENT).model.to_bytes())


@pytest.mark.slow
def test_a_model_finds_in_new_articles_what_it_has_learnt(trained: Trained):
    assert trained.score is not None
    assert trained.score > 0.7
    right = total = 0
    for record in articles(200, 6):
        doc = trained.nlp(record.text)
        found = {(span.label_, span.start_char, span.end_char, span.kb_id_) for span in doc.spans["sc"]}
        for mark in record.attributions or ():
            for role in ("source", "cue", "content"):
                total += 1
                part = getattr(mark, role)[0]
                right += (role, part.start, part.end, mark.kind) in found
    assert right > total / 2


@pytest.mark.slow
def test_fragments_of_one_attribution_share_an_id_and_the_kinds_are_those_of_the_articles(trained: Trained):
    doc = trained.nlp(articles(300, 1)[0].text)
    ids = {span.id_ for span in doc.spans["sc"]}
    assert ids
    for one in ids:
        assert sum(span.id_ == one and span.label_ == "cue" for span in doc.spans["sc"]) == 1
    assert trained.nlp.get_pipe(COMPONENT).kinds == list(KINDS)
    assert {span.kb_id_ for span in doc.spans["sc"]} <= set(KINDS)


@pytest.mark.slow
def test_the_same_articles_and_seed_give_the_same_model(tmp_path: Path):
    plan = small_plan(tmp_path, passes=2)
    first, second = (train(articles(0, 4), (), plan) for _ in range(2))
    assert weights(first) == weights(second)
    other = train(articles(0, 4), (), small_plan(tmp_path, passes=2, seed=5))
    assert weights(other) != weights(first)


def test_the_progress_is_told_and_may_stop_the_training(tmp_path: Path):
    told: list[tuple[int, int, float | None]] = []

    def stop_soon(done: int, total: int, score: float | None) -> bool:
        told.append((done, total, score))
        return len(told) < 2

    stopped = train(articles(0, 6), (), small_plan(tmp_path), stop_soon)
    assert stopped.stopped
    assert 0 < stopped.passes < 12
    assert len(told) == 2
    assert 0 < told[0][0] < told[1][0] < told[1][1]
    stopped.nlp("It can be used as it is.")


def test_an_interruption_ends_the_training_with_the_model_that_there_is(tmp_path: Path):
    def interrupt(*_: object) -> bool:
        raise KeyboardInterrupt

    stopped = train(articles(0, 3), (), small_plan(tmp_path), interrupt)
    assert stopped.stopped
    stopped.nlp("It can be used as it is.")


def test_the_minutes_end_a_training_that_is_then_called_done(tmp_path: Path):
    done = train(articles(0, 3), (), small_plan(tmp_path, minutes=1e-9))
    assert not done.stopped
    assert done.passes < 12


@pytest.mark.parametrize(
    ("records", "sentence"),
    [
        ([], "nobody has marked"),
        ([Record(id="a", text="Words.")], "nobody has marked"),
        ([Record(id="a", text="Words.", attributions=())], "no attribution is marked in the 1 articles"),
        (
            [
                Record(
                    id="a",
                    text="He said so.",
                    attributions=(
                        AttributionRecord(cue=(Span(3, 7),), content=(Span(8, 10),), state="open"),
                    ),
                )
            ],
            "no attribution is marked",
        ),
    ],
    ids=["no article", "no marks", "empty sets", "suggestions alone"],
)
def test_where_nothing_can_be_learnt_one_sentence_says_so(records: list[Record], sentence: str):
    with pytest.raises(BadInput, match=sentence):
        marked(records, LossReport())


def test_attributions_without_a_cue_teach_nothing_and_are_said(tmp_path: Path):
    record = Record(id="a", text="A claim.", attributions=(AttributionRecord(content=(Span(0, 7),)),))
    with pytest.raises(BadInput, match="has a cue and a content"):
        train([record], (), small_plan(tmp_path))


def learnt(text: str, *marks: AttributionRecord) -> tuple[Any, LossReport]:
    losses = LossReport()
    good = AttributionRecord(cue=(Span(3, 7),), content=(Span(8, 10),))
    (doc,) = gold_docs(base_pipeline(""), [Record(id="a", text=text, attributions=(good, *marks))], losses)
    return doc, losses


def test_two_attributions_at_one_cue_are_one_and_the_other_is_counted():
    doc, losses = learnt("He said so, and she.", AttributionRecord(source=(Span(16, 19),), cue=(Span(3, 7),)))
    assert len(doc.spans["sc"]) == 2
    assert [loss.what for loss in losses] == ["attribution at the cue of another, not learnt"]


def test_spans_that_do_not_fit_the_tokens_are_widened_and_counted_not_dropped():
    doc, losses = learnt(
        "He said so, unwillingly. She added more.",
        AttributionRecord(source=(Span(25, 28),), cue=(Span(29, 32),), content=(Span(35, 39),)),
    )
    assert "added" in [span.text for span in doc.spans["sc"]]
    assert [(loss.what, loss.count) for loss in losses] == [
        ("span widened to whole tokens of the pipeline", 1)
    ]


def test_one_kind_alone_is_left_to_the_rules(tmp_path: Path):
    from dataclasses import replace

    same = [
        replace(
            record,
            attributions=tuple(replace(mark, kind="institution") for mark in record.attributions or ()),
        )
        for record in articles(0, 3)
    ]
    assert train(same, (), small_plan(tmp_path, passes=1)).nlp.get_pipe(COMPONENT).kinds == []


def test_a_base_that_is_not_installed_is_one_sentence(tmp_path: Path):
    with pytest.raises(BadInput, match="no spaCy pipeline called 'en_nowhere'"):
        train(articles(0, 2), (), small_plan(tmp_path, base="en_nowhere"))


def test_passes_and_steps_follow_the_number_of_words(tmp_path: Path):
    open_plan = TrainingPlan(tmp_path / "any.cfg")
    few, many = open_plan.for_words(2_000), open_plan.for_words(700_000)
    assert few.words < many.words
    assert few.passes > many.passes
    assert few.passes <= open_plan.for_words(10).passes <= 25


@pytest.mark.slow
def test_the_shipped_settings_also_serve_spacys_own_training_on_what_docbin_exports(tmp_path: Path):
    from spacy.training.initialize import init_nlp
    from spacy.training.loop import train as spacy_train
    from spacy.util import load_config

    FORMAT.write(articles(0, 6), tmp_path / "train.spacy", ExportOptions())
    paths = {f"paths.{part}": str(tmp_path / "train.spacy") for part in ("train", "dev")}
    config = load_config(small_plan(tmp_path).config, {**paths, "training.max_epochs": 2})
    (tmp_path / "out").mkdir()
    nlp, _ = spacy_train(init_nlp(config), tmp_path / "out", stdout=StringIO(), stderr=StringIO())
    assert nlp.get_pipe(COMPONENT).kinds == list(KINDS)
    assert "who_said_what" in nlp.meta["performance"]
