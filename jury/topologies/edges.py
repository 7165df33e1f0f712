"""A topology written out edge by edge, as in `edges:0-1,1>2,3`: what a graph file becomes when a jury is seated."""

import re

import networkx as nx

from jury.errors import InputError
from jury.topologies.registry import TOPOLOGIES

_EDGE = re.compile(r"(\d{1,6})(?:([->])(\d{1,6}))?")


@TOPOLOGIES.add("edges")
def edges(places: int, *words: str) -> "nx.DiGraph[int]":
    """The graph of some edges: `0-1` hear each other, `1>2` is heard by 2 alone, and a mere `3` hears nobody.

    Every place, counted from 0, is named. Raises `InputError` where one is missing or there is no such place.
    """
    graph = directed(words, "topology 'edges'")
    check_places(graph, places, "topology 'edges'")
    return graph


def directed(words: tuple[str, ...], where: str) -> "nx.DiGraph[int]":
    """The directed graph of some edges; nobody hears themselves. Raises `InputError` for words that are no edge."""
    graph: nx.DiGraph[int] = nx.DiGraph()
    for word in words:
        found = _EDGE.fullmatch(word.strip())
        if found is None:
            raise InputError(f"{where}: {word!r} is no edge; write 0-1, 0>1 for one way, or 0 for a place without any")
        one, way, other = found.groups()
        join(graph, int(one), int(other or one), both=way != ">")
    return graph


def join(graph: "nx.DiGraph[int]", speaker: int, hearer: int, *, both: bool) -> None:
    """Add an edge and its two places; an edge from a place to itself is a place only."""
    graph.add_nodes_from((speaker, hearer))
    if speaker != hearer:
        graph.add_edge(speaker, hearer)
        if both:
            graph.add_edge(hearer, speaker)


def check_places(graph: "nx.DiGraph[int]", places: int, where: str) -> None:
    """Raise `InputError` unless the graph's nodes are the places 0 … n−1."""
    strays = sorted(set(graph) - set(range(places)))
    if strays:
        raise InputError(
            f"{where} names place {strays[0]}, but the panel's {places} seats are 0 to {places - 1}; "
            "seat more jurors, or take the place out"
        )
    missing = sorted(set(range(places)) - set(graph))
    if missing:
        raise InputError(
            f"{where} has {len(graph)} places, but the panel has {places} seats; add place {missing[0]}, "
            "without edges if it hears nobody"
        )


def spelt(graph: "nx.DiGraph[int]") -> str:
    """The one way to write a graph: sorted, edges both ways as one, places without edges by themselves."""
    words = []
    for one, other in sorted(graph.edges):
        mutual = graph.has_edge(other, one)
        if not mutual:
            words.append((one, other, f"{one}>{other}"))
        elif one < other:
            words.append((one, other, f"{one}-{other}"))
    words += [(place, place, f"{place}") for place in graph if not graph.degree[place]]
    return "edges:" + ",".join(word for *_, word in sorted(words))
