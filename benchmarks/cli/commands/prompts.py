"""`jury prompts`: see, check, render, compare and edit what models are told."""

from pathlib import Path
from typing import Annotated, Any

import typer

from benchmarks.cli.exits import ExitCode

app = typer.Typer(
    name="prompts", no_args_is_help=True, help="See, check, render, compare and edit what models are told.",
    rich_markup_mode=None,
)  # fmt: skip

Prompts = Annotated[Path | None, typer.Option(help="your folder of prompts, in front of the shipped ones")]
PanelName = Annotated[str | None, typer.Option(help="a panel: a YAML file, or the preset `rehearsal`")]
AsJson = Annotated[bool, typer.Option("--json", help="print one JSON object instead of text")]


@app.command("list")
def list_pieces(prompts: Prompts = None, json: AsJson = False) -> None:
    """List templates, roles, rubrics and techniques: languages, version, hash, and where each comes from.

    Example: jury prompts list --prompts my-prompts
    """
    from benchmarks.cli.prompt_tables import print_pieces
    from benchmarks.prompting.listing import pieces
    from jury.prompt_files import open_library

    print_pieces(pieces(open_library(prompts)), as_json=json)


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="a template such as juror/assess, or a card such as lawyer")],
    language: Annotated[str, typer.Option(help="of the template")] = "en",
    prompts: Prompts = None,
    json: AsJson = False,
) -> None:
    """Print a template with all that it includes, or a card.

    Example: jury prompts show juror/deliberate --language zh
    """
    from benchmarks.cli.prompt_tables import print_source
    from benchmarks.prompting.listing import source_of
    from jury.prompt_files import open_library

    print_source(source_of(open_library(prompts), name, language), as_json=json)


@app.command()
def check(prompts: Prompts = None, panel: PanelName = None, json: AsJson = False) -> None:
    """Find undefined variables, missing languages and versions, files that are never used, roles that are not there.

    Leaves with exit code 1 where there is an error.

    Example: jury prompts check --prompts my-prompts --panel panel.yaml
    """
    from benchmarks.cli.prompt_tables import print_findings
    from benchmarks.prompting.checking import check as checked
    from jury.juries import load_panel
    from jury.prompt_files import open_library

    findings = checked(open_library(prompts), load_panel(panel) if panel else None)
    print_findings(findings, as_json=json)
    if any(finding.level == "error" for finding in findings):
        raise typer.Exit(ExitCode.FAILED)


@app.command()
def render(
    source: Annotated[str, typer.Argument(help="a case (JSON), or a source or suite of cases")],
    case: Annotated[str | None, typer.Option(help="id of the case in the source; default: the first")] = None,
    jury: Annotated[str, typer.Option(help="a protocol, or a jury's YAML file")] = "trial",
    panel: PanelName = None,
    act: Annotated[
        str, typer.Option(help="assess, deliberate, reballot, weigh, summarise, or a forum's, as advocate/argue")
    ] = "assess",
    juror: Annotated[str | None, typer.Option(help="who is asked, by name; default: the first")] = None,
    language: Annotated[str | None, typer.Option(help="in the place of the case's own")] = None,
    rubric: Annotated[str | None, typer.Option(help="rubric by name; default: what fits the data")] = None,
    store: Annotated[Path | None, typer.Option(help="a run's folder: its texts and fences, byte for byte")] = None,
    prompts: Prompts = None,
    json: AsJson = False,
) -> None:
    """Print the exact messages a juror would be sent on a case, and how many tokens they take. No model is asked.

    Example: jury prompts render case.json --panel rehearsal --act deliberate --juror 'the lawyer'
    """
    from benchmarks.cli.prompt_tables import print_messages
    from benchmarks.cli.waiting import to_end
    from benchmarks.prompting.showing import Wanted, shown
    from benchmarks.settings import RunSettings
    from jury.yaml_files import build

    stated: dict[str, Any] = {"source": source, "jury": jury, "panel": panel, "rubric": rubric, "prompts": prompts}
    settings = build(RunSettings, {**stated, "out": Path()}, "jury prompts render")
    print_messages(to_end(shown(settings, Wanted(case, act, juror, language, store))), as_json=json)


@app.command()
def compare(
    first: Annotated[str, typer.Argument(help="a folder of prompts or, with --role, a role")],
    second: Annotated[str, typer.Argument(help="another one")],
    data: Annotated[str, typer.Option(help="labelled answers: a file or folder, or a suite")],
    out: Annotated[Path, typer.Option(help="where both runs are kept; the same command resumes")],
    role: Annotated[bool, typer.Option("--role", help="compare two roles, taken on by the whole panel")] = False,
    jury: Annotated[str, typer.Option(help="a protocol, or a jury's YAML file")] = "poll",
    panel: PanelName = None,
    rubric: Annotated[str | None, typer.Option(help="rubric by name; default: what fits the data")] = None,
    prompts: Annotated[Path | None, typer.Option(help="with --role: your folder of prompts")] = None,
    limit: Annotated[int | None, typer.Option(help="only so many cases", min=1)] = None,
    max_cost: Annotated[float | None, typer.Option(help="stop (exit 3) once so many US dollars are spent")] = None,
    max_calls: Annotated[int | None, typer.Option(help="stop (exit 3) once so many calls are made")] = None,
    json: AsJson = False,
) -> None:
    """Judge labelled cases under two wordings: flips, differences of F1 and kappa with intervals, the cases that changed.

    Example: jury prompts compare lawyer elder --role --data labelled.csv --panel rehearsal --out wordings
    """
    from benchmarks.cli.prompt_comparing import compare_wordings
    from benchmarks.settings import RunSettings
    from jury.yaml_files import build

    stated: dict[str, Any] = {"source": data, "jury": jury, "panel": panel, "rubric": rubric, "prompts": prompts}
    limits = {"limit": limit, "max_cost": max_cost, "max_calls": max_calls, "out": out}
    settings = build(RunSettings, {**stated, **limits}, "jury prompts compare")
    compare_wordings(first, second, settings, by_role=role, as_json=json)


@app.command()
def eject(
    folder: Annotated[Path, typer.Argument(help="where the copies go", metavar="DIR")],
    force: Annotated[bool, typer.Option(help="write over files that are there")] = False,
    json: AsJson = False,
) -> None:
    """Copy the shipped prompts into a folder for editing; `--prompts DIR` then uses them.

    Example: jury prompts eject my-prompts
    """
    from benchmarks.cli.prompt_tables import print_ejected
    from benchmarks.prompting.ejecting import eject as ejected

    print_ejected(folder, ejected(folder, force=force), as_json=json)
