"""The sample's files fit each other: texts, offsets, zones, ids, claims, and two annotators who differ."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from itertools import pairwise
from typing import Any

import pytest

from tests.sample.reading import (
    ARTICLES,
    ROLES,
    SAMPLE,
    SETS,
    UNATTRIBUTED,
    Mark,
    body,
    lines,
    marks,
    marks_of,
)

EVERY_SET = [(annotator, line["id"], line) for annotator in SETS for line in lines(annotator)]
each_set = pytest.mark.parametrize(
    "line", [line for *_, line in EVERY_SET], ids=[f"{a}-{i}" for a, i, _ in EVERY_SET]
)


def inside_a_character(text: str, at: int) -> bool:
    """Whether a boundary here parts a mark from its letter, a joined emoji or a flag."""
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    flags = len(text[:at]) - len(text[:at].rstrip("".join(map(chr, range(0x1F1E6, 0x1F200)))))
    return (
        left == "\u200d"
        or right in "\u200d\ufe0f"
        or unicodedata.combining(right) > 0
        or 0x1F3FB <= ord(right) <= 0x1F3FF
        or (flags % 2 == 1 and 0x1F1E6 <= ord(right) <= 0x1F1FF)
    )


def test_each_article_has_a_header_that_says_who_told_it_and_when():
    for article in ARTICLES:
        header = (SAMPLE / article).read_text(encoding="utf-8").partition("\n\n")[0]
        fields = dict(row.split(": ", 1) for row in header.split("\n"))
        assert {"story", "title", "outlet", "published", "url", "language"} <= set(fields)
        assert set(fields) <= {"story", "title", "outlet", "author", "published", "url", "language", "id"}
        assert re.match(r"https://[a-z0-9.]+\.example/", fields["url"])
        (line,) = [line for line in lines("gold") if line["id"] == article]
        assert all(line[key] == value for key, value in fields.items())


def test_the_five_outlets_tell_one_story_and_the_agency_is_first():
    assert len({line["outlet"] for line in lines("gold")}) == len(ARTICLES)
    assert len({line["story"] for line in lines("gold")}) == 1
    first, second = sorted(lines("gold"), key=lambda line: line["published"])[:2]
    assert first["outlet"] == "Hollant"
    assert first["published"] < second["published"]


@pytest.mark.parametrize("article", ARTICLES)
def test_an_article_is_short_enough_to_read_and_long_enough_to_work_on(article: str):
    assert 350 <= len(body(article).split()) <= 700


def test_the_texts_hold_what_breaks_careless_offsets():
    assert any("\u00a0" in body(article) for article in ARTICLES)
    tabloid = body("03_headsup24.txt")
    assert "\U0001f477\u200d\u2640\ufe0f" in tabloid, "an emoji joined by ZWJ"
    assert "\U0001f1fa\U0001f1f3" in tabloid, "a flag"
    assert any(char.isalpha() and ord(char) > 0xFFFF for char in tabloid), "letters beyond the basic plane"


@pytest.mark.parametrize("annotator", SETS)
def test_a_set_has_the_five_articles_as_their_files_have_them(annotator: str):
    assert tuple(line["id"] for line in lines(annotator)) == ARTICLES
    for line in lines(annotator):
        assert line["text"] == body(line["id"])
        assert line["text_sha256"] == hashlib.sha256(line["text"].encode("utf-8")).hexdigest()
        assert (line["annotator"], line["status"], line["scheme"]) == (
            annotator,
            "finished",
            "source-attribution",
        )


@each_set
def test_every_span_lies_in_the_text_and_cuts_no_character(line: dict[str, Any]):
    text = line["text"]
    for mark in marks_of(line):
        for start, end in mark.spans():
            assert 0 <= start < end <= len(text), mark.id
            assert text[start:end] == text[start:end].strip(), mark.id
            assert not inside_a_character(text, start), mark.id
            assert not inside_a_character(text, end), mark.id
        for role in ROLES:
            assert all(left[1] < right[0] for left, right in pairwise(mark.values[role])), mark.id


@each_set
def test_zones_cover_the_lines_and_do_not_overlap(line: dict[str, Any]):
    zones = line["zones"]
    assert all(left["end"] <= right["start"] for left, right in pairwise(zones))
    covered = {at for zone in zones for at in range(zone["start"], zone["end"])}
    assert [at for at, char in enumerate(line["text"]) if not char.isspace() and at not in covered] == []


@each_set
def test_parents_and_antecedents_stand_in_the_same_article(line: dict[str, Any]):
    by_id = {mark.id: mark for mark in marks_of(line)}
    for mark in by_id.values():
        assert mark.parent is None or mark.parent in by_id
        assert mark.id not in [parent.id for parent in mark.parents()]
        antecedent = mark.values.get("antecedent")
        assert antecedent is None or antecedent in by_id
        for name in mark.inherited:
            assert by_id[antecedent].values[name] == mark.values[name] is not None, mark.id


@each_set
def test_what_stands_inside_another_content_is_covered_by_it(line: dict[str, Any]):
    for mark in marks_of(line):
        for parent in mark.parents()[:1]:
            left, right = parent.content[0][0], parent.content[-1][1]
            assert all(left <= start and end <= right for start, end in mark.content), mark.id


def test_ids_are_short_and_used_once_in_all_sets():
    ids = [mark.id for annotator in SETS for line in lines(annotator) for mark in marks_of(line)]
    comments = [comment["id"] for comment in all_comments()]
    assert len({*ids, *comments}) == len(ids) + len(comments)
    assert all(re.fullmatch(r"[gmo][1-5]-(\d\d[a-z]?|u\d)", one) for one in ids)


def all_comments() -> list[dict[str, Any]]:
    of_marks = [one for annotator in SETS for mark in marks(annotator).values() for one in mark.comments]
    return of_marks + [one for annotator in SETS for line in lines(annotator) for one in line["comments"]]


def test_every_claim_that_is_used_has_a_sentence_and_every_sentence_is_used():
    claims = json.loads((SAMPLE / "claims.json").read_text(encoding="utf-8"))["claims"]
    used = {claim for annotator in SETS for mark in marks(annotator).values() for claim in mark.claims}
    assert used == set(claims)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", claim) for claim in claims)
    assert all(sentence.endswith(".") for sentence in claims.values())


def test_gold_is_rich_and_complete():
    assert all(25 <= len(line["attributions"]) <= 45 for line in lines("gold"))
    for mark in marks("gold").values():
        assert mark.content, mark.id
        assert (mark.kind == UNATTRIBUTED) == (not mark.cue), mark.id
        assert mark.implicit_source == (not mark.source and mark.kind != UNATTRIBUTED), mark.id
        assert bool(mark.source) == bool(mark.source_name) or mark.implicit_source, mark.id
        assert not mark.via_span or mark.via, mark.id
    shared = [
        claim
        for mark in marks("gold").values()
        for claim in {(claim, mark.line["id"]) for claim in mark.claims}
    ]
    told = {claim: {article for name, article in shared if name == claim} for claim, _ in shared}
    assert sum(len(articles) >= 3 for articles in told.values()) >= 12


@pytest.mark.parametrize("line", lines("gold"), ids=lambda line: line["id"])
def test_gold_keeps_the_boundary_rules(line: dict[str, Any]):
    for mark in marks_of(line):
        assert len(mark.cue) <= 1, mark.id
        assert not mark.words("cue").endswith(" that"), mark.id
        assert not re.search(r"[.,]$", mark.words("content")), (
            f"{mark.id}: a stop belongs inside the marks or out"
        )
        assert not re.search(r"[,.]$", mark.words("source")), mark.id
        inner = mark.words("content")
        assert inner.count("“") == inner.count("”"), mark.id
        assert inner.count('"') % 2 == 0, mark.id
        is_quote = mark.quote == "direct"
        assert is_quote <= (inner[0] in '“"‘' and inner[-1] in '”"’'), mark.id
        assert (mark.quote == "mixed") <= bool(mark.quoted()), mark.id


def apart(left: Mark, right: Mark) -> set[str]:
    """In what two marks of the same words differ."""
    found = {name for name in ("kind", "source_name", "via") if left.values[name] != right.values[name]}
    found |= {
        "boundaries" for role in ("source", "cue", "content") if left.values[role] != right.values[role]
    }
    found |= {"fragments"} if len(left.content) != len(right.content) else set()
    return found | ({"nesting"} if bool(left.parent) != bool(right.parent) else set())


def test_maria_and_olena_differ_in_every_way_that_people_do():
    maria = {name[1:]: mark for name, mark in marks("maria").items()}
    olena = {name[1:]: mark for name, mark in marks("olena").items()}
    both = maria.keys() & olena.keys()
    assert maria.keys() - olena.keys()
    assert olena.keys() - maria.keys()
    differences = {way for one in both for way in apart(maria[one], olena[one])}
    assert differences == {"kind", "source_name", "via", "boundaries", "fragments", "nesting"}
    alike = [one for one in both if not apart(maria[one], olena[one])]
    assert len(alike) > len(both) / 2, "they read the same guidelines"


def test_the_annotators_ask_each_other_and_settle_some_of_it():
    assert {comment["resolved"] for comment in all_comments()} == {True, False}
    asked = [one for mark in marks("maria").values() for one in mark.comments if "@maria" in one["text"]]
    assert {comment["author"] for comment in asked} == {"olena"}
    assert any(comment.get("reply_to") for comment in all_comments())


def test_the_ids_that_the_readme_gives_for_the_two_annotators_say_what_it_says():
    known = {**marks("maria"), **marks("olena")}
    readme = (SAMPLE / "README.md").read_text(encoding="utf-8")
    for row in re.findall(r"^\|.*`[mo]\d-.*$", readme, re.MULTILINE):
        named = set(re.findall(r"`([mo]\d-\w+)`", row))
        missing = {
            one for part in re.findall(r"\(no ([^)]*)\)", row) for one in re.findall(r"`([mo]\d-\w+)`", part)
        }
        assert not missing & known.keys()
        assert named - missing <= known.keys()
