"""Adjudication: which cases are decided, by whom and how; what a strategy would take over."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.core.attributions import Attribution
from annotator.core.errors import BrokenLaw
from annotator.core.plain import Json
from annotator.review.cases import Case
from annotator.review.disagreements import Comparison
from annotator.review.matching import alike, best_pairs, edges_of

ALL_AGREE, WHO_ANNOTATED, MAJORITY = "all_agree", "who_annotated", "majority"
STRATEGIES = (ALL_AGREE, WHO_ANNOTATED, MAJORITY)
"""Ways to merge: what all have alike; what all who marked it have alike; what more than half have alike."""

ACCEPTED, MERGED, REJECTED, NOTHING = "accepted", "merged", "rejected", "nothing"
HOW = (ACCEPTED, MERGED, REJECTED, NOTHING, *STRATEGIES)
"""How a decision was made: by a person in the first four ways, or by a strategy."""

_KEY = "decision"


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on a case; it stands in the provenance of the gold attribution.

    taken_from and candidates pair ids of attributions with their annotators' names: what was taken over, and all that
    there was to choose from, the losers included.
    """

    how: str
    by: str
    at: str
    taken_from: tuple[tuple[str, str], ...] = ()
    candidates: tuple[tuple[str, str], ...] = ()
    guideline_version: str = ""
    reason: str = ""

    @property
    def by_person(self) -> bool:
        """Whether a person decided, not a strategy."""
        return self.how not in STRATEGIES


def to_provenance(decision: Decision) -> dict[str, Json]:
    """The provenance of a gold attribution that holds a decision."""
    return {
        _KEY: {
            "how": decision.how,
            "decided_by": decision.by,
            "decided_at": decision.at,
            "taken_from": [{"id": one, "annotator": hand} for one, hand in decision.taken_from],
            "candidates": [{"id": one, "annotator": hand} for one, hand in decision.candidates],
            "guideline_version": decision.guideline_version,
            "reason": decision.reason,
        }
    }


def decision_of(mark: Attribution) -> Decision | None:
    """The decision that a gold attribution rests on; None where none was noted (it came from a file, or was made by hand)."""
    noted = mark.provenance.get(_KEY)
    if not isinstance(noted, Mapping):
        return None
    texts = {name: str(noted.get(name) or "") for name in ("how", "guideline_version", "reason")}
    return Decision(
        **texts,
        by=str(noted.get("decided_by") or ""),
        at=str(noted.get("decided_at") or ""),
        taken_from=_named(noted.get("taken_from")),
        candidates=_named(noted.get("candidates")),
    )


def _named(noted: Json) -> tuple[tuple[str, str], ...]:
    items = noted if isinstance(noted, Sequence) and not isinstance(noted, str) else ()
    return tuple(
        (str(one["id"]), str(one.get("annotator") or ""))
        for one in items
        if isinstance(one, Mapping) and "id" in one
    )


def was_touched(mark: Attribution) -> bool:
    """Whether a person has had a hand in a gold attribution: it was decided by one, or changed since, or has no decision."""
    decision = decision_of(mark)
    return decision is None or decision.by_person or mark.updated != decision.at


@dataclass(frozen=True, slots=True)
class Decided:
    """A case and what gold says about it: its attributions (kept ones, or one that says it was rejected).

    stale says that a candidate was changed after the decision, or that one has come since.
    """

    case: Case
    gold: tuple[Attribution, ...] = ()
    stale: bool = False

    @property
    def decision(self) -> Decision | None:
        """The decision, where one was noted."""
        return next((found for one in self.gold if (found := decision_of(one)) is not None), None)

    @property
    def is_open(self) -> bool:
        """Whether nothing was decided yet."""
        return not self.gold

    @property
    def by_person(self) -> bool:
        """Whether a person decided, or has changed what a strategy took over."""
        return any(was_touched(one) for one in self.gold)


def decided(cases: Sequence[Case], gold: Sequence[Attribution]) -> tuple[list[Decided], list[Attribution]]:
    """Every case with its gold attributions, and the gold attributions that belong to no case.

    A gold attribution belongs to the case of what it was taken from, else of a candidate that was looked at; one that knows
    of none that is still there, to the undecided case with whose candidates it overlaps best, one to one.
    """
    number = {one_id: at for at, case in enumerate(cases) for one_id in case.ids}
    found: dict[int, list[Attribution]] = {}
    loose = []
    for mark in gold:
        decision = decision_of(mark)
        noted = () if decision is None else (*decision.taken_from, *decision.candidates)
        at = next((number[one_id] for one_id, _ in noted if one_id in number), None)
        if at is None:
            loose.append(mark)
        else:
            found.setdefault(at, []).append(mark)
    free = [at for at in range(len(cases)) if at not in found]
    for mark, at in _overlapping(loose, free, cases):
        found[at] = [mark]
        loose.remove(mark)
    return [_decided(case, found.get(at, ())) for at, case in enumerate(cases)], loose


def _overlapping(
    marks: Sequence[Attribution], free: Sequence[int], cases: Sequence[Case]
) -> list[tuple[Attribution, int]]:
    """Gold attributions and the numbers of the cases that they overlap best."""
    members = [(at, one) for at in free for one in cases[at].candidates.values()]
    if not marks or not members:
        return []
    best: dict[tuple[int, int], float] = {}
    for row, column, weight in edges_of(alike(marks, [one for _, one in members])):
        key = (row, members[column][0])
        best[key] = max(weight, best.get(key, 0.0))
    pairs = best_pairs([(row, at, weight) for (row, at), weight in best.items()])
    return [(marks[row], at) for row, at, _ in pairs]


def _decided(case: Case, gold: Iterable[Attribution]) -> Decided:
    gold = tuple(gold)
    noted = [found for one in gold if (found := decision_of(one)) is not None]
    known = {one_id for decision in noted for one_id, _ in decision.candidates}
    last = max((decision.at for decision in noted), default="")
    stale = bool(noted) and any(one.id not in known or one.updated > last for one in case.candidates.values())
    return Decided(case, gold, stale)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a strategy would take over in a case: the chosen candidate, how many say the same, of how many."""

    case: Case
    chosen: Attribution
    annotator: str
    votes: int
    of: int


def propose(comparison: Comparison, strategy: str, threshold: int = 0) -> list[Proposal]:
    """What a strategy would take over, case by case; where it cannot decide, the case stays open.

    Candidates say the same when they differ in nothing. all_agree wants everybody who worked on the article to have it, and
    at least two of them; who_annotated, everybody who has a candidate. majority takes what most say, when these are more
    than half of those who worked on the article; a tie decides nothing. threshold, if one is given, is the least number of
    votes, in place of the half for majority, and besides for the others.

    Raises:
        BrokenLaw: for an unknown strategy.
    """
    if strategy not in STRATEGIES:
        raise BrokenLaw(f"There is no strategy called {strategy!r}; there are {', '.join(STRATEGIES)}.")
    found = []
    for case in comparison.cases:
        groups = _votes(comparison, case)
        most = groups[0]
        votes, workers = len(most), len(case.candidates) + len(case.absent)
        if strategy == MAJORITY:
            tie = len(groups) > 1 and len(groups[1]) == votes
            enough = not tie and (votes >= threshold if threshold else 2 * votes > workers)
        elif strategy == ALL_AGREE:
            enough = votes == workers >= max(2, threshold)
        else:
            enough = len(groups) == 1 and votes >= threshold
        if enough:
            found.append(Proposal(case, case.candidates[most[0]], most[0], votes, workers))
    return found


def _votes(comparison: Comparison, case: Case) -> list[list[str]]:
    """The annotators whose candidates say the same, together; the largest group first."""
    groups: list[list[str]] = []
    for hand in case.candidates:
        same = next((group for group in groups if comparison.agree(case, group[0], hand)), None)
        if same is None:
            groups.append([hand])
        else:
            same.append(hand)
    return sorted(groups, key=len, reverse=True)


def hidden_order(hands: Iterable[str], article_id: str, seed: int = 0) -> list[str]:
    """Annotators in an order that is random but the same for an article whenever it is asked for.

    Whoever comes or goes, the others keep their order among themselves.
    """
    return sorted(hands, key=lambda hand: hashlib.sha256(f"{seed}\n{article_id}\n{hand}".encode()).digest())
