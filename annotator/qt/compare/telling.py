"""A comparison put into rows for the lists beside the matrix."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from annotator.compare.comparison import Comparison
from annotator.compare.drift import FLAG_WORDS
from annotator.compare.matrix import Row
from annotator.core.claims import Claim
from annotator.qt.compare.findings import Finding, Spot


def tr(said: str) -> str:
    """The words in the user's language."""
    return QCoreApplication.translate("Compare", said)


def spot_of(found: Comparison, mark: str) -> tuple[Spot, ...]:
    """Where a mark stands."""
    voice = found.voice(mark)
    return (Spot(voice.article, mark),) if voice is not None else ()


def _outlet(found: Comparison, article: str) -> str:
    return next((one.name for one in found.tellings if one.article == article), "")


def drifts(found: Comparison, row: Row) -> list[Finding]:
    """What changed between any two outlets on one claim, the most first."""
    rows = []
    for drift in sorted(row.drifts, key=lambda one: -len(one.flags)):
        one, other = found.voice(drift.one), found.voice(drift.other)
        if one is None or other is None or not (drift.flags or drift.spellings):
            continue
        inside = [Finding((flag.words, FLAG_WORDS[flag.what])) for flag in drift.flags]
        for wording in drift.wordings:
            parts = [
                piece.one if piece.one == piece.other else f"[{piece.one} → {piece.other}]"
                for piece in wording.pieces
            ]
            inside.append(Finding((" ".join(parts), tr("inside the marks"))))
        inside += [Finding((f"{left} / {right}", tr("spelling only"))) for left, right in drift.spellings]
        words = f"{_outlet(found, one.article)} | {_outlet(found, other.article)}"
        spots = (Spot(one.article, one.id), Spot(other.article, other.id))
        rows.append(Finding((words, str(len(drift.flags))), spots, drift, tuple(inside)))
    return rows


def proposals(found: Comparison, claims: dict[str, Claim]) -> list[Finding]:
    """Attributions that may make one claim, the likeliest first."""
    rows = []
    for one in found.proposed:
        voices = [voice for voice in (found.voice(mark) for mark in one.marks) if voice is not None]
        known = claims.get(one.claim or "")
        inside = tuple(
            Finding(
                (voice.said, voice.outlet or _outlet(found, voice.article), ""),
                (Spot(voice.article, voice.id),),
            )
            for voice in voices
        )
        where = tr("into “{0}”").format(known.name) if known else tr("new: “{0}”").format(one.name)
        spots = tuple(Spot(voice.article, voice.id) for voice in voices)
        words = (
            where,
            tr("{0} outlets").format(len({voice.article for voice in voices})),
            f"{one.score:.2f}",
        )
        rows.append(Finding(words, spots, one, inside))
    return rows


def dropped(found: Comparison, claims: dict[str, Claim]) -> list[Finding]:
    """Sentences that say as a fact what others attribute."""
    rows = []
    texts = {one.article: one.text for one in found.tellings}
    for one in found.dropped:
        claim = claims.get(one.claim or "")
        spots = (
            Spot(one.article, "", one.span),
            *(spot for mark in one.like for spot in spot_of(found, mark)),
        )
        words = (
            one.span.text(texts[one.article]),
            _outlet(found, one.article),
            claim.name if claim else one.words,
        )
        rows.append(Finding(words, spots, one))
    return rows


def passages(found: Comparison) -> list[Finding]:
    """What two articles have in common, the longest first."""
    texts = {one.article: one.text for one in found.tellings}
    rows = []
    for one in sorted(found.texts.passages, key=lambda one: (one.reworded, -one.words)):
        how = (
            tr("reworded")
            if one.reworded
            else tr("word for word")
            if one.verbatim
            else tr("{0} % the same").format(round(100 * one.similarity))
        )
        words = (
            one.one.span.text(texts[one.one.article]),
            f"{_outlet(found, one.one.article)} | {_outlet(found, one.other.article)}",
            f"{one.words} · {how}",
        )
        spots = (
            Spot(one.one.article, "", one.one.span),
            Spot(one.other.article, "", one.other.span),
        )
        rows.append(Finding(words, spots, one))
    return rows


def quotations(found: Comparison) -> list[Finding]:
    """One quotation in several versions, the first published first."""
    rows = []
    for table in found.quotations:
        versions = tuple(
            Finding(
                (
                    version.words,
                    ", ".join(dict.fromkeys(place.outlet for place in version.places)),
                    version.first.published[:16].replace("T", " "),
                ),
                tuple(Spot(place.article, place.mark, place.span) for place in version.places),
            )
            for version in table.versions
        )
        if versions:
            first = table.versions[0]
            words = (
                first.words,
                tr("1 version") if len(versions) == 1 else tr("{0} versions").format(len(versions)),
                "",
            )
            rows.append(Finding(words, versions[0].spots, table, versions))
    return rows


def shares(found: Comparison) -> list[Finding]:
    """How each article is sourced, and on whom the story rests most."""
    return [
        Finding(
            (
                one.outlet,
                str(one.attributions),
                f"{round(100 * one.anonymous_share)} %",
                f"{round(100 * one.second_hand_share)} %",
                str(one.unattributed),
            ),
            (Spot(one.article),),
        )
        for one in found.citations.shares
    ]
