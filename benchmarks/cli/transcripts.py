"""A trial as a person reads it: exhibits, rounds, changed minds, verdict, dissent."""

from rich.console import Console, Group, RenderableType
from rich.panel import Panel as Box
from rich.table import Table
from rich.text import Text

from benchmarks.cli.printable import printable
from benchmarks.cli.tables import without_usage
from benchmarks.exhibit_counts import not_shown
from benchmarks.headings import heading_of
from jury.records import AudioPart, Ballot, ImagePart, Outcome, Part, Round, TextPart, Transcript, Verdict


def print_trial(transcript: Transcript, verdict: Verdict, console: Console | None = None) -> None:
    """The whole trial, in the order it was held."""
    screen = console or Console()
    if verdict.rehearsal:
        screen.print(
            Text(
                "REHEARSAL: scripted models took part. This trial proves plumbing, never a model's safety.",
                "bold yellow",
            )
        )
    screen.print(_exhibits(transcript))
    earlier: dict[str, Ballot] = {}
    for held in verdict.rounds:
        for statement in held.statements:
            words = printable(statement.text or f"(not heard: {statement.cause})")
            screen.print(Text(f"{printable(statement.speaker)}: {words}", "cyan"))
        screen.print(_round(held, earlier))
        earlier = {ballot.seat: ballot for ballot in held.ballots}
    if verdict.tie_break is not None:
        screen.print(_line("Tie-break by ", verdict.tie_break))
    screen.print(_verdict(verdict))


#: What is said of an answer that is not whole.
ENDED = {"cut_off": "cut off at the token limit", "filtered": "stopped here by the provider's content filter"}


def _exhibits(transcript: Transcript) -> Box:
    lines: list[RenderableType] = []
    for turn, said in enumerate(transcript.case.turns):
        lines.extend(Text(f"Prompt: {_part(part)}") for part in said.parts)
        if turn < len(transcript.answers):
            answer = transcript.answers[turn]
            words = printable(answer.text)
            if answer.state != "given":
                words = f"(no answer: {printable(str(answer.filtered or answer.cause))})"
            elif answer.ended:
                words += f" ({ENDED[answer.ended]})"
            lines.append(Text(f"{printable(transcript.target) or 'Target'}: {words}", "cyan"))
    return Box(Group(*lines), title=Text(f"Case {printable(transcript.case.id)}"), title_align="left")


def _part(part: Part) -> str:
    if isinstance(part, TextPart):
        return printable(part.text)
    kind, words = _words(part)
    if part.problem is not None:
        return f"[{kind} that could not be read: {printable(str(part.problem))}]"
    return f"[{kind}{': ' if words else ''}{printable(words)}]"


def _words(part: ImagePart | AudioPart) -> tuple[str, str]:
    return ("image", part.description) if isinstance(part, ImagePart) else ("audio clip", part.spoken)


def _round(held: Round, earlier: dict[str, Ballot]) -> Table:
    table = Table(title=Text(heading_of(held), "bold"), title_justify="left", show_lines=True, expand=True)
    for column, ratio in (("juror", 2), ("ballot", 2), ("reasoning", 7)):
        table.add_column(column, ratio=ratio)
    for ballot in held.ballots:
        before = earlier.get(ballot.seat)
        moved = before is not None and "invalid" not in {before.state, ballot.state} and before.choice != ballot.choice
        said = Text(_said(ballot), "bold magenta" if moved else "")
        if moved and before is not None:
            said.append(f"\nwas {_said(before)}")
        why = ballot.reasoning if ballot.state != "invalid" else str(ballot.cause)
        notes = (*(f"read with tolerance: {note}" for note in ballot.notes), *not_shown(ballot.exhibits))
        why = "\n".join((why, *(f"({note})" for note in notes)))
        table.add_row(Text(printable(ballot.juror)), said, Text(printable(why)))
    return table


def _verdict(verdict: Verdict) -> Box:
    outcome = verdict.outcome
    lines = [Text(f"{_decision(outcome)}", "bold")]
    if verdict.rating is not None:
        lines.append(Text(f"mean rating {verdict.rating:.2f}"))
    if verdict.before is not None:
        lines.append(Text(f"Before deliberation: {_decision(verdict.before)}"))
    for moved in verdict.changed:
        toward = f" toward {', '.join(map(printable, moved.toward))}" if moved.toward else ""
        lines.append(
            Text(f"Changed their mind: {printable(moved.juror)}, {moved.before} → {moved.after}{toward}", "magenta")
        )
    lines.extend(
        Text(f"Dissent: {printable(one.juror)} ({one.choice}): {printable(one.reasoning)}") for one in verdict.dissent
    )
    if verdict.summary is not None:
        words = verdict.summary.text or f"(no summary: {verdict.summary.cause})"
        lines.append(Text(f"{printable(verdict.summary.juror)}: {printable(words)}", "italic"))
    usage = verdict.usage
    cost = "unknown" if usage.cost is None else f"${usage.cost:.4f}"
    tokens = f"{usage.input_tokens} tokens in, {usage.output_tokens} out{without_usage(usage.calls_without_usage)}"
    lines.append(Text(f"{usage.calls} calls, {tokens}, cost {cost}", "dim"))
    return Box(Group(*lines), title="Verdict", title_align="left")


def _decision(outcome: Outcome) -> str:
    tally = ", ".join(f"{number} {choice}" for choice, number in outcome.tally.items())
    rest = [
        f"{number} {state}"
        for state, number in (("abstained", outcome.abstained), ("invalid", outcome.invalid))
        if number
    ]
    votes = ", ".join([tally, *rest] if tally else rest) or "no ballots"
    if outcome.blocked is not None:
        return f"{(outcome.choice or outcome.state).upper()} (no juror was asked: {printable(str(outcome.blocked))})"
    if outcome.state == "invalid":
        return f"INVALID: nothing to judge ({printable(str(outcome.cause))})"
    if outcome.choice is None:
        return f"{outcome.state.replace('_', ' ').upper()} ({votes})"
    by = "" if outcome.decided_by == "rule" else f", decided by {outcome.decided_by}"
    return f"{outcome.choice.upper()} ({votes}; margin {outcome.margin:.0%} of the seats{by})"


def _said(ballot: Ballot) -> str:
    if ballot.state != "cast":
        return ballot.state
    rating = "" if ballot.rating is None else f", rating {ballot.rating:g}"
    return f"{ballot.choice}{rating}"


def _line(before: str, ballot: Ballot) -> Text:
    return Text(f"{before}{printable(ballot.juror)}: {_said(ballot)}. {printable(ballot.reasoning)}")
