"""Topologies as people write them: `ring`, `small_world:k=4,p=0.2,seed=1`, `edges:0-1,1>2`, or a graph file's name."""

import inspect
from pathlib import Path

import networkx as nx

from jury.spelling import arguments, name_of
from jury.topologies.edges import check_places, spelt
from jury.topologies.files import names_graph_file, read_graph
from jury.topologies.registry import TOPOLOGIES


def graph_of(topology: str, places: int) -> "nx.Graph[int]":
    """The graph of a topology that is written out. Raises `InputError` for unknown names and impossible arguments."""
    name, _, written = topology.partition(":")
    make = TOPOLOGIES.get(name)
    if takes_words(name):
        return make(places, *(word for word in written.split(",") if word))
    return make(places, **_arguments(topology))


def seated_topology(topology: str, places: int) -> str:
    """The topology as it stands in a seated jury: every argument stated, a graph file's content in place of its name.

    Raises `InputError` where there is no such topology for so many places.
    """
    if names_graph_file(topology):
        read = read_graph(Path(topology))
        check_places(read, places, topology)
        return spelt(read)
    graph = graph_of(topology, places)
    name = name_of(topology)
    if name == "edges":
        return spelt(nx.DiGraph(graph))
    if takes_words(name):
        return topology
    args = ",".join(f"{key}={int(value) if value == int(value) else value}" for key, value in _stated(topology).items())
    return f"{name}:{args}" if args else name


def takes_words(name: str) -> bool:
    """Whether a topology reads what stands after its colon itself."""
    return any(one.kind is inspect.Parameter.VAR_POSITIONAL for one in _parameters(name))


def _stated(topology: str) -> dict[str, float]:
    """All arguments of a topology in its order, with the defaults of those not written."""
    args = _arguments(topology)
    return {one.name: args.get(one.name, one.default) for one in _parameters(name_of(topology))}


def _arguments(topology: str) -> dict[str, float]:
    return arguments("topology", topology, TOPOLOGIES.get(name_of(topology)))


def _parameters(name: str) -> list[inspect.Parameter]:
    """The topology's own arguments: all but the number of places."""
    return list(inspect.signature(TOPOLOGIES.get(name)).parameters.values())[1:]
