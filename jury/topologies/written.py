"""Topologies as people write them: `ring`, `small_world:k=4,p=0.2,seed=1`, `edges:0-1,1>2`, or a graph file's name."""

import inspect
from math import isfinite
from pathlib import Path

import networkx as nx

from jury.errors import InputError
from jury.topologies.edges import check_places, spelt
from jury.topologies.files import names_graph_file, read_graph
from jury.topologies.registry import TOPOLOGIES


def graph_of(topology: str, places: int) -> "nx.Graph[int]":
    """The graph of a topology that is written out. Raises `InputError` for unknown names and impossible arguments."""
    name, _, written = topology.partition(":")
    make = TOPOLOGIES.get(name)
    if takes_words(name):
        return make(places, *(word for word in written.split(",") if word))
    return make(places, **_arguments(name, written))


def seated_topology(topology: str, places: int) -> str:
    """The topology as it stands in a seated jury: every argument stated, a graph file's content in place of its name.

    Raises `InputError` where there is no such topology for so many places.
    """
    if names_graph_file(topology):
        graph = read_graph(Path(topology))
        check_places(graph, places, topology)
        return spelt(graph)
    graph = graph_of(topology, places)
    name, _, written = topology.partition(":")
    if name == "edges":
        return spelt(nx.DiGraph(graph))
    if takes_words(name):
        return topology
    args = ",".join(
        f"{key}={int(value) if value == int(value) else value}" for key, value in _stated(name, written).items()
    )
    return f"{name}:{args}" if args else name


def takes_words(name: str) -> bool:
    """Whether a topology reads what stands after its colon itself."""
    return any(one.kind is inspect.Parameter.VAR_POSITIONAL for one in _parameters(name))


def _stated(name: str, written: str) -> dict[str, float]:
    """All arguments of a topology in its order, with the defaults of those not written."""
    args = _arguments(name, written)
    return {one.name: args.get(one.name, one.default) for one in _parameters(name)}


def _arguments(name: str, written: str) -> dict[str, float]:
    known = [one.name for one in _parameters(name)]
    args: dict[str, float] = {}
    for position, item in enumerate(part for part in written.split(",") if part):
        key, equals, value = (part.strip() for part in item.partition("="))
        if not equals:
            key, value = (known[position] if position < len(known) else item), item.strip()
        if key not in known:
            raise InputError(
                f"topology {name!r} has no argument {key!r}; it takes {', '.join(known) or 'no arguments'}"
            )
        args[key] = _number(name, key, value)
    for one in _parameters(name):
        if one.default is inspect.Parameter.empty and one.name not in args:
            raise InputError(f"topology {name!r} needs its argument {one.name!r}, as in `{name}:{one.name}=…`")
    return args


def _number(name: str, key: str, value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        raise InputError(f"topology {name!r}: {key}={value!r} is not a number") from None
    if not isfinite(number):
        raise InputError(f"topology {name!r}: {key}={value} is not a finite number")
    return number


def _parameters(name: str) -> list[inspect.Parameter]:
    """The topology's own arguments: all but the number of places."""
    return list(inspect.signature(TOPOLOGIES.get(name)).parameters.values())[1:]
