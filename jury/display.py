"""A verdict as a notebook shows it: what was decided, by whom, and who changed their mind. Everything in it is escaped."""

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from jury.records import Ballot, Outcome, Verdict

#: Characters shown of a juror's reasons and of the foreperson's words.
LONGEST = 400

_TABLE = Markup(
    '<table style="border-collapse:collapse;text-align:left"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>'
)
_HEAD = Markup('<th scope="col" style="padding:.25em .75em;text-align:left">{}</th>')
_CELL = Markup('<td style="padding:.25em .75em;text-align:left;vertical-align:top" title="{}">{}{}</td>')


def verdict_html(verdict: "Verdict") -> str:
    """A piece of HTML without scripts: outcome, votes before and after, jurors by rounds, changed minds, dissent, summary."""
    return str(Markup("<div>{}</div>").format(Markup("").join(_parts(verdict))))


def _parts(verdict: "Verdict") -> Iterator[Markup]:
    if verdict.rehearsal:
        yield Markup("<p><b>REHEARSAL</b>: scripted models took part; this is no evidence.</p>")
    yield Markup("<p>Case <code>{}</code>: <b>{}</b></p>").format(_line(verdict.case_id), _decided(verdict.outcome))
    if verdict.before is not None:
        yield Markup("<p>First ballots alone: {}</p>").format(_decided(verdict.before))
    if verdict.rounds:
        yield _table(verdict)
    yield from (
        Markup("<p>{} changed from {} to {}</p>").format(*map(_line, (mind.juror, mind.before, mind.after)))
        for mind in verdict.changed
    )
    yield from (Markup("<p>{} dissents: {}</p>").format(_line(one.juror), _line(one.choice)) for one in verdict.dissent)
    if verdict.summary is not None and verdict.summary.text:
        yield Markup("<p>{}: {}</p>").format(_line(verdict.summary.juror), _line(verdict.summary.text))


def _decided(outcome: "Outcome") -> str:
    votes = [f"{number} {choice}" for choice, number in outcome.tally.items()]
    votes += [
        f"{number} {state}"
        for state, number in (("abstained", outcome.abstained), ("invalid", outcome.invalid))
        if number
    ]
    return _line(
        f"{outcome.choice or outcome.state.replace('_', ' ')} ({', '.join(votes) or outcome.cause or 'no ballots'})"
    )


def _table(verdict: "Verdict") -> Markup:
    """Jurors by rounds; a vote that differs from the one before is bold, reasons show under the pointer."""
    seats = {ballot.seat: ballot.juror for held in verdict.rounds for ballot in held.ballots}
    heads = (f"{held.kind} {held.index}" if held.kind == "deliberation" else held.kind for held in verdict.rounds)
    rows = Markup("").join(
        Markup("<tr>{}{}</tr>").format(_HEAD.format(_line(name)), Markup("").join(_cells(verdict, seat)))
        for seat, name in seats.items()
    )
    return _TABLE.format(Markup("").join(_HEAD.format(one) for one in chain(["juror"], heads)), rows)


def _cells(verdict: "Verdict", seat: str) -> Iterator[Markup]:
    before = None
    for held in verdict.rounds:
        ballot = next((one for one in held.ballots if one.seat == seat), None)
        yield Markup("<td></td>") if ballot is None else _cell(ballot, before)
        before = ballot or before


def _cell(ballot: "Ballot", before: "Ballot | None") -> Markup:
    moved = before is not None and before.choice != ballot.choice
    vote = _line(ballot.choice or ", ".join(ballot.ranking) or ballot.state)
    shown = Markup("<b>{}</b>").format(vote) if moved else vote
    rating = f" {ballot.rating:g}" if ballot.rating is not None else ""
    return _CELL.format(_line(ballot.reasoning or str(ballot.cause or "")), shown, rating)


def _line(text: str) -> str:
    """A text on one line, cut, with what does not print left out."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text[: 4 * LONGEST]).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
