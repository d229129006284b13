"""JSON of other people's corpora is read whatever they call an article's text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import BY_CONTENT, NO, ExportOptions
from annotator.formats.corpus_jsonl import FORMAT
from tests.formats.article_reading import read_all, saved

TEXT = "The ferry stops, sources said. 👍🏽\n\n  “Nobody asked us.” \u00a0"
CRAWLED: dict[str, Any] = {
    "maintext": TEXT,
    "title": "Ferry\nto stop",
    "authors": ["Ida Brandt", "Lio Marsh"],
    "date_publish": "2025-11-20 08:30:00",
    "source_domain": "harbour-post.example",
    "url": "https://harbour-post.example/ferry",
    "language": "en",
    "image_url": None,
    "description": "Short.",
}


def test_an_object_a_line_is_an_article_a_line(tmp_path: Path):
    path = saved(
        tmp_path,
        json.dumps(CRAWLED) + "\n\n" + json.dumps({"body": "Words.", "id": 7}) + "\n",
        "corpus.jsonl",
    )
    first, second = read_all(FORMAT, path)
    assert (first.text, first.title, first.author) == (TEXT, "Ferry to stop", "Ida Brandt, Lio Marsh")
    assert (first.published, first.outlet, first.language) == ("2025-11-20", "harbour-post.example", "en")
    assert (first.url, first.extra) == ("https://harbour-post.example/ferry", {"description": "Short."})
    assert (first.where, first.file_name) == (f"{path}, line 1", "corpus.jsonl")
    assert (second.text, second.id, second.where) == ("Words.", "7", f"{path}, line 3")


@pytest.mark.parametrize("wrap", [lambda one: [one], lambda one: one])
def test_a_list_of_objects_and_one_object_a_file_are_read(tmp_path: Path, wrap: Any):
    (record,) = read_all(FORMAT, saved(tmp_path, json.dumps(wrap(CRAWLED), indent=1), "corpus.json"))
    assert record.text == TEXT


@pytest.mark.parametrize(
    ("value", "published"),
    [
        (1763596800, "2025-11-20"),
        (1763596800000, "2025-11-20"),
        (20251120, "2025-11-20"),
        ("20251120T083000Z", "2025-11-20"),
        ("in spring", "in spring"),
        (None, ""),
    ],
)
def test_dates_in_numbers_and_words_become_iso(tmp_path: Path, value: Any, published: str):
    losses = LossReport()
    (record,) = read_all(
        FORMAT, saved(tmp_path, json.dumps({"content": "Words.", "date": value}), "c.json"), losses
    )
    assert record.published == published
    assert bool(losses) == (published == "in spring")


def test_values_that_are_objects_give_their_names_and_ids_too_long_are_kept_beside(tmp_path: Path):
    line = {
        "content": "Words.",
        "source": {"id": None, "name": "Harbour Post"},
        "uuid": "x" * 65,
        "tags": {"a": [1]},
    }
    (record,) = read_all(FORMAT, saved(tmp_path, json.dumps(line), "c.jsonl"))
    assert (record.outlet, record.id) == ("Harbour Post", None)
    assert record.extra == {"uuid": "x" * 65, "tags": {"a": [1]}}


def test_the_user_says_which_key_holds_what(tmp_path: Path):
    path = saved(tmp_path, json.dumps({"body": "x", "gist": "Words."}), "c.jsonl")
    (record,) = read_all(FORMAT, path, text="gist")
    assert (record.text, record.extra) == ("Words.", {"body": "x"})


def test_articles_without_text_are_counted(tmp_path: Path):
    losses = LossReport()
    lines = [
        {"body": ""},
        {"body": None},
        {"headline": "x"},
        {"body": "Words."},
        {"body": 0.5, "maintext": "More."},
    ]
    path = saved(tmp_path, "\n".join(map(json.dumps, lines)), "c.jsonl")
    assert [record.text for record in read_all(FORMAT, path, losses)] == ["Words.", "More."]
    assert [(loss.what, loss.count) for loss in losses] == [("article without text", 3)]


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        ("", "c.jsonl", "is empty"),
        ("{", "c.jsonl", "line 1 is no JSON"),
        ('{"body": "x"}\nwords', "c.jsonl", "line 2 is no JSON"),
        ("{", "c.json", "is no JSON"),
        ("[1]", "c.json", "article 1: an article is an object"),
        ('{"colour": 1}', "c.jsonl", "has no article with a text"),
        ('{"body": "\\ud800"}', "c.jsonl", "is no JSON"),
        ("[" * 100_000, "c.json", "is no JSON"),
        ('{"body": "x", "y": ' + "[" * 60 + "]" * 60 + "}", "c.jsonl", "nested more than 50 levels deep"),
        (bytes(range(256)) * 40, "c.jsonl", "is not text"),
    ],
)
def test_what_is_no_corpus_is_refused_in_a_sentence(tmp_path: Path, data: str | bytes, name: str, says: str):
    path = saved(tmp_path, data, name)
    with pytest.raises(BadInput, match=says) as caught:
        read_all(FORMAT, path)
    assert str(path) in str(caught.value)


def test_what_cannot_be_stored_never_comes_into_a_text(tmp_path: Path):
    (record,) = read_all(FORMAT, saved(tmp_path, '{"body": "The ferry\\u0000 stops\\r\\nsoon"}', "c.jsonl"))
    assert record.text == "The ferry\ufffd stops\nsoon"


@pytest.mark.parametrize(
    ("name", "head", "sure"),
    [
        ("c.jsonl", json.dumps(CRAWLED).encode(), BY_CONTENT),
        ("c.json", b'\xef\xbb\xbf[\n {"body": "x"}]', BY_CONTENT),
        ("c.jsonl", b'{"id": "a", "text": "x", "body": "y"}', NO),
        ("c.jsonl", b'{"content": "x", "attributions": []}', NO),
        ("c.json", b'{"data": {"content": "x"}}', NO),
        ("c.jsonl", b'{"id": "a"}\n{"body": "x"}', NO),
        ("c.txt", b'{"body": "x"}', NO),
        ("c.jsonl", bytes(range(256)) * 100, NO),
        ("c.jsonl", b"", NO),
    ],
)
def test_a_corpus_is_known_by_the_key_of_its_text(name: str, head: bytes, sure: int):
    assert FORMAT.recognises(Path(name), head) == sure


def test_corpora_of_others_are_never_written(tmp_path: Path):
    with pytest.raises(BadInput, match="choose the format jsonl"):
        FORMAT.write([], tmp_path / "x.jsonl", ExportOptions())
