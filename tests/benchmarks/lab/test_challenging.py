"""`jury lab challenge`: who is challenged, why, and who sits then."""

import pytest
import yaml
from command import complaint, jury

GOLD = "yn" * 20
VOTES = {"yes-man": "y" * 40, "good": GOLD, "fair": "yn" * 16 + "ny" * 4}
LABELS = {"y": "unsafe", "n": "safe"}


@pytest.fixture
def folder(tmp_path):
    rows = [f"i{at},{juror},{LABELS[vote]}" for juror, votes in VOTES.items() for at, vote in enumerate(votes)]
    (tmp_path / "ballots.csv").write_text("\n".join(["item_id,juror,label", *rows]) + "\n")
    gold = [f"i{at},{LABELS[label]}" for at, label in enumerate(GOLD)]
    (tmp_path / "gold.csv").write_text("\n".join(["item_id,label", *gold]) + "\n")
    (tmp_path / "panel.yaml").write_text(
        "seats:\n  - {name: yes-man, model: some/one}\n  - {name: good, model: some/two}\n"
        "alternates:\n  - {name: spare, model: some/three}\n"
    )
    return tmp_path


def test_a_juror_whose_votes_do_not_depend_on_the_truth_is_challenged(folder):
    found = {one["juror"]: one for one in jury("lab", "challenge", folder, "--json").document["challenges"]}
    assert {name: one["finding"] for name, one in found.items()} == {
        "yes-man": "challenged",
        "good": "kept",
        "fair": "kept",
    }
    assert found["yes-man"]["why"].startswith(
        "its errors lean to false positives: 20 false positives against 0 false negatives"
    )


def test_an_alternate_takes_the_seat_in_the_panel_that_is_written(folder):
    shown = jury("lab", "challenge", folder, "--panel", folder / "panel.yaml", "--out", folder / "fair.yaml")
    assert "yes-man leaves" in shown.out.replace("\n", " ")
    assert "spare takes the seat" in shown.out.replace("\n", " ")
    written = yaml.safe_load((folder / "fair.yaml").read_text())
    assert sorted(juror["name"] for juror in written["seats"]) == ["good", "spare"]


def test_without_a_positive_label_or_a_panel_to_write_it_is_told(folder):
    assert "--panel" in complaint("lab", "challenge", folder, "--out", folder / "fair.yaml")
    for name in ("gold.csv", "ballots.csv"):
        (folder / name).write_text((folder / name).read_text().replace("unsafe", "bad"))
    assert "name one with --positive (bad, safe)" in complaint("lab", "challenge", folder)
