"""Name every difference between annotators: what is missing, where boundaries and fields differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from annotator.core.attributions import Attribution
from annotator.core.plain import Json
from annotator.core.quotes import quote_of
from annotator.core.spans import Fragments
from annotator.review.cases import Case, cases
from annotator.review.panels import Panel, trimmed

MISSING, BOUNDARY, FRAGMENTS = "missing", "boundary", "fragments"
KIND, SOURCE_LINK, VIA, PARENT, CLAIM, FEATURE = "kind", "source_link", "via", "parent", "claim", "feature"
WHAT = (MISSING, BOUNDARY, FRAGMENTS, KIND, SOURCE_LINK, VIA, PARENT, CLAIM, FEATURE)
"""Every kind of difference, in the order in which they are listed."""

FEATURES = (
    "type",
    "medium",
    "polarity",
    "hedge",
    "quote",
    "grounds",
    "recipient_name",
    "implicit_source",
    "self_citation",
)
"""The fields that are compared as features; those of the label scheme (`features`) come after them."""

_OF_FIELD = {"kind": KIND, "source_id": SOURCE_LINK, "via_id": VIA, "claims": CLAIM}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing on which the candidates of a case differ.

    what is one of WHAT. name is the role (for missing, boundary, fragments) or the field or feature; it is empty where a
    whole attribution is missing. values has what each annotator says, by name: a field's value, for claims the ids, for a
    parent the id of the attribution that counts as parent; None for nothing. spans has each one's place in the role. who
    has no candidate is in values (as None) only where the whole attribution is missing. again says that the same places
    differ in the same way in an earlier case too (a source that two attributions share): it is one disagreement.
    """

    what: str
    name: str
    values: Mapping[str, Json] = field(default_factory=dict)
    spans: Mapping[str, Fragments] = field(default_factory=dict)
    again: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """A case and all its differences; none means that everybody who worked on the article agrees."""

    case: Case
    differences: tuple[Difference, ...]

    @property
    def counted(self) -> tuple[Difference, ...]:
        """The differences without those that were named in an earlier case."""
        return tuple(one for one in self.differences if not one.again)


def compare(panel: Panel) -> tuple[Compared, ...]:
    """All cases of an article with their differences, in reading order."""
    return Comparison(panel.text, cases(panel)).compared()


class Comparison:
    """The cases of one article, whose candidates are compared with each other."""

    def __init__(self, text: str, found: Sequence[Case]) -> None:
        self.cases = tuple(found)
        self._text = text
        self._case_of = {one.id: at for at, case in enumerate(self.cases) for one in case.candidates.values()}
        self._marks = {one.id: one for case in self.cases for one in case.candidates.values()}

    def compared(self) -> tuple[Compared, ...]:
        """Every case with its differences."""
        seen: set[tuple[object, ...]] = set()
        done = []
        for case in self.cases:
            found = []
            for one in self.differences(case):
                if one.what in (BOUNDARY, FRAGMENTS):
                    key = (one.what, one.name, frozenset(one.spans.items()))
                    found.append(replace(one, again=key in seen))
                    seen.add(key)
                else:
                    found.append(one)
            done.append(Compared(case, tuple(found)))
        return tuple(done)

    def differences(self, case: Case, hands: Iterable[str] | None = None) -> list[Difference]:
        """The differences between some of the annotators (all who worked on the article) in a case."""
        chosen = {*case.candidates, *case.absent} if hands is None else set(hands)
        marks = {hand: one for hand, one in case.candidates.items() if hand in chosen}
        found = []
        absent = [hand for hand in case.absent if hand in chosen]
        if absent and marks:
            said: dict[str, Json] = {hand: one.id for hand, one in marks.items()}
            found.append(Difference(MISSING, "", {**said, **dict.fromkeys(absent)}))
        if len(marks) > 1:
            found += self._in_spans(marks)
            found += self._in_fields(marks)
            found += self._in_parents(case, marks)
        return sorted(found, key=lambda one: (WHAT.index(one.what), one.name != ""))

    def agree(self, case: Case, one: str, other: str) -> bool:
        """Whether the candidates of two annotators say the same in everything."""
        return not self.differences(case, (one, other))

    def _in_spans(self, marks: Mapping[str, Attribution]) -> list[Difference]:
        found = []
        roles = dict.fromkeys(role for one in marks.values() for role, _ in one.all_spans())
        for role in roles:
            spans = {hand: trimmed(self._text, one.spans(role)) for hand, one in marks.items()}
            places = set(spans.values())
            if len(places) == 1:
                continue
            if () in places:
                found.append(Difference(MISSING, role, spans=spans))
            there = {hand: parts for hand, parts in spans.items() if parts}
            if len(set(there.values())) > 1:
                pieces = {len(parts) for parts in there.values()}
                found.append(Difference(BOUNDARY if len(pieces) == 1 else FRAGMENTS, role, spans=there))
        return found

    def _in_fields(self, marks: Mapping[str, Attribution]) -> list[Difference]:
        found = []
        own = {name for one in marks.values() for name in one.features}
        for name in ("kind", "source_id", "via_id", "claims", *FEATURES, *sorted(own)):
            values = {hand: value_of(one, name) for hand, one in marks.items()}
            if name == "quote" and self._follow_from_contents(marks):
                continue
            if len({repr(value) for value in values.values()}) > 1:
                found.append(Difference(_OF_FIELD.get(name, FEATURE), name, values))
        return found

    def _follow_from_contents(self, marks: Mapping[str, Attribution]) -> bool:
        """Whether quotation types are what the contents' own quotation marks make them: then contents differ, not types."""
        return all(one.quote == quote_of(self._text, one.content) for one in marks.values())

    def _in_parents(self, case: Case, marks: Mapping[str, Attribution]) -> list[Difference]:
        if all(one.parent is None for one in marks.values()):
            return []
        values: dict[str, Json] = {}
        for one, other in combinations(marks, 2):
            left, right = self.parent(marks[one], (one, other)), self.parent(marks[other], (one, other))
            if left != right:
                for hand, at in ((one, left), (other, right)):
                    values[hand] = None if at is None else self.cases[at].candidates[hand].id
        if not values:
            return []
        for hand, mark in marks.items():
            if hand not in values:
                at = self.parent(mark, (hand,))
                values[hand] = None if at is None else self.cases[at].candidates[hand].id
        return [Difference(PARENT, "parent", {hand: values[hand] for hand in marks})]

    def parent(self, mark: Attribution, hands: Sequence[str]) -> int | None:
        """The number of the case of the nearest attribution around this one that all these annotators have.

        One that somebody has not marked at all is a disagreement of its own, and not one of those that stand inside it.
        """
        above, seen = mark.parent, {mark.id}
        while above is not None and above not in seen:
            seen.add(above)
            at = self._case_of.get(above)
            if at is not None and all(hand in self.cases[at].candidates for hand in hands):
                return at
            outer = self._marks.get(above)
            above = outer.parent if outer is not None else None
        return None


def value_of(mark: Attribution, name: str) -> Json:
    """What an attribution says in a field or feature, in the form in which it is compared."""
    if name == "claims":
        return sorted(set(mark.claims))
    if name in mark.features or not hasattr(mark, name):
        return mark.features.get(name)
    value = getattr(mark, name)
    return (
        (" ".join(value.split()).casefold() or None)
        if name in ("grounds", "recipient_name") and value
        else value
    )
