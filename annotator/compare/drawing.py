"""Where the nodes of a citation graph lie on a page, in layers; the graph as GraphML."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotator.compare.chains import OUTLET
from annotator.compare.citations import ARTICLE, Citations, Edge, Node

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_SWEEPS = 4
"""How often the order within the layers is put right; more changes next to nothing."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A node with its place: x by layer from the articles (0) to the first voices (1), y from 0 to 1 within a layer, both 0.5 when alone."""

    node: Node
    x: float
    y: float
    layer: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """A graph that can be drawn: placed nodes, and edges by the nodes' ids."""

    nodes: tuple[Placed, ...]
    edges: tuple[Edge, ...]
    layers: int


def drawing(cited: Citations) -> Drawing:
    """The graph in layers: articles, then outlets as far down as they are cited, then voices; edges cross seldom.

    Layers are the longest way from an article; their order comes from the mean place of the neighbours (barycentre heuristic of
    Sugiyama, Tagawa and Toda, 1981); the coordinates are networkx's multipartite layout.
    """
    import networkx as nx

    layers = _layers(cited)
    if not layers:
        return Drawing((), (), 0)
    order = _ordered(cited, layers)
    graph = nx.DiGraph()
    for layer, names in enumerate(order):
        for name in names:
            graph.add_node(name, layer=layer)
    graph.add_edges_from((edge.citing, edge.cited) for edge in cited.edges)
    places = nx.multipartite_layout(graph, subset_key="layer", align="vertical")
    by_id = {node.id: node for node in cited.nodes}
    across = _scaled({name: float(place[0]) for name, place in places.items()})
    down = {}
    for names in order:
        down.update(_scaled({name: float(places[name][1]) for name in names}))
    nodes = tuple(
        Placed(by_id[name], across[name], down[name], layer)
        for layer, names in enumerate(order)
        for name in names
    )
    return Drawing(nodes, cited.edges, len(order))


def _scaled(values: Mapping[str, float]) -> dict[str, float]:
    low, high = min(values.values()), max(values.values())
    return {
        name: round((value - low) / (high - low), 4) if high > low else 0.5 for name, value in values.items()
    }


def _layers(cited: Citations) -> dict[str, int]:
    """The layer of each node: one more than the deepest that cites it; a ring of outlets does not push itself down."""
    layer = {node.id: 0 for node in cited.nodes}
    kind = {node.id: node.kind for node in cited.nodes}
    outlets = sum(node.kind == OUTLET for node in cited.nodes)
    for _ in range(outlets + 1):
        moved = False
        for edge in cited.edges:
            below = layer[edge.citing] + 1
            if kind[edge.cited] == OUTLET and below <= outlets and layer[edge.cited] < below:
                layer[edge.cited], moved = below, True
        if not moved:
            break
    deepest = 1 + max((layer[node.id] for node in cited.nodes if node.kind == OUTLET), default=0)
    for node in cited.nodes:
        if node.kind not in (ARTICLE, OUTLET):
            layer[node.id] = deepest
    used = {number: at for at, number in enumerate(sorted(set(layer.values())))}
    return {name: used[number] for name, number in layer.items()}


def _ordered(cited: Citations, layers: Mapping[str, int]) -> list[list[str]]:
    order: list[list[str]] = [[] for _ in range(max(layers.values()) + 1)]
    for node in cited.nodes:
        order[layers[node.id]].append(node.id)
    near: dict[str, list[str]] = defaultdict(list)
    for edge in cited.edges:
        near[edge.citing].append(edge.cited)
        near[edge.cited].append(edge.citing)
    for sweep in range(_SWEEPS):
        for names in order[1:] if sweep % 2 == 0 else order[-2::-1]:
            place = {name: (at + 0.5) / len(row) for row in order for at, name in enumerate(row)}
            now = {name: _mean([place[other] for other in near[name]], place[name]) for name in names}
            names.sort(key=lambda name, now=now: (now[name], name))  # type: ignore[misc]
    return order


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def graphml(cited: Citations) -> str:
    """The graph as GraphML: nodes with kind, name and article, edges with how many attributions and which."""
    import networkx as nx

    graph = nx.DiGraph()
    number = {node.id: f"n{at}" for at, node in enumerate(cited.nodes)}
    for node in cited.nodes:
        graph.add_node(
            number[node.id],
            kind=node.kind,
            name=_in_xml(node.name),
            article=_in_xml(node.article or ""),
            source=_in_xml(node.source_id or ""),
        )
    for edge in cited.edges:
        marks = _in_xml(" ".join(edge.marks))
        graph.add_edge(number[edge.citing], number[edge.cited], weight=edge.weight, attributions=marks)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join(nx.generate_graphml(graph)) + "\n"


def _in_xml(words: str) -> str:
    """Words without the signs that XML 1.0 forbids."""
    return _FORBIDDEN.sub(" ", words)
