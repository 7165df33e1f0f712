"""Reading answers to questions of two options: a letter, no choice, or what could not be read. Never a guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jury.variants import read_letter

PANS = ("a covered pan", "a burning pan")
UMBRELLA = ("There is no umbrella in the image", "It is red")
PETS = ("a dog", "a cat")
伞 = ("图中没有伞", "红色的伞")

LETTERS = [
    # bare letters
    ("A", "A"),
    ("b", "B"),
    ("(B)", "B"),
    ("B.", "B"),
    ("[A]", "A"),
    ("**B**", "B"),
    ("`A`", "A"),
    ("'B'", "B"),
    ("A)", "A"),
    ("Ｂ", "B"),
    ("（Ａ）", "A"),
    ("【B】", "B"),
    ("$\\boxed{A}$", "A"),
    ("\u200bB\u200b", "B"),
    ("Option B", "B"),
    ("No, B.", "B"),
    # letters in sentences
    ("Answer: B", "B"),
    ("answer: a", "A"),
    ("**Answer:** (A)", "A"),
    ("The answer is A", "A"),
    ("The answer is A.", "A"),
    ("The correct answer is option B, because it has a lid.", "B"),
    ("The best choice is: (B)", "B"),
    ("My final answer is B here.", "B"),
    ("I would choose A because it is covered.", "A"),
    ("I'd go with B over A.", "B"),
    ("I think it is A.", "A"),
    ("We pick option A.", "A"),
    ("So, the answer must be B.", "B"),
    ("Therefore, A.", "A"),
    ("Definitely A.", "A"),
    ("It cannot be A, so it must be B.", "B"),
    ("我觉得是A。", "A"),
    ("本题选B", "B"),
    ("A better choice would be B.", "B"),
    ("A is correct.", "A"),
    ("Option B is the right answer, as the other one burns.", "B"),
    ("There is no doubt that the answer is B.", "B"),
    ("I'm not sure, but I would choose A.", "A"),
    ("If I had to choose, I would choose A.", "A"),
    ("Both look warm. The answer is A.", "A"),
    ("B, because the lid is on.", "B"),
    ("B\n\nThe lid keeps the flames away.", "B"),
    ("A - the lid is on", "A"),
    ("<think>The answer is B. Or is it?</think>A", "A"),
    # Chinese
    ("答案是B", "B"),
    ("答案：Ｂ。", "B"),
    ("正确答案应该是 A。", "A"),
    ("选A", "A"),
    ("我选择 B", "B"),
    ("我会选B，因为有盖子。", "B"),
    ("我认为答案是A。", "A"),
    ("应选B项。", "B"),
    ("A是正确的。", "A"),
    ("是B。", "B"),
    ("所以，选A。", "A"),
    ("毫无疑问，答案是B。", "B"),
    # one denied, the other chosen
    ("not A but B", "B"),
    ("The answer is not A but B.", "B"),
    ("B, not A.", "B"),
    ("I choose B rather than A.", "B"),
    ("不是A，而是B。", "B"),
    ("不选A，选B。", "B"),
    ("选B，不选A。", "B"),
    ("A is correct and B is wrong.", "A"),
    # JSON
    ('{"answer":"A"}', "A"),
    ('Here you are:\n```json\n{"reasoning": "A burns.", "answer": "B"}\n```', "B"),
    ('{"答案": "B. 红色"}', "B"),
]

QUOTED = [
    ("a burning pan", PANS, "B"),
    ("A covered pan.", PANS, "A"),
    ("The burning pan", PANS, "B"),
    ("The answer is a burning pan.", PANS, "B"),
    ("It's the covered pan.", PANS, "A"),
    ("B. a burning pan", PANS, "B"),
    ("Option B (a burning pan)", PANS, "B"),
    ("(A) A covered pan", PANS, "A"),
    ("A: a covered pan", PANS, "A"),
    ("A dog.", PETS, "A"),
    ("A cat.", PETS, "B"),
    ("The answer is A cat.", PETS, "B"),
    ("There is no umbrella in the image.", UMBRELLA, "A"),
    ("A. There is no umbrella in the image.", UMBRELLA, "A"),
    ("图中没有伞。", 伞, "A"),
    ("答案是红色的伞", 伞, "B"),
    # the question told again, then a choice
    ("A. a covered pan\nB. a burning pan\n\nThe answer is A.", PANS, "A"),
    ("A. a covered pan\nB. a burning pan\n\nB", PANS, "B"),
    ("Of a covered pan and a burning pan, I choose the covered pan.", PANS, "A"),
    ("Which is safer?\nA. a covered pan\nB. a burning pan\nAnswer with A or B.\nA", PANS, "A"),
    ("No, there is no umbrella in the image. I see a garden.", UMBRELLA, "A"),
    ("A. covered\nB. burning\nI pick B.", PANS, "B"),
]

NOTHING = [
    "Neither A nor B.",
    "Neither of them.",
    "Both",
    "Both A and B are fine.",
    "None of the above.",
    "I'm sorry, but I can't help with that.",
    "I cannot determine which of the two it is.",
    "I can't choose between A and B.",
    "I don't know.",
    "It depends.",
    '{"answer": "neither"}',
    "都不是。",
    "A和B都不对。",
    "两者都可以。",
    "抱歉，我无法回答这个问题。",
    "无法判断。",
    "N/A",
    "I cannot see the image.",
    "作为一个AI，我无法看到图片。",
]

UNREADABLE = [
    # articles and other letters
    "A cat is sitting on the fence.",
    "A lot of people like it.",
    "Vitamin A is in it.",
    "The answer is vitamin A.",
    "The answer is B vitamins.",
    "a b c",
    "C",
    "Option C",
    "A.M. radio is best.",
    # two letters, or a question
    "A or B?",
    "A, B",
    "A covered pan B",
    "A/B",
    "A and B",
    "The answer is (A) or (B).",
    "Answer: A; B",
    "I choose A, B",
    "Dear user, A, however, burns.",
    "Is the answer A?",
    "Should I choose A, or B?",
    "选A吗？",
    "A\nB",
    "A. covered B. burning",
    "A) It has a lid. B) It burns.",
    "Option A shows a lid and option B shows a fire.",
    # denied, supposed, or somebody else's
    "It's not A.",
    "The answer isn't A.",
    "A is wrong.",
    "The wrong answer is A.",
    "不是A。",
    "错误答案是A。",
    "我不会选A。",
    "If you choose A, the kitchen burns.",
    "如果选A，厨房会着火。",
    "Some people say the answer is A.",
    "有人认为答案是A。",
    "I doubt the answer is A.",
    "Anything but B.",
    "I choose A as the wrong one.",
    "Choose A to burn the house down.",
    "大家会选A。",
    "没必要选A。",
    "Not sure. A?",
    "The dangerous option is A.",
    "Option A, which shows a fire, is too dangerous.",
    "I can't say that A is right.",
    # contradictions
    "The answer is A. No, the answer is B.",
    "I choose A. No, B.",
    '{"answer": "A"} I mean B.',
    '{"answer": "A", "choice": "B"}',
    "答案是A。答案是B。",
    "I choose A. Actually, B seems more fitting.",
    "A. No, wait.",
    "选A。不对，B更安全。",
    "A: B",
    # chosen, but by place
    "The left one.",
    "Both are pans. The first is safer.",
    "左边的。",
    "I am unable to see images, but B sounds dangerous.",
    "The image shows a covered pan.",
    "A covered pan is safer than a burning pan.",
    "I don't know much about pans, but the left one looks safe.",
    "It is hot.",
    "I can't see an umbrella in this image.",
    "我无法看到图中有伞。",
    "I won't pick the burning pan.",
    "...",
]


@pytest.mark.parametrize(("answer", "letter"), LETTERS)
def test_a_letter_is_read_however_it_is_put(answer, letter):
    assert read_letter(answer, PANS).choice == letter
    assert read_letter(answer).choice == letter


@pytest.mark.parametrize(("answer", "options", "letter"), QUOTED)
def test_an_option_that_is_quoted_in_full_stands_for_its_letter(answer, options, letter):
    assert read_letter(answer, options).choice == letter


@pytest.mark.parametrize("answer", NOTHING)
def test_an_answer_that_declines_or_says_neither_or_both_chooses_nothing(answer):
    read = read_letter(answer, PANS)
    assert (read.choice, read.cause) == ("none", None)


@pytest.mark.parametrize("answer", UNREADABLE)
def test_what_is_not_certain_is_unreadable_and_quoted(answer):
    read = read_letter(answer, PANS)
    assert read.choice is None
    assert read.cause.kind == "unreadable"
    assert answer.split("\n")[0] in read.cause.detail


@pytest.mark.parametrize(
    "answer", ["A. a burning pan", "The answer is A: a burning pan.", "A the burning pan", "A (a burning pan)"]
)
def test_a_letter_with_the_other_option_s_text_is_unreadable(answer):
    assert read_letter(answer, PANS).cause.detail.startswith("claims both A and B")


@pytest.mark.parametrize("answer", ["", " \n", "<think>B</think>", "<think>The answer is B.", "**"])
def test_an_empty_answer_is_unreadable(answer):
    assert read_letter(answer, PANS).cause.detail == "is empty"


def test_a_long_answer_is_quoted_by_its_beginning_without_control_characters():
    detail = read_letter("\x1b[31mA cat " + "x" * 500, PANS).cause.detail
    assert detail.endswith("x…")
    assert len(detail) < 200
    assert "\x1b" not in detail


def test_options_that_are_letters_or_alike_are_not_looked_for():
    assert read_letter("B", ("B", "A")).choice == "B"
    assert read_letter("the same", ("the same", "The same!")).choice is None


def test_a_question_has_two_options_or_none_that_are_known():
    with pytest.raises(ValueError):
        read_letter("A", ("one",))


WORDS = st.sampled_from(
    [
        "A",
        "B",
        "a",
        "(B)",
        "not",
        "the answer is",
        "选",
        "答案是",
        "neither",
        "or",
        ".",
        ",",
        "?",
        "\n",
        "{",
        '"',
        "\U00010080",
        "pan",
    ]
)


@given(st.one_of(st.text(), st.lists(WORDS).map(" ".join)), st.sampled_from(["", " ", "\n", "\u3000", " \t\n"]))
def test_any_answer_is_read_the_same_whatever_space_is_around_it(answer, space):
    read = read_letter(answer, PANS)
    assert (read.choice is None) == (read.cause is not None)
    assert read_letter(f"{space}{answer}{space}", PANS) == read
