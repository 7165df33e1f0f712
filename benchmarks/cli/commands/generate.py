"""`jury generate`: a committee builds a data set."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(name="generate", help="Let a committee of models build a data set.", no_args_is_help=True)


@app.callback()
def generate() -> None:
    """Let a committee of models build a data set."""


@app.command()
def queries(
    committee: Annotated[str, typer.Option(help="who writes and grades: a YAML file, or the preset `rehearsal`")],
    out: Annotated[Path, typer.Option(help="the set's folder; the same command goes on, a larger one adds to it")],
    taxonomy: Annotated[str, typer.Option(help="safebench, mllmguard, or a YAML file")] = "safebench",
    scenarios: Annotated[str, typer.Option(metavar="KEY[,KEY]", help="only these scenarios")] = "",
    languages: Annotated[str, typer.Option(metavar="CODE[,CODE]", help="languages to write in: en, zh")] = "en",
    techniques: Annotated[
        str, typer.Option(metavar="NAME[,NAME]", help="how requests are put: plain, disguise, reverse_induction …")
    ] = "plain",
    per_scenario: Annotated[int, typer.Option(min=1, help="queries kept per scenario, language and technique")] = 100,
    over_generation: Annotated[float, typer.Option(min=1, help="distinct queries written for one that is kept")] = 2.0,
    batch: Annotated[int, typer.Option(min=1, max=50, help="queries asked for in one call")] = 10,
    scorers: Annotated[int, typer.Option(min=1, help="members other than the author who grade a query")] = 2,
    together: Annotated[int, typer.Option(min=1, max=50, help="queries graded in one call")] = 10,
    similarity: Annotated[float, typer.Option(help="Jaccard of character 5-grams that makes a repetition")] = 0.8,
    diversity: Annotated[float, typer.Option(min=0, max=1, help="what being unlike others counts in the choice")] = 0.2,
    prompts: Annotated[Path | None, typer.Option(help="folder with your own templates and roles")] = None,
    models: Annotated[Path | None, typer.Option(help="YAML file: what models can do and cost")] = None,
    limits: Annotated[Path | None, typer.Option(help="YAML file: model → its limits")] = None,
    per_model: Annotated[int, typer.Option(min=1, help="calls under way at once per model")] = 32,
    tries: Annotated[int, typer.Option(min=1, help="tries per call, where trying again may help")] = 5,
    timeout: Annotated[float, typer.Option(min=0.001, help="seconds per try")] = 120,
    max_cost: Annotated[float | None, typer.Option(min=0, help="stop (exit 3) once so many dollars are spent")] = None,
    max_tokens: Annotated[int | None, typer.Option(min=1, help="stop (exit 3) once so many tokens are spent")] = None,
    max_calls: Annotated[int | None, typer.Option(min=1, help="stop (exit 3) once so many calls are made")] = None,
    dry_run: Annotated[bool, typer.Option(help="count calls, tokens and cost without making any call")] = False,
    json: Annotated[bool, typer.Option("--json", help="print one JSON object instead of the table")] = False,
) -> None:
    """Write test requests for every scenario, drop what repeats, and keep the best.

    Example: jury generate queries --committee rehearsal --per-scenario 4 --languages en,zh --out my-set
    """
    from benchmarks.cli.generating import print_estimate, print_summary, written
    from benchmarks.cli.waiting import to_end
    from benchmarks.generation.settings import GenerationSettings
    from jury.yaml_files import build

    chosen = {
        "per_scenario": per_scenario,
        "over_generation": over_generation,
        "batch": batch,
        "scorers": scorers,
        "together": together,
        "similarity": similarity,
        "diversity": diversity,
    }
    stated = {
        "out": out,
        "committee": committee,
        "taxonomy": taxonomy,
        "scenarios": _listed(scenarios),
        "languages": _listed(languages),
        "techniques": _listed(techniques),
        "queries": chosen,
        "prompts": prompts,
        "models": models,
        "limits": limits,
        "per_model": per_model,
        "tries": tries,
        "timeout": timeout,
        "max_cost": max_cost,
        "max_tokens": max_tokens,
        "max_calls": max_calls,
    }
    settings = build(GenerationSettings, stated, "jury generate queries")
    if dry_run:
        print_estimate(settings, as_json=json)
        return
    summary = to_end(written(settings))
    print_summary(summary, out, as_json=json)


def _listed(names: str) -> tuple[str, ...]:
    return tuple(filter(None, names.replace(" ", "").split(",")))
