from __future__ import annotations

import json
import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.compare.duplicates import Duplicates, Rules, find_duplicates
from annotator.compare.splits import BY_OUTLET, BY_TIME, METHODS, Candidate, Split, as_json, cut, parse_shares
from annotator.core.errors import BadInput
from tests.compare.planted import corpus, parted, too_alike, with_a_row_in_common

NONE_ALIKE = Duplicates((), 0, 20, Rules())
THREE = parse_shares("80/10/10")
TEXTS = corpus(11)
FOUND = find_duplicates(TEXTS.items())


def candidates(ids: list[str], seed: int = 0, stories: int = 12, outlets: int = 6) -> list[Candidate]:
    """Articles with stories, outlets and dates, of which some lack one or the other."""
    chance = random.Random(seed)
    return [
        Candidate(
            one,
            chance.choice(["", *(f"story {number}" for number in range(stories))]),
            chance.choice(["", *(f"outlet {number}" for number in range(outlets))]),
            chance.choice(
                [
                    "",
                    "soon",
                    f"2026-01-{chance.randint(1, 31):02}",
                    f"2026-02-{chance.randint(1, 28):02}T08:00Z",
                ]
            ),
        )
        for one in ids
    ]


def alone(count: int) -> list[Candidate]:
    return [Candidate(f"{number:04}", published=f"2026-01-{number % 30 + 1:02}") for number in range(count)]


def sizes(split: Split) -> dict[str, int]:
    return dict(Counter(split.parts.values()))


@pytest.mark.parametrize("typed", ["80/10/10", " 80 / 10 / 10", "80.0/10/1e1"])
def test_shares_are_typed_as_percentages(typed: str):
    assert parse_shares(typed) == (("train", 0.8), ("dev", 0.1), ("test", 0.1))


def test_two_shares_are_train_and_test():
    assert parse_shares("75/25") == (("train", 0.75), ("test", 0.25))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("80", "“80” does not say two or three shares, such as 80/20 or 80/10/10."),
        ("", "does not say two or three shares"),
        ("25/25/25/25", "does not say two or three shares"),
        ("80/ten/10", "“ten” in “80/ten/10” is not a number"),
        ("80//20", "“” in “80//20” is not a number"),
        ("90/10/0", "“0” in “90/10/0” is not above 0; each part needs a share."),
        ("120/-20", "“-20” in “120/-20” is not above 0"),
        ("nan/50", "“nan” in “nan/50” is not above 0"),
        ("inf/50", "“inf” in “inf/50” is not above 0"),
        ("80/10/5", "The shares 80/10/5 make 95, not 100."),
    ],
)
def test_shares_that_cannot_be_are_refused_in_one_sentence(typed: str, said: str):
    with pytest.raises(BadInput) as refusal:
        parse_shares(typed)
    assert said in str(refusal.value)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("corpus_seed", range(8))
def test_no_two_articles_that_are_too_alike_stand_on_two_sides(method: str, corpus_seed: int):
    texts = corpus(corpus_seed, 90)
    found = find_duplicates(texts.items(), Rules(boilerplate=200))
    kept = [*too_alike(texts), *with_a_row_in_common(texts, 50)]
    assert kept
    for seed in range(6):
        for stories in (2, 500):
            articles = candidates(list(texts), corpus_seed, stories)
            split = cut(articles, found, THREE, seed, method)
            assert parted(kept, split.parts) == []
            assert set(split.parts) == set(texts)


@given(
    seed=st.integers(),
    method=st.sampled_from(METHODS),
    shares=st.sampled_from(["80/10/10", "50/50", "34/33/33"]),
)
@settings(max_examples=60)
def test_no_story_group_or_outlet_is_ever_parted(seed: int, method: str, shares: str):
    articles = candidates(list(TEXTS), seed, outlets=30)
    split = cut(articles, FOUND, parse_shares(shares), seed, method)
    fields = ["story", "outlet"] if method == BY_OUTLET else ["story"]
    for field in fields:
        sides: dict[str, set[str]] = {}
        for article in articles:
            sides.setdefault(getattr(article, field), set()).add(split.parts[article.id])
        sides.pop("", None)
        assert all(len(parts) == 1 for parts in sides.values())
    for group in FOUND.groups:
        assert len({split.parts[article] for article in group.articles}) == 1


@given(st.randoms(use_true_random=False), st.sampled_from(METHODS), st.integers(0, 5))
@settings(max_examples=30)
def test_the_same_seed_gives_the_same_file_whatever_the_order_of_the_articles(
    chance: random.Random, method: str, seed: int
):
    articles = candidates(list(TEXTS))
    expected = as_json(cut(articles, FOUND, THREE, seed, method))
    chance.shuffle(articles)
    assert as_json(cut(articles, FOUND, THREE, seed, method)) == expected


def test_a_seed_means_the_same_today_and_tomorrow():
    split = cut(alone(20), NONE_ALIKE, THREE, seed=1)
    assert [one for one, part in split.parts.items() if part != "train"] == ["0013", "0014", "0017", "0019"]


def test_another_seed_gives_another_cut():
    assert cut(alone(50), NONE_ALIKE, THREE, 1).parts != cut(alone(50), NONE_ALIKE, THREE, 2).parts


@given(st.integers(3, 300), st.sampled_from(["80/10/10", "60/20/20", "98/1/1", "75/25"]))
def test_articles_that_nothing_joins_reach_their_shares_to_one_article(count: int, shares: str):
    split = cut(alone(count), NONE_ALIKE, parse_shares(shares))
    for (name, wanted), (_, reached) in zip(split.requested, split.reached, strict=True):
        # Where a share is less than one article, its part still gets one.
        allowed = 1 if min(share for _, share in split.requested) * count >= 1 else 2
        assert abs(wanted - reached) * count <= allowed + 1e-9, name
    assert sum(sizes(split).values()) == count


@pytest.mark.parametrize("method", METHODS)
def test_every_part_gets_something_as_long_as_there_are_enough_groups(method: str):
    articles = [
        Candidate(f"{number:02}", f"story {number // 5}", "", f"2026-01-0{number // 5 + 1}")
        for number in range(15)
    ]
    assert set(sizes(cut(articles, NONE_ALIKE, THREE, 3, method)).values()) == {5}


def test_a_part_for_which_no_group_is_left_is_said_to_be_empty():
    articles = [Candidate("a", "quay"), Candidate("b", "quay"), Candidate("c", "mole")]
    split = cut(articles, NONE_ALIKE, THREE)
    assert sizes(split) == {"train": 2, "dev": 1}
    assert "Nothing is left for test: there are too few groups that may be parted (2)." in split.notes


def test_a_group_larger_than_the_share_of_its_part_is_named():
    articles = [Candidate(f"{number:02}", "quay" if number < 18 else "") for number in range(20)]
    split = cut(articles, NONE_ALIKE, parse_shares("60/40"))
    assert split.notes[0] == (
        "A group of 18 articles (story: quay) is larger than the share of train, 12.0 articles of 20; "
        "it was not cut, and stands in train."
    )
    assert split.reached == (("train", 0.9), ("test", 0.1))


def test_of_many_groups_that_are_too_large_a_few_are_named():
    articles = [Candidate(f"{number:02}", f"story {number // 2}") for number in range(14)]
    tiny = tuple((f"part {number}", 1 / 14) for number in range(14))
    notes = cut(articles, NONE_ALIKE, tiny).notes
    assert sum(note.startswith("A group of 2 articles") for note in notes) == 5
    assert "2 more groups are larger than the share of their part." in notes


def test_groups_say_why_they_belong_together():
    common = " ".join(f"word{number}" for number in range(60))
    texts = {"a": common, "b": common + " more", "c": "quite another thing " * 3, "d": "nothing of the sort"}
    found = find_duplicates(texts.items())
    articles = [Candidate("a", "quay"), Candidate("b", "mole"), Candidate("c", "mole"), Candidate("d")]
    split = cut(articles, found, THREE)
    [group] = split.groups
    assert group.articles == ("a", "b", "c")
    assert group.reasons == ("story: mole", "a is a near-duplicate of b: 100 % of its 8-word passages")
    assert group.part == split.parts["a"]


def test_leakage_across_stories_is_told_with_the_part_that_keeps_it_in():
    common = " ".join(f"word{number}" for number in range(60))
    found = find_duplicates({"a": common, "b": common + " more", "c": common}.items())
    articles = [Candidate("a", "quay"), Candidate("b", "mole"), Candidate("c", "quay")]
    split = cut(articles, found, THREE)
    assert sorted((leak.link.article, leak.link.of, leak.across) for leak in split.leaks) == [
        ("a", "b", True),
        ("a", "c", False),
    ]
    assert split.notes[-1] == (
        "2 pairs of articles that share text were found, 1 of them across stories; "
        "both articles of each pair stand in the same part."
    )
    said = json.loads(as_json(split))["leakage"]
    assert (
        said[0]["avoided"] == "a is a near-duplicate of b: 100 % of its 8-word passages; both stand in train."
    )


def test_articles_alike_through_others_that_are_left_out_stay_together():
    words = [f"word{number}" for number in range(120)]
    texts = {"a": " ".join(words[:60]), "b": " ".join(words), "c": " ".join(words[60:])}
    found = find_duplicates(texts.items())
    split = cut([Candidate("a"), Candidate("c"), Candidate("d")], found, parse_shares("50/50"))
    assert split.parts["a"] == split.parts["c"] != split.parts["d"]
    assert split.groups[0].reasons == (
        "a, c share text with one another or with articles that are not part of this cut",
    )
    assert split.leaks == ()


def test_pairs_that_are_alike_by_a_notice_alone_are_counted():
    notice = " ".join(f"notice{number}" for number in range(40))
    texts = {
        f"{number:02}": " ".join(f"w{number}x{place}" for place in range(40)) + f" {notice}"
        for number in range(30)
    }
    split = cut([Candidate(one) for one in texts], find_duplicates(texts.items()), THREE)
    assert split.notes[-1] == (
        "29 of these pairs are alike mostly by passages that stand in more than 20 articles, such as a notice at the end."
    )


def test_without_shared_text_the_split_says_so():
    assert cut(alone(9), NONE_ALIKE, THREE).notes == (
        "No near-duplicates and no long shared passages were found.",
    )


def test_a_cut_by_time_gives_the_oldest_to_train_and_the_newest_to_test():
    split = cut(alone(30), NONE_ALIKE, THREE, method=BY_TIME)
    assert [split.parts[f"{number:04}"] for number in range(30)] == ["train"] * 24 + ["dev"] * 3 + [
        "test"
    ] * 3
    assert split.last_days == (("train", "2026-01-24"), ("dev", "2026-01-27"))
    assert split.notes[:2] == ("train goes up to 2026-01-24.", "dev goes up to 2026-01-27.")


def test_a_cut_by_time_never_cuts_within_a_day():
    articles = [
        Candidate(f"{number:02}", "", "", f"2026-03-0{number // 9 + 1}T{number:02}:00")
        for number in range(18)
    ]
    split = cut(articles, NONE_ALIKE, parse_shares("80/20"), method=BY_TIME)
    assert sizes(split) == {"train": 9, "test": 9}


def test_a_cut_by_time_needs_days_to_cut_between():
    articles = [Candidate(f"{number:02}", "", "", "2026-03-01") for number in range(8)]
    split = cut(articles, NONE_ALIKE, THREE, method=BY_TIME)
    assert sizes(split) == {"train": 8}
    assert any(note.startswith("Nothing is left for dev") for note in split.notes)


def test_a_group_is_as_old_as_its_newest_article():
    articles = [
        *alone(30),
        Candidate("old", "quay", "", "2020-01-01"),
        Candidate("new", "quay", "", "2027-01-01"),
    ]
    split = cut(articles, NONE_ALIKE, THREE, method=BY_TIME)
    assert split.parts["old"] == split.parts["new"] == "test"
    assert (
        "1 article older than the part they stand in: their group has a newer article there." in split.notes
    )


def test_articles_without_a_date_go_to_train_and_are_counted():
    articles = [
        *alone(30),
        Candidate("undated"),
        Candidate("vague", "", "", "in spring"),
        Candidate("month", "", "", "2026-01"),
    ]
    split = cut(articles, NONE_ALIKE, THREE, method=BY_TIME)
    assert {split.parts[one] for one in ("undated", "vague", "month")} == {"train"}
    assert (
        "3 articles without a full date went to train, or where a dated article of their group is."
        in split.notes
    )


@given(st.integers(0, 400))
@settings(max_examples=40)
def test_in_a_cut_by_time_no_group_of_an_earlier_part_has_anything_newer(seed: int):
    articles = candidates(list(TEXTS), seed)
    split = cut(articles, FOUND, THREE, method=BY_TIME)
    for name, last_day in split.last_days:
        order = ["train", "dev", "test"]
        upto = order[: order.index(name) + 1]
        days = [
            one.published[:10]
            for one in articles
            if split.parts[one.id] in upto and one.published[:2] == "20"
        ]
        assert all(day <= last_day for day in days)


def test_when_outlets_join_everything_the_cut_by_outlet_says_so():
    articles = [Candidate(f"{number}", f"story {number % 3}", f"outlet {number % 2}") for number in range(12)]
    split = cut(articles, NONE_ALIKE, THREE, method=BY_OUTLET)
    assert sizes(split) == {"train": 12}
    assert (
        "Outlets, stories and shared text join all articles in one group, so no cut by outlet is possible."
        in split.notes
    )


def test_articles_without_an_outlet_are_not_taken_for_one_outlet():
    articles = [
        Candidate(f"{number:02}", "", "" if number < 6 else f"outlet {number}") for number in range(12)
    ]
    split = cut(articles, NONE_ALIKE, THREE, method=BY_OUTLET)
    assert split.groups == ()
    assert "6 articles without an outlet went where story and shared text put them." in split.notes


def test_the_file_of_a_split_holds_all_that_is_known_of_it():
    split = cut(candidates(list(TEXTS)), FOUND, THREE, seed=4)
    text = as_json(split)
    said = json.loads(text)
    assert text == json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    assert said["articles"] == split.parts
    assert (said["method"], said["seed"]) == ("seeded", 4)
    assert said["requested"] == {"train": 0.8, "dev": 0.1, "test": 0.1}
    assert sum(said["reached"].values()) == pytest.approx(1, abs=1e-5)
    assert [group["articles"] for group in said["groups"]] == [list(group.articles) for group in split.groups]
    assert len(said["leakage"]) == len(split.leaks) > 0
    assert said["notes"] == list(split.notes)


def test_a_cut_of_nothing_of_an_article_twice_and_in_an_unknown_way_are_refused():
    with pytest.raises(BadInput, match="no articles"):
        cut([], NONE_ALIKE, THREE)
    with pytest.raises(BadInput, match="The article a came twice"):
        cut([Candidate("a"), Candidate("a")], NONE_ALIKE, THREE)
    with pytest.raises(BadInput, match="no way of cutting called “moon”"):
        cut([Candidate("a")], NONE_ALIKE, THREE, method="moon")
