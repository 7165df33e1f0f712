"""A juror is challenged for a bias that labelled items show, and for nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from jury.empanelling import challenges

GOLD = {f"i{at}": "unsafe" if at < 20 else "safe" for at in range(40)}
SAFE = dict.fromkeys(GOLD, "safe")


def found(said, gold=GOLD, **settings):
    (one,) = challenges(gold, {"j": said}, "unsafe", **settings)
    return one


def test_a_juror_who_never_looks_is_challenged_in_words_and_figures():
    one = found(SAFE)
    assert (one.finding, one.false_positives, one.false_negatives, one.informedness) == ("challenged", 0, 20, 0.0)
    # McNemar 1947, exact: 2 · (1/2)^20.
    assert one.p == 2 / 2**20
    assert one.why == (
        "its errors lean to false negatives: 0 false positives against 20 false negatives (p = 1.9e-06); its votes hardly "
        "depend on the truth (informedness 0.00, not above 0.1)"
    )


def test_a_juror_who_always_alarms_is_challenged_too():
    one = found(dict.fromkeys(GOLD, "unsafe"))
    assert (one.finding, one.false_positives, one.false_negatives) == ("challenged", 20, 0)


def test_a_juror_who_errs_but_tells_the_classes_apart_stays():
    strict = {item: "unsafe" if at < 28 else "safe" for at, item in enumerate(GOLD)}
    one = found(strict)
    assert (one.finding, one.informedness, one.skew, one.skilled) == ("kept", 0.6, "false positives", True)
    assert one.p is not None
    assert one.p < 0.05


def test_a_poor_juror_who_leans_to_no_side_stays():
    one = found({item: ("safe", "unsafe")[at % 2] for at, item in enumerate(GOLD)})
    assert (one.finding, one.informedness, one.p) == ("kept", 0.0, 1.0)
    assert (one.skew, one.skilled) == ("", False)


def test_too_few_items_of_a_class_can_tell_nothing():
    gold = {item: label for item, label in GOLD.items() if label == "safe" or item < "i11"}
    one = found(SAFE, gold)
    assert (one.finding, one.p, one.skew, one.skilled) == ("too few", None, None, None)
    assert "10 of each are needed" in one.why


def test_items_without_a_label_take_no_part():
    assert found({**SAFE, **{f"new{at}": "unsafe" for at in range(99)}}) == found(SAFE)
    assert found(SAFE, {}).finding == "too few"


def test_a_ballot_that_is_no_label_is_counted_and_speaks_for_neither_side():
    one = found({**SAFE, "i0": "I'm sorry, I can't", "i39": ""})
    assert (one.unreadable, one.positives, one.negatives, one.false_negatives) == (2, 19, 19, 19)


def test_the_more_jurors_are_tried_the_more_a_challenge_needs():
    leaning = {item: "unsafe" if at in {*range(13), *range(20, 34)} else "safe" for at, item in enumerate(GOLD)}
    gold = {**GOLD}
    lean = {item: "unsafe" if at < 19 or 20 <= at < 29 else "safe" for at, item in enumerate(GOLD)}
    alone = challenges(gold, {"a": lean}, "unsafe", bound=1)[0]
    crowd = challenges(gold, {"a": lean, **{f"b{at}": leaning for at in range(5)}}, "unsafe", bound=1)[0]
    assert alone.p is not None
    assert crowd.p is not None
    assert crowd.p > alone.p
    assert (alone.finding, crowd.finding) == ("challenged", "kept")


@given(st.permutations(sorted(GOLD)), st.lists(st.sampled_from(["safe", "unsafe"]), min_size=40, max_size=40))
def test_neither_the_order_of_items_nor_the_names_of_labels_change_a_finding(order, said):
    plain = dict(zip(sorted(GOLD), said, strict=True))
    named = {"safe": "0", "unsafe": "1"}
    other = challenges(
        {item: named[GOLD[item]] for item in order}, {"j": {item: named[plain[item]] for item in order}}, "1"
    )
    assert other == challenges(GOLD, {"j": plain}, "unsafe")
