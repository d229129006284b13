"""What tests build with: projects, articles, marks, nasty texts, and the state of a whole project to compare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from annotator.core.annotation_sets import AnnotationSet
from annotator.core.articles import Article, Zone
from annotator.core.attributions import Attribution
from annotator.core.changes import NOUNS, ChangeSet, Noun
from annotator.core.losses import LossReport
from annotator.core.records import AttributionRecord, Record
from annotator.core.spans import Fragments, Span, joined
from annotator.workspace.commands.attributions import MarkSpan
from annotator.workspace.commands.importing import ImportRecords, Tally
from annotator.workspace.opening import new_project, open_project
from annotator.workspace.workspace import Workspace

HAND = "maria"
FERRY = (
    "Ferry to stop in May\n\n"
    "The night ferry will stop in May, two people familiar with the plan told the Harbour Post. "
    "“Nobody asked us,” said Captain Ida Brandt.\n\n"
    "The port authority declined to comment. Sources said the crew of 40 would stay on."
)
NASTY = (
    "a😊b",
    "a family 👨‍👩‍👧‍👦 on board",
    "🇺🇦🇬🇧🇺🇦",
    "cafe\u0301 e\u0301te\u0301",
    "two\u00a0words",
    "line\u2028and\u2029paragraph",
    "one\r\ntwo\rthree\n",
    "tab\tand\u00adhyphen",
    "قال الوزير (the minister) إن",
    "नमस्ते क्षेत्र",
    "각\u1112\u1161\u11ab글",
    "ends in 🔥",
    "\ufeffmark at the start",
    "thumbs 👍🏽 up ❤️",
)
"""Texts in which a program that counts in the wrong units loses its way."""

nasty_text = st.text(
    st.one_of(
        st.sampled_from("ab .,“”\n\t"),
        st.sampled_from("\r\n\u00a0\u00ad\u0301\u2028\u2029\u200d\ufe0f\ufeff"),
        st.sampled_from("😊👨👩👧🏽🇺🇦❤é한مقق"),
        st.characters(codec="utf-8", exclude_characters="\x00"),
    ),
    max_size=40,
)
"""Texts of letters, joiners, marks, emoji and line ends of every kind."""

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**40), 2**40)
    | st.floats(allow_nan=False, allow_infinity=False)
    | nasty_text,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(nasty_text, inside, max_size=3),
    max_leaves=6,
)


def spans(length: int = 60) -> st.SearchStrategy[Span]:
    """Spans in a text of this length."""
    return st.tuples(st.integers(0, length - 1), st.integers(1, length)).map(
        lambda pair: Span(min(pair[0], pair[1] - 1), max(pair[0] + 1, pair[1]))
    )


def fragment_lists(length: int = 60) -> st.SearchStrategy[Fragments]:
    """Fragments that share no code point."""
    return st.lists(spans(length), max_size=3).map(joined)


def values_of(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a field of a noun, by its type."""
    origin, inside = get_origin(hint), get_args(hint)
    plain = {str: nasty_text, int: st.integers(0, 2**31 - 1), bool: st.booleans(), Any: json_values}
    if hint in plain:
        return plain[hint]
    if hint is float:
        return st.floats(0, 1)
    if hint == Fragments:
        return fragment_lists()
    if hint is Zone:
        return st.builds(Zone, nasty_text, spans())
    if origin is UnionType:
        return st.none() | values_of(inside[0])
    if origin is tuple and inside[-1] is Ellipsis:
        return st.lists(values_of(inside[0]), max_size=3).map(tuple)
    if origin is tuple:
        return st.tuples(*map(values_of, inside))
    assert issubclass(origin, Mapping), hint
    values = values_of(inside[1]).filter(bool) if inside[1] == Fragments else values_of(inside[1])
    return st.dictionaries(nasty_text, values, max_size=3)


def nouns(cls: type[Noun]) -> st.SearchStrategy[Any]:
    """Any value of a noun's class."""
    hints = get_type_hints(cls)
    return st.builds(cls, **{one.name: values_of(hints[one.name]) for one in fields(cls)})


@contextmanager
def opened(place: Path | str, hand: str = HAND) -> Iterator[Workspace]:
    """A project, open while the block runs; made when there is none."""
    workspace = open_project(str(place), hand) if Path(place).exists() else new_project(str(place), hand)
    try:
        yield workspace
    finally:
        workspace.close()


def take(workspace: Workspace, *records: Record, **wish: str) -> Tally:
    """Import records; what the import did."""
    tally = Tally()
    workspace.execute(ImportRecords.of(records, tally, **wish))
    return tally


def article_in(workspace: Workspace, text: str = FERRY, article_id: str = "ferry", **more: Any) -> Article:
    """An article in the project, imported."""
    take(workspace, Record(id=article_id, text=text, story=more.pop("story", "Ferry"), where="test", **more))
    found = workspace.reading.get(Article, article_id)
    assert found is not None
    return found


def place_of(words: str, text: str = FERRY) -> Fragments:
    """Where these words stand in a text."""
    at = text.index(words)
    return (Span(at, at + len(words)),)


def marked(
    workspace: Workspace,
    words: str,
    article_id: str = "ferry",
    *,
    kind: str | None = "other",
    hand: str = HAND,
) -> Attribution:
    """These words of an article, marked as content."""
    article = workspace.reading.get(Article, article_id)
    assert article is not None
    place = place_of(words, workspace.text(article))
    return made(workspace.execute(MarkSpan(article_id, hand, kind, place)))


def made(news: ChangeSet) -> Attribution:
    """The attribution that a deed made or changed last."""
    found = [change.after for change in news.of(Attribution)]
    assert isinstance(found[-1], Attribution)
    return found[-1]


def set_in(workspace: Workspace, article_id: str = "ferry", hand: str = HAND) -> AnnotationSet:
    """An annotator's set in an article, which is there."""
    found = workspace.set_of(article_id, hand)
    assert found is not None
    return found


def record_with(text: str, *marks: AttributionRecord, **more: Any) -> Record:
    """A line of a JSONL file, as a reader hands it on."""
    values = {"id": "line", "story": "Ferry", "annotator": HAND, "has_offsets": True, "where": "file, line 1"}
    return Record(**{**values, **more}, text=text, attributions=marks)


def state_of(workspace: Workspace) -> dict[str, dict[str, Noun]]:
    """Everything a project holds but its log, whatever its versions and times of change."""
    return {name: {one.id: _bare(one) for one in workspace.reading.find(cls)} for name, cls in NOUNS.items()}


def _bare(noun: Noun) -> Noun:
    if isinstance(noun, Attribution | AnnotationSet):
        return replace(noun, version=0, updated="")
    return replace(noun, version=0)


def what(losses: LossReport) -> dict[str, int]:
    """How often what was lost."""
    return {loss.what: loss.count for loss in losses}
