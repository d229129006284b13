"""Training formats look at any file without an error, and say what they leave behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.ports import BY_CONTENT, BY_NAME, NO, Format
from annotator.formats import cas_json, cas_xmi, hugging_face, parquet, qdpx, web_annotation, webanno_tsv
from tests.formats.exchanging import GOLDEN

FORMATS: list[Format] = [
    module.FORMAT for module in (cas_json, cas_xmi, hugging_face, parquet, qdpx, web_annotation, webanno_tsv)
]
EACH = pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)


@EACH
@given(
    head=st.binary(max_size=300),
    suffix=st.sampled_from(["", ".tsv", ".xmi", ".json", ".jsonld", ".zip", ".é"]),
)
def test_any_bytes_are_looked_at_without_an_error(one: Format, head: bytes, suffix: str):
    assert one.recognises(Path(f"a{suffix}"), head) in {NO, BY_NAME, BY_CONTENT}


@EACH
def test_no_golden_file_is_taken_for_anothers(one: Format):
    names = {path.name for path in GOLDEN.iterdir() if path.is_file()}
    taken = {
        name
        for name in names
        if one.recognises(GOLDEN / name, (GOLDEN / name).read_bytes()[:65_536]) > BY_NAME
    }
    own = {
        "cas-json": {"ferry.cas.json"},
        "cas-xmi": {"ferry.xmi"},
        "web-annotation": {"ferry.jsonld"},
        "webanno-tsv": {"ferry.webanno.tsv"},
    }
    assert taken == own.get(one.name, set())


@EACH
def test_each_says_what_it_is_and_what_it_leaves_behind(one: Format):
    assert one.title
    assert one.writes
    assert all(suffix.startswith(".") for suffix in one.suffixes)
    assert all(phrase == phrase.strip(". ") for phrase in one.cannot_carry)
