"""`jury guardrank`: a light evaluator trained on human labels."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from benchmarks.cli.options import words_of

app = typer.Typer(
    name="guardrank",
    no_args_is_help=True,
    help="Train a light evaluator on human labels, and judge with it.",
    rich_markup_mode=None,
)

Data = Annotated[
    list[str], typer.Argument(help="labelled answers: files, folders with responses.csv, or suites", metavar="DATA...")
]
Model = Annotated[str, typer.Argument(help="a model's folder, or `default`", metavar="MODEL")]
Labels = Annotated[Path | None, typer.Option(help="CSV of further labels: id,label")]
Group = Annotated[
    str | None,
    typer.Option(help="answers with an equal value are never parted: case_id, target …; default: the shared prompt"),
]
Positive = Annotated[str | None, typer.Option(help="the label looked for; default: unsafe, if that is a label")]
IgnoreLabels = Annotated[
    bool, typer.Option("--ignore-labels", help="leave out labels that nobody knows, in place of stopping")
]
AbstainLabels = Annotated[
    str | None, typer.Option(help="further labels that choose nothing, beside unsure and the like, with commas")
]
Kind = Annotated[
    Literal["binary", "nominal", "ordinal"] | None,
    typer.Option(help="how labels hang together; default: by the labels"),
]
Backend = Annotated[str, typer.Option(help="how it learns: linear, or an extra's: embedding, finetune")]
Calibration = Annotated[Literal["platt", "isotonic"], typer.Option(help="how scores become probabilities")]
Recall = Annotated[
    float | None, typer.Option(help="share of positives to find, in place of the best F1", min=0.0, max=1.0)
]
Risk = Annotated[float, typer.Option(help="share of errors put up with where it counts as sure", min=0.0, max=1.0)]
Seed = Annotated[int, typer.Option(help="seed of folds")]
AsJson = Annotated[bool, typer.Option("--json", help="print one JSON object instead of tables")]


@app.command()
def train(
    data: Data,
    out: Annotated[Path, typer.Option(help="the folder the model is saved in")],
    labels: Labels = None,
    group: Group = None,
    positive: Positive = None,
    kind: Kind = None,
    ignore_labels: IgnoreLabels = False,
    abstain_labels: AbstainLabels = None,
    backend: Backend = "linear",
    calibration: Calibration = "platt",
    recall: Recall = None,
    risk: Risk = 0.02,
    licence: Annotated[str, typer.Option(help="of the data, for the model's card")] = "not stated",
    seed: Seed = 0,
    json: AsJson = False,
) -> None:
    """Train an evaluator on labelled answers and save it. Calibration and threshold come from folds it didn't learn from.

    Example: jury guardrank train my-labels --out my-evaluator --licence "CC BY 4.0"
    """
    from benchmarks.cli.guardrank_tables import print_trained
    from benchmarks.cli.steps import steps
    from benchmarks.guardrank.labelled import LabelOptions, read_labelled
    from benchmarks.guardrank.working import trained
    from jury.guardrank import Training, task_of

    options = LabelOptions((), positive, kind == "nominal", ignore_labels, words_of(abstain_labels))
    found = read_labelled(data, group=group, labels=labels, options=options)
    task = task_of(found.lesson.labels, kind, found.known(positive))
    training = Training(backend, calibration, recall, risk, seed)
    with steps() as hear:
        hear(f"learning from {len(found.lesson)} answers")
        document = trained(found, task, training, out, licence)
    print_trained(document, as_json=json)


@app.command()
def evaluate(
    model: Model,
    data: Data,
    labels: Labels = None,
    group: Group = None,
    ignore_labels: IgnoreLabels = False,
    abstain_labels: AbstainLabels = None,
    json: AsJson = False,
) -> None:
    """Hold a trained evaluator against labels of answers it never saw.

    Example: jury guardrank evaluate default my-labels --json
    """
    from benchmarks.cli.guardrank_tables import print_evaluation
    from benchmarks.guardrank.labelled import LabelOptions, read_labelled
    from benchmarks.guardrank.working import evaluated, labels_of

    options = LabelOptions(labels_of(model), ignore=ignore_labels, abstain=words_of(abstain_labels))
    print_evaluation(evaluated(model, read_labelled(data, group=group, labels=labels, options=options)), as_json=json)


@app.command()
def crossval(
    data: Data,
    folds: Annotated[int, typer.Option(help="into how many folds answers are parted", min=2)] = 10,
    group: Group = None,
    ballots: Annotated[bool, typer.Option(help="also combine it with the folder's recorded ballots")] = False,
    against_plain: Annotated[bool, typer.Option(help="beside plain tf-idf and logistic regression, paired")] = False,
    seeds: Annotated[int, typer.Option(help="so many ways of parting", min=1)] = 1,
    labels: Labels = None,
    positive: Positive = None,
    kind: Kind = None,
    ignore_labels: IgnoreLabels = False,
    abstain_labels: AbstainLabels = None,
    backend: Backend = "linear",
    calibration: Calibration = "platt",
    recall: Recall = None,
    risk: Risk = 0.02,
    seed: Seed = 0,
    out: Annotated[
        Path | None, typer.Option(help="write its out-of-fold ballots here, for `jury lab replay` beside others'")
    ] = None,
    json: AsJson = False,
) -> None:
    """Judge labelled answers out of fold: what an evaluator trained on such labels is worth.

    Example: jury guardrank crossval my-labels --group case_id --folds 10 --ballots --json
    """
    from benchmarks.cli.guardrank_tables import print_crossval
    from benchmarks.cli.steps import steps
    from benchmarks.guardrank.ballots import write_ballots
    from benchmarks.guardrank.crossval import CrossValidation
    from benchmarks.guardrank.labelled import LabelOptions, read_labelled, read_votes
    from jury.guardrank import Training, task_of

    options = LabelOptions((), positive, kind == "nominal", ignore_labels, words_of(abstain_labels))
    found = read_labelled(data, group=group, labels=labels, options=options)
    task = task_of(found.lesson.labels, kind, found.known(positive))
    jurors, votes = read_votes(data, task.positive, options) if ballots else ((), None)
    training = Training(backend, calibration, recall, risk, seed)
    validation = CrossValidation(found, task, training, folds, jurors, votes)
    with steps() as hear:
        document = validation.document(
            seeds,
            against_plain=against_plain,
            hear=hear,
            keep=lambda judged: None if out is None else write_ballots(out, validation, judged),
        )
    print_crossval(document, as_json=json)


@app.command()
def predict(
    model: Model,
    data: Data,
    explain: Annotated[bool, typer.Option(help="say which phrases and signals pushed each score")] = False,
    out: Annotated[Path | None, typer.Option(help="write JSON lines here; default: standard output")] = None,
    json: AsJson = False,
) -> None:
    """Judge answers, one JSON line each: label, probabilities, confidence, and whether the evaluator is unsure.

    Example: jury guardrank predict default my-answers.csv --explain
    """
    from benchmarks.cli.guardrank_tables import print_predictions
    from benchmarks.guardrank.working import predicted

    print_predictions(predicted(model, data, explained=explain), out, as_json=json)


@app.command()
def card(
    model: Model,
    data: Annotated[
        list[str] | None, typer.Option(help="labelled answers it never saw, to be held against; may be repeated")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="write the card here; default: standard output")] = None,
    json: AsJson = False,
) -> None:
    """Describe a model: its data and licence, and its figures by label, language and target.

    Example: jury guardrank card default
    """
    from benchmarks.cli.guardrank_tables import print_card
    from benchmarks.guardrank.card import card_of
    from benchmarks.guardrank.labelled import LabelOptions, read_labelled
    from benchmarks.guardrank.working import evaluated, labels_of

    options = LabelOptions(labels_of(model))
    evaluations = [evaluated(model, read_labelled([source], options=options)) for source in data or ()]
    print_card(card_of(model, evaluations), out, as_json=json)


@app.command()
def suggest(
    model: Model,
    data: Data,
    count: Annotated[int, typer.Option(help="so many answers", min=1)] = 20,
    out: Annotated[Path | None, typer.Option(help="write a CSV to fill in the column `label`")] = None,
    json: AsJson = False,
) -> None:
    """Name the answers whose human label would help most: doubtful ones, unlike each other.

    Fill in the labels, then train again with --labels FILE.

    Example: jury guardrank suggest default my-answers.csv --count 50 --out to-label.csv
    """
    from benchmarks.cli.guardrank_tables import print_suggestions
    from benchmarks.guardrank.working import suggested

    print_suggestions(suggested(model, data, count), out, as_json=json)


@app.command()
def examples(
    out: Annotated[Path, typer.Argument(help="the CSV to write", metavar="FILE.csv")],
    json: AsJson = False,
) -> None:
    """Write the labelled examples that the default model learned from: to read, to extend, to train on.

    Example: jury guardrank examples examples.csv
    """
    from benchmarks.cli.writing import writable
    from benchmarks.guardrank.default_model import write_examples

    with writable(out, as_json=json):
        write_examples(out)
