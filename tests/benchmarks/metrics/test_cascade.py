"""What a scout saves and costs, on recorded ballots of real judges."""

import pytest
from command import complaint, jury

LIMIT = "300"


def held(shared_data, out, name, *more):
    finished = jury(
        "run",
        shared_data / "msts",
        "--jury",
        name,
        "--panel",
        "recorded",
        "--limit",
        LIMIT,
        "--out",
        out,
        "--json",
        *more,
    )
    assert finished.code == 0, finished.err
    return finished.document


@pytest.fixture(scope="module")
def runs(shared_data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("cascades")
    return folder, {name: held(shared_data, folder / name, name) for name in ("cascade-guardrank", "cascade-audit")}


def test_what_the_scout_decided_alone_is_counted(runs):
    _, documents = runs
    cascade = documents["cascade-guardrank"]["cascade"]
    assert cascade["cases"] == 300
    assert 0 < cascade["scout_alone"] < 300
    assert cascade["panel_seats"] == 8
    assert cascade["ballots_saved"] == 8 * cascade["scout_alone"]


def test_a_run_tells_of_every_cutoff_up_to_its_own(runs):
    _, documents = runs
    curve = documents["cascade-guardrank"]["cascade"]["curve"]
    assert [point["saved"] for point in curve] == sorted((point["saved"] for point in curve), reverse=True)
    assert curve[-1]["f1"] == pytest.approx(documents["cascade-guardrank"]["panel"]["f1"])
    assert curve[-1]["f1_cost"] == 0
    assert curve[-1]["screen"] >= 0.98


def test_an_audit_asks_the_panel_throughout_so_its_curve_holds_the_cascades(runs):
    _, documents = runs
    cascade, audit = (documents[name]["cascade"] for name in ("cascade-guardrank", "cascade-audit"))
    assert audit["scout_alone"] == 0
    assert audit["curve"][-1]["saved"] == 0
    at_cutoff = next(point for point in audit["curve"] if point["screen"] == 0.98)
    assert at_cutoff["saved"] == pytest.approx(cascade["scout_alone"] / 300)
    assert at_cutoff["f1"] == pytest.approx(documents["cascade-guardrank"]["panel"]["f1"])


def test_both_verify_by_code_of_its_own(runs):
    folder, documents = runs
    for name in documents:
        assert jury("verify", folder / name).code == 0


def test_a_run_without_a_scout_has_no_cascade(shared_data, tmp_path):
    document = jury(
        "run", shared_data / "msts", "--jury", "recorded", "--limit", "20", "--out", tmp_path, "--json"
    ).document
    assert "cascade" not in document


def test_a_recorded_panel_needs_recorded_ballots(tmp_path):
    path = tmp_path / "answers.csv"
    path.write_text("id,prompt,response\na,Hi,Hello\n")
    assert "has no ballots.csv" in complaint(
        "run", path, "--jury", "cascade-guardrank", "--panel", "recorded", "--out", tmp_path / "run"
    )
