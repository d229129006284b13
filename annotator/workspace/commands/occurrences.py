"""Deeds on many places at once: tag all of them, or give all their attributions another kind."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from annotator.core.annotation_sets import FINISHED, AnnotationSet
from annotator.core.annotators import Annotator
from annotator.core.articles import Article
from annotator.core.attributions import UNATTRIBUTED, Attribution
from annotator.core.errors import BrokenLaw, Cancelled
from annotator.core.ids import new_id
from annotator.core.ports import Progress
from annotator.core.rules import check_attribution, overlaps
from annotator.core.searching import Hit
from annotator.core.spans import Span
from annotator.workspace.commands.base import Work


@dataclass(slots=True)
class MarkTally:
    """How many places were tagged, and how many were left out and why."""

    made: int = 0
    same: int = 0
    finished: int = 0
    gone: int = 0
    unfit: int = 0
    overlapping: int = 0

    @property
    def left_out(self) -> int:
        """How many places were left as they were."""
        return self.same + self.finished + self.gone + self.unfit + self.overlapping


@dataclass(frozen=True, slots=True)
class MarkMany:
    """Make an attribution at each place, in one annotator's sets, as one deed.

    Places that the annotator has tagged the same way are left out, and so are those in sets that are finished, and those
    that would overlap where the scheme does not let the same role overlap.
    """

    places: tuple[Hit, ...]
    annotator: str
    kind: str | None
    role: str = "content"
    source_id: str | None = None
    tally: MarkTally = field(default_factory=MarkTally, compare=False)
    progress: Progress | None = field(default=None, compare=False)

    @property
    def label(self) -> str:
        count = len(set(self.places))
        return "Mark attribution" if count == 1 else f"Tag {count} places"

    def act(self, work: Work) -> None:
        if self.kind == UNATTRIBUTED and self.role != "content":
            raise BrokenLaw("A mark for unattributed words has content alone. Choose another kind first.")
        wanted: dict[str, list[Span]] = {}
        for hit in dict.fromkeys(self.places):
            wanted.setdefault(hit.article_id, []).append(hit.span)
        articles = {one.id: one for one in work.unit.find(Article, id=list(wanted))}
        sets = self._sets(work, list(wanted))
        there = self._there(work, sets)
        for at, (article_id, spans) in enumerate(wanted.items()):
            if self.progress is not None and not self.progress(at, len(wanted)):
                raise Cancelled("Stopped; nothing was tagged.")
            own = sets.get(article_id)
            if article_id not in articles:
                self.tally.gone += len(spans)
            elif own is not None and own.status == FINISHED:
                self.tally.finished += len(spans)
            else:
                fresh = [span for span in spans if own is None or (own.id, span) not in there]
                self.tally.same += len(spans) - len(fresh)
                if fresh:
                    self._mark(work, articles[article_id], own, fresh)

    def _sets(self, work: Work, article_ids: list[str]) -> dict[str, AnnotationSet]:
        hands = work.unit.find(Annotator, name=self.annotator)
        if not hands:
            return {}
        found = work.unit.find(AnnotationSet, annotator_id=hands[0].id, article_id=article_ids)
        return {own.article_id: own for own in found}

    def _there(self, work: Work, sets: dict[str, AnnotationSet]) -> set[tuple[str, Span]]:
        marks = work.unit.find(Attribution, set_id=[own.id for own in sets.values()])
        return {
            (mark.set_id, mark.spans(self.role)[0])
            for mark in marks
            if mark.state == "kept" and mark.kind == self.kind and len(mark.spans(self.role)) == 1
        }

    def _mark(self, work: Work, article: Article, own: AnnotationSet | None, spans: list[Span]) -> None:
        own = own or work.set_for(article.id, self.annotator)
        work.begin(own)
        text = work.unit.text(article.text_sha256)
        there = [] if work.scheme.same_role_may_overlap else work.unit.find(Attribution, set_id=own.id)
        for span in spans:
            made = Attribution(
                id=new_id(),
                set_id=own.id,
                kind=self.kind,
                source_id=self.source_id,
                created=work.unit.now,
                updated=work.unit.now,
            ).with_spans(self.role, (span,))
            check_attribution(work.scheme, made, text)
            if any(overlaps(made, there)):
                self.tally.overlapping += 1
                continue
            work.unit.add(made)
            self.tally.made += 1
            if not work.scheme.same_role_may_overlap:
                there.append(made)


@dataclass(frozen=True, slots=True)
class ChangeKinds:
    """Give many attributions another kind as one deed; those in finished sets are left out."""

    attribution_ids: tuple[str, ...]
    kind: str
    tally: MarkTally = field(default_factory=MarkTally, compare=False)

    @property
    def label(self) -> str:
        count = len(self.attribution_ids)
        return "Change kind" if count == 1 else f"Change kind of {count} attributions"

    def act(self, work: Work) -> None:
        marks = work.unit.find(Attribution, id=list(dict.fromkeys(self.attribution_ids)))
        sets = {own.id: own for own in work.unit.find(AnnotationSet, id=list({one.set_id for one in marks}))}
        self.tally.gone += len(set(self.attribution_ids)) - len(marks)
        for mark in marks:
            own = sets[mark.set_id]
            if own.status == FINISHED:
                self.tally.finished += 1
            elif mark.kind == self.kind:
                self.tally.same += 1
            elif self.kind == UNATTRIBUTED and (mark.source or mark.cue):
                self.tally.unfit += 1
            else:
                after = replace(mark, kind=self.kind, updated=work.unit.now)
                check_attribution(work.scheme, after, work.text_of(own))
                work.begin(own)
                work.unit.put(after)
                self.tally.made += 1
