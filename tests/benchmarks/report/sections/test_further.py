"""Figures that a suite or a rubric gives rise to are shown wherever the results hold them."""

from dataclasses import replace

from benchmarks.report.section import Wishes, sections_for
from benchmarks.report.sections import further

#: What every run says today that has intervals at some depth.
USUAL = ("by_category", "category_mean")


def shown(archive, **parts):
    bare = {name: part for name, part in archive.document.items() if name not in USUAL}
    changed = replace(archive, document={**bare, **parts})
    return sections_for([changed], Wishes())["further"].view()


def test_without_any_the_section_is_left_out(archive):
    assert shown(archive) is None


def test_what_has_an_interval_is_a_figure_at_any_depth(archive):
    refusal = {"harmless": {"rate": 0.25, "rate_ci": [0.1, 0.5], "rate_bounds": [0.2, 0.4], "n": 8}}
    means = {"asr": 12.5, "asr_ci": None, "sri": None, "sri_ci": None, "categories": 8}
    (run,) = shown(archive, refusal=refusal, category_mean=means)
    assert [(one.name, one.value, one.interval, one.bounds, one.digits) for one in run.figures] == [
        ("refusal, harmless, rate", 0.25, (0.1, 0.5), (0.2, 0.4), 3),
        ("category mean, ASR % (lower is better)", 12.5, None, None, 1),
    ]


def test_many_figures_end_in_a_number(archive, monkeypatch):
    monkeypatch.setattr(further, "LISTED", 1)
    (run,) = shown(archive, category_mean={"asr": 1, "asr_ci": None, "sri": 2, "sri_ci": None})
    assert (len(run.figures), run.unlisted) == (1, 1)


def test_a_figure_that_is_about_no_case_is_left_out(archive):
    means = {"asr": None, "asr_ci": None, "asr_n": 0, "sri": None, "sri_ci": None}
    assert shown(archive, category_mean=means) is None
