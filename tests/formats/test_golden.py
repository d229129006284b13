"""One file of each format stands here as it was once written: what was sent out stays readable, and stays the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.core.losses import LossReport
from annotator.core.plugins import all_formats, format_names, load_format
from annotator.core.ports import ReadOptions
from annotator.workspace.choosing import Selection
from annotator.workspace.exporting import ExportWish, export
from annotator.workspace.gathering import recognised
from annotator.workspace.importing import import_files
from tests.building import opened

GOLDEN = Path(__file__).parents[1] / "golden"


def test_our_own_file_is_read_and_written_again_byte_for_byte(tmp_path: Path):
    golden = GOLDEN / "ferry.jsonl"
    out = tmp_path / "ferry.jsonl"
    with opened(tmp_path / "p.annotator") as workspace:
        result = import_files(workspace, [golden])
        assert (result.tally.articles, result.tally.attributions, list(result.tally.losses)) == (1, 3, [])
        export(workspace, out, ExportWish("jsonl", Selection()))
    assert out.read_text(encoding="utf-8") == golden.read_text(encoding="utf-8")


def test_our_own_text_file_is_read_with_its_header():
    (record,) = load_format("text").read(GOLDEN / "ferry.txt", LossReport(), ReadOptions())
    assert (record.story, record.outlet, record.published) == ("Night ferry", "Harbour Post", "2026-01-12")
    assert record.text is not None
    assert record.text.startswith("Media: ferry to stop in May\n")


def test_every_format_on_the_board_says_what_it_is():
    assert format_names() == sorted(format_names())
    for one in all_formats():
        assert one.title
        assert one.reads or one.writes
        assert all(suffix.startswith(".") for suffix in one.suffixes)
        assert load_format(one.name) is one


@pytest.mark.parametrize(
    ("name", "content", "format_name"),
    [
        ("a.jsonl", b"", "jsonl"),
        ("A.JSONL", b"", "jsonl"),
        ("a.txt", b"", "text"),
        ("a.md", b"", "text"),
        ("a.jsonl", b'{"text": "x", "spans": [{"start": 0, "end": 1, "label": "cue"}]}\n', "prodigy"),
        ("a.jsonl", b'{"id": 1, "text": "x", "entities": [], "relations": []}\n', "doccano"),
        ("a.json", b'[{"id": 1, "data": {"text": "x"}, "annotations": []}]', "label-studio"),
        ("a.xml", b'<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>', "feed"),
        ("a.tsv", b"#FORMAT=WebAnno TSV 3.3\n", "webanno-tsv"),
        ("a.tsv", b"title\ttext\n", "table"),
        ("page", b"<!DOCTYPE html><html><body><p>x</p></body></html>", "html"),
        ("a.log", b"", None),
        ("a.spacy", b"", None),
    ],
)
def test_a_files_content_and_name_say_how_it_is_read(
    tmp_path: Path, name: str, content: bytes, format_name: str | None
):
    path = tmp_path / name
    path.write_bytes(content)
    found = recognised(path)
    assert (found.name if found is not None else None) == format_name
