"""`jury lab`: what juries would have decided on recorded ballots, and whether any of it helps."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from benchmarks.cli.options import words_of

app = typer.Typer(
    name="lab", no_args_is_help=True, help="Try rules, panels and protocols on labelled answers.", rich_markup_mode=None
)

Data = Annotated[Path, typer.Argument(help="a folder with ballots.csv and gold.csv", metavar="DIR")]
Jurors = Annotated[str | None, typer.Option(help="only these jurors: names or patterns such as '*/orig', with commas")]
Folds = Annotated[int, typer.Option(help="into how many folds items are parted", min=2)]
Group = Annotated[
    str | None, typer.Option(help="column whose equal values stay in one fold; default: case_id if there")
]
Positive = Annotated[str | None, typer.Option(help="the label looked for; default: unsafe, if that is a label")]
Seed = Annotated[int, typer.Option(help="seed of folds and resamples")]
IgnoreLabels = Annotated[
    bool, typer.Option("--ignore-labels", help="leave out gold labels that nobody knows, in place of stopping")
]
AbstainLabels = Annotated[
    str | None, typer.Option(help="further labels that choose nothing, beside unsure and the like, with commas")
]
AsJson = Annotated[bool, typer.Option("--json", help="print one JSON object instead of tables")]


@app.command()
def replay(
    data: Data,
    rule: Annotated[str, typer.Option(help="a rule such as any:2 or log_odds:labels=30, or `all`")] = "strict_majority",
    jurors: Jurors = None,
    folds: Folds = 5,
    group: Group = None,
    positive: Positive = None,
    ignore_labels: IgnoreLabels = False,
    abstain_labels: AbstainLabels = None,
    ties: Annotated[Literal["undecided", "half"], typer.Option(help="what a tie is worth in accuracy")] = "undecided",
    seed: Seed = 0,
    json: AsJson = False,
) -> None:
    """Replay recorded ballots under any rule, against the labels: the panel, its jurors, the best of them, a majority.

    No model is called. Rules learned from labels are learned out of fold.

    Example: jury lab replay my-labels --rule all --positive unsafe
    """
    from benchmarks.cli.lab_tables import print_replay
    from benchmarks.cli.steps import steps
    from benchmarks.lab.recording import read_recording
    from benchmarks.lab.replay import replay_of

    recording = read_recording(
        data,
        jurors=jurors,
        positive=positive,
        group=group,
        ignore_labels=ignore_labels,
        abstain_labels=words_of(abstain_labels),
    )
    found = replay_of(recording, rule, folds, ties_half=ties == "half", seed=seed)
    with steps() as hear:
        document = found.document(hear)
    print_replay(document, as_json=json)


@app.command()
def select(
    data: Data,
    jurors: Jurors = None,
    folds: Folds = 5,
    group: Group = None,
    positive: Positive = None,
    ignore_labels: IgnoreLabels = False,
    abstain_labels: AbstainLabels = None,
    seed: Seed = 0,
    json: AsJson = False,
) -> None:
    """Say which jurors and which rule to use, by nested cross-validation, with the honest out-of-fold figure.

    One juror wins unless a panel gains more over it than the gain's own standard error.

    Example: jury lab select my-labels --positive unsafe
    """
    from benchmarks.cli.lab_tables import print_selection
    from benchmarks.cli.steps import steps
    from benchmarks.lab.recording import read_recording
    from benchmarks.lab.select import select as selected

    recording = read_recording(
        data,
        jurors=jurors,
        positive=positive,
        group=group,
        ignore_labels=ignore_labels,
        abstain_labels=words_of(abstain_labels),
    )
    with steps() as hear:
        document = selected(recording, folds, seed=seed, hear=hear).document()
    print_selection(document, as_json=json)


@app.command()
def compare(
    protocols: Annotated[Path, typer.Argument(help="a YAML file: `protocols:` and one preset, file or jury a line")],
    data: Annotated[str, typer.Option(help="labelled answers: a file or folder, or a suite")],
    out: Annotated[Path, typer.Option(help="where runs, table and plot are kept; the same command resumes")],
    panel: Annotated[str | None, typer.Option(help="who sits: a YAML file, or the preset `rehearsal`")] = None,
    rubric: Annotated[str | None, typer.Option(help="rubric by name; default: what fits the data")] = None,
    positive: Positive = None,
    ignore_labels: IgnoreLabels = False,
    abstain_labels: AbstainLabels = None,
    budget: Annotated[
        str | None, typer.Option(help="ends a case's deliberation: calls=12, tokens=20000, cost=0.05")
    ] = None,
    limit: Annotated[int | None, typer.Option(help="only so many cases", min=1)] = None,
    control: Annotated[bool, typer.Option(help="ask again without showing the others, too")] = True,
    matched: Annotated[bool, typer.Option(help="hold a poll of as many samples as deliberation cost, too")] = True,
    max_cost: Annotated[float | None, typer.Option(help="stop (exit 3) once so many US dollars are spent")] = None,
    max_calls: Annotated[int | None, typer.Option(help="stop (exit 3) once so many calls are made")] = None,
    json: AsJson = False,
) -> None:
    """Hold several protocols on the same labelled cases: paired differences, and what hearing others did and cost.

    Calls that protocols have in common are made once.

    Example: jury lab compare protocols.yaml --data labelled.csv --panel rehearsal --budget calls=12 --out compared
    """
    from benchmarks.cli.lab_comparing import hold_comparison
    from benchmarks.settings import RunSettings
    from jury.yaml_files import build

    stated = {"source": data, "panel": panel, "rubric": rubric, "positive": positive, "limit": limit, "out": out}
    told = {**stated, "ignore_labels": ignore_labels, "abstain_labels": words_of(abstain_labels)}
    settings = build(RunSettings, {**told, "max_cost": max_cost, "max_calls": max_calls}, "jury lab compare")
    hold_comparison(protocols, settings, budget=budget, controls=control, matched=matched, as_json=json)


@app.command()
def graph(
    protocol: Annotated[str, typer.Argument(help="a protocol, or a jury's YAML file")],
    panel: Annotated[str, typer.Option(help="who sits: a YAML file, or the preset `rehearsal`")] = "rehearsal",
    rubric: Annotated[str, typer.Option(help="rubric by name")] = "safebench",
    out: Annotated[Path | None, typer.Option(help="the SVG's file; default: standard output")] = None,
    json: AsJson = False,
) -> None:
    """Draw a protocol: its state machine with the steps it takes, and who hears whom around the table.

    Example: jury lab graph trial --out trial.svg
    """
    from benchmarks.cli.drawings import print_drawing
    from benchmarks.drawing.protocol import drawing_of
    from jury.juries import choose_rubric, fitting, load_panel, load_plan, seat
    from jury.prompt_files import open_library

    library, plan = open_library(), load_plan(protocol)
    sitting = fitting(plan.panel or load_panel(panel), plan.protocol)
    print_drawing(drawing_of(seat(plan, sitting, choose_rubric(plan, rubric, library), library)), out, as_json=json)


@app.command()
def challenge(
    data: Data,
    positive: Positive = None,
    jurors: Jurors = None,
    ignore_labels: IgnoreLabels = False,
    abstain_labels: AbstainLabels = None,
    panel: Annotated[str | None, typer.Option(help="a panel whose challenged jurors leave: a YAML file")] = None,
    out: Annotated[Path | None, typer.Option(help="with --panel: where the panel that sits then is written")] = None,
    json: AsJson = False,
) -> None:
    """Say which jurors are challenged on labelled items or kept, and why; alternates take the seats of those who leave.

    Example: jury lab challenge my-labels --positive unsafe --panel panel.yaml --out fair.yaml
    """
    from benchmarks.cli.challenging import print_challenges
    from benchmarks.lab.challenging import challenged
    from benchmarks.lab.recording import read_recording
    from jury.juries import load_panel

    recording = read_recording(
        data,
        jurors=jurors,
        positive=positive,
        ignore_labels=ignore_labels,
        abstain_labels=words_of(abstain_labels),
    )
    print_challenges(challenged(recording, load_panel(panel) if panel else None, out), as_json=json)
