"""`jury schema`: what the files that people write may hold, for editors."""

import sys
from pathlib import Path
from typing import Annotated

import typer


def schema(
    name: Annotated[
        str, typer.Argument(help="run, answer, judge, jury, panel, target, rubric, case, models, limits …")
    ] = "run",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="write it to this file")] = None,
    json: Annotated[bool, typer.Option("--json", help="print JSON, which a schema is in any case")] = False,
) -> None:
    """Print the JSON schema of an experiment's YAML file, or of another file that people write.

    Example: jury schema run -o experiment.schema.json
    """
    import orjson

    from benchmarks.schemas import schema_of
    from jury.atomic import write_atomically

    del json
    text = orjson.dumps(schema_of(name), option=orjson.OPT_INDENT_2) + b"\n"
    if output is None:
        sys.stdout.write(text.decode())
    else:
        write_atomically(output, [text])
