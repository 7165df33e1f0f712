"""`jury generate`: what a user sees of it."""

import pytest
from command import jury


@pytest.mark.parametrize("stage", ["taxonomy", "queries", "images", "speech", "dataset"])
def test_the_help_of_every_stage_shows_an_example_of_itself(stage):
    finished = jury("generate", stage, "--help")
    assert finished.code == 0
    assert f"Example: jury generate {stage}" in finished.out
    assert "--json" in finished.out


def test_a_set_is_made_and_summed_up_in_a_table_and_as_json(tmp_path):
    asked = ("generate", "queries", "--committee", "rehearsal", "--scenarios", "bias,hate_speech", "--per-scenario", 2)
    table = jury(*map(str, asked), "--out", tmp_path)
    again = jury(*map(str, asked), "--out", tmp_path, "--json")
    assert (table.code, again.code) == (0, 0)
    assert "4 queries kept" in table.out
    assert "4 items (rehearsal: made with scripted models)" in table.out
    assert again.document["queries"]["kept"] == 4
    assert again.document["usage"]["calls"] == 0
    assert "2/2 streams" in again.err


def test_a_stream_that_runs_dry_is_named(tmp_path):
    seats = ", ".join(f"{{name: {name}, model: rehearsal/author-terse}}" for name in ("ann", "bob", "cem"))
    (tmp_path / "terse.yaml").write_text(f"panel: {{seats: [{seats}]}}")
    finished = jury(
        "generate", "queries", "--committee", tmp_path / "terse.yaml", "--scenarios", "bias", "--languages", "en",
        "--per-scenario", "20", "--out", tmp_path / "set",
    )  # fmt: skip
    assert finished.code == 0
    assert "bias/en/plain: only 12" in finished.err


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


def test_a_whole_set_is_made_and_every_stage_says_what_came_of_it(tmp_path):
    asked = ("--scenarios", "bias,child_abuse", "--per-scenario", "1", "--painter-params", "size=160x160")
    finished = jury("generate", "dataset", "--committee", "rehearsal", *asked, "--out", tmp_path / "set")
    assert finished.code == 0, finished.err
    assert "1 images in" in finished.out
    assert "none for 1 refused" in finished.out
    assert "2 clips, 0 takes made again; none for 2 refused" in finished.out
    assert "2 items (rehearsal: made with scripted models)" in finished.out
    assert "2/2 images" in finished.err


def test_a_taxonomy_is_drawn_up_and_summed_up(tmp_path):
    finished = jury("generate", "taxonomy", "--committee", "rehearsal", "--proposals", "6", "--out", tmp_path)
    assert finished.code == 0, finished.err
    assert "categories (rehearsal: drawn up by scripts), from 24 proposals" in finished.out
    assert (tmp_path / "taxonomy.yaml").is_file()


def test_a_dry_run_of_a_whole_set_bounds_what_every_model_is_then_asked(tmp_path):
    asked = (
        "generate", "dataset", "--committee", "rehearsal", "--scenarios", "bias,hate_speech", "--per-scenario", "3",
        "--json", "--out", tmp_path / "set",
    )  # fmt: skip
    estimate = jury(*asked, "--dry-run")
    assert estimate.code == 0
    assert not (tmp_path / "set").exists()
    made = jury(*asked).document["usage"]
    models = estimate.document["models"]
    assert {"pillow/scene", "espeak/female", "espeak/male"} < set(models)
    assert models["espeak/female"]["calls"] == [6, 18]
    for unit in ("calls", "input_tokens"):
        least, most = (sum(model[unit][bound] for model in models.values()) for bound in (0, 1))
        assert least <= made[unit] <= most


def test_a_dry_run_of_a_taxonomy_bounds_what_is_then_asked(tmp_path):
    asked = ("generate", "taxonomy", "--committee", "rehearsal", "--proposals", "4", "--json", "--out", tmp_path)
    estimate = jury(*asked, "--dry-run").document["models"].values()
    made = jury(*asked).document["usage"]["calls"]
    assert sum(model["calls"][0] for model in estimate) <= made <= sum(model["calls"][1] for model in estimate)


def test_what_paints_costs_by_the_image_in_a_dry_run(tmp_path):
    (tmp_path / "models.yaml").write_text("openai/painter: {cost_per_image: 0.04}\n")
    estimate = jury(
        "generate", "dataset", "--committee", "rehearsal", "--scenarios", "bias", "--per-scenario", "10", "--dry-run",
        "--json", "--painter", "openai/painter", "--models", tmp_path / "models.yaml", "--out", tmp_path / "set",
    ).document["models"]  # fmt: skip
    assert estimate["openai/painter"]["cost"] == pytest.approx([0.4, 1.2])
    assert estimate["openai/painter"]["calls"] == [10, 30]


def test_stages_can_be_left_out_of_a_set_and_unknown_ones_are_named(tmp_path):
    asked = ("generate", "dataset", "--committee", "rehearsal", "--scenarios", "bias", "--per-scenario", "1")
    finished = jury(*asked, "--without", "images,speech", "--out", tmp_path / "set", "--json")
    assert {"images", "speech"}.isdisjoint(finished.document)
    wrong = jury(*asked, "--without", "pictures", "--out", tmp_path / "set")
    assert wrong.code == 2
    assert "field `without.0`: Input should be 'images' or 'speech'" in wrong.err
