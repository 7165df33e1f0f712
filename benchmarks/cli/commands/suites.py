"""`jury suites`: which sets of cases there are, and where their files are to be had."""

from typing import Annotated

import typer


def suites(
    suite: Annotated[str | None, typer.Argument(help="show this one in full")] = None,
    json: Annotated[bool, typer.Option("--json", help="print one JSON object instead of the table")] = False,
) -> None:
    """List the suites that `jury run` knows by name, or show one in full.

    Example: jury suites siuo
    """
    from benchmarks.cli.suite_tables import print_suite, print_suites
    from benchmarks.suites import SUITES

    if suite is None:
        print_suites([SUITES.get(name) for name in SUITES], as_json=json)
    else:
        print_suite(SUITES.get(suite), as_json=json)
