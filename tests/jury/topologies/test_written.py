"""Topologies as people write them, and as they stand in a seated jury."""

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jury.errors import InputError
from jury.juries import choose_rubric, load_panel, load_plan, seat
from jury.prompt_files import open_library
from jury.topologies import graph_of, seated_topology

LIBRARY = open_library()


@pytest.mark.parametrize(
    ("written", "stands"),
    [
        ("ring", "ring"),
        ("small_world", "small_world:k=4,p=0.2,seed=0"),
        ("small_world:2,seed=7", "small_world:k=2,p=0.2,seed=7"),
        ("random_regular:d=2", "random_regular:d=2,seed=0"),
        ("edges:1-0,2>1,1>2,4>3", "edges:0-1,1-2,4>3"),
        ("edges:4,0-1,2>3", "edges:0-1,2>3,4"),
    ],
)
def test_a_seated_topology_states_every_argument_and_has_one_spelling(written, stands):
    assert seated_topology(written, 5) == stands
    assert seated_topology(stands, 5) == stands


@given(st.integers(5, 12), st.floats(0, 1), st.integers(0, 50))
def test_a_small_world_is_connected_and_the_same_whenever_it_is_drawn(places, p, seed):
    written = f"small_world:k=4,p={p},seed={seed}"
    graph = graph_of(written, places)
    assert nx.is_connected(graph)
    assert set(graph.edges) == set(graph_of(seated_topology(written, places), places).edges)


@given(st.integers(2, 5), st.integers(3, 6), st.integers(0, 50))
def test_everybody_on_a_random_regular_graph_has_as_many_neighbours(degree, half, seed):
    graph = graph_of(f"random_regular:d={degree},seed={seed}", 2 * half)
    assert {count for _, count in graph.degree} == {degree}


@pytest.mark.parametrize(
    ("topology", "places", "said"),
    [
        ("small_world:k=3", 5, "k=3 must be an even number"),
        ("small_world:k=4", 4, "needs more than 4 seats, but there are 4; choose a smaller k"),
        ("small_world:p=1.5", 5, "p=1.5 must lie between 0 and 1"),
        ("small_world:seed=0.5", 5, "seed=0.5 must be a whole number"),
        ("small_world:k=nan", 5, "is not a finite number"),
        ("small_world:k=x", 5, "is not a number"),
        ("small_world:size=3", 5, "has no argument 'size'; it takes k, p, seed"),
        ("random_regular:d=5", 5, "less than the 5 seats"),
        ("random_regular:d=3", 5, "choose an even d, or seat one juror more or less"),
        ("ring:3", 5, "'ring' has no argument '3'; it takes no arguments"),
        ("edges:0-5,1-2,3-4", 5, "names place 5, but the panel's 5 seats are 0 to 4"),
        ("edges:0-1,2-3", 5, "add place 4, without edges if it hears nobody"),
        ("edges:0-x", 5, "'0-x' is no edge; write 0-1"),
    ],
)
def test_an_impossible_topology_is_named_with_the_way_out(topology, places, said):
    with pytest.raises(InputError, match="topology") as raised:
        seated_topology(topology, places)
    assert said in str(raised.value)


def test_a_jury_is_seated_with_the_content_of_its_graph_file(tmp_path):
    file = tmp_path / "mine.edges"
    file.write_text("0 1\n1>2\n3 4\n")
    plan = load_plan("trial")
    plan = plan.but(protocol=plan.protocol.but(topology=str(file)))
    sitting = seat(plan, load_panel("rehearsal"), choose_rubric(plan, "safebench", LIBRARY), LIBRARY)
    assert sitting.protocol.topology == "edges:0-1,1>2,3-4"
