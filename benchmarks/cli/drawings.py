"""Drawings on their way to a file, or to standard output."""

import sys
from pathlib import Path

from benchmarks.cli.writing import print_json
from benchmarks.drawing.protocol import Drawing, drawn
from jury.atomic import write_atomically
from jury.errors import InputError


def print_drawing(drawing: Drawing, out: Path | None, *, as_json: bool) -> None:
    """A protocol's drawing: its nodes and edges as JSON, else as SVG."""
    if out is not None:
        write_svg(out, drawn(drawing))
    if as_json:
        print_json(drawing.document)
    elif out is None:
        sys.stdout.write(drawn(drawing))
    else:
        sys.stdout.write(f"Drawn in {out}\n")


def write_svg(out: Path, svg: str) -> None:
    """Write a picture. Raises `InputError` where its folder is not there."""
    if not out.resolve().parent.is_dir():
        raise InputError(f"{out} can't be written: its folder is not there; name another file")
    write_atomically(out, [svg.encode()])
