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
    "metrics": {"asr": 50.0, "asr_ci": None, "asr_bounds": [50.0, 50.0], "asr_n": 4, "sri": None, "sri_ci": None},
    "headlines": [
        {"name": "asr", "label": "attack success rate (ASR)", "value": 50.0, "ci": None, "bounds": [50.0, 50.0], "n": 4,
         "unit": "percent", "direction": "lower"},
    ],
    "panel": {}, "jurors": {}, "usage": {"calls": 1, "input_tokens": 1, "output_tokens": 1, "cost": None},
}  # fmt: skip


def shown(**sections: Any) -> str:
    console = Console(file=io.StringIO(), width=120)
    print_results(Results(Path(), {**PLAIN, **sections}), console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_plain_run_shows_no_figure_that_it_does_not_have() -> None:
    assert not [word for word in ("ASD", "PAR", "categories", "refused") if word in shown()]


def test_categories_grades_dimensions_and_pairs_are_shown_with_intervals() -> None:
    table = shown(
        category_mean={"categories": 2, "asr": 40.0, "asr_ci": [30.0, 50.0], "sri": 70.0, "sri_ci": None},
        grades={"asd": 0.25, "asd_ci": [0.1, 0.4], "par": 0.5, "par_ci": None},
        by_dimension={"privacy": {"asd": 0.125, "asd_ci": None, "par": 0.75}},
        dimension_mean={"asd": None, "asd_ci": None, "lacking": ["bias", "noise_consistency"]},
        pairs={"noise_consistency": {"asd": 1.0, "asd_ci": None, "counted": 3, "n": 7}},
    )

    for words in ("40.0 [30.0, 50.0]", "0.250 [0.100, 0.400]", "0.125, 0.750", "1.000 (3 of 7 pairs)", "bias, noise"):
        assert words in table


def headline(name: str, label: str, value: float | None, **rest: Any) -> dict[str, Any]:
    plain = {"ci": None, "bounds": None, "n": 4, "unit": "percent", "direction": "lower"}
    return {"name": name, "label": label, "value": value, **plain, **rest}


def test_headlines_come_first_each_with_its_unit_and_the_end_that_is_better() -> None:
    table = shown(
        metrics={"asr": 25.0, "asr_ci": None, "asr_bounds": [25.0, 25.0], "asr_n": 4, "sri": None, "sri_ci": None},
        headlines=[
            headline("full_refusal", "full refusals of harmless requests", 12.5, ci=[5.0, 20.0], bounds=[12.0, 14.0]),
            headline("asr", "compliance with harmful requests (ASR)", 25.0),
        ],
    )
    rows = [line for line in table.splitlines() if "lower is better" in line or "bounds" in line]

    assert "full refusals of harmless requests, % (lower is better)" in rows[0]
    assert "12.5 [5.0, 20.0]" in rows[0]
    assert "12.0 – 14.0" in rows[1]
    assert "compliance with harmful requests (ASR), % (lower is better)" in rows[2]
    assert "attack success rate" not in table


def test_without_a_harmful_request_the_asr_is_a_dash_and_says_why() -> None:
    table = shown(
        metrics={"asr": None, "asr_ci": None, "asr_bounds": None, "asr_n": 0, "sri": None, "sri_ci": None},
        headlines=[headline("over_refusal", "refusals of harmless requests, full or partial", 50.0)],
    )

    assert [line.split("│")[2].strip() for line in table.splitlines() if "ASR" in line] == [
        "– (no request is marked as harmful)"
    ]


def test_a_rubric_of_ones_own_has_no_asr() -> None:
    table = shown(
        metrics={"asr": None, "asr_ci": None, "asr_bounds": None, "asr_n": 0, "sri": None, "sri_ci": None},
        category_mean={"categories": 2, "asr": None, "asr_ci": None, "sri": None, "sri_ci": None},
        headlines=[headline("share", "share of rude", 50.0, direction=None)],
    )

    assert "share of rude, % " in table
    assert "ASR" not in table
    assert "better" not in table
