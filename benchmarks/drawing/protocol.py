"""A jury as a picture: its state machine, with the steps its protocol takes, and who hears whom around the table."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Any

import networkx as nx
from markupsafe import Markup

from benchmarks.drawing.sheet import Node, arrow, sheet, words
from jury.panel import panel_seats
from jury.records import Jury
from jury.topology import hearing

_COLUMN, _ROW, _LEFT, _TOP = 150, 62, 80, 100
_RADIUS = 150


@dataclass(frozen=True)
class Drawing:
    """What is drawn: steps with whether the protocol takes them, ways between them, and who is heard by whom."""

    jury: Jury
    steps: dict[str, bool]
    ways: list[tuple[str, str]]
    heard: list[tuple[str, str]]

    @property
    def document(self) -> dict[str, Any]:
        """The drawing as plain values."""
        return {
            "jury": self.jury.name,
            "protocol": self.jury.protocol.model_dump(mode="json"),
            "steps": [{"name": name, "taken": taken} for name, taken in self.steps.items()],
            "ways": [{"from": start, "to": end} for start, end in self.ways],
            "seats": [seat.name for seat in panel_seats(self.jury.panel)],
            "hears": [{"speaker": speaker, "hearer": hearer} for speaker, hearer in self.heard],
        }


def drawing_of(jury: Jury) -> Drawing:
    """The drawing of a jury. Around the table seats are drawn in canonical order: each trial shuffles them anew."""
    from graphs.deliberation import graph

    machine = graph.get_graph()
    steps = {name: _taken(name, jury) for name in machine.nodes}
    ways = sorted({(edge.source, edge.target) for edge in machine.edges})
    seats = {seat.id: seat.name for seat in panel_seats(jury.panel)}
    heard: list[tuple[str, str]] = []
    if jury.protocol.rounds and jury.protocol.forum is None:
        for hearer, speakers in hearing(jury.protocol.topology, tuple(seats)).items():
            heard += [(seats[speaker], seats[hearer]) for speaker in speakers]
    return Drawing(jury, steps, ways, sorted(heard))


def drawn(drawing: Drawing) -> str:
    """The picture as SVG."""
    boxes = _machine(drawing)
    foot = max(box.at[1] for box in boxes.values()) + 60
    table = _table(drawing, foot + 190)
    width = max(max(box.at[0] for box in boxes.values()) + 90, 2 * _RADIUS + 260)
    protocol = drawing.jury.protocol
    shapes = [
        words("title", 16, 28, f"{drawing.jury.name}: rule {drawing.jury.rule.name}"),
        words("small start", 16, 48, _told(drawing)),
        *_ways(drawing, boxes),
        *(box.drawn for box in boxes.values()),
        words("small start", 16, foot, _heading(drawing)),
        *_hearing(drawing, table),
        *(box.drawn for box in table.values()),
    ]
    taken = ", ".join(name for name, taken in drawing.steps.items() if taken)
    description = f"Steps taken: {taken}. {_heading(drawing)}: {len(drawing.heard)} ways of being heard."
    return sheet(f"Protocol {protocol.name}", description, (width, foot + 2 * 190), shapes)


def _taken(step: str, jury: Jury) -> bool:
    protocol, rounds = jury.protocol, jury.protocol.rounds > 0
    taken = {
        "screen": protocol.screen is not None,
        "hold_forum": rounds and protocol.forum is not None,
        "weigh": rounds and protocol.forum is not None,
        "deliberate": rounds and protocol.forum is None,
        "reballot": rounds and protocol.reballot == "sealed",
        "break_tie": jury.rule.tie_break != "none",
        "summarise": protocol.summary,
    }
    return taken.get(step, True)


def _machine(drawing: Drawing) -> dict[str, Node]:
    """The steps in columns: each behind all that lead to it, but for ways back."""
    columns: dict[int, list[str]] = {}
    for column, names in enumerate(nx.topological_generations(_forward(drawing.ways))):
        columns[column] = sorted(names, key=list(drawing.steps).index)
    tallest = max(map(len, columns.values()))
    return {
        name: Node(
            (_LEFT + column * _COLUMN, _TOP + (tallest - len(names)) * _ROW / 2 + row * _ROW),
            name.strip("_").replace("_", " "),
            "node" if drawing.steps[name] else "idle",
        )
        for column, names in columns.items()
        for row, name in enumerate(names)
    }


def _forward(ways: list[tuple[str, str]]) -> "nx.DiGraph[str]":
    """The ways without those that lead back to a step on the way there."""
    graph: nx.DiGraph[str] = nx.DiGraph(ways)
    while not nx.is_directed_acyclic_graph(graph):
        cycle = nx.find_cycle(graph, "__start__")
        depth = nx.single_source_shortest_path_length(graph, "__start__")
        graph.remove_edge(*max(cycle, key=lambda edge: depth[edge[0]] - depth[edge[1]])[:2])
    return graph


def _ways(drawing: Drawing, boxes: dict[str, Node]) -> Iterator[Markup]:
    both = set(drawing.ways)
    for start, end in sorted(drawing.ways, key=lambda way: all(drawing.steps[step] for step in way)):
        used = drawing.steps[start] and drawing.steps[end]
        if start != end:
            bend = 22 if (end, start) in both else 0
            yield arrow(boxes[start], boxes[end], "edge" if used else "edge faint", tip=used, bend=bend)


def _table(drawing: Drawing, middle: float) -> dict[str, Node]:
    seats = panel_seats(drawing.jury.panel)
    return {
        seat.name: Node(
            (
                _RADIUS + 130 + _RADIUS * sin(2 * pi * place / len(seats)),
                middle - (_RADIUS - 20) * cos(2 * pi * place / len(seats)),
            ),
            seat.name,
            below=seat.juror.role,
        )
        for place, seat in enumerate(seats)
    }


def _hearing(drawing: Drawing, table: dict[str, Node]) -> Iterator[Markup]:
    pairs = set(drawing.heard)
    for speaker, hearer in drawing.heard:
        mutual = (hearer, speaker) in pairs
        if not mutual or speaker < hearer:
            yield arrow(table[speaker], table[hearer], tip=not mutual)


def _told(drawing: Drawing) -> str:
    protocol = drawing.jury.protocol
    pieces = [
        f"opens {protocol.opening.replace('_', ' ')}",
        f"up to {protocol.rounds} rounds",
        *([f"forum {protocol.forum}"] if protocol.forum else []),
        *([f"settled at {protocol.settled:g}"] if protocol.settled is not None else []),
        *(f"stops: {stop}" for stop in protocol.stops),
    ]
    return " · ".join(pieces)


def _heading(drawing: Drawing) -> str:
    protocol = drawing.jury.protocol
    if not protocol.rounds:
        return "Nobody hears anybody"
    if protocol.forum:
        return f"All hear the forum: {protocol.forum}"
    turns = "one after another" if protocol.speaking == "in_turn" else "all at once"
    return f"Who hears whom ({protocol.topology}, {turns})"
