"""Words in every language, in one spelling."""

from jury.guardrank.words import BEGINNING, END, plain, words_of


def test_english_words_keep_their_apostrophes():
    assert words_of(plain("You can’t do THAT, 2 times")) == ["you", "can't", "do", "that", "2", "times"]


def test_chinese_characters_are_words_of_their_own():
    assert words_of(plain("我不能 help 你")) == ["我", "不", "能", "help", "你"]


def test_compatible_forms_and_invisible_characters_are_spelled_alike():
    assert plain("ＮＯ\u200b, ne\u00adver") == "no, never"


def test_languages_nobody_thought_of_have_words_too():
    assert words_of(plain("Нет, нельзя")) == ["нет", "нельзя"]
    assert words_of(plain("هذا خطير")) == ["هذا", "خطير"]


def test_of_a_very_long_text_beginning_and_end_are_read():
    text = plain("a" * 500_000 + "b" * 500_000)
    assert len(text) == BEGINNING + END + 1
    assert (text[0], text[-1]) == ("a", "b")


def test_half_characters_break_nothing():
    assert words_of(plain("\ud800 ok")) == ["ok"]
