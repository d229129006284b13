"""Dates, hosts and languages are understood where they are plain, and left alone where they are not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.corpus_fields import guessed_fields
from annotator.formats.guessing import (
    date_in_name,
    date_of_seconds,
    host_of,
    iso_date,
    language_of,
    web_address,
)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2025-11-20", "2025-11-20"),
        ("2025-11-20T23:30:00-05:00", "2025-11-20"),
        ("2025-11-20 08:30:00", "2025-11-20"),
        ("2025/11/20", "2025-11-20"),
        ("20251120", "2025-11-20"),
        ("20251120T083000Z", "2025-11-20"),
        ("20251120083000", "2025-11-20"),
        ("20.11.2025", "2025-11-20"),
        ("20. 11. 2025", "2025-11-20"),
        ("20/11/2025", "2025-11-20"),
        ("11/20/2025 10:00", "2025-11-20"),
        ("05/05/2025", "2025-05-05"),
        ("20 November 2025", "2025-11-20"),
        ("20th Nov. 2025", "2025-11-20"),
        ("November 20, 2025", "2025-11-20"),
        ("Thursday, Sept. 4, 2025", "2025-09-04"),
        ("Thu, 20 Nov 2025 23:30:00 -0500", "2025-11-20"),
        ("2025", "2025"),
        ("2025-11", "2025-11"),
        ("04/05/2025", ""),
        ("2025-13-40", ""),
        ("31 February 2025", ""),
        ("20 листопада 2025", ""),
        ("20 N 2025", ""),
        ("yesterday", ""),
        ("0000-00-00", ""),
        ("99999999999999999999", ""),
        ("", ""),
    ],
)
def test_a_date_becomes_iso_where_it_can_mean_one_day_alone(written: str, day: str):
    assert iso_date(written) == day


@given(st.text(max_size=40))
def test_no_text_that_is_not_a_date_raises(written: str):
    iso_date(written)
    date_in_name(written)
    host_of(written)
    web_address(f"https://{written}")
    language_of(written)


@given(st.dates())
def test_every_date_in_iso_is_kept_or_left_as_too_far_off(day: date):
    assert iso_date(day.isoformat()) in {day.isoformat(), ""}


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("https://post.example/2025/11/20/ferry", "2025-11-20"),
        ("https://post.example/news/20251120-ferry.html", "2025-11-20"),
        ("post_2025-11-20_ferry", "2025-11-20"),
        ("post 2025-11-20 and 2025-11-21", ""),
        ("id-1234567890", ""),
        ("ferry", ""),
    ],
)
def test_a_name_or_address_with_one_date_in_it_gives_that_date(name: str, day: str):
    assert date_in_name(name) == day


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.harbour-post.example/x", "harbour-post.example"),
        ("http://m.post.example", "post.example"),
        ("https://www.example", "www.example"),
        ("https://[bad", ""),
        ("ftp://post.example/x", ""),
        ("post.example", ""),
        ("", ""),
    ],
)
def test_the_host_stands_for_the_outlet(url: str, host: str):
    assert host_of(url) == host


def test_seconds_and_thousandths_of_them_are_told_apart():
    assert date_of_seconds(1_763_596_800) == date_of_seconds(1_763_596_800_000) == "2025-11-20"
    assert date_of_seconds(float("inf")) == date_of_seconds(1e300) == ""


@pytest.mark.parametrize(
    ("tag", "language"), [("en-GB", "en"), ("UK", "uk"), ("zh_Hans", "zh"), ("English", ""), (None, "")]
)
def test_a_language_is_the_first_part_of_its_tag(tag: str | None, language: str):
    assert language_of(tag) == language


def test_a_name_holds_one_field_and_a_field_takes_its_likeliest_name():
    assert guessed_fields(
        ["Content", "TEXT", "Article ID", "Source", "source-name", "Pub Date", "Colour"]
    ) == {
        "text": "TEXT",
        "outlet": "Source",
        "published": "Pub Date",
        "id": "Article ID",
    }
    assert guessed_fields([]) == {}
