"""Graphs from files: GraphML, or one edge a line. Nodes are the places 0 … n−1 around the table."""

from pathlib import Path

import networkx as nx

from jury.errors import InputError
from jury.files import read_regular
from jury.topologies.edges import directed, join

#: Suffixes that make a topology's name that of a file.
SUFFIXES = frozenset({".graphml", ".edges", ".edgelist"})

#: Longest graph file, in bytes.
LONGEST = 1_000_000


def names_graph_file(topology: str) -> bool:
    """Whether a topology is written as the name of a graph file."""
    return Path(topology).suffix in SUFFIXES


def read_graph(path: Path) -> "nx.DiGraph[int]":
    """The graph in a file; an undirected edge leads both ways. Raises `InputError` that names the file and the fault."""
    text = _text(path)
    return _graphml(path, text) if path.suffix == ".graphml" else _edge_list(path, text)


def _text(path: Path) -> str:
    try:
        content = read_regular(path)
    except OSError as error:
        raise InputError(f"{path} can't be read: {error.strerror}; name an existing graph file") from None
    if len(content) > LONGEST:
        raise InputError(f"{path} is longer than {LONGEST} bytes; a panel's graph is small, name another file")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path} is not UTF-8 text; save it as UTF-8") from None


def _edge_list(path: Path, text: str) -> "nx.DiGraph[int]":
    """Lines such as `0 1`, `0-1`, `0>1` or `0`; `#` starts a comment, `{` the data that networkx writes."""
    graph: nx.DiGraph[int] = nx.DiGraph()
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.partition("#")[0].partition("{")[0].replace("-", " - ").replace(">", " > ").split()
        if words:
            written = "-".join(words) if not {"-", ">"} & set(words) else "".join(words)
            graph.update(directed((written,), f"{path} line {number}"))
    return _filled(path, graph)


def _graphml(path: Path, text: str) -> "nx.DiGraph[int]":
    # Entities can swell a small file into gigabytes; GraphML needs none.
    if "<!DOCTYPE" in text.upper() or "<!ENTITY" in text.upper():
        raise InputError(f"{path} declares a document type; take the <!DOCTYPE …> out")
    try:
        read = nx.parse_graphml(text.partition("?>")[2] if text.lstrip().startswith("<?xml") else text)
    except (nx.NetworkXError, SyntaxError, ValueError, KeyError, TypeError, StopIteration) as error:
        raise InputError(f"{path} is not readable as GraphML ({type(error).__name__}: {error}); save it anew") from None
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(_place(path, node) for node in read)
    for speaker, hearer in read.edges():
        join(graph, _place(path, speaker), _place(path, hearer), both=not read.is_directed())
    return _filled(path, graph)


def _filled(path: Path, graph: "nx.DiGraph[int]") -> "nx.DiGraph[int]":
    if not graph:
        raise InputError(f"{path} holds no graph; write edges such as `0 1`")
    return graph


def _place(path: Path, node: object) -> int:
    """The place of a node called `2`, or `n2` as GraphML's editors call it."""
    digits = str(node).removeprefix("n")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 6):
        raise InputError(f"{path}: node {str(node)!r} is no place; call the nodes 0, 1, 2 … around the table")
    return int(digits)
