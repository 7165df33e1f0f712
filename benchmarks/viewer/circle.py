"""Who could hear whom around the table, and who moved whom: one drawing of a trial."""

from collections.abc import Iterator
from math import cos, pi, sin

from markupsafe import Markup

from benchmarks.drawing.sheet import Node, arrow, sheet, words
from benchmarks.viewer.debate import Debate
from jury.records import Verdict

_SIZE, _MIDDLE, _RADIUS = (460.0, 400.0), (230.0, 205.0), 145.0


def circle_drawn(debate: Debate, verdict: Verdict) -> str:
    """The picture as SVG: jurors in a circle, pale lines where one was heard, arrows from a juror to those it moved."""
    nodes = _nodes(debate, verdict)
    heard = {(other, seat) for held in verdict.rounds for seat, others in held.heard.items() for other in others}
    moved = [one for one in debate.influences if one.moved]
    shapes = [
        words("title", 12, 24, "Who was heard, and who moved whom"),
        *(
            arrow(nodes[one], nodes[other], "edge faint", tip=False)
            for one, other in sorted(heard)
            if {one, other} <= nodes.keys()
        ),
        *_moves(debate, nodes),
        *(node.drawn for node in nodes.values()),
    ]
    told = "; ".join(f"{one.speaker} moved {one.hearer}" for one in moved) or "nobody moved anybody"
    return sheet("Who was heard, and who moved whom", f"{told}.", _SIZE, shapes)


def _nodes(debate: Debate, verdict: Verdict) -> dict[str, Node]:
    last = {one.seat: one for held in debate.rows for cell in held.cells if (one := cell.ballot)}
    changed = {mind.juror for mind in verdict.changed}
    nodes = {}
    for place, column in enumerate(debate.columns):
        turn = 2 * pi * place / len(debate.columns) - pi / 2
        ballot = last.get(column.seat)
        kind = ballot.kind.replace("undecided", "idle") if ballot else "idle"
        nodes[column.seat] = Node(
            (_MIDDLE[0] + _RADIUS * cos(turn), _MIDDLE[1] + _RADIUS * sin(turn)),
            column.juror,
            f"node {kind}{' moved' if column.juror in changed else ''}",
            below=ballot.vote if ballot else "",
            width=120,
            height=40,
        )
    return nodes


def _moves(debate: Debate, nodes: dict[str, Node]) -> Iterator[Markup]:
    seats = {column.juror: column.seat for column in debate.columns}
    for one in debate.influences:
        if one.moved and one.speaker in seats and one.hearer in seats:
            yield arrow(nodes[seats[one.speaker]], nodes[seats[one.hearer]], bend=24)
