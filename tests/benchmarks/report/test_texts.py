"""Long texts are cut on the page and kept whole beside it."""

import hashlib

from benchmarks.report.texts import LINE, LONGEST, LONGEST_REASON, LongTexts, one_line


def test_a_short_text_stands_whole_and_nothing_is_kept():
    texts = LongTexts("report-texts")
    assert texts.prose("a < b") == '<p class="words" dir="auto">a &lt; b</p>'
    assert texts.prose("x" * LONGEST).count("x") == LONGEST
    assert texts.wholes == {}


def test_a_long_text_is_cut_and_linked_by_its_hash():
    texts = LongTexts("report-texts")
    whole = "y" * (LONGEST + 1)
    shown = texts.prose(whole)
    name = hashlib.sha256(whole.encode()).hexdigest() + ".txt"
    assert shown.count("y") == LONGEST
    assert f'href="report-texts/{name}"' in shown
    assert texts.wholes == {name: whole}


def test_a_jurors_reasons_are_cut_sooner():
    texts = LongTexts("t")
    assert texts.reason("z" * LONGEST).count("z") == LONGEST_REASON


def test_the_same_long_text_is_kept_once():
    texts = LongTexts("t")
    for _ in range(3):
        texts.prose("w" * 2 * LONGEST)
    assert len(texts.wholes) == 1


def test_line_breaks_stay_and_codes_are_spelt_out():
    assert "one\ntwo\\u0000" in LongTexts("t").prose("one\ntwo\0")


def test_a_name_takes_one_line_whatever_it_is():
    assert one_line("a\nb\x1b") == "a b\\u001b"
    assert len(one_line("n" * 1_000_000)) == LINE
