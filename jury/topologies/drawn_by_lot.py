"""Topologies drawn by lot: the seed is part of what is written, so that the same graph is drawn on every replay."""

import networkx as nx

from jury.errors import InputError
from jury.topologies.registry import TOPOLOGIES

#: How often a small world is drawn until it is connected.
TRIES = 100


@TOPOLOGIES.add("small_world")
def small_world(places: int, k: float = 4, p: float = 0.2, seed: float = 0) -> "nx.Graph[int]":
    """A connected small world (Watts & Strogatz 1998): a ring in which each place has `k` neighbours, then each edge
    is led elsewhere with probability `p`. `k` is even, 2 ≤ k < places. Raises `InputError`.
    """
    near = _whole("small_world", "k", k)
    if near < 2 or near % 2:
        raise InputError(f"topology 'small_world': k={k:g} must be an even number of at least 2")
    if near >= places:
        raise InputError(
            f"topology 'small_world': k={k:g} needs more than {near} seats, but there are {places}; "
            "choose a smaller k, or `complete`"
        )
    if not 0 <= p <= 1:
        raise InputError(f"topology 'small_world': p={p:g} must lie between 0 and 1")
    try:
        graph: nx.Graph[int] = nx.connected_watts_strogatz_graph(
            places, near, p, tries=TRIES, seed=_whole("small_world", "seed", seed)
        )
    except nx.NetworkXError:
        raise InputError(
            f"topology 'small_world': none of {TRIES} draws with k={k:g} and p={p:g} is connected; "
            "choose a larger k, a smaller p or another seed"
        ) from None
    return graph


@TOPOLOGIES.add("random_regular")
def random_regular(places: int, d: float = 3, seed: float = 0) -> "nx.Graph[int]":
    """A graph in which every place has `d` neighbours, 1 ≤ d < places; places · d is even. Raises `InputError`."""
    degree = _whole("random_regular", "d", d)
    if not 1 <= degree < places:
        raise InputError(
            f"topology 'random_regular': d={d:g} must be at least 1 and less than the {places} seats; choose another d"
        )
    if degree * places % 2:
        raise InputError(
            f"topology 'random_regular': {places} seats with d={d:g} neighbours each is an odd number of ends; "
            "choose an even d, or seat one juror more or less"
        )
    graph: nx.Graph[int] = nx.random_regular_graph(degree, places, seed=_whole("random_regular", "seed", seed))
    return graph


def _whole(topology: str, name: str, value: float) -> int:
    if value < 0 or value != int(value):
        raise InputError(f"topology {topology!r}: {name}={value:g} must be a whole number of at least 0")
    return int(value)
