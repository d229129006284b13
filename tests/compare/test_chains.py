"""Chains, the graph of citations, and how much a reader is told about a source."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import Any

import pytest

from annotator.compare.chains import names_nobody
from annotator.compare.comparison import Comparison, compare, read_texts
from annotator.compare.drawing import drawing, graphml
from tests.compare.told import lexicons, said, story_of, voices

RELAYED = (
    "The bridge will close, the Wire reported on Monday, citing two people familiar with the plan, HBR writes. "
    "They said it would take a year. Reports say divers were seen."
)


def relayed() -> dict[str, Any]:
    """A chain of four links, a mark that points back to its source, and one behind which nobody stands."""
    content = "The bridge will close"
    return said(
        RELAYED,
        {"id": "a", "kind": "outlet_citing_outlet", "source": "HBR", "content": content, "source_name": "HBR", "self": True},
        {"id": "b", "kind": "outlet_citing_outlet", "source": "the Wire", "content": content, "source_name": "Wire", "parent": "a"},
        {"id": "c", "kind": "anonymous_source", "source": "two people familiar with the plan", "content": content, "source_name": "two people (Wire)", "via": "Wire", "parent": "b"},
        {"id": "d", "kind": "anonymous_source", "source": "They", "content": "it would take a year", "source_name": "two people (Wire)", "antecedent": "c", "claims": ["year"]},
        {"id": "e", "kind": "other", "source": "Reports", "content": "divers were seen", "source_name": "unspecified reports", "claims": ["divers"]},
        outlet="HBR",
        published="2026-03-11",
    )  # fmt: skip


def wire() -> dict[str, Any]:
    text = "Two people familiar with the plan told HBR that the bridge will close."
    mark = {"id": "w", "kind": "anonymous_source", "source": "Two people familiar with the plan", "content": "the bridge will close", "source_name": "two people (Wire)", "via": "HBR"}  # fmt: skip
    return said(text, mark, outlet="Wire", published="2026-03-10")


@pytest.fixture
def found() -> Comparison:
    return story_of([relayed(), wire()]).compared()


def test_a_chain_leads_from_the_publisher_to_the_first_voice(found: Comparison):
    chains = {mark: voice.chain for mark, voice in voices(found).items()}
    assert chains["c"].names == ("HBR", "Wire", "two people (Wire)")
    assert chains["c"].words == "two people (Wire) ← Wire"
    assert (chains["a"].names, chains["a"].own_name, chains["a"].is_dead_end) == (("HBR",), True, False)


def test_an_outlet_is_inherited_from_the_mark_that_is_pointed_to(found: Comparison):
    assert voices(found)["d"].chain.names == ("HBR", "Wire", "two people (Wire)")
    assert voices(found)["d"].told.words == "two people familiar with the plan"


def test_reports_are_a_dead_end_and_the_own_name_is_no_second_outlet(found: Comparison):
    assert found.citations.dead_ends == ("e",)
    hbr = [voice.chain for voice in voices(found).values() if voice.article == "HBR"]
    assert all("HBR" not in chain.relays for chain in hbr)
    assert set(found.citations.self_citations) == {"a", "b", "c"}


@pytest.mark.parametrize(
    ("name", "nobody"),
    [
        ("media", True),
        ("unnamed media", True),
        ("Reports", True),
        ("several news outlets", True),
        ("Foreign media reports", True),
        ("Hollant", False),
        ("Axios report", False),
        ("two people", False),
    ],
)
def test_words_that_name_nobody(name: str, nobody: bool):
    assert names_nobody(name) is nobody


def test_outlets_that_cite_each_other_are_a_circle(found: Comparison):
    assert found.citations.circles == (("HBR", "Wire"),)


def test_who_published_first_is_said_only_where_dates_tell():
    first = story_of([relayed(), wire()]).compared()
    assert (first.citations.first, first.matrix.rows[0].first) == ("Wire", "Wire")
    level = story_of([relayed(), {**wire(), "published": "2026-03-11T10:00:00Z"}]).compared()
    assert level.citations.first is None
    unknown = story_of([relayed(), {**wire(), "published": ""}]).compared()
    assert unknown.citations.first is None


def test_sources_are_counted_by_attributions_and_articles(found: Comparison):
    (people,) = [one for one in found.citations.relied_on if one.name == "two people (Wire)"]
    assert (people.attributions, people.articles) == (3, 2)
    (hbr,) = [one for one in found.citations.shares if one.outlet == "HBR"]
    assert (hbr.attributions, hbr.anonymous, hbr.second_hand, hbr.unattributed) == (3, 2, 2, 0)
    assert hbr.anonymous_share == pytest.approx(2 / 3)


def test_marks_whose_parents_lead_in_a_circle_still_have_a_chain():
    story = story_of([relayed()])
    (telling,) = story.tellings
    marks = [replace(one, parent="c") if one.id == "a" else one for one in telling.marks]
    story.tellings = [replace(telling, marks=tuple(marks))]
    every = voices(story.compared())
    assert every["c"].chain.cycle
    assert "two people (Wire)" in every["c"].chain.names


def test_a_drawing_goes_in_layers_from_articles_to_voices(found: Comparison):
    drawn = drawing(found.citations)
    layer = {placed.node.name + placed.node.kind: placed.layer for placed in drawn.nodes}
    assert layer["HBRarticle"] == 0
    assert layer["Wireoutlet"] < layer["two people (Wire)source"]
    assert all(0 <= placed.x <= 1 and 0 <= placed.y <= 1 for placed in drawn.nodes)
    assert len({(placed.x, placed.y) for placed in drawn.nodes}) == len(drawn.nodes)
    assert drawing(found.citations) == drawn


def test_a_story_without_articles_has_an_empty_drawing():
    empty = compare([], story_of([]).names, read_texts([], lexicons()))
    assert drawing(empty.citations).nodes == ()
    assert empty.matrix.rows == ()


def test_graphml_is_xml_with_all_nodes_and_edges(found: Comparison):
    root = ET.fromstring(graphml(found.citations))
    space = "{http://graphml.graphdrawing.org/xmlns}"
    assert len(root.findall(f".//{space}node")) == len(found.citations.nodes)
    assert len(root.findall(f".//{space}edge")) == len(found.citations.edges)


STRENGTHS = {
    "named": ("named", "Ida Brandt said the bridge will close.", {"source": "Ida Brandt", "source_name": "Ida Brandt"}),
    "institution": ("institution", "The city said the bridge will close.", {"source": "The city", "kind": "institution"}),
    "ground": ("anonymous_with_ground", "An aide, who asked not to be named because talks go on, said the bridge will close.", {"source": "An aide, who asked not to be named because talks go on", "kind": "anonymous_source"}),
    "described": ("anonymous_described", "A senior harbour official said the bridge will close.", {"source": "A senior harbour official", "kind": "anonymous_source"}),
    "bare": ("bare", "Sources said the bridge will close.", {"source": "Sources", "kind": "anonymous_source"}),
    "nobody": ("no_source", "The bridge will close.", {"kind": "unattributed"}),
}  # fmt: skip


@pytest.mark.parametrize("case", STRENGTHS)
def test_how_much_a_reader_is_told(case: str):
    level, text, mark = STRENGTHS[case]
    content = "The bridge will close" if case == "nobody" else "the bridge will close"
    found = story_of([said(text, {"id": "m", **mark, "content": content}, outlet="Post")]).compared()
    assert found.strengths["m"].level == level
    assert found.strengths["m"].reasons


def test_each_relay_is_one_step_weaker(found: Comparison):
    strength = found.strengths["c"]
    assert (strength.level, strength.relays, strength.steps) == ("anonymous_described", 1, 4)
    assert strength.words == "anonymous, described; passed on by one outlet"
    assert "no_ground" in [one.what for one in strength.remarks]


def test_an_outlet_that_others_credit_and_this_one_does_not():
    text = "Two people familiar with the plan said the bridge will close."
    bare = {"id": "x", "kind": "anonymous_source", "source": "Two people familiar with the plan", "content": "the bridge will close", "source_name": "two people (Wire)"}  # fmt: skip
    late = said(text, bare, outlet="Post", published="2026-03-12")
    found = story_of([relayed(), late]).compared()
    assert [one.what for one in found.strengths["x"].remarks if "Wire" in one.words] == [
        "first_outlet_not_credited"
    ]
    early = said(text, bare, outlet="Post", published="2026-03-09")
    assert "first_outlet_not_credited" not in [
        one.what for one in story_of([relayed(), early]).compared().strengths["x"].remarks
    ]


def test_signs_that_xml_forbids_do_not_spoil_the_graph():
    text = "A \x0bbell said the bridge will close."
    mark = {"source": "A \x0bbell", "content": "the bridge will close", "source_name": None}
    written = graphml(story_of([said(text, mark, outlet="Post")]).compared().citations)
    assert len(ET.fromstring(written).findall(".//{*}node")) == 2
