"""What looks wrong: words tagged in two ways, lone sources, quotation marks cut in half."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from annotator.core.attributions import UNATTRIBUTED, Attribution
from annotator.core.mentions import anaphor, normal, said_by
from annotator.core.scheme import LabelScheme
from annotator.core.spans import Span, words

_BARE = frozenset("source sources official officials people insiders".split())
_PAIRS = {"“": "”", "«": "»", "„": "“"}
_SHORTEST = 4
_MOST_ELSEWHERE = 20


@dataclass(frozen=True, slots=True)
class Marked:
    """One article's text and one annotator's attributions in it."""

    article_id: str
    text: str
    marks: tuple[Attribution, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to look at: what kind of problem, where, which attribution (if any), and the words in question."""

    code: str
    article_id: str
    span: Span
    attribution_id: str | None
    detail: str


CODES = {
    "tagged_differently": "The same source is tagged with different kinds",
    "not_tagged_there": "The same source is tagged here and not there",
    "bare_sources": "Bare “sources”, with no description",
    "no_outlet": "Anonymous source with no outlet behind it",
    "no_source": "Content with no source",
    "inherited": "An inherited field contradicts where it came from",
    "half_quotation": "Quotation marks cut in half",
    "no_kind": "No kind yet",
    "missing_role": "A role that the label scheme requires is missing",
    "overlap": "The same role overlaps, which the label scheme does not allow",
}
"""Every kind of problem, in the words of the panel."""


def problems(articles: Iterable[Marked], scheme: LabelScheme | None = None) -> list[Problem]:
    """All problems of some articles, in the order of CODES, then of the articles and of the text.

    With a scheme, what breaks its laws is among them.
    """
    every = list(articles)
    found = [problem for one in every for mark in one.marks for problem in _of_mark(one, mark)]
    found += _consistency(every)
    if scheme is not None:
        found += [problem for one in every for problem in _against(scheme, one)]
    order, rank = (
        {one.article_id: at for at, one in enumerate(every)},
        {code: at for at, code in enumerate(CODES)},
    )
    return sorted(found, key=lambda one: (rank[one.code], order[one.article_id], one.span))


def _place(mark: Attribution, *roles: str) -> Span:
    for role in roles:
        parts = mark.spans(role)
        if parts:
            return parts[0]
    around = mark.extent()
    return around if around is not None else Span(0, 1)


def _of_mark(article: Marked, mark: Attribution) -> Iterator[Problem]:
    def problem(code: str, span: Span, detail: str) -> Problem:
        return Problem(code, article.article_id, span, mark.id, detail)

    said = said_by(mark, article.text)
    content = words(mark.content, article.text)
    if mark.kind is None:
        yield problem("no_kind", _place(mark, "content", "source"), content or said)
    if mark.kind == UNATTRIBUTED:
        return
    bare = normal(said)
    if bare in _BARE and not said.casefold().startswith("the "):
        yield problem("bare_sources", _place(mark, "source"), said)
    if mark.kind == "anonymous_source" and mark.via_id is None and mark.parent is None:
        yield problem("no_outlet", _place(mark, "source", "content"), said or content)
    if mark.content and not mark.source and not mark.implicit_source and not mark.hedge:
        yield problem("no_source", _place(mark, "content"), content)
    model = next((one for one in article.marks if one.id == mark.antecedent), None)
    if model is not None:
        for name, mine, theirs in (("via", mark.via_id, model.via_id), ("medium", mark.medium, model.medium)):
            if name in mark.inherited and mine != theirs:
                yield problem("inherited", _place(mark, "source", "content"), name)
    for part in mark.content:
        if _half(part, mark.content, article.text):
            yield problem("half_quotation", part, part.text(article.text))


def _against(scheme: LabelScheme, article: Marked) -> Iterator[Problem]:
    """What a scheme's laws do not allow: a kind without a role it requires, roles of one name that overlap."""
    for mark in article.marks:
        kind = scheme.kind(mark.kind)
        missing = [role for role in kind.required_roles if not mark.spans(role)] if kind is not None else []
        if missing and not (missing == ["source"] and mark.implicit_source):
            place = _place(mark, "content", "source", "cue")
            yield Problem("missing_role", article.article_id, place, mark.id, ", ".join(missing))
    if scheme.same_role_may_overlap:
        return
    seen: dict[str, list[tuple[Span, str]]] = {}
    for mark in article.marks:
        for role, parts in mark.all_spans():
            for part in parts:
                if any(part.meets(other) for other, owner in seen.get(role, ()) if owner != mark.id):
                    yield Problem(
                        "overlap", article.article_id, part, mark.id, f"{role}: {part.text(article.text)}"
                    )
                seen.setdefault(role, []).append((part, mark.id))


def _half(part: Span, parts: Sequence[Span], text: str) -> bool:
    """Whether a fragment opens a quotation that it does not close (or the other way), and no later one does."""
    said = part.text(text)
    if said.count('"') % 2 and sum(one.text(text).count('"') for one in parts) % 2:
        return True
    whole = "".join(one.text(text) for one in parts)
    return any(
        said.count(opening) != said.count(closing) and whole.count(opening) != whole.count(closing)
        for opening, closing in _PAIRS.items()
        if opening != "„"
    )


def _consistency(articles: Sequence[Marked]) -> Iterator[Problem]:
    """Brat's two checks, on the words of sources that name somebody."""
    kinds: dict[str, dict[str, list[tuple[Marked, Attribution]]]] = {}
    shown: dict[str, str] = {}
    for article in articles:
        for mark in article.marks:
            said = said_by(mark, article.text)
            if (
                mark.kind is None
                or not mark.source
                or anaphor(said) is not None
                or len(normal(said)) < _SHORTEST
            ):
                continue
            shown.setdefault(normal(said), said)
            kinds.setdefault(normal(said), {}).setdefault(mark.kind, []).append((article, mark))
    for by_kind in kinds.values():
        if len(by_kind) > 1:
            for kind, places in by_kind.items():
                others = ", ".join(sorted(set(by_kind) - {kind}))
                for article, mark in places:
                    yield Problem(
                        "tagged_differently",
                        article.article_id,
                        mark.source[0],
                        mark.id,
                        f"{said_by(mark, article.text)}: {kind}, elsewhere {others}",
                    )
    for said in shown.values():
        yield from _elsewhere(articles, said)


def _elsewhere(articles: Sequence[Marked], said: str) -> Iterator[Problem]:
    """Places of a source's words that no attribution touches and a cue seems to follow or precede."""
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, said.split())) + r"(?!\w)", re.IGNORECASE)
    count = 0
    for article in articles:
        touched = [part for mark in article.marks for _, parts in mark.all_spans() for part in parts]
        for match in pattern.finditer(article.text):
            place = Span(*match.span())
            if any(part.meets(place) for part in touched):
                continue
            count += 1
            if count > _MOST_ELSEWHERE:
                return
            yield Problem("not_tagged_there", article.article_id, place, None, _around(article.text, place))


def _around(text: str, place: Span) -> str:
    """A place with the whole words before and after it."""
    start, end = max(0, place.start - 30), min(len(text), place.end + 40)
    while 0 < start < place.start and not text[start - 1].isspace():
        start += 1
    while place.end < end < len(text) and not text[end].isspace():
        end -= 1
    return f"… {' '.join(text[start:end].split())} …"
