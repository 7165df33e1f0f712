"""Every format of a leaderboard: the same board, and no name that acts."""

import csv
import html.parser
import io
import json
from pathlib import Path
from typing import Any

import pytest
from command import complaint, jury

from benchmarks.cli.boards import print_board
from benchmarks.leaderboard import FORMATS, Board, leaderboard
from benchmarks.leaderboard.formats.abbreviations import abbreviations

HOSTILE = "=cmd|'/c calc'!A0 <script>alert(1)</script> \\input{x} & 50% _a_ `b` [c](http://d.e) | $x$ \x1b[31m\n# e"


@pytest.fixture
def board(finished: Any, published: Path) -> Board:
    """A board with a rehearsal, a hostile name, and published figures."""
    return leaderboard([finished("a/b", 12.3, rehearsal=True), finished(HOSTILE, 45.6)], published=published)


def text(board: Board, name: str) -> str:
    return FORMATS.get(name)(board).decode()


@pytest.mark.parametrize("name", ["terminal", "md", "html", "latex", "csv"])
def test_every_format_shows_figures_undecided_cases_and_what_is_rehearsal_or_published(board: Board, name: str) -> None:
    shown = text(board, name)

    assert "12.3" in shown
    assert "98.5" in shown
    assert "REHEARSAL" in shown
    assert "CarefulModel" in shown
    assert "published" in shown.casefold()
    assert "take no part in the ranking" in shown.replace("\n", " ")


@pytest.mark.parametrize("name", ["terminal", "md", "html", "latex"])
def test_every_format_for_people_shows_intervals_and_undecided_cases(board: Board, name: str) -> None:
    shown = text(board, name).replace("\\", "").replace("{[}", "[").replace("{]}", "]")

    assert "12.3 [7.3, 17.3]" in shown
    assert "2 / 1 / 0 of 100" in shown


def test_a_latex_table_without_scripted_models_is_not_called_a_rehearsal(finished: Any) -> None:
    runs = [finished("a/b", 12.3, rehearsal=True), finished("c/d", 45.6, suite="figstep")]
    first, second = text(leaderboard(runs), "latex").split(r"\end{table}")[:2]

    assert "REHEARSAL: scripted models" in first
    assert "REHEARSAL" not in second


def test_no_control_character_reaches_a_terminal_and_a_row_stays_a_line(board: Board) -> None:
    shown = text(board, "terminal")

    assert "\x1b" not in shown
    assert sum("45.6" in line for line in shown.splitlines()) == 1


def test_no_name_is_markup_in_a_page(board: Board) -> None:
    tags: set[str] = set()

    class Tags(html.parser.HTMLParser):
        def handle_starttag(self, tag: str, attrs: Any) -> None:
            tags.add(tag)
            assert not any(name.startswith("on") or name in {"href", "src"} for name, _ in attrs)

    page = text(board, "html")
    Tags().feed(page)

    assert "script" not in tags
    assert "&lt;script&gt;" in page
    assert page.count('<tr class="published">') == 2


def test_no_name_is_markup_a_link_or_another_cell_in_markdown(board: Board) -> None:
    line = next(line for line in text(board, "md").splitlines() if "45.6" in line)
    other = next(line for line in text(board, "md").splitlines() if "12.3" in line)

    assert line.replace("\\|", "").count("|") == other.count("|")
    assert "<script" not in line
    assert "](" not in line.replace("\\]\\(", "")


def test_no_name_is_a_command_in_latex(board: Board) -> None:
    line = next(line for line in text(board, "latex").splitlines() if "45.6" in line)

    assert r"\textbackslash{}input\{x\}" in line
    assert r"50\% \_a\_" in line
    assert line.replace(r"\&", "").count("&") == len(board.columns) + 5


def test_no_cell_is_a_formula_in_csv_and_figures_are_whole(board: Board) -> None:
    rows = list(csv.DictReader(io.StringIO(text(board, "csv"))))

    hostile = next(row for row in rows if row["asr"] == "45.6")
    assert hostile["model"].startswith("'=cmd")
    assert [row["rank"] for row in rows] == ["1", "2", "", ""]
    assert [row["published"] for row in rows] == ["", "", "paper", "paper"]
    assert (hostile["asr_low"], hostile["hung"], hostile["rehearsal"]) == ("40.6", "2", "False")


def test_parquet_keeps_types_names_and_notes(board: Board, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "board.parquet"
    path.write_bytes(FORMATS.get("parquet")(board))

    rows = parquet.read_table(path).to_pylist()

    assert [row["model"] for row in rows] == ["a/b", HOSTILE, "CarefulModel", "CarelessModel"]
    assert (rows[0]["asr"], rows[0]["rank"], rows[0]["rehearsal"], rows[2]["rank"]) == (12.3, 1, True, None)
    assert "no part in the ranking" in rows[0]["notes"]


def test_the_command_prints_writes_and_gives_programs_the_board(finished: Any, published: Path, tmp_path: Path) -> None:
    run = finished("a/b", 12.3).folder
    out = tmp_path / "board.md"

    assert "a/b" in jury("leaderboard", run).out
    assert jury("leaderboard", run, "--format", "md", "-o", out).code == 0
    assert "a/b" in out.read_text()
    document = json.loads(jury("leaderboard", run, "--published", published, "--json").out)
    assert [title for title, _ in document["sections"]] == ["Runs", "Published, judged by others; not ranked"]


def test_the_command_names_what_is_wrong(finished: Any, tmp_path: Path) -> None:
    run = finished("a", 1.0).folder

    assert "unknown board_format 'pdf'; known: csv, html, latex, md, parquet, terminal" in complaint(
        "leaderboard", run, "--format", "pdf"
    )
    assert "name a file with -o" in complaint("leaderboard", run, "--format", "parquet")
    assert "can't be written" in complaint("leaderboard", run, "-o", tmp_path / "nowhere" / "b.md")


@pytest.fixture
def two_suites(finished: Any) -> Board:
    """A board of two suites, which no format may rank together."""
    refusal = {"name": "refusal", "choices": ["full_compliance", "full_refusal", "partial_refusal"], "positive": "full_compliance"}  # fmt: skip
    head = {"name": "over_refusal", "label": "refusals", "value": 7.5, "ci": None, "bounds": None, "n": 9, "unit": "percent", "direction": "lower"}  # fmt: skip
    metrics = {"asr": None, "sri": None, "over_refusal": 7.5}
    other = finished("helper", None, judged_by=refusal, suite="mossbench", headlines=[head], metrics=metrics)
    return leaderboard([finished("a/b", 12.3), other])


@pytest.mark.parametrize("name", ["terminal", "md", "html", "latex", "csv"])
def test_every_format_has_a_table_for_every_suite_and_says_that_there_is_no_joint_rank(
    two_suites: Board, name: str
) -> None:
    shown = " ".join(text(two_suites, name).replace("\\", "").split())

    assert "safebench" in shown
    assert "mossbench" in shown
    assert "there is no joint rank" in shown
    if name == "csv":
        rows = list(csv.DictReader(io.StringIO(text(two_suites, name))))
        assert [(row["suite"], row["ranked_by"], row["rank"]) for row in rows] == [
            ("safebench", "asr", "1"),
            ("mossbench", "over_refusal", "1"),
        ]
    else:
        assert "ASR % ↓" in shown or r"ASR % ensuremath{downarrow}" in shown
        assert shown.count("lower is better") == 2


def test_programs_get_every_table(two_suites: Board, capsys: pytest.CaptureFixture[str]) -> None:
    print_board(two_suites)

    document = json.loads(capsys.readouterr().out)
    assert [(table["title"], table["ranked_by"]) for table in document["tables"]] == [
        ("safebench · rubric safebench", "asr"),
        ("mossbench · rubric refusal", "over_refusal"),
    ]
    assert len(document["sections"]) == 2


@pytest.mark.parametrize("width", [80, 100, 120])
def test_categories_fit_a_terminal_under_abbreviations_that_a_legend_explains(
    finished: Any, shared_data: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    rates = {"asr": 5.0, "asr_ci": [1.0, 9.0], "sri": 90.0, "sri_ci": None}
    run = finished("some-provider/some-model", 10.0, rehearsal=True, by_category={"confidential_information": rates, "violence": rates})  # fmt: skip
    published = shared_data / "safebench" / "published_results.csv"

    lines = text(leaderboard([run], published=published, categories=True), "terminal").splitlines()

    assert max(map(len, lines)) <= width
    heads = [line.split()[2:] for line in lines if line.split()[:1] == ["#"]]
    assert heads.count(["CO", "CI", "CS", "ET", "IC", "VI", "IS", "IO"]) == 2
    rows = [line.split() for line in lines if "some-model" in line]
    assert ["–", "5.0", "–", "–", "–", "5.0", "–", "–"] in [row[-8:] for row in rows]
    assert sum("Phi-3-Vision" in line for line in lines) == 3
    assert "CI: Confidential Information" in " ".join(lines)


def test_abbreviations_differ_and_are_made_of_the_words() -> None:
    names = ["Consultation", "Illegal Activity", "Illegal Acts", "privacy", "privacy 2", "数据", "!!", "…"]

    found = abbreviations(names)

    assert len(set(found.values())) == len(names)
    assert (found["Consultation"], found["Illegal Activity"], found["privacy"]) == ("CO", "IA", "Priva")
