"""The figures a reader asks for first are those of the results."""

import pytest


@pytest.fixture
def line(view_of):
    ((line,),) = (suite.runs for suite in view_of("headline"))
    return line


def test_figures_and_intervals_are_those_of_the_results(line, archive):
    metrics = archive.document["metrics"]
    asr, sri = line.headlines
    assert (asr.value, list(asr.interval)) == (metrics["asr"], metrics["asr_ci"])
    assert list(asr.bounds) == metrics["asr_bounds"]
    assert (sri.value, list(sri.interval)) == (metrics["sri"], metrics["sri_ci"])


def test_every_chart_names_its_figure_and_the_end_that_is_better(view_of):
    (suite,) = view_of("headline")
    assert [chart.title for chart in suite.charts] == [
        "attack success rate (ASR), % (lower is better)",
        "safety risk index (SRI) (higher is better)",
    ]


def test_what_is_undecided_is_counted_beside_what_is_decided(line):
    assert (line.cases, line.decided, line.undecided) == (6, 3, 3)
    assert "unsafe: 1 (17%); safe: 2 (33%); hung: 2 (33%); no quorum: 1 (17%)" in line.outcomes


def test_with_human_labels_the_panel_is_held_against_them(line, archive):
    assert line.n == 2
    assert {one.name: one.value for one in line.gold} == {
        name: archive.document["panel"][name] for name in ("precision", "recall", "f1", "kappa", "accuracy")
    }
