from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.compare import pairing, postings, repeating
from annotator.compare.duplicates import NEAR_DUPLICATE, PASSAGE, Duplicates, Rules, find_duplicates
from annotator.core.errors import BadInput, Cancelled
from tests.compare.planted import (
    containment,
    corpus,
    parted,
    passages,
    too_alike,
    vocabulary,
    with_a_row_in_common,
)

CHANCE = random.Random(3)
WORDS = vocabulary(CHANCE, 5_000)


def some(count: int) -> str:
    """So many words in a row that stand nowhere else."""
    taken, WORDS[:] = WORDS[:count], WORDS[count:] + WORDS[:count]
    CHANCE.shuffle(taken)
    return " ".join(taken)


def together(found: Duplicates) -> list[tuple[str, ...]]:
    return [group.articles for group in found.groups]


def group(texts: dict[str, str], **rules: object) -> Duplicates:
    return find_duplicates(texts.items(), Rules(**rules))  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(40))
def test_no_two_articles_that_share_a_fifth_of_the_shorter_one_are_in_two_groups(seed: int):
    texts = corpus(seed)
    pairs = too_alike(texts)
    assert parted(pairs, group(texts).group_names()) == []


@pytest.mark.parametrize("seed", range(10))
def test_the_promise_holds_for_any_share_and_however_little_is_sorted_at_once(
    seed: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(postings, "_AT_ONCE", 500)
    monkeypatch.setattr(repeating, "_AT_ONCE", 300)
    texts = corpus(seed)
    for share in (0.05, 0.5, 1.0):
        found = group(texts, share=share, boilerplate=1_000)
        assert parted(too_alike(texts, share), found.group_names()) == []
        assert parted(with_a_row_in_common(texts, 50), found.group_names()) == []


@pytest.mark.parametrize("seed", range(20))
def test_articles_are_grouped_only_with_evidence_that_is_true(seed: int):
    texts = corpus(seed)
    for found in group(texts).groups:
        assert len(found.links) == len(found.articles) - 1
        for link in found.links:
            one, other = passages(texts[link.article]), passages(texts[link.of])
            if one:
                assert link.shared == len(one & other)
                assert link.share == pytest.approx(containment(one, other))
            assert link.share >= 0.2 or link.kind == PASSAGE
            place = link.passage
            assert place is not None
            shared = (
                texts[link.article][place.start : place.end],
                texts[link.of][place.of_start : place.of_end],
            )
            first, second = (only_words(text) for text in shared)
            assert first == second
            assert len(first) == place.words >= (50 if link.kind == PASSAGE else 1)


def only_words(text: str) -> list[str]:
    return "".join(one.lower() if one.isalnum() else " " for one in text).split()


@given(st.randoms(use_true_random=False))
@settings(max_examples=15)
def test_the_groups_do_not_depend_on_the_order_of_the_articles(chance: random.Random):
    articles = list(corpus(7).items())
    expected = find_duplicates(articles)
    chance.shuffle(articles)
    assert find_duplicates(articles) == expected


def test_a_short_article_within_a_long_one_is_found():
    brief = some(40)
    found = group({"long": f"{some(900)} {brief} {some(900)}", "brief": brief, "other": some(500)})
    assert together(found) == [("brief", "long")]
    link = found.groups[0].links[0]
    assert (link.article, link.of, link.kind, link.share) == ("brief", "long", NEAR_DUPLICATE, 1.0)
    assert link.reason == "brief is a near-duplicate of long: 100 % of its 8-word passages"


@pytest.mark.parametrize(("shared", "grouped"), [(14, True), (13, False)])
def test_a_fifth_of_the_shorter_article_is_enough_and_less_is_not(shared: int, grouped: bool):
    common = some(shared)
    short = f"{common} {some(42 - shared)}"
    assert len(passages(short)) == 35
    found = group({"short": short, "long": f"{some(200)} {common} {some(200)}"})
    assert bool(found.groups) is grouped


@pytest.mark.parametrize(("shared", "grouped"), [(50, True), (49, False)])
def test_fifty_words_in_a_row_are_a_long_passage_and_fewer_are_not(shared: int, grouped: bool):
    common = some(shared)
    found = group({"a": f"{some(600)} {common} {some(100)}", "b": f"{some(300)} {common} {some(500)}"})
    assert bool(found.groups) is grouped


def test_the_places_of_a_shared_passage_are_code_points_of_both_texts():
    common = some(60)
    texts = {
        "a": f"😊 “Éclair” — {some(500)} “{common.upper()}” {some(30)}",
        "b": f"{some(500)}\r\n\r\n{common}. 👩‍🚒 {some(60)}",
    }
    link = group(texts).groups[0].links[0]
    assert link.kind == PASSAGE
    assert link.reason == f"{link.article} shares 60 words in a row with {link.of}"
    place = link.passage
    assert place is not None
    assert texts[link.article][place.start : place.end].lower() == common
    assert texts[link.of][place.of_start : place.of_end].lower() == common


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Quay, he said – “closed”.", "the quay he SAID closed"),
        ("Caf\u00e9 Stra\u00dfe \u0130zmir na\u00efve", "Cafe\u0301 STRASSE I\u0307zmir nai\u0308ve"),
        ("har\u00adbour mas\u200bter", "harbour master"),
        ("\uff28\uff41\uff52\uff42\uff4f\uff55\uff52 \ufb01sh", "Harbour fish"),
    ],
)
def test_case_punctuation_and_the_way_of_encoding_play_no_part(one: str, other: str):
    found = group({"a": one, "b": other})
    assert together(found) == [("a", "b")]
    assert found.groups[0].links[0].share == 1.0


def test_scripts_without_spaces_are_compared_by_their_letters():
    common = "港口今天早上關閉因為潮水太高所有船隻必須等待"
    one, other = f"{common}。市長說明天再開。", f"昨天有雨，{common}，碼頭很安靜。"
    assert together(group({"a": one, "b": other, "c": "我們在山上看見了三隻羊和一個老人家"})) == [("a", "b")]
    link = group({"a": one, "b": other}).groups[0].links[0]
    assert link.passage is not None
    assert link.passage.words == len(common)


def test_vowel_signs_do_not_cut_words_apart():
    one = "बंदरगाह आज सुबह बंद रहा"
    assert together(group({"a": one, "b": one + "।", "c": "बंदरगाह आज शाम बंद रहा"})) == [("a", "b")]


def test_texts_of_a_few_words_are_grouped_when_they_are_the_same():
    found = group({"a": "Quay closed.", "b": "QUAY CLOSED", "c": "Quay open", "d": "Closed quay"})
    assert together(found) == [("a", "b")]


def test_texts_without_words_are_in_no_group():
    assert group({"a": "", "b": "", "c": "— … 😊", "d": "— … 😊"}).groups == ()
    assert group({}).groups == ()
    assert group({}).articles == 0


def test_a_notice_in_many_articles_puts_them_in_no_group():
    notice = some(60)
    texts = {f"{number:03}": f"{some(400)}. {notice}" for number in range(45)}
    found = group(texts)
    assert found.boilerplate == 20
    assert found.groups == ()


def test_a_notice_does_not_hide_a_passage_that_two_articles_share_before_it():
    notice, common = some(60), some(55)
    texts = {f"{number:03}": f"{some(400)}. {notice}" for number in range(45)}
    texts["x"], texts["y"] = f"{some(400)} {common} {notice}", f"{some(400)} {common} {notice}"
    assert together(group(texts)) == [("x", "y")]


def test_a_long_passage_in_a_few_articles_joins_them_all():
    common = some(60)
    texts = {f"{number:03}": f"{some(400)} {common}" for number in range(12)}
    assert together(group(texts)) == [tuple(texts)]


def test_short_articles_with_a_long_notice_are_one_group_unless_boilerplate_is_left_out():
    notice = some(40)
    texts = {f"{number:03}": f"{some(60)} {notice}" for number in range(30)}
    found = group(texts)
    assert together(found) == [tuple(texts)]
    assert found.groups[0].links[0].reason.endswith("35 % of its 8-word passages, most of them boilerplate")
    assert group(texts, boilerplate_counts=False).groups == ()


def test_without_boilerplate_copies_are_told_by_what_else_they_have():
    notice = some(40)
    texts = {f"{number:03}": f"{some(60)} {notice}" for number in range(30)}
    texts["brief"] = texts["000"][:-300] + notice
    texts |= {"notice 1": notice, "notice 2": notice.upper()}
    found = group(texts, boilerplate_counts=False)
    assert together(found) == [("000", "brief"), ("notice 1", "notice 2")]


def test_of_several_likenesses_the_strongest_is_the_evidence():
    first, second, third = some(100), some(100), some(100)
    texts = {"a": f"{first} {second} {third}", "b": f"{first} {second} {some(20)}", "c": f"{third} {second}"}
    links = {link.article: link for link in group(texts).groups[0].links}
    assert links["c"].of == "a"
    assert links["b"].of == "a"


def test_a_corpus_in_which_everything_is_alike_is_one_group():
    sentences = [some(12) for _ in range(6)]
    chance = random.Random(1)
    texts = {f"{number:04}": " ".join(chance.choices(sentences, k=12)) for number in range(900)}
    found = group(texts)
    assert together(found) == [tuple(texts)]


@pytest.mark.parametrize("seed", range(12))
def test_nobody_is_lost_when_most_articles_are_one_group(seed: int, monkeypatch: pytest.MonkeyPatch):
    for name, value in (("_LARGE", 1), ("_REPORT_EVERY", 3), ("_MANY", 4), ("_LIKEST", 2), ("_FREQUENT", 2)):
        monkeypatch.setattr(pairing, name, value)
    texts = corpus(seed, 100)
    assert parted(too_alike(texts), group(texts).group_names()) == []


def test_progress_rises_to_its_end_and_can_stop_the_search():
    texts = corpus(2, 250)
    told: list[tuple[int, int]] = []

    def note(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    find_duplicates(texts.items(), total=250, progress=note)
    assert told == sorted(told)
    assert {total for _, total in told} == {1_000}
    assert told[-1] == (1_000, 1_000)
    for stop in range(0, len(told), 5):
        answers: Iterator[bool] = iter([True] * stop)
        with pytest.raises(Cancelled):
            find_duplicates(texts.items(), progress=lambda *_, answers=answers: next(answers, False))


def test_until_all_articles_are_read_nobody_knows_how_many_there_are():
    told: list[int] = []
    find_duplicates(corpus(2).items(), progress=lambda _, total: told.append(total) is None)
    assert told[0] == 0
    assert told[-1] == 240


def test_an_id_that_comes_twice_is_refused():
    with pytest.raises(BadInput, match="The article a came twice"):
        find_duplicates([("a", "one"), ("a", "two")])


@pytest.mark.parametrize("rules", [Rules(share=0), Rules(share=1.5), Rules(words=7)])
def test_rules_that_make_no_sense_are_refused(rules: Rules):
    with pytest.raises(BadInput):
        find_duplicates([], rules)


def test_numpy_sleeps_until_something_is_compared():
    code = "import sys, annotator.compare.splits; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
