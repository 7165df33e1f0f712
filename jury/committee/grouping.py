"""Which proposals mean the same, as far as their names tell; what words don't tell is for the members' vote."""

from collections.abc import Iterable
from itertools import combinations

import networkx as nx

from jury.committee.proposing import Proposal
from jury.committee.similarity import GRAM, jaccard, normalised, shingles

#: Proposals that are voted on together, in canonical order.
Group = tuple[Proposal, ...]

#: A Chinese word has two characters mostly: longer n-grams of a short name would tell nothing.
CHINESE_GRAM = 2


def likeness(a: str, b: str) -> float:
    """How alike two names are: the Jaccard similarity of their character n-grams, 0 to 1.

    Names only: definitions share so many phrases that different risks look alike.
    """
    n = CHINESE_GRAM if _is_chinese(a + b) else GRAM
    return jaccard(shingles(a, n), shingles(b, n))


def grouped(proposals: Iterable[Proposal], similarity: float) -> tuple[Group, ...]:
    """The proposals in groups: connected components of the graph whose edges join names at least so alike.

    Groups and their proposals come in an order that depends on their words alone, not on who proposed when.
    """
    ordered = sorted(proposals, key=_place)
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(ordered)))
    pairs = combinations(range(len(ordered)), 2)
    graph.add_edges_from((a, b) for a, b in pairs if likeness(ordered[a].name, ordered[b].name) >= similarity)
    components = sorted(sorted(component) for component in nx.connected_components(graph))
    return tuple(tuple(ordered[place] for place in component) for component in components)


def nearest(groups: tuple[Group, ...], number: int, most: int) -> tuple[int, ...]:
    """The numbers (from 1, ascending) of at most so many other groups: those with the likest definition or name."""
    others = [other for other in range(1, len(groups) + 1) if other != number]
    others.sort(key=lambda other: (-_closeness(groups[number - 1], groups[other - 1]), other))
    return tuple(sorted(others[:most]))


def _closeness(one: Group, other: Group) -> float:
    return max(max(likeness(a.name, b.name), likeness(a.definition, b.definition)) for a in one for b in other)


def _place(proposal: Proposal) -> tuple[str, str, str]:
    return normalised(proposal.name), proposal.words, proposal.author


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)
