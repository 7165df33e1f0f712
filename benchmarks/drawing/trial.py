"""A trial that was held as a picture: its rounds from left to right, every seat's vote, who was heard, who moved."""

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from benchmarks.drawing.sheet import Node, arrow, sheet, words
from benchmarks.headings import heading_of
from jury.records import Ballot, Round, Verdict
from jury.rules import first_choice

_COLUMN, _ROW, _LEFT, _TOP = 240, 58, 120, 110


def trial_drawn(verdict: Verdict, kinds: Mapping[str, str]) -> str:
    """The picture as SVG; votes are coloured by the kinds of choices, and a changed mind has a dashed rim.

    `positive` is the bad side, `negative` the good one and what a choice is without a kind, `neutral` neither.
    """
    seats = sorted({ballot.seat: ballot.juror for held in verdict.rounds for ballot in held.ballots}.items())
    rows = {seat: row for row, (seat, _) in enumerate(seats)}
    columns = [
        {
            ballot.seat: _box(ballot, column, rows[ballot.seat], _before(verdict, column, ballot), kinds)
            for ballot in held.ballots
        }
        for column, held in enumerate(verdict.rounds)
    ]
    height = _TOP + len(rows) * _ROW + 40
    width = max(480, _LEFT + len(columns) * _COLUMN)
    shapes = [
        words("title", 16, 28, f"Case {verdict.case_id}: {_ended(verdict)}"),
        words("small start", 16, 48, "REHEARSAL: scripted models took part" if verdict.rehearsal else ""),
        *(shape for column, held in enumerate(verdict.rounds) for shape in _heading(column, held)),
        *(
            line
            for column in range(1, len(columns))
            for line in _heard(verdict.rounds[column], columns[column - 1], columns[column])
        ),
        *(box.drawn for column in columns for box in column.values()),
    ]
    told = "; ".join(f"{mind.juror}: {mind.before} to {mind.after}" for mind in verdict.changed) or "nobody changed"
    return sheet(f"Trial of case {verdict.case_id}", f"{_ended(verdict)}. {told}.", (width, height), shapes)


def _heading(column: int, held: Round) -> Iterator[Markup]:
    x = _LEFT + column * _COLUMN
    yield words("", x, _TOP - 44, heading_of(held))
    if held.statements:
        speakers = list(dict.fromkeys(statement.speaker for statement in held.statements))
        yield words("small", x, _TOP - 29, f"after {len(held.statements)} statements of {', '.join(speakers)}"[:44])


def _box(ballot: Ballot, column: int, row: int, before: Ballot | None, kinds: Mapping[str, str]) -> Node:
    choice = first_choice(ballot)
    kind = "idle" if choice is None else kinds.get(choice, "negative")
    moved = before is not None and first_choice(before) not in (None, choice) and choice is not None
    return Node(
        (_LEFT + column * _COLUMN, _TOP + row * _ROW),
        ballot.juror,
        f"node {kind}{' moved' if moved else ''}",
        below=choice or ballot.state,
        width=150,
        height=40,
    )


def _before(verdict: Verdict, column: int, ballot: Ballot) -> Ballot | None:
    """The seat's ballot of the round before, None where it had none."""
    earlier = verdict.rounds[column - 1].ballots if column else ()
    return next((one for one in earlier if one.seat == ballot.seat), None)


def _heard(held: Round, earlier: dict[str, Node], now: dict[str, Node]) -> Iterator[Markup]:
    for seat, speakers in held.heard.items():
        yield from (
            arrow(earlier[one], now[seat], "edge faint", tip=False)
            for one in speakers
            if one in earlier and seat in now
        )
    yield from (arrow(earlier[seat], box) for seat, box in now.items() if seat in earlier)


def _ended(verdict: Verdict) -> str:
    outcome = verdict.outcome
    return outcome.choice or outcome.state.replace("_", " ")
