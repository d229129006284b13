"""What spaCy is given holds every span of the project, on the very text, and can be trained on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import ExportOptions, ReadOptions
from annotator.core.records import AttributionRecord, Record
from annotator.core.spans import Span
from annotator.nlp.docbin import FORMAT, SPANS_KEY, span_label
from tests.building import FERRY, NASTY, place_of, what

MARK = AttributionRecord(
    id="m1",
    kind="named_official",
    source=place_of("Captain Ida Brandt"),
    cue=place_of("said"),
    content=(*place_of("Nobody"), *place_of("asked us")),
    via_span=place_of("Harbour Post"),
    recipient=place_of("port authority"),
    more_roles={"witness": place_of("crew")},
    source_name="Ida Brandt",
    via="Harbour Post",
    claims=("nobody-asked",),
)


def record(*marks: AttributionRecord, text: str = FERRY, **more: Any) -> Record:
    return Record(
        **{"id": "ferry", "annotator": "maria", "language": "en", **more}, text=text, attributions=marks
    )


def written(folder: Path, *records: Record, label: str = "role") -> tuple[list[Any], LossReport]:
    import spacy
    from spacy.tokens import DocBin

    out = folder / "out.spacy"
    losses = FORMAT.write(records, out, ExportOptions(label=label))
    return list(DocBin().from_disk(out).get_docs(spacy.blank("xx").vocab)), losses


def placed(doc: Any) -> list[tuple[str, int, int, str]]:
    return sorted((span.label_, span.start_char, span.end_char, span.id_) for span in doc.spans[SPANS_KEY])


def test_every_fragment_of_every_role_is_a_span_with_its_attributions_id(tmp_path: Path):
    (doc,), losses = written(tmp_path, record(MARK))
    expected = [
        (role, part.start, part.end, "m1")
        for role, parts in (
            ("source", MARK.source),
            ("cue", MARK.cue),
            ("content", MARK.content),
            ("via", MARK.via_span),
            ("recipient", MARK.recipient),
            ("witness", MARK.more_roles["witness"]),
        )
        for part in parts
    ]
    assert placed(doc) == sorted(expected)
    assert doc.text == FERRY
    assert what(losses) == {"content in several fragments, written as separate spans": 1}


def test_what_spans_cannot_say_goes_with_the_document(tmp_path: Path):
    (doc,), _ = written(tmp_path, record(MARK))
    assert (doc.user_data["article"], doc.user_data["annotator"]) == ("ferry", "maria")
    (mark,) = doc.user_data["attributions"]
    assert [tuple(pair) for pair in mark["content"]] == [(part.start, part.end) for part in MARK.content]
    assert (mark["source_name"], mark["via_name"]) == ("Ida Brandt", "Harbour Post")
    assert list(mark["claims"]) == ["nobody-asked"]


@pytest.mark.parametrize(
    ("label", "labels"),
    [
        ("role", {"source", "cue", "content", "via", "recipient", "witness"}),
        ("kind", {"named_official"}),
        (
            "kind/role",
            {
                f"named_official/{role}"
                for role in ("source", "cue", "content", "via", "recipient", "witness")
            },
        ),
    ],
)
def test_a_span_is_labelled_with_its_role_its_kind_or_both(tmp_path: Path, label: str, labels: set[str]):
    (doc,), _ = written(tmp_path, record(MARK), label=label)
    assert {span.label_ for span in doc.spans[SPANS_KEY]} == labels


def test_a_mark_without_a_kind_still_has_a_label():
    assert [span_label("cue", None, wish) for wish in ("role", "kind", "kind/role")] == [
        "cue",
        "no_kind",
        "no_kind/cue",
    ]


def test_a_span_inside_a_token_is_widened_and_counted(tmp_path: Path):
    text = "The crew-members stay."
    (doc,), losses = written(tmp_path, record(AttributionRecord(id="m", content=(Span(1, 6),)), text=text))
    ((_, start, end, _),) = placed(doc)
    assert Span(start, end).covers(Span(1, 6))
    assert what(losses) == {"span widened to whole spaCy tokens": 1}
    place = next(iter(losses)).first[0]
    assert (place.article, place.start, place.end) == ("ferry", 1, 6)


@pytest.mark.parametrize("text", [*NASTY, "  leading and trailing  ", "\n\n\n", "a" * 300])
@pytest.mark.parametrize("language", ["en", "uk", "ar", "", "xx-unknown", "../en", "zh"])
def test_any_text_in_any_language_comes_through_to_the_code_point(tmp_path: Path, text: str, language: str):
    mark = AttributionRecord(id="m", content=(Span(0, len(text)),))
    (doc,), _ = written(tmp_path, record(mark, text=text, language=language))
    assert doc.text == text
    assert placed(doc) == [("content", 0, len(text), "m")]


def test_two_marks_on_the_same_words_are_two_spans(tmp_path: Path):
    other = AttributionRecord(id="m2", kind="other", content=MARK.content)
    (doc,), _ = written(tmp_path, record(MARK, other))
    assert [one for one in placed(doc) if one[0] == "content"] == sorted(
        ("content", part.start, part.end, name) for part in MARK.content for name in ("m1", "m2")
    )


def test_suggestions_that_nobody_accepted_are_no_training_examples(tmp_path: Path):
    states = [
        AttributionRecord(id=state, content=place_of("crew"), state=state)
        for state in ("kept", "open", "rejected")
    ]
    (doc,), losses = written(tmp_path, record(*states))
    assert {name for *_, name in placed(doc)} == {"kept"}
    assert what(losses) == {"suggestion that nobody has accepted, not written": 2}


def test_articles_that_nobody_looked_at_are_left_out_and_those_without_a_mark_are_not(tmp_path: Path):
    bare = Record(id="bare", text="Nobody looked.")
    docs, _ = written(tmp_path, bare, record(), record(MARK))
    assert [len(doc.spans[SPANS_KEY]) for doc in docs] == [0, 7]


def test_a_text_longer_than_spacy_likes_is_written_all_the_same(tmp_path: Path):
    text = "word " * 210_000
    (doc,), _ = written(tmp_path, record(AttributionRecord(id="m", content=(Span(0, 4),)), text=text))
    assert len(doc.text) == len(text)


def test_a_file_without_a_text_or_without_an_annotation_is_refused(tmp_path: Path):
    out = tmp_path / "out.spacy"
    with pytest.raises(BadInput, match="cannot be written without"):
        FORMAT.write([record(MARK)], out, ExportOptions(without_text=True))
    with pytest.raises(BadInput, match="nobody has annotated"):
        FORMAT.write([Record(id="bare", text="x")], out, ExportOptions())
    with pytest.raises(BadInput, match="written, not read"):
        list(FORMAT.read(out, LossReport(), ReadOptions()))
    assert list(tmp_path.iterdir()) == []


def test_spacy_can_be_trained_on_what_was_written(tmp_path: Path):
    import spacy
    from spacy.tokens import DocBin
    from spacy.training import Example

    FORMAT.write([record(MARK), record()], tmp_path / "train.spacy", ExportOptions(label="kind/role"))
    nlp = spacy.blank("en")
    spancat = nlp.add_pipe("spancat", config={"spans_key": SPANS_KEY})
    docs = list(DocBin().from_disk(tmp_path / "train.spacy").get_docs(nlp.vocab))
    examples = [Example(nlp.make_doc(doc.text), doc) for doc in docs]
    optimizer = nlp.initialize(lambda: examples)
    losses: list[float] = []
    for _ in range(5):
        loss: dict[str, float] = {}
        nlp.update(examples, sgd=optimizer, losses=loss)
        losses.append(loss["spancat"])
    assert losses[-1] < losses[0]
    assert "named_official/source" in spancat.labels  # type: ignore[attr-defined]
    assert nlp(FERRY).spans[SPANS_KEY] is not None
