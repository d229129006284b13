"""Measure agreement: of a project's annotators, or of files; as JSON and as tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from annotator.core.annotation_sets import FINISHED, AnnotationSet
from annotator.core.annotators import Annotator
from annotator.core.attributions import Attribution
from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.records import AttributionRecord, Record
from annotator.core.writing import new_file
from annotator.formats.jsonl import lines, record_of
from annotator.review.agreement import Agreement, Figure, Wish, agreement
from annotator.review.measures import Disagreement
from annotator.review.panels import Panel
from annotator.workspace.panels import annotators_named, panels
from annotator.workspace.workspace import Workspace


def agree(
    workspace: Workspace,
    annotators: Sequence[str] = (),
    story: str = "",
    articles: Sequence[str] = (),
    *,
    finished: bool = False,
    gamma: bool = False,
) -> Agreement:
    """How far annotators (all persons, when none is named) agree in a story's articles, or those with these ids.

    Args:
        finished: whether only sets count that were declared finished; else, all that were begun.

    Raises:
        NotFound: for an unknown annotator or story.
        BadInput: when no article was annotated by two of them.
    """
    hands = annotators_named(workspace.reading, annotators)
    chosen = workspace.articles(workspace.story(story).id if story else None)
    if articles:
        chosen = [one for one in chosen if one.id in set(articles)]
    found = panels(
        workspace.reading,
        chosen,
        hands,
        workspace.texts(chosen),
        states=(FINISHED,) if finished else (),
    )
    kinds = tuple(kind.id for kind in workspace.scheme.kinds)
    return _measured(found, Wish(kinds, gamma))


def unfinished(workspace: Workspace, found: Agreement) -> int:
    """How many of the sets that were measured are not declared finished."""
    hands = [one.id for one in workspace.reading.find(Annotator, name=list(found.annotators))]
    sets = workspace.reading.find(AnnotationSet, article_id=list(found.articles), annotator_id=hands)
    return sum(own.status != FINISHED for own in sets)


def agree_files(paths: Sequence[Path], annotators: Sequence[str] = (), *, gamma: bool = False) -> Agreement:
    """How far the annotators of JSONL files agree; lines without an annotator are by the file's name.

    Raises:
        BadInput: when a line cannot be read, has no text, stands twice, or has another text than the same article elsewhere;
            when an annotator is not in the files, or no article was annotated by two.
    """
    texts: dict[str, tuple[str, str]] = {}
    marks: dict[str, dict[str, tuple[Attribution, ...]]] = {}
    stories: dict[str, str] = {}
    for path in paths:
        for line in lines(path):
            record = record_of(line, LossReport())
            article, hand = _belongs(record, path)
            if record.text is None:
                raise BadInput(f"{line.where}: there is no text, by which tokens are counted.")
            text, where = texts.setdefault(article, (record.text, line.where))
            if text != record.text:
                raise BadInput(f"{line.where}: {article!r} has another text than in {where}.")
            if hand in marks.setdefault(article, {}):
                raise BadInput(f"{line.where}: {article!r} stands twice as {hand!r} marked it.")
            stories[article] = record.story or article
            marks[article][hand] = tuple(_kept(record, hand))
    known = sorted({hand for own in marks.values() for hand in own})
    for name in annotators:
        if name not in known:
            raise BadInput(f"There is no annotator {name!r} in these files; there are {', '.join(known)}.")
    order = list(annotators) or known
    found = [
        Panel(
            article,
            stories[article],
            text,
            {hand: marks[article][hand] for hand in order if hand in marks[article]},
        )
        for article, (text, _) in texts.items()
    ]
    return _measured(found, Wish(gamma=gamma))


def _belongs(record: Record, path: Path) -> tuple[str, str]:
    return record.id or record.text_sha256 or record.where, record.annotator or path.stem


def _measured(found: Sequence[Panel], wish: Wish) -> Agreement:
    if not any(len(panel.marks) > 1 for panel in found):
        raise BadInput("No article was annotated by two of the annotators; there is nothing to compare yet.")
    return agreement(found, wish)


_NAMED = {"source_name", "source_id", "via", "claims", "comments", "id"}
_SAME = tuple(
    one.name for one in fields(AttributionRecord) if one.name not in _NAMED and hasattr(Attribution, one.name)
)


def _kept(record: Record, hand: str) -> Iterable[Attribution]:
    """The attributions that an annotator stands by; names take the place of ids, for equal names mean the same."""
    for number, one in enumerate(record.attributions or ()):
        if one.state == "kept":
            yield Attribution(
                id=one.id or f"{hand} {record.id} {number}",
                set_id=hand,
                source_id=one.source_name or one.source_id,
                via_id=one.via,
                claims=one.claims,
                **{name: getattr(one, name) for name in _SAME},
            )


def as_values(found: Agreement) -> dict[str, Any]:
    """What `agree --json` prints."""
    return {
        "annotators": list(found.annotators),
        "articles": len(found.articles),
        "seed": found.seed,
        "measures": [_values(one) for one in found.figures],
    }


def _values(one: Figure) -> dict[str, Any]:
    values = {name: getattr(one, name) for name in _COLUMNS if name not in ("annotator", "other")}
    values["annotators"] = list(one.annotators) if one.annotators else None
    return values


_COLUMNS = (
    "measure",
    "role",
    "kind",
    "feature",
    "annotator",
    "other",
    "article",
    "value",
    "n",
    "low",
    "high",
    "left_out",
    "note",
)


def as_csv(found: Agreement) -> str:
    """All figures as CSV, a row each; what is not defined, or stands for all, is left empty."""
    rows = []
    for one in found.figures:
        pair = one.annotators or ("", "")
        values: Mapping[str, Any] = {**_values(one), "annotator": pair[0], "other": pair[1]}
        rows.append(["" if values[name] is None else values[name] for name in _COLUMNS])
    return _written(_COLUMNS, rows)


def places_as_csv(found: Agreement, figures: Iterable[Figure], texts: Mapping[str, str]) -> str:
    """The disagreements behind some figures as CSV, a row for each annotator of each.

    Args:
        texts: the articles' texts by id, for the words; an article that is not there has none.
    """
    rows = []
    number = 0
    for figure in figures:
        for place in found.disagreements(figure):
            number += 1
            for hand in place.annotators:
                rows.append(
                    [figure.measure, figure.role or "", number, place.article_id, *_row(place, hand, texts)]
                )
    head = ("measure", "role", "number", "article", "annotator", "spans", "words", "value", "attributions")
    return _written(head, rows)


def _row(place: Disagreement, hand: str, texts: Mapping[str, str]) -> list[str]:
    spans = place.spans.get(hand, ())
    text = texts.get(place.article_id, "")
    value = place.values.get(hand)
    return [
        hand,
        " ".join(f"{part.start}-{part.end}" for part in spans),
        " … ".join(part.text(text) for part in spans),
        "" if value is None else str(value),
        " ".join(place.attributions.get(hand, ())),
    ]


def _written(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()


def write_csv(words: str, out: Path) -> None:
    """Write a table to a file, all of it or nothing.

    Raises:
        BadInput: when it cannot be written there.
    """
    with new_file(out) as file:
        file.write(words.encode())
