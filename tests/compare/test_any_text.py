"""Whatever stands in the texts and however marks lie in them, a comparison comes out whole and in place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.compare.comparison import compare, read_texts
from annotator.compare.drawing import drawing, graphml
from annotator.compare.telling import Names, Telling
from annotator.core.attributions import Attribution
from annotator.core.claims import Claim
from annotator.core.spans import Span
from tests.building import nasty_text
from tests.compare.told import lexicons

CLAIMS = (Claim("one", "story", "one"), Claim("two", "story", "two", absent_in=("0",), position=1))
KINDS = ("named_official", "anonymous_source", "outlet_citing_outlet", "unattributed", "other", None)


@st.composite
def tellings(draw: st.DrawFn) -> list[Telling]:
    """Up to four articles with marks anywhere, on claims or none, with parents that may lead in circles."""
    made = []
    for number in range(draw(st.integers(0, 4))):
        text = " ".join(
            draw(
                st.lists(
                    st.one_of(nasty_text, st.sampled_from(("“No,” said Sources.", "May 3."))), max_size=5
                )
            )
        )
        count = draw(st.integers(0, 4)) if text else 0
        marks = []
        for at in range(count):
            start = draw(st.integers(0, len(text) - 1))
            place = (Span(start, draw(st.integers(start + 1, len(text)))),)
            marks.append(
                Attribution(
                    f"{number} {at}",
                    "set",
                    draw(st.sampled_from(KINDS)),
                    source=draw(st.sampled_from(((), place))),
                    content=draw(st.sampled_from((place, ()))),
                    parent=draw(st.sampled_from((None, f"{number} 0", f"{number} 1"))),
                    antecedent=draw(st.sampled_from((None, f"{number} 0", f"{number} 1"))),
                    claims=draw(st.sampled_from(((), ("one",), ("one", "two"), ("gone",)))),
                    hedge=draw(st.booleans()),
                )
            )
        made.append(Telling(str(number), draw(st.sampled_from(("", "Post"))), text, tuple(marks)))
    return made


@given(tellings())
def test_a_comparison_comes_out_whole(told: list[Telling]):
    names = Names(claims=CLAIMS)
    texts = read_texts(told, lexicons())
    found = compare(told, names, texts)
    lengths = {one.article: len(one.text) for one in told}
    for passage in found.texts.passages:
        for side in (passage.one, passage.other):
            assert side.span.end <= lengths[side.article]
    assert all(one.span.end <= lengths[one.article] for one in found.dropped)
    assert all(0 <= one.score <= 1 for one in found.proposals)
    assert all(len(row.cells) == len(told) for row in found.matrix.rows)
    assert found.strengths.keys() == {mark.id for one in told for mark in one.marks}
    assert len(drawing(found.citations).nodes) == len(found.citations.nodes)
    assert graphml(found.citations).count("<node ") == len(found.citations.nodes)
    assert compare(told, names, texts, found).matrix == found.matrix
