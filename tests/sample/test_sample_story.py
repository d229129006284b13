"""The sample story shows every phenomenon and every drift where its list says that it does."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pytest

from tests.sample.reading import (
    ANONYMOUS,
    ARTICLES,
    DRIFTS,
    INSTITUTION,
    NAMED,
    OTHER,
    OUTLET,
    ROWS,
    SAMPLE,
    UNATTRIBUTED,
    Mark,
    body,
    lines,
    marks,
    marks_of,
    places,
)


@dataclass(frozen=True)
class Shown:
    """What an entry of the list points at: words of an article, and gold's marks on them."""

    words: str
    marks: list[Mark]


Check = Callable[[Shown], bool]


def fields(**wanted: Any) -> Check:
    """A check that every mark of an entry has these values."""
    return lambda shown: all(
        mark.values[name] == value for mark in shown.marks for name, value in wanted.items()
    )


def cue_between(shown: Shown) -> bool:
    (mark,) = shown.marks
    return (
        len(mark.content) == 2 and mark.content[0][1] <= mark.cue[0][0] < mark.cue[0][1] <= mark.content[1][0]
    )


def order(*roles: str) -> Check:
    return lambda shown: all(
        one.values[left][0][0] < one.values[right][0][0]
        for one in shown.marks
        for left, right in pairwise(roles)
    )


def same_content(shown: Shown) -> bool:
    outer, inner = shown.marks
    return outer.content == inner.content and inner.parent == outer.id and inner.via == outer.source_name


def shares_source(shown: Shown) -> bool:
    first, second = shown.marks
    return first.source == second.source and first.cue < second.cue


def nearest_name_passed_over(shown: Shown) -> bool:
    (mark,) = shown.marks
    return "Jorek Vaník" in shown.words and "Vaník" not in mark.source_name and mark.antecedent is not None


def between_one_source(shown: Shown) -> bool:
    (mark,) = shown.marks
    told = [one for one in marks_of(mark.line) if one.content and one.kind != UNATTRIBUTED and not one.parent]
    before = max(
        (one for one in told if one.content[0][1] <= mark.content[0][0]), key=lambda one: one.content
    )
    after = min((one for one in told if one.content[0][0] >= mark.content[0][1]), key=lambda one: one.content)
    return mark.kind == UNATTRIBUTED and before.source_name == after.source_name


def all_of(*checks: Check) -> Check:
    return lambda shown: all(check(shown) for check in checks)


def source_is(pattern: str) -> Check:
    return lambda shown: all(re.fullmatch(pattern, mark.words("source")) for mark in shown.marks)


def levels(depth: int) -> Check:
    return lambda shown: max(len(mark.parents()) for mark in shown.marks) + 1 == depth


NO_SOURCE = fields(source=[], implicit_source=True, kind=OTHER)
STRUCTURE: dict[int, Check] = {
    1: all_of(source_is("sources"), fields(kind=ANONYMOUS, via="Hollant", medium="told_outlet")),
    2: all_of(source_is("two people .*"), fields(kind=ANONYMOUS, via="Hollant")),
    3: fields(kind=ANONYMOUS, via=None, source_name="two people familiar with the inspection (Hollant)"),
    4: lambda shown: all(mark.grounds and mark.grounds in mark.words("source") for mark in shown.marks),
    5: all_of(source_is(".*condition of anonymity"), fields(grounds=None)),
    6: all_of(source_is("Sources"), fields(kind=ANONYMOUS)),
    7: all_of(source_is("the sources"), fields(inherited=["via", "medium"], via="Hollant")),
    8: all_of(source_is("they"), fields(kind=ANONYMOUS)),
    9: all_of(
        source_is("the source"), fields(via="Hollant", inherited=["via", "medium"], antecedent="g2-07")
    ),
    10: all_of(source_is("the official"), nearest_name_passed_over),
    11: all_of(source_is("One"), fields(kind=ANONYMOUS)),
    12: all_of(source_is("Another engineer|the other"), fields(kind=ANONYMOUS)),
    13: all_of(source_is("who"), fields(kind=NAMED, source_name="Mara Quist")),
    14: all_of(source_is("The President of Selmara"), fields(kind=NAMED, source_name="Ilse Harvonen")),
    15: lambda shown: all(
        mark.kind == ANONYMOUS and mark.source[0][0] < mark.via_span[0][0] < mark.source[0][1]
        for mark in shown.marks
    ),
    16: same_content,
    17: all_of(levels(4), lambda shown: [mark.self for mark in shown.marks] == [True, False, False, False]),
    18: lambda shown: (
        shown.marks[1].parent == shown.marks[0].id
        and [one.kind for one in shown.marks] == [OUTLET, NAMED]
        and shown.marks[1].medium == "statement"
    ),
    19: all_of(levels(3), fields(kind=INSTITUTION, via="Hollant")),
    20: lambda shown: same_content(shown) and shown.marks[1].cue < shown.marks[0].source,
    21: lambda shown: (
        shown.marks[1].parent == shown.marks[0].id
        and shown.marks[1].via == "Hollant"
        and shown.marks[0].content[0][0] <= shown.marks[1].source[0][0] < shown.marks[0].content[0][1]
    ),
    22: all_of(source_is(".* report"), fields(kind=OUTLET)),
    23: all_of(source_is("the (agency|publication)"), fields(kind=OUTLET, source_name="Hollant")),
    24: fields(kind=OUTLET, source=[], implicit_source=True, source_name="Hollant"),
    25: lambda shown: all(
        (one.words("cue"), one.zone(), one.kind) == (":", "headline", OUTLET) for one in shown.marks
    ),
    26: lambda shown: all(
        (one.words("cue"), one.zone(), one.kind) == ("-", "link", OUTLET) for one in shown.marks
    ),
    27: all_of(order("content", "source"), source_is("journalist"), fields(kind=OTHER)),
    28: order("content", "cue", "source"),
    29: all_of(cue_between, fields(kind=NAMED)),
    30: all_of(cue_between, fields(kind=OUTLET)),
    31: all_of(cue_between, fields(quote="direct")),
    32: lambda shown: (
        ": “" in shown.words
        and shown.words.count(". ") == 1
        and all(one.quote == "direct" for one in shown.marks)
    ),
    33: lambda shown: (
        shown.marks[1].parent == shown.marks[0].id and all(one.quote == "direct" for one in shown.marks)
    ),
    34: lambda shown: all(one.quote == "mixed" and one.quoted() == ["hints"] for one in shown.marks),
    35: lambda shown: all(len(one.content) == 1 and len(one.quoted()) == 2 for one in shown.marks),
    36: lambda shown: all(one.medium and not one.inherited for one in shown.marks),
    37: fields(medium="Telegram", inherited=["medium"]),
    38: lambda shown: all(one.via == "Dravonia One" and one.recipient for one in shown.marks),
    39: fields(polarity="no_comment"),
    40: fields(polarity="negative"),
    41: fields(polarity="denial"),
    42: all_of(NO_SOURCE, fields(hedge=True), cue_between),
    43: all_of(NO_SOURCE, fields(hedge=True)),
    44: all_of(NO_SOURCE, fields(type="attitude")),
    45: all_of(shares_source, lambda shown: shown.marks[1].words("cue").endswith("ing")),
    46: shares_source,
    47: lambda shown: (
        [one.kind for one in shown.marks] == [ANONYMOUS, INSTITUTION]
        and shown.marks[1].parent == shown.marks[0].id
    ),
    48: lambda shown: (
        [one.parent for one in shown.marks] == [None, *(one.id for one in shown.marks[:2])]
        and shown.marks[1].type == "attitude"
    ),
    49: fields(kind=ANONYMOUS, source_name="Odo Brask"),
    50: fields(kind=ANONYMOUS, source_name="Lena Corsted"),
    51: fields(kind=OTHER),
    52: all_of(
        source_is("Interior Minister Odo Brask"),
        fields(source_name="Odo Brask"),
        lambda shown: shown.marks[0].words("source").replace("Interior", "Transport") in body(ARTICLES[0]),
    ),
    53: lambda shown: {one.source_name for one in shown.marks} <= {"Ilse Harvonen", "Jorek Vaník", None},
    54: all_of(source_is("Its press office"), fields(kind=INSTITUTION, source_name="Norrbeck Tunnelling")),
    55: lambda shown: all(" and " in mark.words("source") for mark in shown.marks),
    56: fields(kind=OTHER, type="document", medium="document"),
    57: lambda shown: all(one.text[one.source[0][0] - 1].isalpha() for one in shown.marks),
    58: lambda shown: (
        len(list(places(shown.marks[0].text, shown.words))) == 2
        and shown.marks[0].content != shown.marks[1].content
    ),
    59: lambda shown: all({"“", '"'} <= set(one.text) for one in shown.marks),
    63: between_one_source,
    64: lambda shown: all(
        re.match(
            r",? *(it|the Rail Inspectorate)? ?(said|added)?, (leaving|which)", one.text[one.content[0][1] :]
        )
        for one in shown.marks
    ),
    65: lambda shown: all(one.text.startswith(shown.words) and one.content[0][0] > 20 for one in shown.marks),
}
NOT_MARKED = {60, 61, 62}


@pytest.mark.parametrize(
    "entry", ROWS, ids=lambda entry: f"row {entry['row']}, {entry['phenomenon']}, {entry['article'][:2]}"
)
def test_a_phenomenon_stands_where_the_list_says(entry: dict[str, Any]):
    text = body(entry["article"])
    spots = list(places(text, entry["words"]))
    assert spots
    found = [marks("gold")[one] for one in entry["gold"]]
    for mark in found:
        assert mark.line["id"] == entry["article"]
        assert any(mark.touches(start, end) for start, end in spots), mark.id
    if entry["row"] in NOT_MARKED:
        assert found == []
        around = [mark for line in lines("gold") if line["id"] == entry["article"] for mark in marks_of(line)]
        assert [mark.id for mark in around if any(mark.touches(start, end) for start, end in spots)] == []
    else:
        assert found
        assert STRUCTURE[entry["row"]](Shown(entry["words"], found))


def test_the_list_names_all_sixty_five_phenomena_and_all_eight_drifts():
    assert {entry["row"] for entry in ROWS} == set(range(1, 66)) == STRUCTURE.keys() | NOT_MARKED
    assert {entry["drift"] for entry in DRIFTS} == set("abcdefgh")


def test_names_and_media_come_in_all_the_forms_the_list_promises():
    told = {row: " ".join(entry["words"] for entry in ROWS if entry["row"] == row) for row in (36, 53)}
    assert all(form in told[53] for form in ("Harvonen", "Harvonnen", "Harwonen", "Vaník", "Vanik", "Vanyk"))
    media = {marks("gold")[one].medium for entry in ROWS if entry["row"] == 36 for one in entry["gold"]}
    assert {"Telegram", "X", "social_media", "statement", "remarks"} <= media
    assert all(form in told[36] for form in ("Telegram", "on X", "social media", "statement", "remarks"))


def turning_words(mark: Mark) -> set[str]:
    """Words of the content that turn its sense."""
    turning = r"\b(?:not|no|never|may|will|pay|gets?|at most|at least|forever|until)\b"
    return set(re.findall(turning, mark.words("content") + " " + mark.words("cue")))


DRIFT: dict[str, Callable[[Mark, Mark], bool]] = {
    "a": lambda one, other: bool(one.quoted()) != bool(other.quoted()),
    "b": lambda one, other: bool(one.quoted() and other.quoted()) and one.quoted() != other.quoted(),
    "c": lambda one, other: UNATTRIBUTED not in (one.kind, other.kind) and one.kind != other.kind,
    "d": lambda one, other: bool(one.via) != bool(other.via) and one.source_name == other.source_name,
    "e": lambda one, other: bool(one.medium and other.medium) and one.medium != other.medium,
    "f": lambda one, other: (
        one.source_name == other.source_name and one.words("source") != other.words("source")
    ),
    "g": lambda one, other: turning_words(one) != turning_words(other),
    "h": lambda one, other: one.kind != UNATTRIBUTED and other.kind == UNATTRIBUTED,
}


@pytest.mark.parametrize("entry", DRIFTS, ids=lambda entry: f"{entry['drift']}, {entry['claim']}")
def test_two_outlets_tell_one_claim_with_the_drift_that_is_listed(entry: dict[str, Any]):
    one, other = (marks("gold")[name] for name in entry["attributions"])
    assert one.line["id"] != other.line["id"]
    assert entry["claim"] in one.claims
    assert entry["claim"] in other.claims
    assert DRIFT[entry["drift"]](one, other)


def test_the_readme_shows_every_entry_of_the_list_and_every_file():
    readme = (SAMPLE / "README.md").read_text(encoding="utf-8")
    for entry in ROWS:
        assert entry["words"].strip().replace("|", "\\|") in readme
        assert all(one in readme for one in entry["gold"])
    for entry in DRIFTS:
        assert all(one in readme for one in entry["attributions"])
    assert [
        path.name for path in SAMPLE.iterdir() if path.name != "README.md" and path.name not in readme
    ] == []
