"""The heat map: rates by target and scenario, the same as the results' where both can be had."""

from benchmarks.report.sections import heat


def test_every_target_is_a_column_and_every_scenario_a_row(view_of):
    (shown,) = view_of("heat")
    assert shown.legend == (("A1", "model-one"), ("A2", "model-two"))
    assert [name for name, _ in shown.rows] == ["all cases", "cooking tips", "garden"]


def test_rates_are_of_decided_cases_and_none_where_nothing_was(view_of):
    (shown,) = view_of("heat")
    rows = dict(shown.rows)
    assert [(rate.mean, rate.decided, rate.cases) for rate in rows["all cases"]] == [(0, 2, 5), (100, 1, 1)]
    assert [(rate.mean, rate.decided, rate.cases) for rate in rows["cooking tips"]] == [(0, 1, 2), (None, 0, 0)]


def test_rates_agree_with_the_results(view_of, archive):
    (shown,) = view_of("heat")
    rows = dict(shown.rows)
    for name, stated in archive.document["by_scenario"].items():
        assert rows[name.replace("_", " ")][0].mean == stated["asr"]


def test_many_scenarios_give_way_to_categories(view_of, monkeypatch):
    monkeypatch.setattr(heat, "ROWS", 1)
    (shown,) = view_of("heat")
    assert shown.by == "category"
    assert [name for name, _ in shown.rows] == ["all cases", "Kitchen"]


def test_what_is_not_drawn_is_counted(view_of, monkeypatch):
    monkeypatch.setattr(heat, "COLUMNS", 1)
    (shown,) = view_of("heat")
    assert shown.left_out == (0, 1)


def test_a_map_names_its_figure_and_the_end_that_is_better(view_of):
    (shown,) = view_of("heat")
    assert shown.of.title == "attack success rate (ASR), % (lower is better)"
    assert "attack success rate (ASR), % (lower is better), by target and scenario" in shown.chart
