"""A report of agreement counts what it says, keeps undefined values undefined, and leads to the places behind each figure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.core.errors import NotFound
from annotator.review import agreement as report
from annotator.review.agreement import Agreement, Figure, Wish, agreement
from annotator.review.panels import Panel
from tests.review.marking import ASKED, CRIED, FERRY, INNER, OUTER, TEXT, TIDE, at, mark, panel


def two() -> Panel:
    """Maria has four, Olena three: one as Maria, one longer, one that Maria lacks."""
    return panel(
        maria=[
            mark("m1", **FERRY, kind="anonymous_source", claims=("stops",)),
            mark("m2", **ASKED, kind="named_official"),
            mark("m3", **CRIED, kind="named_official", claims=("tears",)),
            mark("m4", **TIDE, kind="anonymous_source"),
        ],
        olena=[
            mark("o1", **FERRY, kind="anonymous_source", claims=("stops",)),
            mark("o2", **{**ASKED, "content": "Nobody asked us"}, kind="institution"),
            mark("o3", **OUTER, kind="outlet_citing_outlet", claims=("safe",)),
        ],
    )


def value(found: Agreement, measure: str, *asked: str | None, **more: str | tuple[str, str] | None):
    return found.figure(measure, *asked, **more).value


def test_exact_half_and_any_overlap_are_counted_one_to_one():
    found = agreement([two()])
    assert found.annotators == ("maria", "olena")
    assert value(found, "span_f1_exact", "content") == pytest.approx(2 * 1 / 7)
    assert value(found, "span_f1_overlap", "content") == pytest.approx(2 * 2 / 7)
    assert value(found, "span_f1_relaxed", "content") == pytest.approx(2 * 2 / 7)


def test_a_source_that_attributions_share_counts_once():
    figure = agreement([two()]).figure("span_f1_exact", "source")
    assert (figure.value, figure.n) == (pytest.approx(2 * 2 / 6), 6)


def test_figures_of_a_kind_count_only_that_kind():
    found = agreement([two()], Wish(kinds=("anonymous_source", "unattributed")))
    assert value(found, "span_f1_exact", "content", "anonymous_source") == pytest.approx(2 / 3)
    assert value(found, "span_f1_exact", "content", "institution") == 0
    with pytest.raises(NotFound):
        found.figure("span_f1_exact", "content", "unattributed")


def test_agr_depends_on_who_is_held_to_whom():
    found = agreement([two()])
    assert value(found, "agr", annotators=("maria", "olena")) == pytest.approx(2 / 4)
    assert value(found, "agr", annotators=("olena", "maria")) == pytest.approx(2 / 3)
    assert value(found, "agr") == pytest.approx((2 / 4 + 2 / 3) / 2)


def test_kinds_are_compared_on_matched_attributions_alone():
    # anonymous/anonymous and named/institution: Do = 2/4, n = 2, 1, 1: De = (16 - 6) / 12.
    figure = agreement([two()]).figure("kind_alpha")
    assert (figure.value, figure.n) == (pytest.approx(1 - (2 / 4) / (10 / 12)), 2)


def test_relations_match_when_both_their_ends_do():
    ours = [mark("m1", **FERRY), mark("m2", **OUTER), mark("m3", **INNER, parent="m2")]
    theirs = [
        mark("o1", **{**FERRY, "source": "the Harbour Post"}),
        mark("o2", **OUTER),
        mark("o3", **INNER, parent="o2"),
    ]
    found = agreement([panel(maria=ours, olena=theirs)])
    assert value(found, "relation_f1", "source-content") == pytest.approx(2 * 2 / 6)
    assert value(found, "relation_f1_given_ends", "source-content") == 1
    assert value(found, "relation_f1", "parent") == 1
    swapped = [replace(theirs[1], source=at("the minister")), replace(theirs[2], source=at("The agency"))]
    crossed = agreement([panel(maria=ours[1:], olena=swapped)])
    assert value(crossed, "relation_f1_given_ends", "source-content") == 0


def test_the_matrix_counts_absence_and_knows_who_did_not_look():
    found = agreement([two()])
    # stops: attributed/attributed; tears: attributed/absent; safe: absent/attributed. Do = 4/6, De = (36 - 20) / 30.
    assert value(found, "matrix_alpha", None, None, "status") == pytest.approx(1 - (4 / 6) / (16 / 30))
    nobody = panel(maria=two().marks["maria"], petra=[mark("p1", **FERRY)])
    assert value(agreement([nobody]), "matrix_alpha", None, None, "status") is None


def test_what_is_not_defined_is_none_and_never_0_or_1():
    found = agreement([panel(maria=[], olena=[])])
    assert {one.value for one in found.figures} == {None}
    assert {(one.low, one.high) for one in found.figures} == {(None, None)}


def test_an_article_of_one_annotator_is_no_comparison():
    assert agreement([two(), panel("alone", maria=[mark("x", **FERRY)])]).articles == ("ferry",)


def test_who_did_not_work_on_an_article_is_missing_there_and_no_disagreement():
    whole = [two(), Panel("second", "", TEXT, {**two().marks, "petra": two().marks["maria"]})]
    found = agreement(whole)
    assert value(found, "span_f1_exact", "content", annotators=("maria", "petra")) == 1
    assert found.figure("span_f1_exact", "content", annotators=("maria", "petra")).n == 8
    assert found.figure("span_f1_exact", "content", annotators=("maria", "olena")).n == 14


def test_alpha_u_leaves_out_articles_in_which_a_role_is_nested_in_itself_and_says_so():
    nested = panel(
        "nested",
        maria=[mark("m1", **OUTER), mark("m2", **INNER)],
        olena=[mark("o1", **OUTER), mark("o2", **INNER)],
    )
    figure = agreement([two(), nested]).figure("alpha_u", "content")
    assert (figure.left_out, figure.n) == (1, 7)
    assert agreement([two(), nested]).figure("alpha_u", "source").left_out == 0


def test_figures_for_each_article_stand_beside_the_pooled_ones():
    same = Panel("same", "", TEXT, {"maria": two().marks["maria"], "olena": two().marks["maria"]})
    found = agreement([two(), same])
    assert value(found, "span_f1_exact", "content", article="same") == 1
    assert value(found, "span_f1_exact", "content", article="ferry") == pytest.approx(2 / 7)
    assert value(found, "span_f1_exact", "content") == pytest.approx(2 * (1 + 4) / 15)


def test_intervals_come_from_stories_and_are_the_same_each_time():
    same = Panel("same", "", TEXT, {"maria": two().marks["maria"], "olena": two().marks["maria"]})
    first, again = agreement([two(), same]), agreement([two(), same])
    assert first.figures == again.figures
    figure = first.figure("span_f1_exact", "content")
    assert (figure.low, figure.high) == (pytest.approx(2 / 7), pytest.approx(1))
    one_story = agreement([replace(two(), story_id="s"), replace(same, story_id="s")])
    assert (one_story.figure("span_f1_exact", "content").low, one_story.seed) == (None, report.SEED)


def test_gamma_is_only_worked_out_when_asked_for_and_says_when_it_cannot_be(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(report, "installed", lambda: False)
    monkeypatch.setattr("annotator.review.gamma.installed", lambda: False)
    assert "gamma" not in {one.measure for one in agreement([two()]).figures}
    figure = agreement([two()], Wish(gamma=True)).figure("gamma", "content")
    assert (figure.value, figure.note) == (None, "not installed")


def behind(found: Agreement, figure: Figure) -> list[tuple[str, ...]]:
    return [
        tuple(one_id for ids in one.attributions.values() for one_id in ids)
        for one in found.disagreements(figure)
    ]


def test_a_figure_leads_to_the_spans_that_have_no_match():
    found = agreement([two()])
    assert behind(found, found.figure("span_f1_exact", "content")) == [
        ("m2", "o2"),
        ("m3",),
        ("m4",),
        ("o2", "m2"),
        ("o3",),
    ]
    (other,) = {one.annotators for one in found.disagreements(found.figure("kind_alpha"))}
    assert set(other) == {"maria", "olena"}
    assert behind(found, found.figure("kind_alpha")) == [("m2", "o2")]
    assert behind(found, found.figure("agr", annotators=("olena", "maria"))) == [("o3",)]


def test_a_figure_of_tokens_leads_to_each_run_of_tokens_that_is_in_doubt():
    article = panel(maria=[mark("m1", **ASKED)], olena=[mark("o1", **{**ASKED, "content": "Nobody asked"})])
    found = agreement([article])
    runs = [one.spans["maria"] for one in found.disagreements(found.figure("token_alpha", "content"))]
    assert runs == [at("“"), at("us,”")]


def test_every_f1_leads_to_as_many_spans_as_it_misses():
    found = agreement([two()])
    for figure in found.figures:
        if figure.measure.startswith("span_f1") and figure.annotators is None and figure.n:
            matched = round((figure.value or 0) * figure.n)
            assert len(list(found.disagreements(figure))) == figure.n - matched


def test_marks_that_are_all_alike_leave_no_place_behind_any_figure():
    marks = (mark("m1", **OUTER, claims=("safe",)), mark("m2", **INNER, parent="m1"))
    found = agreement([panel(maria=[*marks], olena=[*marks])])
    assert [behind(found, one) for one in found.figures if behind(found, one)] == []
