"""Who relies on whom in a story: outlets, sources and articles; circles, dead ends, shares."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.compare.chains import NOBODY, OUTLET, SOURCE
from annotator.compare.descriptions import ANONYMOUS
from annotator.compare.telling import Telling, first_published
from annotator.compare.voices import Voice

ARTICLE = "article"
NODE_KINDS = (ARTICLE, OUTLET, SOURCE, NOBODY)
"""What a node of the graph is; an article stands for its publisher's text, an outlet for one that is cited."""

_MOST_CIRCLES = 50


@dataclass(frozen=True, slots=True)
class Node:
    """An article, an outlet, a source, or somebody whom no one names; article is the id where it is one."""

    id: str
    kind: str
    name: str
    article: str | None = None
    source_id: str | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """One cites the other; marks are the attributions that say so, in the order of the articles."""

    citing: str
    cited: str
    marks: tuple[str, ...]

    @property
    def weight(self) -> int:
        return len(self.marks)


@dataclass(frozen=True, slots=True)
class ReliedOn:
    """A source and how often the story rests on it: attributions that count, and articles."""

    name: str
    source_id: str | None
    kind: str
    attributions: int
    articles: int


@dataclass(frozen=True, slots=True)
class OutletShares:
    """An article's sourcing: marks that count, and the parts of them that are anonymous, second-hand, and without attribution.

    anonymous and second_hand are shares of the attributions; unattributed is the share of all marks that count.
    """

    article: str
    outlet: str
    attributions: int
    anonymous: int
    second_hand: int
    unattributed: int

    @property
    def anonymous_share(self) -> float:
        return self.anonymous / self.attributions if self.attributions else 0.0

    @property
    def second_hand_share(self) -> float:
        return self.second_hand / self.attributions if self.attributions else 0.0

    @property
    def unattributed_share(self) -> float:
        every = self.attributions + self.unattributed
        return self.unattributed / every if every else 0.0


@dataclass(frozen=True, slots=True)
class Citations:
    """Who cites whom in a story.

    circles are outlets that cite each other in a ring; dead_ends are marks behind which nobody can be found; self_citations marks in
    which an outlet names itself; first the article that was published first, None where that is not known.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    circles: tuple[tuple[str, ...], ...]
    dead_ends: tuple[str, ...]
    self_citations: tuple[str, ...]
    relied_on: tuple[ReliedOn, ...]
    shares: tuple[OutletShares, ...]
    first: str | None


def citations(tellings: Sequence[Telling], voices: Mapping[str, Sequence[Voice]]) -> Citations:
    """The citations of a story; headline repeats, link lines and boilerplate are left out (telling.counted)."""
    nodes: dict[str, Node] = {}
    marks: dict[tuple[str, str], list[str]] = defaultdict(list)
    counting = [voice for telling in tellings for voice in voices[telling.article] if voice.counted]
    for telling in tellings:
        nodes[f"article {telling.article}"] = Node(
            f"article {telling.article}", ARTICLE, telling.name, telling.article
        )
    for voice in counting:
        if voice.own_voice or voice.passed_on:
            continue
        at = f"article {voice.article}"
        for link in voice.chain.links:
            to = (
                f"{link.what} {link.source_id or link.name}"
                if link.what == SOURCE
                else f"{link.what} {link.name}"
            )
            nodes.setdefault(to, Node(to, link.what, link.name, source_id=link.source_id))
            marks[at, to].append(voice.id)
            at = to
    edges = tuple(Edge(one, other, tuple(own)) for (one, other), own in marks.items())
    return Citations(
        tuple(nodes.values()),
        edges,
        _circles(edges, nodes),
        tuple(
            voice.id
            for voice in counting
            if not voice.own_voice and not voice.passed_on and voice.chain.is_dead_end
        ),
        tuple(voice.id for voice in counting if voice.chain.own_name and not voice.inside),
        _relied_on(counting),
        tuple(_shares(telling, voices[telling.article]) for telling in tellings),
        first_published(tellings),
    )


def _circles(edges: Iterable[Edge], nodes: Mapping[str, Node]) -> tuple[tuple[str, ...], ...]:
    """Rings of outlets; an article stands for the outlet that published it."""
    import networkx as nx

    graph = nx.DiGraph()
    for edge in edges:
        one, other = nodes[edge.citing], nodes[edge.cited]
        if other.kind == OUTLET and one.kind in (ARTICLE, OUTLET) and one.name != other.name:
            graph.add_edge(one.name, other.name)
    found = []
    for ring in nx.simple_cycles(graph):
        at = ring.index(min(ring))
        found.append(tuple(ring[at:] + ring[:at]))
        if len(found) == _MOST_CIRCLES:
            break
    return tuple(sorted(found, key=lambda ring: (len(ring), ring)))


def _relied_on(counting: Sequence[Voice]) -> tuple[ReliedOn, ...]:
    times: Counter[tuple[str, str]] = Counter()
    articles: dict[tuple[str, str], set[str]] = defaultdict(set)
    linked: dict[tuple[str, str], str | None] = {}
    for voice in counting:
        if voice.own_voice or voice.passed_on:
            continue
        seen: set[tuple[str, str]] = set()
        for link in voice.chain.links:
            key = link.what, link.name
            if link.what != NOBODY and key not in seen:
                seen.add(key)
                times[key] += 1
                articles[key].add(voice.article)
                linked[key] = linked.get(key) or link.source_id
    return tuple(
        ReliedOn(name, linked[kind, name], kind, count, len(articles[kind, name]))
        for (kind, name), count in sorted(
            times.items(), key=lambda item: (-item[1], -len(articles[item[0]]), item[0])
        )
    )


def _shares(telling: Telling, voices: Sequence[Voice]) -> OutletShares:
    own = [voice for voice in voices if voice.counted and not voice.passed_on]
    attributed = [voice for voice in own if not voice.own_voice]
    return OutletShares(
        telling.article,
        telling.name,
        len(attributed),
        sum(voice.mark.kind == ANONYMOUS for voice in attributed),
        sum(bool(voice.chain.relays) for voice in attributed),
        len(own) - len(attributed),
    )
