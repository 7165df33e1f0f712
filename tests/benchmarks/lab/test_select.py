"""Selection: a panel where it truly helps, one juror where it does not."""

import random

from command import jury


def write(folder, votes: dict[str, list[str]], gold: list[str]):
    rows = [f"i{at},{juror},{vote}" for juror, said in votes.items() for at, vote in enumerate(said)]
    (folder / "ballots.csv").write_text("\n".join(["item_id,juror,label", *rows]) + "\n")
    (folder / "gold.csv").write_text(
        "\n".join(["item_id,label", *(f"i{at},{one}" for at, one in enumerate(gold))]) + "\n"
    )
    return folder


def crowd(rights: dict[str, float], items: int = 240, seed: int = 1):
    """Independent jurors, each right at its rate, on evenly mixed labels."""
    rng = random.Random(seed)
    gold = [rng.choice(["safe", "unsafe"]) for _ in range(items)]
    flip = {"safe": "unsafe", "unsafe": "safe"}
    votes = {name: [one if rng.random() < right else flip[one] for one in gold] for name, right in rights.items()}
    return votes, gold


def test_independent_jurors_of_equal_skill_make_a_panel(tmp_path):
    votes, gold = crowd({f"j{at}": 0.75 for at in range(5)})
    document = jury("lab", "select", write(tmp_path, votes, gold), "--json").document
    assert not document["one_juror"]
    assert document["f1"] > document["best_single"]["f1"]
    assert document["sentence"].startswith("A panel is better than its best juror here: ")
    assert document["inner"]["gain"] > document["inner"]["standard_error"]


def test_one_good_juror_among_guessers_is_the_best_panel(tmp_path):
    votes, gold = crowd({"expert": 0.95, "a": 0.5, "b": 0.5, "c": 0.5})
    shown = jury("lab", "select", write(tmp_path, votes, gold))
    assert "One juror is the best panel here: expert." in shown.out
    assert "chosen in 5 of 5 folds: expert" in shown.out
