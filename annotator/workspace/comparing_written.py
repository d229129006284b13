"""A comparison as JSON values, as a table in CSV, and as a page in HTML."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Sequence
from typing import Any

from annotator.compare.comparison import Comparison
from annotator.compare.drift import Drift
from annotator.compare.dropped import Dropped
from annotator.compare.matrix import Cell, Entry, Row, in_order
from annotator.compare.passages import Copied, SharedPassage
from annotator.compare.quotations import QuotationTable
from annotator.workspace.comparing import StoryTold


def as_values(told: StoryTold, found: Comparison, rows: Sequence[Row] | None = None) -> dict[str, Any]:
    """What `compare --json` prints: all rows in the order of the claims, or those that are given.

    Names of keys are never changed; drift lists the pairs between which something changed.
    """
    names = {claim.id: claim.name for claim in told.names.claims}
    chosen = in_order(found.matrix.rows, "order") if rows is None else rows
    return {
        "story": told.story.name,
        "annotator": told.annotator,
        "articles": [
            {"id": article, "outlet": outlet, "published": published}
            for article, outlet, published in found.matrix.articles
        ],
        "claims": [_row(row) for row in chosen],
        "proposals": [
            {
                "attributions": [one.one, one.other],
                "score": one.score,
                "claim": names.get(one.claim or ""),
            }
            for one in found.proposals
        ],
        "proposed_claims": [
            {
                "attributions": list(one.marks),
                "score": one.score,
                "claim": names.get(one.claim or ""),
                "name": one.name,
            }
            for one in found.proposed
        ],
        "dropped": [*_marked(found, names), *(_dropped(one, names) for one in found.dropped)],
        "passages": [_passage(one) for one in found.texts.passages],
        "copied": [_copied(one) for one in found.texts.copied],
        "quotations": [_quotation(table, names) for table in found.quotations],
        "citations": _citations(found),
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "claim": row.claim.name,
        "id": row.claim.id,
        "text": row.claim.text,
        "spread": row.spread,
        "disagreement": round(row.disagreement, 3),
        "strength": row.strength,
        "first": row.first,
        "cells": [_cell(cell) for cell in row.cells],
        "drift": [_drift(drift) for drift in row.drifts if drift.flags],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "article": cell.article,
        "status": cell.status,
        "words": cell.words,
        "count": cell.count,
        "signs": [{"sign": sign.what, "words": sign.words} for sign in cell.signs],
        "absence_proposed": cell.absence_proposed,
        "attributions": [_entry(entry) for entry in cell.entries],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "kind": entry.kind,
        "source_name": entry.source_name,
        "chain": list(entry.chain),
        "quote": entry.quote,
        "medium": entry.medium,
        "strength": entry.strength.level,
        "strength_words": entry.strength.words,
        "reasons": list(entry.strength.reasons),
        "remarks": [{"remark": one.what, "words": one.words} for one in entry.strength.remarks],
        "counted": entry.counted,
        "inside": entry.inside,
    }


def _drift(drift: Drift) -> dict[str, Any]:
    return {
        "a": drift.one,
        "b": drift.other,
        "flags": list(drift.names),
        "words": [flag.words for flag in drift.flags],
        "spellings": [list(pair) for pair in drift.spellings],
        "wordings": [
            {
                "a": wording.one.text,
                "b": wording.other.text,
                "pieces": [[piece.what, piece.one, piece.other] for piece in wording.pieces],
            }
            for wording in drift.wordings
        ],
    }


def _marked(found: Comparison, names: dict[str, str]) -> list[dict[str, Any]]:
    """Marks of the outlet's own voice whose claim another article credits to somebody."""
    credited: dict[str, set[str]] = {}
    for own in found.voices.values():
        for voice in own:
            if not voice.own_voice:
                for claim in voice.mark.claims:
                    credited.setdefault(claim, set()).add(voice.article)
    values = []
    for own in found.voices.values():
        for voice in own:
            around = voice.mark.extent()
            claims = [one for one in voice.mark.claims if credited.get(one)]
            if voice.own_voice and claims and around is not None:
                values.append(
                    {
                        "article": voice.article,
                        "start": around.start,
                        "end": around.end,
                        "claim": names.get(claims[0]),
                        "marked": voice.id,
                        "score": 1.0,
                        "words": "a person marked it",
                    }
                )
    return values


def _dropped(one: Dropped, names: dict[str, str]) -> dict[str, Any]:
    return {
        "article": one.article,
        "start": one.span.start,
        "end": one.span.end,
        "claim": names.get(one.claim or ""),
        "marked": None,
        "score": one.score,
        "words": one.words,
        "why": one.why,
        "like": list(one.like),
    }


def _passage(one: SharedPassage) -> dict[str, Any]:
    sides = [
        {"article": side.article, "start": side.span.start, "end": side.span.end}
        for side in (one.one, one.other)
    ]
    return {
        "a": sides[0],
        "b": sides[1],
        "similarity": one.similarity,
        "words": one.words,
        "reworded": one.reworded,
    }


def _copied(one: Copied) -> dict[str, Any]:
    return {
        "article": one.article,
        "of": one.of,
        "share": round(one.share, 4),
        "reworded": round(one.reworded, 4),
        "passages": one.passages,
        "longest": one.longest,
        "first": one.first,
    }


def _quotation(table: QuotationTable, names: dict[str, str]) -> dict[str, Any]:
    return {
        "claims": [names[claim] for claim in table.claims if claim in names],
        "versions": [
            {
                "words": version.words,
                "first": version.first.article,
                "places": [
                    {"article": one.article, "id": one.mark, "start": one.span.start, "end": one.span.end}
                    for one in version.places
                ],
                "pieces": [[piece.what, piece.one, piece.other] for piece in version.against_first],
            }
            for version in table.versions
        ],
    }


def _citations(found: Comparison) -> dict[str, Any]:
    cited = found.citations
    return {
        "first": cited.first,
        "nodes": [
            {"id": node.id, "kind": node.kind, "name": node.name, "article": node.article}
            for node in cited.nodes
        ],
        "edges": [
            {"from": edge.citing, "to": edge.cited, "attributions": list(edge.marks)} for edge in cited.edges
        ],
        "circles": [list(ring) for ring in cited.circles],
        "dead_ends": list(cited.dead_ends),
        "self_citations": list(cited.self_citations),
        "relied_on": [
            {
                "name": one.name,
                "kind": one.kind,
                "attributions": one.attributions,
                "articles": one.articles,
            }
            for one in cited.relied_on
        ],
        "shares": [
            {
                "article": one.article,
                "attributions": one.attributions,
                "anonymous": round(one.anonymous_share, 4),
                "second_hand": round(one.second_hand_share, 4),
                "unattributed": round(one.unattributed_share, 4),
            }
            for one in cited.shares
        ],
    }


def as_csv(found: Comparison, rows: Sequence[Row]) -> str:
    """The matrix as a table: a row for each claim, a column for each article, each cell in words with what is pointed out in it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    columns = _columns(found)
    writer.writerow(["claim", "meaning", "articles", "disagreement", "sourcing", *columns])
    for row in rows:
        cells = [_in_words(cell) for cell in row.cells]
        fixed = [row.claim.name, row.claim.text, row.spread, f"{row.disagreement:.2f}", row.strength]
        writer.writerow([*fixed, *cells])
    return out.getvalue()


def _columns(found: Comparison) -> list[str]:
    """The columns' names; where two articles are of one outlet, with the day and, if need be, the id."""
    outlets = [outlet for _, outlet, _ in found.matrix.articles]
    named = [
        outlet if outlets.count(outlet) == 1 else f"{outlet}, {published[:10] or article}"
        for article, outlet, published in found.matrix.articles
    ]
    return [
        name if named.count(name) == 1 else f"{name}, {article}"
        for name, (article, _, _) in zip(named, found.matrix.articles, strict=True)
    ]


def _in_words(cell: Cell) -> str:
    return " | ".join([cell.words, *(f"! {sign.words}" for sign in cell.signs)])


_STYLE = (
    "body{font:15px/1.45 system-ui,sans-serif;margin:2em;color:#1b1b1b;background:#fff}"
    "table{border-collapse:collapse}th,td{border:1px solid #b5b5b5;padding:.45em .6em;text-align:left;vertical-align:top}"
    "th{background:#eee}td.unknown,td.absent{color:#555}td.unattributed{background:#fff3d6}"
    ".sign{display:block;font-size:.87em;margin-top:.25em;border-left:3px solid #8a4b00;padding-left:.4em}"
    "small{color:#555}"
)


def as_html(told: StoryTold, found: Comparison, rows: Sequence[Row]) -> str:
    """The matrix as a page by itself, which asks nothing of the network; no meaning rests on colour alone."""
    title = html.escape(f"{told.story.name}: who says what")
    head = "".join(f"<th scope='col'>{html.escape(name)}</th>" for name in _columns(found))
    body = "\n".join(_html_row(row) for row in rows)
    marked = html.escape(f"As {told.annotator} marked it.")
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"/><title>{title}</title>'
        f"<style>{_STYLE}</style></head>\n<body><h1>{title}</h1><p>{marked}</p>\n"
        f"<table><thead><tr><th scope='col'>Claim</th>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>\n"
        "</body></html>\n"
    )


def _html_row(row: Row) -> str:
    meaning = f"<br/>{html.escape(row.claim.text)}" if row.claim.text else ""
    strength = f"<br/><small>{html.escape(row.strength)}</small>" if row.strength else ""
    cells = "".join(_html_cell(cell) for cell in row.cells)
    return f"<tr><th scope='row'>{html.escape(row.claim.name)}{meaning}{strength}</th>{cells}</tr>"


def _html_cell(cell: Cell) -> str:
    signs = "".join(f'<span class="sign">{html.escape(sign.words)}</span>' for sign in cell.signs)
    return f'<td class="{cell.status}">{html.escape(cell.words)}{signs}</td>'
