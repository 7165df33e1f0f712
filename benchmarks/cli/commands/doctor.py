"""`jury doctor`: does every model work, before anyone pays for a run?"""

from pathlib import Path
from typing import Annotated

import typer

from benchmarks.cli.exits import ExitCode


def doctor(
    jury: Annotated[str | None, typer.Option(help="check the panel of this jury: a YAML file")] = None,
    panel: Annotated[str | None, typer.Option(help="check this panel: a YAML file, or the preset `rehearsal`")] = None,
    target: Annotated[str | None, typer.Option(help="check this model under test")] = None,
    target_base: Annotated[
        str | None, typer.Option("--target-base", "--api-base", help="base URL of the target's API")
    ] = None,
    clerk: Annotated[str | None, typer.Option(help="check this model, which puts images and clips into words")] = None,
    clerk_base: Annotated[str | None, typer.Option("--clerk-base", help="base URL of the clerk's API")] = None,
    models: Annotated[Path | None, typer.Option(help="YAML file: what models can do and cost")] = None,
    vision: Annotated[bool, typer.Option("--vision", help="every model has to see images")] = False,
    audio: Annotated[bool, typer.Option("--audio", help="every model has to hear audio")] = False,
    record: Annotated[
        Path | None,
        typer.Option(
            help="new folder: keep what goes over HTTP, without keys, addresses and media, for tests of this project"
        ),
    ] = None,
    allow_base: Annotated[
        str | None, typer.Option(help="hosts that the panel's or jury's file may name in base URLs: HOST[,HOST]")
    ] = None,
    unsafe_params: Annotated[
        bool, typer.Option("--unsafe-params", help="pass on params beyond sampling and provider options")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="print one JSON object instead of the table")] = False,
) -> None:
    """Ask every model up to three small questions: does it answer, fill in a ballot, see, hear? Exit 1 if one fails.

    A model that is not listed is taken to see and hear, and tried. Prices that nobody knows are named.

    Example: jury doctor --jury jury.yaml --target openai/gpt-4o --vision
    """
    from benchmarks.checkups import CheckupSettings, examined, panel_named
    from benchmarks.cli.checkup_tables import print_checkups
    from benchmarks.cli.options import words_of
    from benchmarks.cli.progress import warn
    from benchmarks.cli.waiting import to_end
    from jury.checkup import Needs
    from jury.empanelling import alike
    from jury.errors import InputError
    from jury.records import ModelSettings, Target
    from jury.trust.permissions import permissions_of
    from jury.yaml_files import build

    if target_base and not target:
        raise InputError("--target-base says where a target is but none is named; add --target MODEL")
    if clerk_base and not clerk:
        raise InputError("--clerk-base says where a clerk is but none is named; add --clerk MODEL")
    asked = build(Target, {"model": target, "api_base": target_base}, "--target") if target else None
    clerk_asked = build(ModelSettings, {"model": clerk, "api_base": clerk_base}, "--clerk") if clerk else None
    settings = CheckupSettings(
        jury,
        panel,
        asked,
        models,
        Needs(vision=vision, audio=audio),
        clerk=clerk_asked,
        record=record,
        permissions=permissions_of(words_of(allow_base), unsafe_params=unsafe_params),
    )
    checkups = to_end(examined(settings))
    print_checkups(checkups, as_json=json)
    seated = panel_named(settings)
    if seated is not None and (likeness := alike(seated)):
        warn(likeness)
    if any(checkup.findings for checkup in checkups):
        raise typer.Exit(ExitCode.FAILED)
