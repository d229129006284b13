"""The card that a mark shows under the mouse: kind, source, chain, claims and note, outermost first."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QCoreApplication

from annotator.core.attributions import Attribution
from annotator.core.claims import Claim
from annotator.core.spans import words
from annotator.workspace.workspace import Workspace

_LONGEST = 90


def hover_cards(marks: list[Attribution], text: str, project: Workspace) -> str:
    """HTML for the attributions at one place."""
    return "<hr>".join(f"<div>{_card(mark, text, project)}</div>" for mark in marks)


def _card(mark: Attribution, text: str, project: Workspace) -> str:
    kind = project.scheme.kind(mark.kind)
    registry = project.registry
    via = registry.via_name(mark)
    said = registry.source_name(mark) or words(mark.source, text)
    lines = [f"<b>{escape(kind.name if kind else _tr('No kind yet'))}</b>"]
    chain = " ← ".join(escape(_short(part)) for part in (via, said) if part)
    if chain:
        lines.append(chain)
    content = words(mark.content, text)
    if content:
        lines.append(f"<i>{escape(_short(content))}</i>")
    facts = [mark.medium or "", "" if mark.polarity == "positive" else mark.polarity, mark.quote or ""]
    facts += [_tr("hedged")] if mark.hedge else []
    facts += [", ".join(registry.names(Claim, mark.claims))] if mark.claims else []
    told = " · ".join(escape(fact.replace("_", " ")) for fact in facts if fact)
    if told:
        lines.append(told)
    if mark.state == "open":
        lines.append(_suggested(mark))
    if mark.note:
        lines.append(escape(_short(mark.note)))
    return "<br>".join(lines)


def _suggested(mark: Attribution) -> str:
    """What proposes a mark, by which rule, and how sure it is."""
    rule = str(mark.provenance.get("rule") or "")
    share = "" if mark.confidence is None else _tr("{0} % sure").format(round(100 * mark.confidence))
    told = " · ".join(escape(part) for part in (mark.origin, rule, share) if part)
    return _tr("Suggested by {0}").format(told)


def _short(said: str) -> str:
    flat = " ".join(said.split())
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + "…"


def _tr(said: str) -> str:
    return QCoreApplication.translate("Hover", said)
