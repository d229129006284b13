"""What looks wrong is found, and what is right is left alone."""

from __future__ import annotations

from dataclasses import replace

from annotator.core.attributions import Attribution
from annotator.core.problems import CODES, Marked, problems
from annotator.core.scheme import Kind, LabelScheme, Role
from annotator.core.spans import Span


def at(text: str, words: str, nth: int = 0) -> Span:
    """Where words stand."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def mark(text: str, content: str = "", source: str = "", **values: object) -> Attribution:
    """An attribution of these words, a named official's unless said otherwise."""
    made = Attribution(
        id=str(values.pop("id", "a")),
        set_id="s",
        kind="named_official",
        content=(at(text, content),) if content else (),
        source=(at(text, source),) if source else (),
    )
    return replace(made, **values)


def codes(text: str, *marks: Attribution, article_id: str = "one") -> list[str]:
    """The kinds of problems of one article."""
    return [one.code for one in problems([Marked(article_id, text, marks)])]


def test_a_sound_attribution_has_no_problem() -> None:
    text = "Mayor Ada Quill said “the bridge is safe.” Nobody else spoke."
    assert codes(text, mark(text, "“the bridge is safe.”", "Mayor Ada Quill")) == []


def test_bare_sources_and_anonymous_ones_with_no_outlet_are_named() -> None:
    text = "Sources said the bridge is closed."
    found = codes(text, mark(text, "the bridge is closed", "Sources", kind="anonymous_source"))
    assert found == ["bare_sources", "no_outlet"]
    assert codes(
        text, mark(text, "the bridge is closed", "Sources", kind="anonymous_source", via_id="x")
    ) == ["bare_sources"]


def test_content_without_a_source_is_named_unless_it_is_said_to_be_so() -> None:
    text = "The bridge is reportedly closed."
    assert codes(text, mark(text, "The bridge is")) == ["no_source"]
    assert codes(text, mark(text, "The bridge is", implicit_source=True)) == []
    assert codes(text, mark(text, "The bridge is", kind="unattributed")) == []


def test_quotation_marks_cut_in_half_are_named_but_not_broken_quotations() -> None:
    text = "“The bridge,” he said, “is closed.”"
    half = mark(text, "“The bridge", "he")
    assert "half_quotation" in codes(text, half)
    whole = replace(half, content=(at(text, "“The bridge,”"), at(text, "“is closed.”")))
    assert codes(text, whole) == []
    straight = 'He said "the bridge is closed." Then he left.'
    assert "half_quotation" in codes(straight, mark(straight, '"the bridge is closed.', "He"))


def test_inherited_fields_must_agree_with_where_they_came_from() -> None:
    text = "Ada Quill wrote on her blog that it is closed. She said it is old."
    first = mark(text, "that it is closed", "Ada Quill", medium="social_media")
    second = mark(text, "it is old", "She", id="b", medium="X", inherited=("medium",), antecedent="a")
    assert codes(text, first, second) == ["inherited"]
    assert codes(text, first, replace(second, medium="social_media")) == []


def test_the_same_source_tagged_in_two_ways_or_left_out_is_named() -> None:
    text = "Ada Quill said yes. Later Ada Quill said no. And Ada Quill left."
    one = mark(text, "yes", "Ada Quill")
    other = replace(mark(text, "no", "", id="b", kind="other"), source=(at(text, "Ada Quill", 1),))
    found = problems([Marked("one", text, (one, other))])
    assert [problem.code for problem in found] == [
        "tagged_differently",
        "tagged_differently",
        "not_tagged_there",
    ]
    assert found[-1].span == at(text, "Ada Quill", 2)
    assert found[-1].attribution_id is None


def test_a_mark_of_no_kind_is_named() -> None:
    text = "He said yes."
    assert codes(text, mark(text, "yes", "He", kind=None)) == ["no_kind"]


def test_every_problem_has_words_for_people() -> None:
    assert all(words[0].isupper() for words in CODES.values())


def test_a_schemes_own_laws_are_looked_after() -> None:
    kinds = (Kind("named_official", "Named", required_roles=("content", "source")),)
    scheme = LabelScheme("s", "S", kinds, (Role("content", "Content"), Role("source", "Source")))
    text = "Ada Quill said the bridge is closed."
    bare = mark(text, "the bridge is closed", hedge=True)
    assert [one.code for one in problems([Marked("one", text, (bare,))], scheme)] == ["missing_role"]
    assert problems([Marked("one", text, (replace(bare, implicit_source=True),))], scheme) == []
    first = mark(text, "the bridge is closed", "Ada Quill")
    inner = replace(mark(text, "the bridge", "Ada Quill", id="b"))
    strict = replace(scheme, same_role_may_overlap=False)
    assert problems([Marked("one", text, (first, inner))], scheme) == []
    assert [one.code for one in problems([Marked("one", text, (first, inner))], strict)] == [
        "overlap",
        "overlap",
    ]
