"""On a corpus that six annotators marked, every figure is what counting it anew, in another way, gives."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations, pairwise, permutations
from pathlib import Path

import pytest

from annotator.core.attributions import Attribution
from annotator.core.boundaries import token_spans
from annotator.core.spans import fragments
from annotator.review.agreement import Agreement, agreement
from annotator.review.panels import ROLES, Panel

Place = frozenset[int]
Marks = list[dict[str, list[list[int]]]]
Article = tuple[str, dict[str, Marks]]


@pytest.fixture(scope="module")
def articles(shared_data: Path) -> dict[str, Article]:
    found: dict[str, Article] = {}
    with (shared_data / "polnear" / "six_annotators.jsonl").open(encoding="utf-8") as file:
        for line in map(json.loads, file):
            found.setdefault(line["id"], (line["text"], {}))[1][line["annotator"]] = line["attributions"]
    return found


@pytest.fixture(scope="module")
def report(articles: dict[str, Article]) -> Agreement:
    return agreement(
        [
            Panel(
                name,
                "",
                text,
                {
                    hand: tuple(
                        Attribution(
                            f"{hand} {name} {one['id']}",
                            hand,
                            None,
                            source=fragments(one["source"]),
                            cue=fragments(one["cue"]),
                            content=fragments(one["content"]),
                        )
                        for one in own
                    )
                    for hand, own in marks.items()
                },
            )
            for name, (text, marks) in articles.items()
        ]
    )


def places(own: Marks, role: str, text: str) -> list[Place]:
    """Each distinct place of a role as the code points in it that are no white space at an edge."""
    found = set()
    for one in own:
        covered = {at for start, end in one[role] for at in range(start, end)}
        edges = [at for at in covered if text[at].isspace() and not ({at - 1, at + 1} <= covered)]
        assert not edges, "the corpus has no white space at edges"
        if covered:
            found.add(frozenset(covered))
    return sorted(found, key=sorted)


def matched(left: list[Place], right: list[Place], least: float) -> int:
    from scipy.optimize import linear_sum_assignment

    grid = [[len(one & other) / len(one | other) for other in right] for one in left]
    grid = [[weight if weight >= least else 0.0 for weight in row] for row in grid]
    if not left or not right:
        return 0
    return sum(grid[row][column] > 0 for row, column in zip(*linear_sum_assignment(grid, True), strict=True))


def over_pairs(
    articles: dict[str, Article],
    count: Callable[..., tuple[float, float]],
    order: Callable[..., Iterator[tuple[str, ...]]] = combinations,
) -> float:
    """The mean over pairs of a quotient whose parts are added up over articles."""
    parts: dict[tuple[str, ...], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for text, marks in articles.values():
        for pair in order(sorted(marks), 2):
            for at, number in enumerate(count(text, *(marks[hand] for hand in pair))):
                parts[pair][at] += number
    return sum(above / below for above, below in parts.values()) / len(parts)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("measure", "least"), [("exact", 1.0), ("overlap", 0.5), ("relaxed", 1e-9)])
def test_span_f1(report: Agreement, articles: dict[str, Article], role: str, measure: str, least: float):
    def count(text: str, ours: Marks, theirs: Marks) -> tuple[float, float]:
        left, right = places(ours, role, text), places(theirs, role, text)
        return 2 * matched(left, right, least), len(left) + len(right)

    found = report.figure(f"span_f1_{measure}", role).value
    assert found == pytest.approx(over_pairs(articles, count))


@pytest.mark.parametrize("role", ROLES)
def test_agr(report: Agreement, articles: dict[str, Article], role: str):
    def count(text: str, ours: Marks, theirs: Marks) -> tuple[float, float]:
        left, right = places(ours, role, text), places(theirs, role, text)
        return matched(left, right, 1e-9), len(left)

    assert report.figure("agr", role).value == pytest.approx(over_pairs(articles, count, permutations))


def labels(text: str, own: Marks, role: str | None) -> list[str]:
    """Which roles stand at each token."""
    roles = ROLES if role is None else (role,)
    covered = {
        name: {at for one in own for start, end in one[name] for at in range(start, end)} for name in roles
    }
    return [
        " ".join(name for name in roles if covered[name] & set(range(token.start, token.end)))
        for token in token_spans(text)
    ]


def told(articles: dict[str, Article], role: str | None) -> Iterator[list[list[str]]]:
    for text, marks in articles.values():
        yield [labels(text, marks[hand], role) for hand in sorted(marks)]


@pytest.mark.parametrize("role", [None, *ROLES])
def test_token_alpha(report: Agreement, articles: dict[str, Article], role: str | None):
    coincidences: Counter[tuple[str, str]] = Counter()
    for hands in told(articles, role):
        for unit in zip(*hands, strict=True):
            for one, other in permutations(unit, 2):
                coincidences[one, other] += 1 / (len(unit) - 1)
    margins: Counter[str] = Counter()
    for (one, _), times in coincidences.items():
        margins[one] += times
    total = sum(margins.values())
    apart = sum(times for (one, other), times in coincidences.items() if one != other) / total
    chance = (
        sum(margins[one] * margins[other] for one, other in permutations(margins, 2)) / total / (total - 1)
    )
    assert report.figure("token_alpha", role).value == pytest.approx(1 - apart / chance)


@pytest.mark.parametrize("role", [None, *ROLES])
def test_token_kappa(report: Agreement, articles: dict[str, Article], role: str | None):
    tables: dict[tuple[str, str], Counter[tuple[str, str]]] = defaultdict(Counter)
    for text, marks in articles.values():
        said = {hand: labels(text, own, role) for hand, own in marks.items()}
        for one, other in combinations(sorted(marks), 2):
            tables[one, other].update(zip(said[one], said[other], strict=True))
    values = []
    for table in tables.values():
        total = sum(table.values())
        seen = sum(times for (one, other), times in table.items() if one == other) / total
        first, second = Counter(), Counter()
        for (one, other), times in table.items():
            first[one] += times
            second[other] += times
        chance = sum(first[name] * second[name] for name in first) / total**2
        values.append((seen - chance) / (1 - chance))
    assert report.figure("token_kappa", role).value == pytest.approx(sum(values) / len(values))


def expected_and_observed(raters: list[list[tuple[int, int]]], length: int) -> tuple[float, float]:
    """De and Do of one category, written out as Krippendorff (2004) has them."""
    gaps = [
        [
            (end, start)
            for (_, end), (start, _) in zip([(0, 0), *units], [*units, (length, length)], strict=True)
            if start > end
        ]
        for units in raters
    ]
    observed = 0
    for one, other in permutations(range(len(raters)), 2):
        for start, end in raters[one]:
            for b, e in raters[other]:
                observed += (start - b) ** 2 + (end - e) ** 2 if start < e and b < end else 0
            for b, e in gaps[other]:
                observed += 2 * (end - start) ** 2 if b <= start and end <= e else 0
    sizes = [end - start for units in raters for start, end in units]
    room = [end - start for own in gaps for start, end in own]
    ways = sum(
        (len(sizes) - 1) / 3 * (2 * size**3 - 3 * size**2 + size)
        + size**2 * sum(gap - size + 1 for gap in room if gap >= size)
        for size in sizes
    )
    total = len(raters) * length
    chance = 2 / length * ways / (total * (total - 1) - sum(size * (size - 1) for size in sizes))
    return chance, observed / (len(raters) * (len(raters) - 1) * length**2)


@pytest.mark.parametrize("role", ROLES)
def test_alpha_u(report: Agreement, articles: dict[str, Article], role: str):
    chance = observed = 0.0
    left_out = 0
    for text, marks in articles.values():
        raters = [
            sorted({(start, end) for one in marks[hand] for start, end in one[role]})
            for hand in sorted(marks)
        ]
        if any(left[1] > right[0] for units in raters for left, right in pairwise(units)):
            left_out += 1
            continue
        count = sum(map(len, raters))
        de, do = expected_and_observed(raters, len(text))
        chance += count * de
        observed += count * do
    figure = report.figure("alpha_u", role)
    assert figure.left_out == left_out
    assert figure.value == pytest.approx(1 - observed / chance)


@pytest.mark.parametrize("role", ["source", "cue"])
def test_relation_f1_lies_below_that_of_its_ends_and_rises_to_nearly_1_when_these_match(
    report: Agreement, role: str
):
    whole = report.figure("relation_f1", f"{role}-content").value
    ends = [report.figure("span_f1_overlap", one).value for one in (role, "content")]
    given = report.figure("relation_f1_given_ends", f"{role}-content").value
    assert whole is not None
    assert given is not None
    assert whole < min(filter(None, ends))
    assert 0.95 < given <= 1


def test_figures_are_near_those_published_for_the_whole_corpus(report: Agreement):
    # Newell, Margolin and Ruths (2018): alpha over tokens 0.754, agr 0.923. These 18 articles are a part of theirs.
    assert report.figure("token_alpha").value == pytest.approx(0.754, abs=0.03)
    assert report.figure("agr").value == pytest.approx(0.923, abs=0.08)
