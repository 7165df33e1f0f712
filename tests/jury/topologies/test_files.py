"""Graphs from files: what they say is read, whatever else they are is a sentence."""

from pathlib import Path

import networkx as nx
import pytest

from jury.errors import InputError
from jury.topologies import seated_topology


@pytest.mark.parametrize(
    ("graph", "stands"),
    [
        (nx.path_graph(3), "edges:0-1,1-2"),
        (nx.DiGraph([(0, 1), (1, 2), (2, 1)]), "edges:0>1,1-2"),
        (nx.relabel_nodes(nx.path_graph(3), {0: "n0", 1: "n1", 2: "n2"}), "edges:0-1,1-2"),
        (nx.MultiGraph([(0, 1), (0, 1), (2, 2)]), "edges:0-1,2"),
    ],
)
def test_a_graphml_file_is_read_as_networkx_writes_it(tmp_path: Path, graph, stands):
    nx.write_graphml(graph, tmp_path / "g.graphml")
    assert seated_topology(str(tmp_path / "g.graphml"), 3) == stands


def test_an_edge_list_is_read_as_networkx_writes_it(tmp_path: Path):
    nx.write_edgelist(nx.cycle_graph(4), tmp_path / "g.edges")
    assert seated_topology(str(tmp_path / "g.edges"), 4) == "edges:0-1,0-3,1-2,2-3"


def test_lines_say_both_ways_one_way_or_nobody(tmp_path: Path):
    (tmp_path / "g.edges").write_text("# mine\n0 1\n\n2 > 1  # one way\n3\n1-4\n")
    assert seated_topology(str(tmp_path / "g.edges"), 5) == "edges:0-1,1-4,2>1,3"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("g.edges", "0 1\none two\n", "line 2: 'one-two' is no edge"),
        ("g.edges", "# nothing\n", "holds no graph"),
        ("g.edges", "0 1\n", "has 2 places, but the panel has 3 seats; add place 2"),
        ("g.edges", "0 1\n2 9\n", "names place 9"),
        ("g.graphml", "<graphml>", "is not readable as GraphML"),
        ("g.graphml", "<graphml/>", "is not readable as GraphML"),
        ("g.graphml", '<!DOCTYPE x [<!ENTITY a "b">]><graphml/>', "declares a document type"),
    ],
)
def test_a_file_that_is_no_graph_for_the_panel_is_named_with_its_fault(tmp_path: Path, name, text, said):
    (tmp_path / name).write_text(text)
    with pytest.raises(InputError) as raised:
        seated_topology(str(tmp_path / name), 3)
    assert str(raised.value).startswith(str(tmp_path / name))
    assert said in str(raised.value)


def test_a_node_that_is_no_place_is_named(tmp_path: Path):
    nx.write_graphml(nx.Graph([("Ann", "Bob")]), tmp_path / "g.graphml")
    with pytest.raises(InputError, match="node 'Ann' is no place"):
        seated_topology(str(tmp_path / "g.graphml"), 2)


def test_a_missing_file_is_named(tmp_path: Path):
    with pytest.raises(InputError, match=r"none\.edges can't be read"):
        seated_topology(str(tmp_path / "none.edges"), 2)
