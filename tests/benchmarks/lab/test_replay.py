"""Replay on small recordings: what is counted, what is refused, what is said."""

import pytest
from command import complaint, jury

BALLOTS = {
    "Ann": "ynynynynyn",
    "Bob": "yyynynynyn",
    "Cem": "nnynyyynyn",
    "Dee": "yyyyyyyyyy",
}
GOLD = "ynynynynyn"
LABELS = {"y": "yes", "n": "no"}


@pytest.fixture
def folder(tmp_path):
    def write(ballots: dict[str, str] = BALLOTS, gold: str = GOLD, **columns: list[str]):
        rows = ["item_id,juror,label"]
        for juror, votes in ballots.items():
            rows += [f"i{at},{juror},{LABELS.get(vote, vote)}" for at, vote in enumerate(votes)]
        (tmp_path / "ballots.csv").write_text("\n".join(rows) + "\n")
        head = ",".join(["item_id", "label", *columns])
        truth = [
            ",".join([f"i{at}", LABELS[label], *(column[at] for column in columns.values())])
            for at, label in enumerate(gold)
        ]
        (tmp_path / "gold.csv").write_text("\n".join([head, *truth]) + "\n")
        return tmp_path

    return write


def replay(data, *options: str):
    return jury("lab", "replay", data, *options, "--json").document


def test_panel_jurors_best_single_and_majority_are_flat_figures(folder):
    document = replay(folder(), "--positive", "yes")
    assert document["jurors"]["Ann"]["f1"] == document["jurors"]["Ann"]["accuracy"] == 1.0
    assert document["best_single"]["f1"] == 1.0
    assert set(document["best_single"]["chosen"]) == {"Ann"}
    assert document["panel"]["f1"] == document["majority"]["f1"]
    assert {"f1", "f1_ci", "accuracy", "kappa", "undecided", "ties", "hung"} <= document["panel"].keys()
    assert {"alpha", "ac1", "prevalence", "n_eff", "fleiss_kappa", "specific_agreement"} <= document.keys()
    assert document["marginal"].keys() == BALLOTS.keys()


def test_a_tie_is_half_right_only_where_asked(folder):
    data = folder({"Ann": GOLD, "Bob": "".join({"y": "n", "n": "y"}[vote] for vote in GOLD)})
    assert replay(data)["panel"]["accuracy"] == 0.0
    halved = replay(data, "--ties", "half")["panel"]
    assert (halved["accuracy"], halved["ties"], halved["undecided"]) == (0.5, 10, 10)


def test_a_ballot_that_is_no_label_is_invalid(folder):
    document = replay(folder({"Ann": "ynynynyny?"}), "--positive", "yes")
    assert document["jurors"]["Ann"]["undecided"] == 1
    assert document["panel"]["no_quorum"] == 1


def test_without_a_positive_label_only_figures_of_all_labels_are_given(folder):
    document = replay(folder())
    assert document["positive"] is None
    assert document["panel"]["f1"] is None
    assert document["panel"]["accuracy"] > 0.5
    assert any("--positive" in note for note in document["notes"])


def test_every_rule_that_fits_is_held_and_others_are_named_with_the_reason(folder):
    document = replay(folder(), "--rule", "all", "--positive", "yes")
    assert {"any:1", "any:4", "strict_majority", "log_odds", "dawid_skene", "borda"} <= document["rules"].keys()
    assert "needs ratings" in document["skipped"]["mean"]
    assert "confidence" in document["skipped"]["confidence_weighted"]


def test_items_of_one_group_are_never_parted(folder):
    groups = [f"g{at // 2}" for at in range(10)]
    assert replay(folder(pair=groups), "--group", "pair", "--folds", "5")["groups"] == 5


def test_a_stated_confidence_is_calibrated_and_weighed(folder):
    data = folder()
    rows = (data / "ballots.csv").read_text().splitlines()
    sure = [f"{row},{0.9 if ',Ann,' in row else 0.4}" for row in rows[1:]]
    (data / "ballots.csv").write_text("\n".join([f"{rows[0]},confidence", *sure]) + "\n")
    document = replay(data, "--rule", "confidence_weighted", "--positive", "yes", "--folds", "2")
    assert document["jurors"]["Ann"]["ece"] == pytest.approx(0.1)
    assert document["panel"]["f1"] == 1.0


def test_rankings_are_counted_by_borda(folder):
    data = folder()
    rows = (data / "ballots.csv").read_text().splitlines()
    ranked = [f"{row},{'yes>no' if row.endswith('yes') else 'no>yes'}" for row in rows[1:]]
    (data / "ballots.csv").write_text("\n".join([f"{rows[0]},ranking", *ranked]) + "\n")
    assert replay(data, "--rule", "borda")["panel"]["accuracy"] == replay(data)["panel"]["accuracy"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--jurors", "Zed"), "has no juror 'Zed'; its jurors are Ann, Bob, Cem, Dee"),
        (("--positive", "maybe"), "no case is labelled 'maybe'; --positive takes one of no, yes"),
        (("--rule", "mean"), "rule 'mean' needs ratings"),
        (("--rule", "guess"), "unknown rule 'guess'; known: any, approval"),
        (("--rule", "log_odds:labels=x"), "labels='x' is not a number"),
        (("--group", "town"), "no column 'town'"),
    ],
)
def test_what_can_not_be_done_is_said_in_one_sentence(folder, options, words):
    assert words in complaint("lab", "replay", folder(), *options)


SPELLED = {"y": ("Unsafe", "2 - unsafe", "UNSAFE "), "n": ("safe", "1 - Safe", "安全")}


def spelled(data, votes: str = GOLD) -> None:
    """The gold of a folder, each label in another spelling."""
    rows = [f'i{at},"{SPELLED[vote][at % 3]}"' for at, vote in enumerate(votes)]
    (data / "gold.csv").write_text("\n".join(["item_id,label", *rows, ""]))


FIGURES = {"panel", "majority", "best_single", "jurors", "alpha", "ac1", "items", "labels", "positive"}


def test_labels_in_any_spelling_give_the_same_figures_by_replay_and_by_run(folder, tmp_path, monkeypatch):
    monkeypatch.setitem(LABELS, "y", "unsafe")
    monkeypatch.setitem(LABELS, "n", "safe")
    data = folder()
    plain = replay(data)
    spelled(data)
    odd = replay(data)
    assert {name: plain[name] for name in FIGURES} == {name: odd[name] for name in FIGURES}
    (data / "responses.csv").write_text("item_id,prompt,response\n" + "".join(f"i{at},Q{at}?,A.\n" for at in range(10)))
    run = jury("run", data, "--jury", "recorded", "--out", tmp_path / "run", "--json").document
    for juror, figures in odd["jurors"].items():
        same = ("precision", "recall", "f1", "kappa", "accuracy", "n")
        assert [run["jurors"][juror][name] for name in same] == pytest.approx([figures[name] for name in same])
    assert run["panel"]["f1"] == pytest.approx(odd["panel"]["f1"])


def test_a_slip_in_gold_is_listed_or_left_out(folder, monkeypatch):
    monkeypatch.setitem(LABELS, "y", "unsafe")
    monkeypatch.setitem(LABELS, "n", "safe")
    data = folder()
    (data / "gold.csv").write_text((data / "gold.csv").read_text().replace("i0,unsafe", "i0,unsfae"))
    assert "gold.csv: a gold label is unknown: 'unsfae' (1 time, nearest 'unsafe')" in complaint("lab", "replay", data)
    document = replay(data, "--ignore-labels")
    assert (document["items"], document["panel"]["n"], document["gold"]["ignored"]) == (9, 9, 1)
    assert "Left out: 1 label without a meaning: unsfae (1)." in document["notes"]


def test_words_that_abstain_are_abstentions_on_ballots_and_no_truth_in_gold(folder):
    data = folder({"Ann": "ynynynyny?", "Bob": GOLD})
    votes = (data / "ballots.csv").read_text().replace(",?", ",pass")
    (data / "ballots.csv").write_text(votes.replace("i0,Ann,yes", "i0,Ann,Unsure"))
    truth = (data / "gold.csv").read_text().replace("i5,no", "i5,can't say")
    (data / "gold.csv").write_text(truth)
    document = replay(data, "--abstain-labels", "pass", "--positive", "yes")
    ann = document["jurors"]["Ann"]
    assert (ann["cast"], ann["abstained"], ann["invalid"], document["items"]) == (7, 2, 0, 9)
    assert "Left out: 1 label of abstention: can't say (1)." in document["notes"]


def test_ballots_that_can_not_be_read_are_counted_by_juror_with_what_they_say(folder):
    document = replay(folder({"Ann": "ynynynyn??", "Bob": GOLD}), "--positive", "yes")
    assert (document["jurors"]["Ann"]["invalid"], document["jurors"]["Bob"]["invalid"]) == (2, 0)
    assert "Ann: 2 invalid ballots, labelled '?' (2)." in document["notes"]


def test_a_juror_without_any_known_label_is_turned_down_unless_it_is_left_out(folder):
    data = folder({"Ann": GOLD, "Bob": "0101010101"})
    assert "juror 'Bob' has no label that is known: '0' (5 times" in complaint("lab", "replay", data)
    assert set(replay(data, "--jurors", "Ann")["jurors"]) == {"Ann"}


def test_more_than_two_labels_are_said_to_become_two(folder):
    gold = (data := folder()) / "gold.csv"
    gold.write_text(gold.read_text().replace("i1,no", "i1,perhaps").replace("i3,no", "i3,perhaps"))
    notes = replay(data, "--positive", "yes")["notes"]
    assert (
        "Precision, recall and F1 take the labels yes (5) for yes, and no (3), perhaps (2) for the other side." in notes
    )


def test_the_tables_name_everybody(folder):
    shown = jury("lab", "replay", folder(), "--rule", "all", "--positive", "yes").out
    for words in ("panel", "majority", "best single", "Ann", "Dee", "By rule", "alpha", "Agreement by label"):
        assert words in shown
