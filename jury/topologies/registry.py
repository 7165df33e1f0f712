"""Topologies by name. A topology is one function from a number of places, and its arguments, to a graph."""

from collections.abc import Callable

import networkx as nx

from jury.registry import Registry

#: From a number of places to a graph on 0 … n−1; in a directed one an edge leads from who speaks to who hears.
#: Arguments come by keyword as numbers; a function that takes `*words` gets what stands after the colon as it stands.
Topology = Callable[..., "nx.Graph[int]"]

TOPOLOGIES: Registry[Topology] = Registry("topology")
