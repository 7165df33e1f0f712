"""A verdict as a notebook shows it: what was decided, by whom, and who changed their mind. Everything in it is escaped."""

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from jury.records import Ballot, Outcome, Verdict

#: What stands before a verdict in which a scripted model took part.
REHEARSED = "REHEARSAL: scripted models took part; this is no evidence."

#: Characters shown of a juror's reasons and of the foreperson's words.
LONGEST = 400

#: Notebooks typeset what looks like mathematics, links included, unless a class of MathJax's own forbids it.
_PAGE = Markup('<div class="tex2jax_ignore mathjax_ignore">{}</div>')

_TABLE = Markup(
    '<table style="border-collapse:collapse;text-align:left"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>'
)
_HEAD = Markup('<th scope="col" style="padding:.25em .75em;text-align:left">{}</th>')
_CELL = Markup('<td style="padding:.25em .75em;text-align:left;vertical-align:top" title="{}">{}{}</td>')


def verdict_html(verdict: "Verdict") -> str:
    """A piece of HTML without scripts: outcome, votes before and after, jurors by rounds, changed minds, dissent, summary."""
    return str(_PAGE.format(Markup("").join(_parts(verdict))))


def outcome_in_words(outcome: "Outcome") -> str:
    """An outcome on one line: its choice, or the state that no choice came of, with the votes or the cause."""
    return _line(f"{outcome.choice or outcome.state.replace('_', ' ')} ({votes_in_words(outcome)})")


def votes_in_words(outcome: "Outcome") -> str:
    """The votes behind an outcome on one line, and what decided beside them; the cause where there were none."""
    rest = {"abstained": outcome.abstained, "invalid": outcome.invalid}
    counted = [*outcome.tally.items(), *((state, number) for state, number in rest.items() if number)]
    votes = ", ".join(f"{number} {name}" for name, number in counted)
    if outcome.blocked is not None:
        return _line(f"no juror was asked: {outcome.blocked}")
    by = "" if outcome.decided_by in {"", "rule"} else f", decided by {outcome.decided_by}"
    return _line(f"{votes or outcome.cause or 'no ballots'}{by}")


def _parts(verdict: "Verdict") -> Iterator[Markup]:
    if verdict.rehearsal:
        yield Markup("<p><b>{}</b></p>").format(REHEARSED)
    yield Markup("<p>Case <code>{}</code>: <b>{}</b></p>").format(
        _line(verdict.case_id), outcome_in_words(verdict.outcome)
    )
    if verdict.before is not None:
        yield Markup("<p>First ballots alone: {}</p>").format(outcome_in_words(verdict.before))
    if verdict.rounds:
        yield _table(verdict)
    yield from (
        Markup("<p>{} changed from {} to {}</p>").format(*map(_line, (mind.juror, mind.before, mind.after)))
        for mind in verdict.changed
    )
    yield from (
        Markup("<p>{} dissents ({}): {}</p>").format(*map(_line, (one.juror, one.choice, one.reasoning)))
        for one in verdict.dissent
    )
    if verdict.tie_break is not None:
        yield Markup("<p>{} broke the tie: {}</p>").format(
            *map(_line, (verdict.tie_break.juror, _vote(verdict.tie_break)))
        )
    if verdict.summary is not None:
        words = verdict.summary.text or f"(no summary: {verdict.summary.cause})"
        yield Markup("<p>{}: {}</p>").format(_line(verdict.summary.juror), _line(words))


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
        before = ballot if ballot is not None and ballot.state != "invalid" else before


def _cell(ballot: "Ballot", before: "Ballot | None") -> Markup:
    moved = before is not None and ballot.state != "invalid" and before.choice != ballot.choice
    vote = _line(_vote(ballot))
    shown = Markup("<b>{}</b>").format(vote) if moved else vote
    rating = f" {ballot.rating:g}" if ballot.rating is not None else ""
    return _CELL.format(_line(ballot.reasoning or str(ballot.cause or "")), shown, rating)


def _vote(ballot: "Ballot") -> str:
    return ballot.choice or ", ".join(ballot.ranking) or ballot.state


def _line(text: str) -> str:
    """A text on one line, cut, with what does not print left out."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text[: 4 * LONGEST]).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
