"""The `jury` command, run in this process as a shell would run it: arguments in; exit code and two streams out."""

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from jury.launch import main


@dataclass(frozen=True)
class Finished:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)


def jury(*arguments: str | Path) -> Finished:
    """The `jury` command with some arguments, to its end."""
    out, err = io.StringIO(), io.StringIO()
    with (
        patch.object(sys, "argv", ["jury", *map(str, arguments)]),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as left:
            code = left.code
        else:
            code = 0
    assert isinstance(code, int)
    return Finished(code, out.getvalue(), err.getvalue())


def complaint(*arguments: str | Path) -> str:
    """The one sentence that a command turns bad input down with."""
    finished = jury(*arguments)
    assert (finished.code, finished.out) == (2, ""), finished
    assert "Traceback" not in finished.err
    (line,) = finished.err.splitlines()
    assert line.startswith("jury: ")
    return line.removeprefix("jury: ")
