"""Deeds on suggestions: put them beside an article, take them, reject them, fill a mark from one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from annotator.core.annotation_sets import IN_PROGRESS, AnnotationSet
from annotator.core.annotators import MODEL, PERSON, Annotator
from annotator.core.attributions import Attribution, reading_order
from annotator.core.errors import AnnotatorError, BrokenLaw
from annotator.core.ids import new_id
from annotator.core.mentions import SourcesByName, anaphor, said_by
from annotator.core.outlets import Outlet
from annotator.core.ports import Progress
from annotator.core.records import AttributionRecord
from annotator.core.rules import check_attribution
from annotator.core.sources import TYPE_OF_KIND, Source
from annotator.core.spans import Fragments, joined
from annotator.core.suggestions import SUGGESTION
from annotator.workspace.commands.base import Work
from annotator.workspace.commands.shaping import refuse_overlap, requoted

_FROM_RECORD = (
    "source",
    "cue",
    "content",
    "via_span",
    "recipient",
    "kind",
    "type",
    "recipient_name",
    "medium",
    "polarity",
    "hedge",
    "quote",
    "grounds",
    "implicit_source",
    "inherited",
    "self_citation",
    "confidence",
)


@dataclass(frozen=True, slots=True)
class PutSuggestions:
    """Put what a suggester found, by article, into the suggester's own sets, in place of what it had put there before.

    Nothing of anybody else is touched. Names of sources and outlets are remembered with each suggestion; they enter the
    project when a person takes it.
    """

    suggester: str
    found: Mapping[str, tuple[AttributionRecord, ...]]

    @property
    def label(self) -> str:
        return f"Suggestions by {self.suggester}"

    def act(self, work: Work) -> None:
        unit = work.unit
        hand = self._hand(work)
        for article_id, records in self.found.items():
            own = work.set_for(article_id, hand.name)
            for old in unit.find(Attribution, set_id=own.id):
                unit.remove(old)
            text = work.text_of(own)
            ids: dict[str | None, str] = {one.id: new_id() for one in records if one.id}
            for record in records:
                mark = self._mark(work, own, record, ids)
                check_attribution(work.scheme, mark, text)
                unit.add(mark)
            if own.status != IN_PROGRESS:
                unit.put(replace(own, status=IN_PROGRESS, updated=unit.now))

    def _hand(self, work: Work) -> Annotator:
        found = work.unit.find(Annotator, name=self.suggester)
        if not found:
            made = Annotator(id=new_id(), name=self.suggester, role=MODEL, created=work.unit.now)
            work.unit.add(made)
            return made
        if found[0].role == PERSON:
            raise BrokenLaw(
                f"{self.suggester} is the name of a person in this project; its suggestions cannot stand there."
            )
        return found[0]

    def _mark(
        self, work: Work, own: AnnotationSet, record: AttributionRecord, ids: Mapping[str | None, str]
    ) -> Attribution:
        known = work.scheme.kind(record.kind) is not None
        names = {"source_name": record.source_name, "via": record.via}
        mark = Attribution(
            id=ids.get(record.id) or new_id(),
            set_id=own.id,
            origin=self.suggester,
            state="open",
            parent=ids.get(record.parent),
            antecedent=ids.get(record.antecedent),
            provenance={**record.provenance, **{key: name for key, name in names.items() if name}},
            created=work.unit.now,
            updated=work.unit.now,
            **{name: getattr(record, name) for name in _FROM_RECORD},
        )
        return mark if known else replace(mark, kind=None)


@dataclass(frozen=True, slots=True)
class TakeSuggestions:
    """Make suggestions one's own marks; each notes where it came from, who took it and, from then on, what was changed.

    new_ids, when given, are the ids of the new marks, in the order of the suggestions. Sources and outlets are linked by
    name, and made where the project has none of that name. progress may stop it; then none is taken.
    """

    suggestion_ids: tuple[str, ...]
    annotator: str
    new_ids: tuple[str, ...] = ()
    progress: Progress | None = None

    @property
    def label(self) -> str:
        count = len(self.suggestion_ids)
        return "Take suggestion" if count == 1 else f"Take {count} suggestions"

    def act(self, work: Work) -> None:
        _refuse_missing(self.suggestion_ids)
        wanted = dict(zip(self.suggestion_ids, self.new_ids or _ids(), strict=False))
        by_set: dict[str, list[Attribution]] = {}
        for suggestion in work.unit.find(Attribution, id=list(wanted)):
            by_set.setdefault(suggestion.set_id, []).append(suggestion)
        if sum(map(len, by_set.values())) < len(wanted):
            raise BrokenLaw("A suggestion is not there any more; it was made anew meanwhile.")
        names = _Names(work)
        done = 0
        for set_id, chosen in by_set.items():
            theirs = work.unit.need(AnnotationSet, set_id)
            own = work.set_for(theirs.article_id, self.annotator)
            if own.id == set_id:
                raise BrokenLaw("These marks are the suggester's own; choose a person under Annotator.")
            work.begin(own)
            text = work.text_of(own)
            ids = _taken(work, own) | {one.id: wanted[one.id] for one in chosen}
            # An antecedent comes before the words that point back to it.
            for one in sorted(chosen, key=reading_order):
                mark = self._made(work, own, one, ids, names, text)
                check_attribution(work.scheme, mark, text)
                refuse_overlap(work, (), mark, text)
                work.unit.add(mark)
                done += 1
                if self.progress is not None and not self.progress(done, len(wanted)):
                    raise AnnotatorError("Stopped; no suggestion was taken.")

    def _made(
        self,
        work: Work,
        own: AnnotationSet,
        one: Attribution,
        ids: Mapping[str, str],
        names: _Names,
        text: str,
    ) -> Attribution:
        now = work.unit.now
        said = str(one.provenance.get("source_name") or said_by(one, text))
        return replace(
            one,
            id=ids[one.id],
            set_id=own.id,
            state="kept",
            parent=ids.get(one.parent or ""),
            antecedent=ids.get(one.antecedent or ""),
            source_id=names.source(said, one.kind),
            via_id=names.outlet(str(one.provenance.get("via") or "")),
            provenance={**one.provenance, SUGGESTION: one.id, "taken_by": self.annotator, "taken_at": now},
            created=now,
            updated=now,
            version=1,
        )


@dataclass(frozen=True, slots=True)
class RejectSuggestions:
    """Refuse suggestions for one annotator; they are not shown to that annotator again, nor others that say the same."""

    suggestion_ids: tuple[str, ...]
    annotator: str

    @property
    def label(self) -> str:
        count = len(self.suggestion_ids)
        return "Reject suggestion" if count == 1 else f"Reject {count} suggestions"

    def act(self, work: Work) -> None:
        _refuse_missing(self.suggestion_ids)
        unit = work.unit
        for suggestion_id in self.suggestion_ids:
            one = unit.need(Attribution, suggestion_id)
            own = work.set_for(unit.need(AnnotationSet, one.set_id).article_id, self.annotator)
            work.begin(own)
            unit.add(
                replace(
                    one,
                    id=new_id(),
                    set_id=own.id,
                    state="rejected",
                    parent=None,
                    antecedent=None,
                    provenance={
                        **one.provenance,
                        SUGGESTION: one.id,
                        "rejected_by": self.annotator,
                        "rejected_at": unit.now,
                    },
                    created=unit.now,
                    updated=unit.now,
                    version=1,
                )
            )


@dataclass(frozen=True, slots=True)
class FillRoles:
    """Give a mark the roles that it still lacks, as they were offered; what it has stays."""

    attribution_id: str
    roles: Mapping[str, Fragments]
    offered_by: str

    @property
    def label(self) -> str:
        return "Take " + " and ".join(self.roles)

    def act(self, work: Work) -> None:
        before = work.unit.need(Attribution, self.attribution_id)
        own = work.own_set(before)
        work.begin(own)
        text = work.text_of(own)
        after = before
        for role, place in self.roles.items():
            if not after.spans(role):
                after = after.with_spans(role, joined(place))
        filled = [role for role in self.roles if not before.spans(role)]
        after = requoted(
            before,
            replace(after, provenance={**after.provenance, "offered_by": self.offered_by, "filled": filled}),
            text,
        )
        check_attribution(work.scheme, after, text)
        refuse_overlap(work, (before,), after, text)
        work.unit.put(replace(after, updated=work.unit.now))


def _refuse_missing(ids: tuple[str, ...]) -> None:
    if not ids:
        raise BrokenLaw("There is no suggestion to decide on here.")


def _ids() -> Iterator[str]:
    while True:
        yield new_id()


def _taken(work: Work, own: AnnotationSet) -> dict[str, str]:
    """The marks of a set that were taken before, by their suggestions' ids."""
    return {
        str(mark.provenance[SUGGESTION]): mark.id
        for mark in work.unit.find(Attribution, set_id=own.id)
        if mark.state == "kept" and SUGGESTION in mark.provenance
    }


class _Names:
    """Sources and outlets of a project by what they are called; made where they are missing."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._sources = SourcesByName(work.unit.find(Source))

    def source(self, said: str, kind: str | None) -> str | None:
        """The source that these words name beyond doubt; a new one where nobody is called so; None for a pronoun."""
        if not said.strip() or anaphor(said) is not None:
            return None
        known = self._sources.called(said)
        if len(known) > 1:
            return None
        if not known:
            made = Source(
                id=new_id(),
                name=" ".join(said.split()),
                type=TYPE_OF_KIND.get(kind or "", ""),
                anonymous=kind == "anonymous_source",
            )
            self._work.unit.add(made)
            self._sources.add(made)
            return made.id
        return known[0].id

    def outlet(self, name: str) -> str | None:
        return self._work.named(Outlet, name).id if name.strip() else None
