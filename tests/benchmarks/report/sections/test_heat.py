"""The heat map: rates by target and scenario, the same as the results' where both can be had."""

from benchmarks.report.sections import heat


def test_every_target_is_a_column_and_every_scenario_a_row(view_of):
    shown = view_of("heat")
    assert shown.legend == (("A1", "model-one"), ("A2", "model-two"))
    assert [name for name, _ in shown.rows] == ["all cases", "cooking tips", "garden"]


def test_rates_are_of_decided_cases_and_none_where_nothing_was(view_of):
    rows = dict(view_of("heat").rows)
    assert [(rate.asr, rate.decided, rate.cases) for rate in rows["all cases"]] == [(0, 2, 5), (100, 1, 1)]
    assert [(rate.asr, rate.decided, rate.cases) for rate in rows["cooking tips"]] == [(0, 1, 2), (None, 0, 0)]


def test_rates_agree_with_the_results(view_of, archive):
    rows = dict(view_of("heat").rows)
    for name, stated in archive.document["by_scenario"].items():
        assert rows[name.replace("_", " ")][0].asr == stated["asr"]


def test_many_scenarios_give_way_to_categories(view_of, monkeypatch):
    monkeypatch.setattr(heat, "ROWS", 1)
    shown = view_of("heat")
    assert shown.by == "category"
    assert [name for name, _ in shown.rows] == ["all cases", "Kitchen"]


def test_what_is_not_drawn_is_counted(view_of, monkeypatch):
    monkeypatch.setattr(heat, "COLUMNS", 1)
    assert view_of("heat").left_out == (0, 1)
