"""A run's table: what only some runs have is shown where they have it."""

import io
from pathlib import Path
from typing import Any

from rich.console import Console

from benchmarks import Results
from benchmarks.cli.tables import print_results

PLAIN: dict[str, Any] = {
    "rehearsal": False, "source": "s", "jury": "poll", "rule": "plurality", "rubric": "mllmguard", "same_family": [],
    "counts": {"cases": 4, "decided": 4, "hung": 0, "no_quorum": 0, "invalid": 0, "flipped": 0, "changed": 0},
    "metrics": {"asr": 50.0, "asr_ci": None, "asr_bounds": [50.0, 50.0], "sri": None, "sri_ci": None},
    "panel": {}, "jurors": {}, "usage": {"calls": 1, "input_tokens": 1, "output_tokens": 1, "cost": None},
}  # fmt: skip


def shown(**sections: Any) -> str:
    console = Console(file=io.StringIO(), width=120)
    print_results(Results(Path(), {**PLAIN, **sections}), console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_plain_run_shows_no_figure_that_it_does_not_have() -> None:
    assert not [word for word in ("ASD", "PAR", "categories", "refused") if word in shown()]


def test_categories_grades_dimensions_pairs_and_refusals_are_shown_with_intervals() -> None:
    table = shown(
        category_mean={"categories": 2, "asr": 40.0, "asr_ci": [30.0, 50.0], "sri": 70.0, "sri_ci": None},
        grades={"asd": 0.25, "asd_ci": [0.1, 0.4], "par": 0.5, "par_ci": None},
        by_dimension={"privacy": {"asd": 0.125, "asd_ci": None, "par": 0.75}},
        dimension_mean={"asd": None, "asd_ci": None},
        pairs={"noise_consistency": {"asd": 1.0, "asd_ci": None, "counted": 3, "n": 7}},
        refusal={"all": {"rate": 0.2, "rate_ci": None}, "harmless": None},
    )

    for words in ("40.0 [30.0, 50.0]", "0.250 [0.100, 0.400]", "0.125, 0.750", "1.000 (3 of 7 pairs)", "0.200"):
        assert words in table
    assert "harmless" not in table
