"""Who hears whom."""

import pytest

from jury.errors import InputError
from jury.topology import hearing

FIVE = ("a", "b", "c", "d", "e")


def test_on_a_complete_graph_everybody_hears_everybody_else():
    assert hearing("complete", FIVE)["c"] == ("a", "b", "d", "e")


def test_on_a_ring_everybody_hears_two_neighbours():
    heard = hearing("ring", FIVE)
    assert heard["a"] == ("b", "e")
    assert all(len(neighbours) == 2 for neighbours in heard.values())


@pytest.mark.parametrize("topology", ["complete", "ring"])
def test_nobody_hears_themselves_on_the_smallest_panels(topology):
    assert hearing(topology, ("a",)) == {"a": ()}
    assert hearing(topology, ("a", "b")) == {"a": ("b",), "b": ("a",)}


def test_an_unknown_topology_is_named_with_the_known_ones():
    with pytest.raises(
        InputError, match=r"unknown topology 'mesh'; known: alone, complete, edges, path, random_regular, ring"
    ):
        hearing("mesh", FIVE)


def test_on_a_star_one_hears_all_and_all_hear_one():
    heard = hearing("star", FIVE)
    assert heard == {"a": ("b", "c", "d", "e"), "b": ("a",), "c": ("a",), "d": ("a",), "e": ("a",)}


def test_on_a_path_the_ends_hear_one_neighbour():
    heard = hearing("path", FIVE)
    assert (heard["a"], heard["c"], heard["e"]) == (("b",), ("b", "d"), ("d",))


def test_an_edge_leads_from_who_speaks_to_who_hears():
    assert hearing("edges:0>1,1-2", ("a", "b", "c")) == {"a": (), "b": ("a", "c"), "c": ("b",)}
