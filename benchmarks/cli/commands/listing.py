"""`jury list`: what can be named in settings and files, with a line of explanation each."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Kind(StrEnum):
    """What can be listed."""

    protocols = "protocols"
    panels = "panels"
    rules = "rules"
    rubrics = "rubrics"
    roles = "roles"
    stops = "stops"
    topologies = "topologies"
    attacks = "attacks"
    metrics = "metrics"
    suites = "suites"


def list_names(
    kind: Annotated[Kind, typer.Argument(help="what to list", show_default=False)],
    prompts: Annotated[Path | None, typer.Option(help="your folder of prompts, for its roles and rubrics")] = None,
    json: Annotated[bool, typer.Option("--json", help="print one JSON object instead of the table")] = False,
) -> None:
    """List the names of one kind, such as protocols or rules, with a line of explanation each.

    Example: jury list protocols
    """
    from benchmarks.cli.catalogue import list_entries, print_entries
    from jury.prompt_files import open_library

    print_entries(kind.value, list_entries(kind.value, open_library(prompts)), as_json=json)
