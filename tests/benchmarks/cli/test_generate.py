"""`jury generate`: what a user sees of it."""

from command import jury


def test_the_help_shows_an_example_of_itself():
    finished = jury("generate", "queries", "--help")
    assert finished.code == 0
    assert "Example: jury generate queries" in finished.out
    assert "--json" in finished.out


def test_a_set_is_made_and_summed_up_in_a_table_and_as_json(tmp_path):
    asked = ("generate", "queries", "--committee", "rehearsal", "--scenarios", "bias,hate_speech", "--per-scenario", 2)
    table = jury(*map(str, asked), "--out", tmp_path)
    again = jury(*map(str, asked), "--out", tmp_path, "--json")
    assert (table.code, again.code) == (0, 0)
    assert "4 queries kept" in table.out
    assert "rehearsal: written by scripts" in table.out
    assert again.document["kept"] == 4
    assert again.document["usage"]["calls"] == 0
    assert "2/2 streams" in again.err


def test_a_stream_that_runs_dry_is_named(tmp_path):
    finished = jury(
        "generate", "queries", "--committee", "rehearsal", "--scenarios", "bias", "--languages", "en",
        "--per-scenario", "2000", "--over-generation", "1", "--out", tmp_path,
    )  # fmt: skip
    assert finished.code == 0
    assert "bias/en/plain: only" in finished.err


def test_bad_input_is_one_sentence(tmp_path):
    finished = jury("generate", "queries", "--committee", "rehearsal", "--scenarios", "gardening", "--out", tmp_path)
    assert finished.code == 2
    assert finished.err.startswith("jury: taxonomy 'safebench' has no scenario 'gardening'")


def test_a_dry_run_bounds_what_is_then_asked_and_leaves_nothing_behind(tmp_path):
    asked = (
        "generate", "queries", "--committee", "rehearsal", "--scenarios", "bias,hate_speech", "--per-scenario", "20",
        "--json", "--out", tmp_path / "set",
    )  # fmt: skip
    estimate = jury(*asked, "--dry-run")
    assert estimate.code == 0
    assert not (tmp_path / "set").exists()
    made = jury(*asked).document["usage"]["calls"]
    models = estimate.document["models"].values()
    assert sum(model["calls"][0] for model in models) <= made <= sum(model["calls"][1] for model in models)
    assert all(model["cost"] == [0.0, 0.0] for model in models)
