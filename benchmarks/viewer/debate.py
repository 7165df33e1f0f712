"""A debate to be read: jurors as columns, rounds as rows, who moved and whom they follow or cite."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benchmarks.report.trials import ShownBallot, ShownStatement, ShownTrial
from jury.influence.graph import influence
from jury.panel import panel_seats
from jury.records import Jury, Transcript, Verdict
from jury.table import Table


@dataclass(frozen=True)
class Column:
    """One juror: where it sat (`place`: the letter others knew it by; empty for one who had no seat), and what it is."""

    seat: str
    juror: str
    place: str
    model: str
    role: str


@dataclass(frozen=True)
class Cell:
    """What a juror did in a round: its ballot, whom it follows in a changed vote, whom its reasons name, whom it heard."""

    ballot: ShownBallot | None
    follows: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One round: its heading, what was said before the ballots, and a cell for every column."""

    heading: str
    statements: tuple[ShownStatement, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Influence:
    """How often one juror heard another hold another choice in this trial (`chances`), and then went over to it (`moved`)."""

    speaker: str
    hearer: str
    moved: int
    chances: int


@dataclass(frozen=True)
class Debate:
    """The whole debate."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    influences: tuple[Influence, ...]


def debate_of(shown: ShownTrial, transcript: Transcript, verdict: Verdict, jury: Jury) -> Debate:
    """The debate of a trial; whoever votes without a seat at the table (a scout, say) has a column of its own."""
    columns = tuple(_columns(transcript, verdict, jury))
    names = {column.seat: column.juror for column in columns}
    rows = []
    for at, (told, held) in enumerate(zip(shown.rounds, verdict.rounds, strict=True)):
        ballots = {one.seat: one for one in told.ballots}
        now = {one.seat: one.choice for one in held.ballots}
        before = {one.seat: one.choice for one in verdict.rounds[at - 1].ballots} if at else {}
        cells = []
        for column in columns:
            ballot = ballots.get(column.seat)
            heard = tuple(seat for seat in held.heard.get(column.seat, ()) if seat in names)
            moved = ballot is not None and bool(ballot.was)
            follows = [seat for seat in heard if moved and before.get(seat) == now.get(column.seat)]
            cited = citations(ballot.reasoning, columns, column) if ballot is not None and at else ()
            told_heard = tuple(names[seat] for seat in heard)
            cells.append(Cell(ballot, tuple(names[seat] for seat in follows), cited, told_heard))
        rows.append(Row(told.heading, told.statements, tuple(cells)))
    return Debate(columns, tuple(rows), tuple(_influences(verdict)))


def _columns(transcript: Transcript, verdict: Verdict, jury: Jury) -> Iterator[Column]:
    """The seats around the table, then everybody else who voted."""
    voted = {ballot.seat: ballot.juror for held in verdict.rounds for ballot in held.ballots}
    table = Table.of(panel_seats(jury.panel), jury.protocol, transcript.exhibits_hash)
    for seat in table.circle:
        if seat.id in voted:
            yield Column(seat.id, voted.pop(seat.id), table.called(seat), seat.juror.model, seat.juror.role)
    for seat_id, name in voted.items():
        yield Column(seat_id, name, "", "", "")


def citations(reasoning: str, columns: tuple[Column, ...], own: Column) -> tuple[str, ...]:
    """The other jurors that some reasons name: by name, or as the one in a place of the table."""
    return tuple(
        column.juror
        for column in columns
        if column.seat != own.seat and any(_names(reasoning, one) for one in _called(column))
    )


def _called(column: Column) -> Iterator[str]:
    """What a juror may be called in somebody's reasons; a letter alone would be found in any text."""
    if len(column.juror) > 1:
        yield column.juror
    if column.place:
        letter = column.place.split(" ")[0]
        yield from (f"juror {letter}", f"peer {letter}", f"陪审员{letter}", f"陪审员 {letter}")


def _names(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE | re.ASCII) is not None


def _influences(verdict: Verdict) -> Iterator[Influence]:
    edges: Mapping[tuple[str, str], Mapping[str, int]] = influence([verdict.rounds]).edges
    for (speaker, hearer), data in edges.items():
        yield Influence(speaker, hearer, data["moved"], data["chances"])
