"""Who hears whom: graphs over the places around a table."""

from collections.abc import Callable
from functools import lru_cache

import networkx as nx

from jury.registry import Registry

#: From a number of places to a graph on 0 … n−1; in a directed one an edge leads from who speaks to who hears.
Topology = Callable[[int], "nx.Graph[int]"]

TOPOLOGIES: Registry[Topology] = Registry("topology")


@TOPOLOGIES.add("complete")
def complete(places: int) -> "nx.Graph[int]":
    """Everybody hears everybody."""
    graph: nx.Graph[int] = nx.complete_graph(places)
    return graph


@TOPOLOGIES.add("ring")
def ring(places: int) -> "nx.Graph[int]":
    """Everybody hears the neighbours on either side."""
    graph: nx.Graph[int] = nx.cycle_graph(places)
    return graph


def hearing(topology: str, circle: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Whom each seat hears, given the seats in the order they sit. Raises `InputError` for an unknown topology."""
    neighbours = _neighbours(topology, len(circle))
    return {seat: tuple(circle[place] for place in neighbours[index]) for index, seat in enumerate(circle)}


@lru_cache(maxsize=256)
def _neighbours(topology: str, places: int) -> tuple[tuple[int, ...], ...]:
    graph = TOPOLOGIES.get(topology)(places)
    heard = graph.predecessors if isinstance(graph, nx.DiGraph) else graph.neighbors
    # A ring of one or two places has loops and double edges: nobody hears themselves, or anybody twice.
    return tuple(tuple(sorted(set(heard(place)) - {place})) for place in range(places))
