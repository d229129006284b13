"""Which articles a cut must keep together, and why: a story, shared text, perhaps an outlet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.compare.components import Components
from annotator.compare.duplicates import Duplicates, Link
from annotator.core.errors import BadInput


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a cut needs to know of an article: story and outlet by names that are theirs alone, published as an ISO date."""

    id: str
    story: str = ""
    outlet: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True)
class Together:
    """Articles in the order of their ids that no cut may part, and the reasons, a sentence each."""

    articles: tuple[Candidate, ...]
    reasons: tuple[str, ...]

    @property
    def name(self) -> str:
        """The id of its first article."""
        return self.articles[0].id


def kept_together(
    candidates: Iterable[Candidate], duplicates: Duplicates, *, outlets: bool
) -> list[Together]:
    """All groups in the order of their names; an article that nothing joins to another is a group of its own.

    Raises:
        BadInput: when there are no articles, or an id comes twice.
    """
    articles = _by_id(candidates)
    joined = Components(articles)
    reasons: list[tuple[str, str]] = []
    for label, named in (("story", _by_name(articles, "story")), ("outlet", _by_name(articles, "outlet"))):
        if label == "story" or outlets:
            for name, ids in named.items():
                reasons += [(ids[0], f"{label}: {name}")] if len(ids) > 1 else []
                _join(joined, ids)
    for group in duplicates.groups:
        present = [article for article in group.articles if article in articles]
        links = [link for link in group.links if link.article in articles and link.of in articles]
        _join(joined, present)
        reasons += [(link.article, link.reason) for link in links]
        if len(links) < len(present) - 1:
            reasons.append((present[0], _BY_OTHERS.format(", ".join(present))))
    groups = joined.groups()
    place = {article: number for number, group in enumerate(groups) for article in group}
    of_group: list[list[str]] = [[] for _ in groups]
    for article, reason in reasons:
        of_group[place[article]].append(reason)
    return [
        Together(tuple(articles[article] for article in group), tuple(own))
        for group, own in zip(groups, of_group, strict=True)
    ]


_BY_OTHERS = "{} share text with one another or with articles that are not part of this cut"


def links_within(articles: dict[str, str], duplicates: Duplicates) -> list[Link]:
    """The links of which both articles are among these."""
    return [
        link
        for group in duplicates.groups
        for link in group.links
        if link.article in articles and link.of in articles
    ]


def _by_id(candidates: Iterable[Candidate]) -> dict[str, Candidate]:
    found: dict[str, Candidate] = {}
    for candidate in candidates:
        if candidate.id in found:
            raise BadInput(f"The article {candidate.id} came twice; nothing was cut.")
        found[candidate.id] = candidate
    if not found:
        raise BadInput("There are no articles to cut into parts.")
    return {article: found[article] for article in sorted(found)}


def _by_name(articles: dict[str, Candidate], field: str) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {}
    for candidate in articles.values():
        name: str = getattr(candidate, field)
        if name:
            named.setdefault(name, []).append(candidate.id)
    return {name: named[name] for name in sorted(named)}


def _join(joined: Components[str], ids: Sequence[str]) -> None:
    for article in ids[1:]:
        joined.join(ids[0], article)
