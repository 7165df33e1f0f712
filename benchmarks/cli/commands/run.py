"""`jury run`: judge every answer of a source."""

from pathlib import Path
from typing import Annotated

import typer


def run(
    source: Annotated[
        str,
        typer.Argument(
            help="folder (responses.csv, ballots.csv, gold.csv; a data set's: data.jsonl), JSONL or CSV file, or a suite (see `jury suites`)"
        ),
    ],
    out: Annotated[Path, typer.Option(help="the run's folder; the same command again resumes it")],
    jury: Annotated[str, typer.Option(help="single, poll, safebench, trial, recorded, or a YAML file")] = "trial",
    panel: Annotated[str | None, typer.Option(help="who sits: a YAML file, or the preset `rehearsal`")] = None,
    target: Annotated[str | None, typer.Option(help="model under test; without it answers must be recorded")] = None,
    target_base: Annotated[str | None, typer.Option(help="API base URL of the target")] = None,
    rule: Annotated[str | None, typer.Option(help="decision rule, for example any:2 or supermajority:0.75")] = None,
    rubric: Annotated[str | None, typer.Option(help="safebench or refusal; default: what fits the data")] = None,
    positive: Annotated[str | None, typer.Option(help="the label that means unsafe (default: unsafe)")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="only the first N cases")] = None,
    data: Annotated[Path | None, typer.Option(help="where a suite's files are, if they are not shipped")] = None,
    exhibits: Annotated[
        str | None,
        typer.Option(
            metavar="PART[,PART]",
            help="parts of a data set's items to show: text, image, audio_female, audio_male (default: text, and an image if there)",
        ),
    ] = None,
    prompts: Annotated[Path | None, typer.Option(help="folder with your own templates, roles and rubrics")] = None,
    models: Annotated[Path | None, typer.Option(help="YAML file: what models can do and cost")] = None,
    clerk: Annotated[
        str | None,
        typer.Option(metavar="MODEL", help="describes images and clips for jurors who can't see or hear them"),
    ] = None,
    edge: Annotated[int, typer.Option(min=64, help="longest edge of images as they are sent, in pixels")] = 1024,
    allow_remote: Annotated[
        str,
        typer.Option(metavar="HOST[,HOST]", help="fetch images and clips that the data name by URL from these hosts"),
    ] = "",
    in_flight: Annotated[int, typer.Option(min=1, help="cases under way at once")] = 200,
    per_model: Annotated[int, typer.Option(min=1, help="calls under way at once per model")] = 32,
    tries: Annotated[int, typer.Option(min=1, help="tries per call, where trying again may help")] = 5,
    timeout: Annotated[float, typer.Option(min=0.001, help="seconds per try")] = 120,
    case_timeout: Annotated[float | None, typer.Option(min=0.001, help="seconds per case; default: no limit")] = None,
    adaptive: Annotated[bool, typer.Option(help="approach --per-model slowly, and retreat when told to")] = True,
    limits: Annotated[
        Path | None, typer.Option(help="YAML file: model → requests_per_minute, tokens_per_minute, concurrency")
    ] = None,
    retry_invalid: Annotated[bool, typer.Option(help="judge cases with invalid ballots or answers again")] = False,
    max_cost: Annotated[float | None, typer.Option(min=0, help="stop (exit 3) once so many dollars are spent")] = None,
    max_tokens: Annotated[int | None, typer.Option(min=1, help="stop (exit 3) once so many tokens are spent")] = None,
    max_calls: Annotated[int | None, typer.Option(min=1, help="stop (exit 3) once so many calls are made")] = None,
    dry_run: Annotated[bool, typer.Option(help="count calls, tokens and cost without making any call")] = False,
    max_invalid: Annotated[
        float | None, typer.Option(min=0, help="exit 4 with more invalid ballots: a number, or a share below 1")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="print one JSON object instead of the table")] = False,
) -> None:
    """Judge every answer of SOURCE with a jury and sum up what it found.

    Example: jury run sample --target rehearsal/reckless --jury trial --out my-run
    """
    from benchmarks.cli.exhibit_names import exhibit_names
    from benchmarks.cli.running import finish, hold
    from benchmarks.cli.waiting import to_end
    from benchmarks.settings import RunSettings
    from jury.records import Target
    from jury.yaml_files import build

    settings = RunSettings(
        source=source,
        out=out,
        target=build(Target, {"model": target, "api_base": target_base}, "--target") if target else None,
        jury=jury,
        panel=panel,
        rule=rule,
        rubric=rubric,
        positive=positive,
        limit=limit,
        data=data,
        exhibits=exhibit_names(exhibits),
        prompts=prompts,
        allow_remote=tuple(filter(None, allow_remote.replace(" ", "").split(","))),
        models=models,
        clerk=clerk,
        edge=edge,
        in_flight=in_flight,
        per_model=per_model,
        tries=tries,
        timeout=timeout,
        case_timeout=case_timeout,
        adaptive=adaptive,
        limits=limits,
        retry_invalid=retry_invalid,
        max_cost=max_cost,
        max_tokens=max_tokens,
        max_calls=max_calls,
    )
    if dry_run:
        from benchmarks.cli.estimates import print_estimate
        from benchmarks.estimate import estimated

        print_estimate(estimated(settings), as_json=json)
        return
    finish(to_end(hold(settings)), as_json=json, max_invalid=max_invalid)
