"""JSON Lines: everything that is known of a case on one line."""

from collections.abc import Iterator
from pathlib import Path

import orjson

from benchmarks.export.formats.registry import export_format
from benchmarks.results import Results
from jury.atomic import write_atomically


@export_format("jsonl")
def as_jsonl(results: Results, path: Path) -> None:
    """The case, its answers, the verdict with every ballot, and the human label's choice, as the records write them."""
    write_atomically(path, _lines(results))


def _lines(results: Results) -> Iterator[bytes]:
    for trial in results.trials():
        line = {
            "case": orjson.Fragment(trial.transcript.case.to_json()),
            "answers": [orjson.Fragment(answer.to_json()) for answer in trial.transcript.answers],
            "verdict": orjson.Fragment(trial.verdict.to_json()),
            "truth": results.truth(trial.transcript.case),
        }
        yield orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)
