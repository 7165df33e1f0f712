"""Who hears whom: graphs over places around a table. Every module in this folder is imported: a new one is one new file."""

from jury.registry import import_folder
from jury.topologies.registry import TOPOLOGIES, Topology
from jury.topologies.written import graph_of, seated_topology

__all__ = ["TOPOLOGIES", "Topology", "graph_of", "seated_topology"]

import_folder(__name__, __path__)
