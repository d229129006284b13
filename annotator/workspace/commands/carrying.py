"""Marks carried over from one version of an article to the next, to where their words stand now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from annotator.core.anchoring import Anchoring
from annotator.core.annotation_sets import FINISHED, REOPENED, AnnotationSet
from annotator.core.articles import Article, Zone
from annotator.core.attributions import FIELD_OF_ROLE, Attribution
from annotator.core.changes import Noun
from annotator.core.claims import Claim
from annotator.core.comments import Comment
from annotator.core.ids import new_id
from annotator.core.losses import LossReport
from annotator.core.records import AttributionRecord
from annotator.core.spans import Fragments, hull, words
from annotator.core.storing import Unit
from annotator.workspace.commands.importing_names import Names
from annotator.workspace.commands.versions import WithoutPlace

M = TypeVar("M", Attribution, AttributionRecord)
NO_PLACE = "no place in the article's new text"


@dataclass(frozen=True, slots=True)
class Moved(Generic[M]):
    """A mark where its words stand in another text (None: its content is gone), and each role's words that are gone.

    confidence is that of the least sure fragment, 0 to 1.
    """

    mark: M | None
    lost: tuple[tuple[str, Fragments], ...]
    confidence: float


def moved(one: M, anchoring: Anchoring) -> Moved[M]:
    """The mark on the new text. Without its content, or without any words at all, there is none."""
    places = {role: anchoring.fragments(parts) for role, parts in _places(one)}
    own: dict[str, Any] = {
        FIELD_OF_ROLE[role]: found.parts for role, found in places.items() if role in FIELD_OF_ROLE
    }
    more = {role: found.parts for role, found in places.items() if role not in FIELD_OF_ROLE and found.parts}
    lost = tuple((role, found.lost) for role, found in places.items() if found.lost)
    there = [found for found in places.values() if found.parts]
    if not there or ("content" in places and not places["content"].parts):
        return Moved(None, lost, 0.0)
    return Moved(replace(one, more_roles=more, **own), lost, min(found.confidence for found in there))


def _places(one: Attribution | AttributionRecord) -> Iterable[tuple[str, Fragments]]:
    for role, name in FIELD_OF_ROLE.items():
        parts: Fragments = getattr(one, name)
        if parts:
            yield role, parts
    yield from ((role, parts) for role, parts in one.more_roles.items() if parts)


def report_lost(lost: Iterable[WithoutPlace], losses: LossReport) -> None:
    """Say of words without a place what became of their mark."""
    for one in lost:
        what = (
            f"{one.role} with {NO_PLACE}, left out"
            if one.copied
            else f"attribution with {NO_PLACE}, not taken over"
        )
        losses.add(what, one.article, one.start, one.end)


def without_place(article: str, text: str, one: M, found: Moved[M]) -> list[WithoutPlace]:
    """The words of a mark that are gone: each role's, or those of the whole mark as one."""
    copied = found.mark is not None
    gone = (
        found.lost
        if copied
        else tuple(entry for entry in found.lost if entry[0] == "content") or found.lost[:1]
    )
    rows = []
    for role, parts in gone:
        around = hull(parts)
        if around is not None:
            quote = words(parts, text)
            rows.append(WithoutPlace(article, one.id or "", role, quote, around.start, around.end, copied))
    return rows


@dataclass(slots=True)
class Carried:
    """What a new version takes over from the one before: zones, and the nouns of all annotators.

    come_themselves has the ids of marks that were not copied because the new version's file brings them.
    """

    zones: tuple[Zone, ...] = ()
    nouns: list[Noun] = field(default_factory=list)
    lost: list[WithoutPlace] = field(default_factory=list)
    come_themselves: set[str] = field(default_factory=set)
    marks: int = 0
    sets: int = 0


class Carrying:
    """Copies all that was marked and said in an article to a new version of it; the article itself stays as it is.

    coming has, for each annotator's id, the ids of marks that the new version's own file brings: those are not copied.
    """

    def __init__(self, unit: Unit, names: Names, losses: LossReport, coming: Mapping[str, set[str]]) -> None:
        self._unit = unit
        self._names = names
        self._losses = losses
        self._coming = coming

    def carry(self, old: Article, new: Article, text: str) -> Carried:
        """What the new version, whose text this is, takes over from the old one."""
        before = self._unit.text(old.text_sha256)
        anchoring = Anchoring(before, text)
        done = Carried(zones=self._zones(old, anchoring))
        for own in self._unit.find(AnnotationSet, article_id=old.id):
            copy = replace(
                own,
                id=new_id(),
                article_id=new.id,
                status=REOPENED if own.status == FINISHED else own.status,
                created=self._unit.now,
                updated=self._unit.now,
                version=1,
            )
            done.nouns.append(copy)
            done.sets += 1
            ids = self._marks(own, copy, new, anchoring, before, done)
            done.nouns += self._comments(own, copy, new, anchoring, ids)
        report_lost(done.lost, self._losses)
        if old.story_id == new.story_id:
            for claim in self._unit.find(Claim, story_id=old.story_id):
                if old.id in claim.absent_in:
                    self._unit.put(replace(claim, absent_in=(*claim.absent_in, new.id)))
        return done

    def _zones(self, old: Article, anchoring: Anchoring) -> tuple[Zone, ...]:
        kept = []
        end = 0
        for zone in old.zones:
            found = anchoring.place(zone.span)
            if found is None or found.span.start < end:
                self._losses.add(f"zone with {NO_PLACE}", old.id, zone.span.start, zone.span.end)
            else:
                kept.append(Zone(zone.zone, found.span))
                end = found.span.end
        return tuple(kept)

    def _marks(
        self,
        own: AnnotationSet,
        copy: AnnotationSet,
        new: Article,
        anchoring: Anchoring,
        before: str,
        done: Carried,
    ) -> dict[str, str]:
        """The new ids of the marks that were copied, by their old ones."""
        coming = self._coming.get(own.annotator_id, set())
        here = self._unit.find(Attribution, set_id=own.id)
        done.come_themselves.update(one.id for one in here if one.id in coming)
        marks = [one for one in here if one.id not in coming]
        found = {one.id: moved(one, anchoring) for one in marks}
        ids = {one.id: new_id() for one in marks if found[one.id].mark is not None}
        above = {one.id: one.parent for one in marks}
        for one in marks:
            there = found[one.id]
            done.lost += without_place(own.article_id, before, one, there)
            if there.mark is not None:
                done.nouns.append(self._copy(one, there, copy, new, ids, above))
                done.marks += 1
        return ids

    def _copy(
        self,
        one: Attribution,
        there: Moved[Attribution],
        copy: AnnotationSet,
        new: Article,
        ids: Mapping[str, str],
        above: Mapping[str, str | None],
    ) -> Attribution:
        mark = there.mark or one
        start, begin = one.extent(), mark.extent()
        by = begin.start - start.start if start is not None and begin is not None else 0
        parent = one.parent
        while parent is not None and parent not in ids:
            parent = above.get(parent)
        if one.parent is not None and one.parent not in ids:
            self._lose(f"link to a parent with {NO_PLACE}", one, copy)
        if one.antecedent is not None and one.antecedent not in ids:
            self._lose(f"link to an antecedent with {NO_PLACE}", one, copy)
        return replace(
            mark,
            id=ids[one.id],
            set_id=copy.id,
            parent=ids[parent] if parent is not None else None,
            antecedent=ids.get(one.antecedent or ""),
            claims=tuple(self._claim(claim, new) for claim in one.claims),
            provenance={
                **one.provenance,
                "from_version": one.id,
                "moved": {"by": by, "confidence": round(there.confidence, 3)},
            },
            version=1,
        )

    def _lose(self, what: str, one: Attribution, copy: AnnotationSet) -> None:
        around = one.extent()
        self._losses.add(what, copy.article_id, *((around.start, around.end) if around else ()))

    def _claim(self, claim_id: str, new: Article) -> str:
        claim = self._unit.need(Claim, claim_id)
        return claim_id if claim.story_id == new.story_id else self._names.claim(new.story_id, claim.name)

    def _comments(
        self,
        own: AnnotationSet,
        copy: AnnotationSet,
        new: Article,
        anchoring: Anchoring,
        ids: Mapping[str, str],
    ) -> list[Comment]:
        here = self._unit.find(Comment, set_id=own.id)
        kept = [one for one in here if one.attribution_id is None or one.attribution_id in ids]
        fresh = {one.id: new_id() for one in kept}
        copies = []
        for one in kept:
            places = anchoring.fragments(one.place)
            if places.lost:
                self._losses.add(
                    f"place of a comment with {NO_PLACE}",
                    own.article_id,
                    places.lost[0].start,
                    places.lost[-1].end,
                )
            copies.append(
                replace(
                    one,
                    id=fresh[one.id],
                    set_id=copy.id,
                    attribution_id=ids[one.attribution_id] if one.attribution_id else None,
                    claim_id=self._claim(one.claim_id, new) if one.claim_id else None,
                    place=places.parts,
                    reply_to=fresh.get(one.reply_to or ""),
                    version=1,
                )
            )
        return copies
