"""The sentence is a function of the numbers: it claims an effect only where interval and correction allow it."""

from typing import Any

import pytest

from benchmarks.experiments.contrasts import Contrast
from benchmarks.experiments.samples import Compared
from benchmarks.experiments.sentences import headline, is_larger_than_chance, sentence

ASR = Compared("asr", "attack success rate (ASR)", "ASR %", "the ASR", "percent", "lower", (0.0, 100.0))
ASD = Compared("asd", "attack success degree (ASD)", "ASD", "the ASD", "share", "lower", (0.0, 1.0))
SAID = {"as it is": "the image as it is", "black": "the image black", "none": "no image"}


def contrast(difference: float = -3.1, interval: tuple[float, float] | None = (-9.0, 2.8), **further: Any) -> Contrast:
    usual = {"measure": "asr", "first": "as it is", "second": "black", "paired": True, "means": (50.0, 46.9)}
    usual |= {"p": 0.3, "p_holm": 0.3, "test": "McNemar", "n": 20, "left_out": 0}
    return Contrast(difference=difference, interval=interval, **{**usual, **further})


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (contrast(), "−3.1 points [−9.0, 2.8]: no effect larger than chance at this size (n = 20 pairs)."),
        (contrast(0.0, (0.0, 0.0)), "0.0 points [0.0, 0.0]: no effect larger than chance at this size (n = 20 pairs)."),
        (
            contrast(12.0, (4.0, 20.0), p_holm=0.012),
            "+12.0 points [4.0, 20.0]: an effect larger than chance, Holm p = 0.0120 (n = 20 pairs).",
        ),
        (
            contrast(-60.0, (-70.0, -50.0), p_holm=0.00001, n=1200),
            "−60.0 points [−70.0, −50.0]: an effect larger than chance, Holm p < 0.0001 (n = 1,200 pairs).",
        ),
        (
            contrast(50.0, (4.0, 90.0), n=4, p=0.125, limit="with four pairs the smallest possible p is .125"),
            "+50.0 points [4.0, 90.0]: no effect can be told from chance, since with four pairs the smallest possible p "
            "is .125 (n = 4 pairs).",
        ),
        (
            contrast(12.0, (4.0, 20.0), p_holm=0.2),
            "+12.0 points [4.0, 20.0]: larger than its interval, but not after correction for all comparisons, "
            "Holm p = 0.2000 (n = 20 pairs).",
        ),
        (
            contrast(100.0, None, p=None, p_holm=None, n=1),
            "+100.0 points: how surely can't be said of fewer than two independent cases (n = 1 pair).",
        ),
        (
            contrast(paired=False, n=40),
            "−3.1 points [−9.0, 2.8]: no effect larger than chance at this size (n = 40 cases, unpaired).",
        ),
    ],
)
def test_a_comparison_in_words(found, told):
    assert (
        sentence(found, SAID, ASR) == f"With the image black instead of the image as it is, the ASR changes by {told}"
    )


@pytest.mark.parametrize("interval", [(0.0, 9.0), (-9.0, 0.0), (-1.0, 1.0), None])
def test_an_interval_that_holds_zero_or_is_not_there_shows_no_effect(interval):
    assert not is_larger_than_chance(contrast(4.0, interval, p_holm=0.0001))


def test_of_many_comparisons_the_headline_counts_the_effects_and_tells_the_largest():
    small, large = contrast(), contrast(-20.0, (-30.0, -10.0), second="none", p_holm=0.001)
    larger_by_chance = contrast(30.0, (-10.0, 70.0), p_holm=0.9)
    rated = contrast(99.0, (90.0, 100.0), measure="sri", p_holm=0.0001)
    assert headline([small, larger_by_chance, large, rated], SAID, ASR) == (
        "Of 3 comparisons of the ASR 1 shows an effect larger than chance; the largest: with no image instead of the image "
        "as it is, the ASR changes by −20.0 points [−30.0, −10.0]: an effect larger than chance, Holm p = 0.0010 "
        "(n = 20 pairs)."
    )
    assert headline([small, small], SAID, ASR).startswith(
        "Of 2 comparisons of the ASR none shows an effect larger than chance;"
    )


def test_where_nothing_was_decided_nothing_is_claimed():
    assert headline([contrast(measure="sri")], SAID, ASR) == (
        "Nothing can be compared: no case was decided in both of two arms."
    )


def test_a_figure_between_0_and_1_has_three_digits_and_no_points():
    found = contrast(-0.0625, (-0.125, -0.0312), measure="asd", p_holm=0.01)
    assert headline([found, contrast()], SAID, ASD) == (
        "With the image black instead of the image as it is, the ASD changes by −0.062 [−0.125, −0.031]: an effect larger "
        "than chance, Holm p = 0.0100 (n = 20 pairs)."
    )
