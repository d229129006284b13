"""What a format could not carry is counted, and the first places are named."""

from __future__ import annotations

from annotator.core.losses import FIRST, LossReport


def test_losses_are_counted_by_kind_and_the_first_places_are_kept():
    report = LossReport()
    for at in range(FIRST + 3):
        report.add("role lost", f"article {at}", at, at + 2)
    report.add("note lost", "article 0")
    assert report.as_json()[0]["count"] == FIRST + 3
    assert report.as_json()[0]["first"] == [
        {"article": f"article {at}", "start": at, "end": at + 2} for at in range(FIRST)
    ]
    assert report.sentences() == [
        f"{FIRST + 3} × role lost (first: article 0 at 0, article 1 at 1, article 2 at 2)",
        "1 × note lost (first: article 0)",
    ]


def test_two_reports_make_one():
    mine, theirs = LossReport(), LossReport()
    mine.add("role lost", "a")
    theirs.add("role lost", "b")
    theirs.add("note lost", "c")
    assert not LossReport()
    mine.take(theirs)
    assert mine
    assert {loss.what: loss.count for loss in mine} == {"role lost": 2, "note lost": 1}
