"""Charts: numbers and names in, an image out that says the same in words."""

import re
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from benchmarks.report.charts import Bar, Cell, Range, bars, grid, histogram, ranges
from benchmarks.report.charts.grid import shade_of
from benchmarks.report.charts.svg import WIDTH, cut

HOSTILE = "<script>alert(1)</script>\x1b"


def drawn(chart: Markup) -> ElementTree.Element:
    return ElementTree.fromstring(chart)


def words(chart: Markup) -> list[str]:
    return [text.text or "" for text in drawn(chart).iter("text")]


def boxes(chart: Markup, kind: str) -> list[dict[str, float]]:
    found = [box.attrib for box in drawn(chart).iter("rect") if kind in box.attrib["class"].split()]
    return [{name: float(box[name]) for name in ("x", "y", "width", "height")} for box in found]


def said(chart: Markup) -> str:
    return drawn(chart).findtext("desc") or ""


def test_bars_are_to_the_scale_of_their_sum():
    chart = bars("Outcomes", [Bar("safe", 3, "negative"), Bar("unsafe", 1, "positive"), Bar("hung", 0)])
    full, quarter, nothing = (box["width"] for box in boxes(chart, "bar"))
    assert full == pytest.approx(3 * quarter)
    assert nothing == 0
    assert said(chart) == "safe: 3 (75%); unsafe: 1 (25%); hung: 0 (0%)"


def test_bars_without_any_count_are_empty():
    assert said(bars("Outcomes", [Bar("safe", 0)])) == "safe: 0"


def test_a_range_has_its_figure_its_interval_and_its_bounds_on_the_axis():
    chart = ranges("ASR", [Range("A", 50, (40, 70), (25, 100))])
    dot = float(next(drawn(chart).iter("circle")).attrib["cx"])
    whisker = next(line.attrib for line in drawn(chart).iter("line") if line.attrib["class"] == "whisker")
    (band,) = boxes(chart, "band")
    length = float(whisker["x2"]) - float(whisker["x1"])
    assert length == pytest.approx(band["width"] * 30 / 75, abs=0.2)
    assert band["x"] < float(whisker["x1"]) < dot < float(whisker["x2"])
    assert said(chart) == "A: 50.0 [40.0, 70.0], bounds 25.0 to 100.0"


def test_a_figure_that_cannot_be_had_is_no_zero():
    chart = ranges("ASR", [Range("A", None)])
    assert list(drawn(chart).iter("circle")) == []
    assert said(chart) == "A: –"


def test_a_histogram_stands_first_and_last_ballots_side_by_side():
    chart = histogram("Ratings", [1, 2], {1: 4}, {1: 2, 2: 8})
    assert [box["height"] for box in boxes(chart, "first")] == [66, 0]
    assert [box["height"] for box in boxes(chart, "last")] == [33, 132]
    assert said(chart) == "rating 1: 4 at first, 2 at last; rating 2: 0 at first, 8 at last"


def test_a_grid_holds_its_numbers_as_words_beside_its_shades():
    chart = grid("Heat", ["A", "B"], [("all", [Cell("97", 0.97), Cell("–", None)]), ("some", [Cell("5", 0.05)] * 2)])
    assert words(chart) == ["A", "B", "all", "97", "–", "some", "5", "5"]
    shades = [box.attrib["class"] for box in drawn(chart).iter("rect")]
    assert shades == ["heat heat-9", "heat heat-none", "heat heat-0", "heat heat-0"]
    assert said(chart) == "Columns: A, B. all: 97, –; some: 5, 5"


@pytest.mark.parametrize(
    ("value", "shade"), [(None, "heat-none"), (0, "heat-0"), (0.099, "heat-0"), (0.1, "heat-1"), (1, "heat-9")]
)
def test_ten_shades_cover_all_values(value, shade):
    assert shade_of(value) == shade


def test_a_chart_fits_a_phone_unless_it_has_many_columns():
    narrow = grid("Heat", list("ABC"), [("all", [Cell("1", 1)] * 3)])
    wide = grid("Heat", list("ABCDEFGHIJ"), [("all", [Cell("1", 1)] * 10)])
    assert drawn(narrow).attrib["width"] == str(WIDTH)
    assert "fits" in drawn(narrow).attrib["class"].split()
    assert float(drawn(wide).attrib["width"]) > WIDTH
    assert "fits" not in drawn(wide).attrib["class"].split()


@pytest.mark.parametrize(
    "chart",
    [
        bars(HOSTILE, [Bar(HOSTILE, 1)]),
        ranges(HOSTILE, [Range(HOSTILE, 1)]),
        grid(HOSTILE, [HOSTILE], [(HOSTILE, [Cell(HOSTILE, 1)])]),
        histogram(HOSTILE, [1], {}, {}),
    ],
)
def test_hostile_names_make_no_elements(chart):
    assert not list(drawn(chart).iter("script"))
    assert "\x1b" not in chart
    assert re.search(r"&lt;script", chart)


def test_words_are_cut_to_the_room_there_is():
    assert cut("short", 100) == "short"
    assert cut("a rather long name of a scenario", 100).endswith("…")
    assert len(cut("场景" * 40, 100)) < len(cut("scenario" * 10, 100))
