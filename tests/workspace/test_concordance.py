"""Hits come in their context, whatever they are looked for by."""

from __future__ import annotations

from itertools import chain

import pytest

from annotator.core.errors import BadInput, Cancelled
from annotator.core.sources import Source
from annotator.core.spans import Span
from annotator.workspace.commands.articles import SetStatus
from annotator.workspace.commands.attributions import NameSource, SetRole
from annotator.workspace.concordance import KIND, PATTERN, SAME, SOURCE, WORDS, Line, Wish, lines
from annotator.workspace.patterns import Pattern
from annotator.workspace.workspace import Workspace
from tests.building import FERRY, HAND, NASTY, article_in, marked, place_of


def looked(workspace: Workspace, mode: str, typed: str, **more: str) -> list[Line]:
    return list(chain.from_iterable(lines(workspace, Wish(mode, typed, **{"annotator": HAND, **more}))))


def test_a_hit_stands_between_what_is_before_and_after_it_in_one_line(desk: Workspace):
    (line,) = looked(desk, WORDS, '"sources said"')
    assert (line.left[-10:], line.words, line.right) == (
        " comment. ",
        "Sources said",
        " the crew of 40 would stay on.",
    )
    assert line.outlet == "Harbour Post"
    (line,) = looked(desk, WORDS, '"in may" the')[:1]
    assert "\n" not in line.left + line.words + line.right


def test_what_the_annotator_has_at_the_place_is_said_and_what_others_have_is_not(desk: Workspace):
    mine = marked(desk, "night ferry", kind="other")
    marked(desk, "crew", kind="other", hand="olena")
    (line,) = looked(desk, WORDS, '"night ferry"')
    assert [(one.attribution_id, one.role, one.kind) for one in line.standing] == [
        (mine.id, "content", "other")
    ]
    assert not line.finished
    desk.execute(SetStatus("ferry", HAND, "finished"))
    (crew,) = looked(desk, WORDS, "crew")
    assert (crew.standing, crew.finished) == ((), True)


def test_occurrences_are_of_the_words_themselves_and_not_of_a_query(desk: Workspace):
    article_in(desk, 'He said "stop" and then "stop"; stop*', "quoted")
    assert [line.hit.start for line in looked(desk, SAME, '"stop"')] == [8, 24]
    assert len(looked(desk, SAME, "stop", article_id="quoted")) == 3
    assert looked(desk, SAME, "stop", article_id="nowhere") == []


def test_a_pattern_finds_what_it_describes_and_never_half_a_character(desk: Workspace):
    assert [line.words for line in looked(desk, PATTERN, r"\bferr\w+|\d+")] == ["Ferry", "ferry", "40"]
    assert [line.words for line in looked(desk, PATTERN, r"(?-i:F)erry")] == ["Ferry"]
    for text in NASTY:
        for place in Pattern(".").places(text):
            assert place.text(text).strip()
    assert Pattern(r"\s*").places("a  b") == []
    assert Pattern(r"\s*may\s*").places("in may be") == [Span(3, 6)]


def test_a_pattern_that_cannot_be_read_or_runs_wild_is_refused_in_a_sentence(desk: Workspace):
    with pytest.raises(BadInput, match=r"'\(a' cannot be read: missing \)"):
        looked(desk, PATTERN, "(a")
    with pytest.raises(BadInput, match="takes too long"):
        Pattern(r"(a+)+$", seconds=0.01).places("a" * 5000 + "b")


def test_attributions_are_found_by_their_kind_and_shown_at_their_content(desk: Workspace):
    mine = marked(desk, "night ferry", kind="other")
    marked(desk, "crew", kind="other", hand="olena")
    (line,) = looked(desk, KIND, "other")
    assert (line.hit.attribution_id, line.words) == (mine.id, "night ferry")
    assert looked(desk, KIND, "other", annotator="nobody") == []
    assert looked(desk, KIND, "other", article_id="elsewhere") == []


def test_attributions_are_found_by_their_source_under_any_of_its_names(desk: Workspace):
    mine = marked(desk, "Nobody asked us")
    desk.execute(SetRole(mine.id, "source", place_of("Captain Ida Brandt")))
    desk.execute(NameSource((mine.id,), "Ida Brandt"))
    marked(desk, "crew")
    assert [source.name for source in desk.registry.every(Source)] == ["Ida Brandt"]
    for typed in ("ida brandt", "Brandt", " IDA  BRANDT "):
        assert [line.words for line in looked(desk, SOURCE, typed)] == ["Captain Ida Brandt"]
    assert looked(desk, SOURCE, "Larkline") == []


def test_a_search_can_be_stopped_and_narrowed_to_a_story(desk: Workspace):
    article_in(desk, "A ferry elsewhere.", "other", story="Elsewhere")
    story = desk.story("Elsewhere").id
    assert [line.hit.article_id for line in looked(desk, WORDS, "ferry", story_id=story)] == ["other"]
    with pytest.raises(Cancelled):
        list(lines(desk, Wish(WORDS, "ferry"), lambda _done, _total: False))


@pytest.mark.parametrize("mode", [WORDS, PATTERN, SOURCE, KIND, SAME])
def test_nothing_is_found_by_nothing(desk: Workspace, mode: str):
    assert looked(desk, mode, "  ") == []


def test_long_hits_are_shown_short(desk: Workspace):
    (line,) = looked(desk, PATTERN, r"(?s)\A.*\Z")
    assert len(line.words) == 201
    assert line.hit.end == len(FERRY)
