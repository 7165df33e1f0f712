"""Runs of one suite are ordered by its own headline, from its better end; suites are kept apart."""

from dataclasses import dataclass, replace

from benchmarks.metrics.headlines import Headline
from benchmarks.metrics.ranking import group_by_suite, order_runs, ranking_in

FULL = Headline("full_refusal", "full refusals", 0.0, None, None, 4, "percent", "lower")
ASR = Headline("asr", "ASR", 0.0, None, None, 4, "percent", "lower")
SRI = Headline("sri", "SRI", 0.0, None, None, 4, "index", "higher")
SHARE = Headline("share", "share of rude", 0.0, None, None, 4, "percent", None)


@dataclass(frozen=True)
class Run:
    name: str
    headlines: tuple[Headline, ...]
    suite: str = "xstest"
    rubric: str = "refusal"


def run(name: str, head: Headline, value: float | None, suite: str = "xstest") -> Run:
    return Run(name, (replace(head, value=value),), suite)


def names(runs: list[Run]) -> list[str]:
    return [one.name for one in runs]


def test_the_better_end_of_the_headline_stands_first() -> None:
    assert names(order_runs([run("a", FULL, 40.0), run("b", FULL, 5.0)])) == ["b", "a"]
    assert names(order_runs([run("a", SRI, 40.0), run("b", SRI, 95.0)])) == ["b", "a"]


def test_runs_without_the_figure_stand_last_and_equal_ones_as_they_stood() -> None:
    runs = [run("a", FULL, None), run("b", FULL, 7.0), run("c", FULL, 7.0), run("d", FULL, 3.0)]
    assert names(order_runs(runs)) == ["d", "b", "c", "a"]


def test_a_figure_without_a_better_end_orders_nothing() -> None:
    assert names(order_runs([run("a", SHARE, 90.0), run("b", SHARE, 5.0)])) == ["a", "b"]


def test_the_first_headline_that_every_run_has_orders_them() -> None:
    some = [
        Run("a", (replace(FULL, value=None), replace(ASR, value=9.0))),
        Run("b", (replace(FULL, value=1.0), replace(ASR, value=2.0))),
    ]
    by = ranking_in(some)
    assert by is not None
    assert by.name == "asr"
    assert names(order_runs(some)) == ["b", "a"]


def test_suites_rubrics_and_headlines_are_kept_apart() -> None:
    runs = [run("a", FULL, 1.0), run("b", ASR, 1.0, "figstep"), run("c", FULL, 2.0), run("d", ASR, 1.0)]
    assert [names(group) for group in group_by_suite(runs)] == [["a", "c"], ["b"], ["d"]]
