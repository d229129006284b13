"""Measures give the figures that their authors, other programs, and a sheet of paper give."""

from __future__ import annotations

import pytest

from annotator.review import gamma
from annotator.review.alpha import nominal_alpha
from annotator.review.alpha_u import alpha_u
from annotator.review.kappa import cohen_kappa
from tests.review.marking import spans


def test_alpha_u_of_krippendorffs_own_example_is_as_he_printed_it():
    i_c, j_c = spans((75, 145), (220, 250)), spans((70, 150), (205, 225), (250, 270))
    both_k = spans((30, 90), (150, 200))
    c, k = {"c": [i_c, j_c]}, {"k": [both_k, both_k]}
    assert alpha_u(c, 300) == pytest.approx(0.7286, abs=5e-5)
    assert alpha_u(k, 300) == 1.0
    assert alpha_u({**c, **k}, 300) == pytest.approx(0.8587, abs=5e-5)


def test_alpha_u_is_what_inception_expects_of_itself():
    here, longer = spans((0, 4)), spans((0, 7))
    assert alpha_u({"a": [here, here], "b": [[], here]}, 15) == pytest.approx(0.4893, abs=5e-5)
    assert alpha_u({"a": [longer, here], "b": [longer, here]}, 15) == pytest.approx(0.6783, abs=5e-5)


def test_alpha_u_depends_on_the_length_of_the_text():
    shifted = {"a": [spans((0, 100)), spans((50, 150))]}
    assert alpha_u(shifted, 1_000) == pytest.approx(0.6926, abs=5e-5)
    assert alpha_u(shifted, 10_000) == pytest.approx(0.7452, abs=5e-5)


def test_alpha_u_is_worse_than_chance_where_one_marks_nothing_and_not_defined_where_nobody_does():
    assert alpha_u({"a": [spans((0, 10)), []]}, 100) == pytest.approx(-0.1544, abs=5e-5)
    assert alpha_u({"a": [[], []]}, 100) is None
    assert alpha_u({"a": [[], []]}, 0) is None


def test_alpha_u_is_not_defined_where_one_annotator_nests_a_category_in_itself():
    assert alpha_u({"a": [spans((0, 50), (10, 20)), spans((0, 50))]}, 100) is None


def test_alpha_u_of_three_annotators_counts_every_pair():
    same = spans((10, 20))
    assert alpha_u({"a": [same, same, same]}, 100) == 1.0
    two, one_off = (
        alpha_u({"a": [same, spans((12, 20))]}, 100),
        alpha_u({"a": [same, same, spans((12, 20))]}, 100),
    )
    assert two is not None
    assert one_off is not None
    assert two < one_off < 1


def test_nominal_alpha_of_an_example_with_missing_data_is_krippendorffs():
    # Krippendorff (2011), "Computing Krippendorff's alpha-reliability", example C: 4 observers, 12 units, alpha 0.743.
    rows = [
        "1 2 3 3 2 1 4 1 2 . . .",
        "1 2 3 3 2 2 4 1 2 5 . 3",
        ". 3 3 3 2 3 4 2 2 5 1 .",
        "1 2 3 3 2 4 4 1 2 5 1 .",
    ]
    units = zip(*(row.split() for row in rows), strict=True)
    assert nominal_alpha([value for value in unit if value != "."] for unit in units) == pytest.approx(
        0.743, abs=5e-4
    )


def test_nominal_alpha_by_hand():
    # Units: a a | a b | b b. o_ab = o_ba = 1, n_a = n_b = 3, n = 6: Do = 2/6, De = 2 * 3 * 3 / 30, alpha = 1 - 1/3 / 0.6.
    assert nominal_alpha(["aa", "ab", "bb"]) == pytest.approx(1 - (2 / 6) / 0.6)


def test_nominal_alpha_is_not_defined_without_two_values_to_tell_apart():
    assert nominal_alpha(["aa", "aa"]) is None
    assert nominal_alpha(["a", "b"]) is None
    assert nominal_alpha([]) is None


def test_kappa_by_hand():
    # 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: Po = 0.7, Pe = 0.5 * 0.6 + 0.5 * 0.4 = 0.5, kappa = 0.4.
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert cohen_kappa(pairs) == pytest.approx(0.4)
    assert cohen_kappa([("y", "y")] * 3) is None
    assert cohen_kappa([]) is None
    assert cohen_kappa([("y", "n"), ("n", "y")]) == pytest.approx(-1.0)


@pytest.mark.skipif(not gamma.installed(), reason="needs pygamma-agreement, which is optional")
def test_gamma_is_1_for_the_same_marks_and_the_same_for_the_same_seed():
    units = [(hand, start, start + 30, "content") for hand in "ab" for start in range(0, 600, 60)]
    assert gamma.gamma_of(units) == pytest.approx(1.0)
    moved = [*units[:10], *((hand, start + 9, end + 4, role) for hand, start, end, role in units[10:])]
    first = gamma.gamma_of(moved, seed=1)
    assert first is not None
    assert first < 1
    assert gamma.gamma_of(moved, seed=1) == first


def test_gamma_says_when_it_is_not_there(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(gamma, "find_spec", lambda _: None)
    assert gamma.gamma_of([("a", 0, 5, "cue"), ("b", 0, 5, "cue")]) is None
