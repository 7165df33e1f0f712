"""Who heard whom: the order around the table, worked out again from what was judged."""

from collections.abc import Mapping, Sequence
from typing import Any

import networkx as nx

from benchmarks.verify.ballots import UNTOLD
from benchmarks.verify.documents import digest

#: What a part of a prompt holds where its JSON leaves it out.
_EXHIBIT = {"media": None, "problem": None}
_PART: dict[str, dict[str, Any]] = {
    "text": {},
    "image": {**_EXHIBIT, "description": ""},
    "audio": {**_EXHIBIT, "spoken": ""},
}
_MEDIA = {"width": None, "height": None, "seconds": None, "sample_rate": None}


#: Shipped topologies that can be told without drawing lots, by the rule each is.
_PLAIN = frozenset({"complete", "ring", "star", "path", "alone"})


def heard_by(topology: str, seats: Sequence[str], case: Mapping[str, Any], answers: Sequence[Mapping[str, Any]]) -> Any:
    """Seat → seats whose last ballot it was shown; untold for a topology that is not among the shipped ones.

    Raises `ValueError` for a shipped one that is written as no run writes it.
    """
    heard = _pairs(topology, len(seats))
    if heard is None:
        return UNTOLD
    table = seated_around(seats, case, answers)
    return {
        seat: [other for place, other in enumerate(table) if place != at and (place, at) in heard]
        for at, seat in enumerate(table)
    }


def seated_around(seats: Sequence[str], case: Mapping[str, Any], answers: Sequence[Mapping[str, Any]]) -> list[str]:
    """The seats in the order they sit around the table."""
    shown = _exhibits(case, answers)
    return sorted(seats, key=lambda seat: digest([shown, seat]))


def _pairs(topology: str, places: int) -> set[tuple[int, int]] | None:
    """Every (place that speaks, place that hears), None for a topology that is not known here."""
    name, _, written = topology.partition(":")
    if topology in _PLAIN:
        return {
            (one, other) for one in range(places) for other in range(places) if _hears(topology, one, other, places)
        }
    if name == "edges":
        return _edges(written)
    if name not in {"small_world", "random_regular"}:
        return None
    numbers = {key: float(value) for key, value in (one.split("=") for one in written.split(","))}
    return {pair for one, other in _lots(name, numbers, places).edges for pair in ((one, other), (other, one))}


def _hears(topology: str, at: int, place: int, places: int) -> bool:
    apart = {"ring": (at - place) % places in {1, places - 1}, "path": abs(at - place) == 1, "star": 0 in {at, place}}
    return topology == "complete" or apart.get(topology, False)


def _lots(name: str, numbers: Mapping[str, float], places: int) -> "nx.Graph[int]":
    try:
        drawn: nx.Graph[int]
        if name == "small_world":
            near, elsewhere, seed = int(numbers["k"]), numbers["p"], int(numbers["seed"])
            drawn = nx.connected_watts_strogatz_graph(places, near, elsewhere, tries=100, seed=seed)
        else:
            drawn = nx.random_regular_graph(int(numbers["d"]), places, seed=int(numbers["seed"]))
    except nx.NetworkXError as error:
        raise ValueError(f"no {name} seats {places} jurors so: {error}") from None
    return drawn


def _edges(written: str) -> set[tuple[int, int]]:
    """The pairs of edges such as `0-1` (both ways), `1>2` (one way), `3` (a place that has none)."""
    pairs = set()
    for word in written.split(","):
        speaker, one_way, hearer = word.partition(">")
        if one_way:
            pairs.add((int(speaker), int(hearer)))
        elif "-" in word:
            one, other = map(int, word.split("-"))
            pairs |= {(one, other), (other, one)}
    return pairs


def _exhibits(case: Mapping[str, Any], answers: Sequence[Mapping[str, Any]]) -> str:
    """64 hex digits over what jurors are shown."""
    turns = [{"parts": [whole_part(part) for part in turn["parts"]]} for turn in case.get("turns", ())]
    said = [[answer.get("state", "given"), answer.get("text", ""), *_ended(answer)] for answer in answers]
    return digest([case.get("language", "en"), turns, said])


def _ended(answer: Mapping[str, Any]) -> list[str]:
    """What jurors are told of a text that is not whole."""
    if answer.get("state", "given") != "given":
        return []
    return ["filtered"] if answer.get("filtered") else ["cut_off"] if answer.get("cut_off") else []


def whole_part(part: Mapping[str, Any]) -> dict[str, Any]:
    """A part with every field it leaves out."""
    whole = {**_PART[part["kind"]], **part}
    if whole.get("media"):
        whole["media"] = {**_MEDIA, **whole["media"]}
    if whole.get("problem"):
        whole["problem"] = {"detail": "", **whole["problem"]}
    return whole
