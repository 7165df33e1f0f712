"""Topologies without arguments."""

import networkx as nx

from jury.topologies.registry import TOPOLOGIES


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


@TOPOLOGIES.add("star")
def star(places: int) -> "nx.Graph[int]":
    """The first place hears everybody, and everybody hears it alone."""
    graph: nx.Graph[int] = nx.star_graph(places - 1)
    return graph


@TOPOLOGIES.add("path")
def path(places: int) -> "nx.Graph[int]":
    """A ring that is open: the first place and the last hear one neighbour only."""
    graph: nx.Graph[int] = nx.path_graph(places)
    return graph


@TOPOLOGIES.add("alone")
def alone(places: int) -> "nx.Graph[int]":
    """Nobody hears anybody: jurors are asked again, and that is all. The control of what hearing others does."""
    graph: nx.Graph[int] = nx.empty_graph(places)
    return graph
