"""A bundle that is cut off, altered, hostile or too new is refused in one sentence; a sound one comes back whole."""

from __future__ import annotations

import json
import stat
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.articles import Article, text_hash
from annotator.core.attributions import Attribution
from annotator.core.changes import NOUNS
from annotator.core.errors import BadInput
from annotator.core.plain import to_plain
from annotator.core.spans import Span
from annotator.core.stories import Story
from annotator.core.storing import LogLine
from annotator.formats.bundle import Bundle, Head, new_bundle, read_bundle, read_head
from annotator.formats.bundle_values import noun_from
from tests.building import FERRY, NASTY, nouns

HEAD = Head("p1", "ferry", "2026-03-01T10:00:00Z", "maria", "", "1.0")
ARTICLE = Article("a1", "s1", text_hash(FERRY), len(FERRY), title="Ferry")
MARK = Attribution("m1", "x1", content=(Span(0, 5),), features={"mood": ["calm", None]})
LINE = LogLine(
    1,
    "d1",
    "2026-03-01T10:00:00Z",
    "maria",
    "Import",
    "do",
    None,
    (("story", None, {"id": "s1", "name": "F"}),),
)


def written(path: Path) -> Path:
    with new_bundle(path, HEAD) as writer:
        writer.nouns("stories.jsonl", [Story("s1", "Ferry 🚢")])
        writer.nouns("articles/0001.jsonl", [ARTICLE], {ARTICLE.text_sha256: FERRY})
        writer.nouns("sets/000001.jsonl", [MARK])
        writer.log([LINE])
    return path


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return written(tmp_path / "ferry.bundle")


def rewritten(bundle: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The bundle with members changed, as somebody would who does not know of the hashes."""
    with zipfile.ZipFile(bundle) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(bundle, "w") as archive:
        for name, raw in members.items():
            archive.writestr(name, raw)
    return bundle


def with_manifest(bundle: Path, **values: Any) -> Path:
    def change(members: dict[str, bytes]) -> None:
        members["manifest.json"] = orjson.dumps({**orjson.loads(members["manifest.json"]), **values})

    return rewritten(bundle, change)


def refused(bundle: Path) -> str:
    with pytest.raises(BadInput) as caught:
        read_bundle(bundle)
    said = str(caught.value)
    assert str(bundle) in said
    assert "Nothing was merged." in said
    assert "\n" not in said
    return said


def test_what_is_written_comes_back(bundle: Path):
    found = read_bundle(bundle)
    assert found == Bundle(
        HEAD, (Story("s1", "Ferry 🚢"), ARTICLE, MARK), {ARTICLE.text_sha256: FERRY}, (LINE,)
    )
    assert read_head(bundle) == HEAD


def test_the_manifest_has_the_format_the_project_and_the_hash_of_each_member(bundle: Path):
    with zipfile.ZipFile(bundle) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert set(manifest["members"]) == set(archive.namelist()) - {"manifest.json"}
    assert (manifest["schema"], manifest["project_id"]) == ("annotator-bundle/1", "p1")
    assert {len(one) for one in manifest["members"].values()} == {64}


def test_the_same_things_make_the_same_bytes(bundle: Path, tmp_path: Path):
    assert written(tmp_path / "again.bundle").read_bytes() == bundle.read_bytes()


@pytest.mark.parametrize("kept", [0, 1, 100, 400, -1, -30, -300])
def test_a_bundle_that_is_cut_off(bundle: Path, kept: int):
    bundle.write_bytes(bundle.read_bytes()[:kept])
    assert "no bundle" in refused(bundle)


@pytest.mark.parametrize("member", ["stories.jsonl", "articles/0001.jsonl", "sets/000001.jsonl", "log.jsonl"])
def test_a_member_that_was_altered(bundle: Path, member: str):
    rewritten(bundle, lambda members: members.update({member: members[member].replace(b"1", b"2", 1)}))
    assert "was altered" in refused(bundle)


def test_a_member_that_was_added_or_taken_away(bundle: Path, tmp_path: Path):
    rewritten(bundle, lambda members: members.update({"more.jsonl": b"{}\n"}))
    assert "'more.jsonl' is missing, or was added" in refused(bundle)
    other = written(tmp_path / "other.bundle")
    rewritten(other, lambda members: members.pop("log.jsonl"))
    assert "'log.jsonl' is missing" in refused(other)


def test_a_bundle_of_a_newer_program(bundle: Path):
    assert "newer Annotator (annotator-bundle/2" in refused(
        with_manifest(bundle, schema="annotator-bundle/2")
    )


@pytest.mark.parametrize("schema", ["other/1", None, 3, ["annotator-bundle/1"]])
def test_a_zip_of_something_else(bundle: Path, schema: object):
    assert "no bundle" in refused(with_manifest(bundle, schema=schema))


def test_a_bundle_that_does_not_say_of_which_project(bundle: Path):
    assert "of which project" in refused(with_manifest(bundle, project_id=""))


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:/x", "sets\\..\\x", "a//b", "./a"])
def test_a_path_that_leads_outside(bundle: Path, name: str):
    with zipfile.ZipFile(bundle, "a") as archive:
        archive.writestr(name, b"{}\n")
    assert "leads outside" in refused(bundle)


def test_a_link_in_a_bundle(bundle: Path):
    link = zipfile.ZipInfo("sets/link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(bundle, "a") as archive:
        archive.writestr(link, b"/etc/passwd")
    assert "has no place in a bundle" in refused(bundle)


def test_a_bundle_that_would_grow_without_end(bundle: Path):
    with zipfile.ZipFile(bundle, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sets/zeros.jsonl", bytes(20_000_000))
    assert "would grow" in refused(bundle)


def test_no_file_and_a_folder(tmp_path: Path):
    assert "cannot be read" in refused(tmp_path / "nowhere.bundle")
    assert "cannot be read" in refused(tmp_path)


LINES: list[tuple[str, object]] = [
    ("stories.jsonl", []),
    ("stories.jsonl", {}),
    ("stories.jsonl", {"pirate": {"id": "x"}}),
    ("stories.jsonl", {"story": {"name": "no id"}}),
    ("stories.jsonl", {"story": {"id": "x" * 65, "name": "long"}}),
    ("stories.jsonl", {"story": {"id": "s", "name": 7}}),
    ("stories.jsonl", {"story": {"id": "s"}}),
    ("stories.jsonl", {"story": {"id": "s", "name": "x", "position": 2**40}}),
    ("sets/000001.jsonl", {"attribution": {"id": "m", "set_id": "x", "content": [[5, 2]]}}),
    ("sets/000001.jsonl", {"attribution": {"id": "m", "set_id": "x", "content": [[0, 5], [3, 8]]}}),
    ("sets/000001.jsonl", {"attribution": {"id": "m", "set_id": "x", "content": "0-5"}}),
    ("sets/000001.jsonl", {"attribution": {"id": "m", "set_id": "x", "polarity": "maybe"}}),
    ("sets/000001.jsonl", {"attribution": {"id": "m", "set_id": "x", "confidence": 3}}),
    ("sets/000001.jsonl", {"set": {"id": "x", "article_id": "a", "annotator_id": "h", "status": "lost"}}),
    ("articles/0001.jsonl", {"article": {"id": "a", "story_id": "s", "text_sha256": "x", "length": 3}}),
    (
        "articles/0001.jsonl",
        {
            "article": {"id": "a", "story_id": "s", "text_sha256": text_hash("abc"), "length": 3},
            "text": "abd",
        },
    ),
    ("schemes.jsonl", {"scheme": {"id": "s", "body": {"name": "s"}}}),
    (
        "conflicts.jsonl",
        {"conflict": {"id": "c", "noun": "story", "noun_id": "s", "versions": [{"events": [1]}]}},
    ),
    ("conflicts.jsonl", {"conflict": {"id": "c", "noun": "story", "noun_id": "s", "versions": [{}]}}),
    ("log.jsonl", {}),
    ("log.jsonl", [1, 2]),
    ("log.jsonl", {**orjson.loads(orjson.dumps({"seq": 1})), "id": "d"}),
    (
        "log.jsonl",
        {
            "seq": 1,
            "id": "d",
            "at": "",
            "actor": "",
            "label": "",
            "mode": "do",
            "target": None,
            "changes": [["learned", None, {"id": "l", "body": {"after": 0}}]],
        },
    ),
]


@pytest.mark.parametrize(("member", "line"), LINES)
def test_a_line_that_is_no_thing_of_a_project(tmp_path: Path, member: str, line: object):
    path = tmp_path / "odd.bundle"
    with new_bundle(path, HEAD) as writer:
        writer._write(member, [line])
    assert f"{member}, line 1" in refused(path)


def test_a_line_that_is_no_json(bundle: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("annotator.formats.bundle.orjson.dumps", lambda *_args, **_more: b"{")
    with new_bundle(bundle, HEAD) as writer:
        writer.nouns("stories.jsonl", [Story("s1", "Ferry")])
    assert "not JSON" in refused(bundle)


@pytest.mark.parametrize("text", NASTY)
def test_any_text_is_kept_to_the_code_point(tmp_path: Path, text: str):
    path = tmp_path / "nasty.bundle"
    article = Article("a1", "s1", text_hash(text), len(text), title=text)
    with new_bundle(path, HEAD) as writer:
        writer.nouns("articles/0001.jsonl", [article], {article.text_sha256: text})
    found = read_bundle(path)
    assert found.nouns == (article,)
    assert found.texts == {article.text_sha256: text}


@given(
    name=st.sampled_from(sorted(NOUNS)), value=st.none() | st.integers() | st.text() | st.lists(st.integers())
)
@settings(max_examples=200)
def test_whatever_stands_in_a_field_it_is_a_noun_or_a_sentence(name: str, value: object):
    for field in NOUNS[name].__dataclass_fields__:
        said = id_or_sentence(name, {"id": "x", field: value})
        assert said in ("x", value) or "Nothing was merged." in said


def id_or_sentence(name: str, plain: dict[str, object]) -> str:
    try:
        return noun_from(name, plain, "here").id
    except BadInput as wrong:
        return str(wrong)


@given(st.data())
@settings(max_examples=60)
def test_a_sound_noun_is_never_refused(data: st.DataObject):
    name = data.draw(st.sampled_from(["story", "outlet", "source", "claim", "comment", "annotator"]))
    noun = data.draw(nouns(NOUNS[name]))
    noun = replace(noun, id="x")
    assert noun_from(name, orjson.loads(orjson.dumps(to_plain(noun))), "here") == noun
