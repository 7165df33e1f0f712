"""Who hears whom, by seats: a topology laid over the order around the table."""

from functools import lru_cache

import networkx as nx

from jury.topologies import TOPOLOGIES, graph_of

__all__ = ["TOPOLOGIES", "hearing"]


def hearing(topology: str, circle: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Whom each seat hears, given the seats in the order they sit. Raises `InputError` for an unknown topology."""
    neighbours = _neighbours(topology, len(circle))
    return {seat: tuple(circle[place] for place in neighbours[index]) for index, seat in enumerate(circle)}


@lru_cache(maxsize=256)
def _neighbours(topology: str, places: int) -> tuple[tuple[int, ...], ...]:
    graph = graph_of(topology, places)
    heard = graph.predecessors if isinstance(graph, nx.DiGraph) else graph.neighbors
    # A ring of one or two places has loops and double edges: nobody hears themselves, or anybody twice.
    return tuple(tuple(sorted(set(heard(place)) - {place})) for place in range(places))
