"""`jury deliberate`: hold one trial and read it."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from benchmarks.cli.exits import ExitCode

if TYPE_CHECKING:
    from benchmarks.trial import Trial
    from graphs.by_hand import Waiting


def deliberate(
    case: Annotated[Path, typer.Argument(help="a JSON file: prompt, response, and image or audio if there are any")],
    jury: Annotated[
        str, typer.Option(help="a protocol (poll, trial, roundtable, delphi …; the README lists all), or a YAML file")
    ] = "trial",
    panel: Annotated[str | None, typer.Option(help="who sits: a YAML file, or the preset `rehearsal`")] = None,
    target: Annotated[str | None, typer.Option(help="model to ask, if the case has no recorded response")] = None,
    rule: Annotated[str | None, typer.Option(help="decision rule, for example any:2")] = None,
    rubric: Annotated[str | None, typer.Option(help="safebench or refusal")] = None,
    out: Annotated[Path | None, typer.Option(help="keep the calls here, so that asking again costs nothing")] = None,
    svg: Annotated[Path | None, typer.Option(help="draw the trial in this file: rounds, votes, who moved")] = None,
    allow_base: Annotated[
        str | None, typer.Option(help="hosts that the panel's or jury's file may name in base URLs: HOST[,HOST]")
    ] = None,
    unsafe_params: Annotated[
        bool, typer.Option("--unsafe-params", help="pass on params beyond sampling and provider options")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="print the verdict's record instead of the transcript")] = False,
) -> None:
    """Hold one trial and print it: who said what, who changed their mind, the verdict, the dissent.

    A juror whose model is human/NAME is a person, asked at the terminal; with --out the trial waits for them.

    Example: jury deliberate case.json --jury trial --panel rehearsal
    """
    from benchmarks.cli.asking import to_verdict
    from benchmarks.cli.options import words_of
    from benchmarks.cli.transcripts import print_trial
    from benchmarks.cli.waiting import to_end
    from benchmarks.single import hold_trial

    def hold(answers: Mapping[str, str]) -> "Trial | Waiting":
        return to_end(
            hold_trial(
                case,
                jury=jury,
                panel=panel,
                target=target,
                rule=rule,
                rubric=rubric,
                out=out,
                answers=answers,
                allow_base=words_of(allow_base),
                unsafe_params=unsafe_params,
            )
        )

    trial = to_verdict(hold, out or Path())
    if svg is not None:
        from benchmarks.cli.drawings import write_svg
        from benchmarks.drawing.trial import trial_drawn

        write_svg(svg, trial_drawn(trial.verdict, dict.fromkeys(trial.positives, "positive")))
    if json:
        sys.stdout.write(trial.verdict.to_json().decode() + "\n")
    else:
        print_trial(trial.transcript, trial.verdict)
    if trial.verdict.outcome.state in {"invalid", "no_quorum"}:
        raise typer.Exit(ExitCode.TOO_FEW_VALID)
