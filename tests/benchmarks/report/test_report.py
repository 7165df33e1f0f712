"""A report as a whole: one file about one run or several, from Python and from the command."""

import json
from pathlib import Path

import pytest
from command import complaint, jury
from page import Page

from benchmarks import answer, judge, run
from benchmarks.report import Wishes, write_report
from benchmarks.report.archive import Archive
from benchmarks.report.build import Watcher

SECTIONS = [
    "headline",
    "setup",
    "heat",
    "further",
    "ratings",
    "agreement",
    "deliberation",
    "undecided",
    "causes",
    "disputed",
    "notes",
]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "report.html"


@pytest.fixture
def page(plain_run: Path, out: Path) -> Page:
    write_report([plain_run], out)
    return Page(out.read_text())


def test_a_report_has_every_section_in_its_order(page):
    assert [section["id"] for section in page.all("section")] == SECTIONS


def test_a_page_loads_nothing_and_runs_nothing(page):
    assert not {"script", "iframe", "object", "embed", "base", "form"} & {name for name, _ in page.elements}
    assert page.sources
    assert all(source.startswith("data:") for source in page.sources)
    assert [link["href"] for link in page.all("link")] == ["data:,"]
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert not [attributes for _, attributes in page.elements if "style" in attributes]


def test_the_policy_allows_images_and_clips_in_the_file_and_one_style_sheet(page):
    policy = page.all("meta")[1]["content"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules.pop("style-src").startswith("'sha256-")
    assert rules == {
        "default-src": "'none'", "img-src": "data:", "media-src": "data:", "base-uri": "'none'", "form-action": "'none'"
    }  # fmt: skip


def test_links_lead_to_sections_and_papers_only(page):
    links = {link["href"] for link in page.all("a")}
    assert {link for link in links if link.startswith("#")} == {"#main", *(f"#{name}" for name in SECTIONS)}
    assert {link.split("/")[2] for link in links if not link.startswith("#")} == {
        "arxiv.org", "doi.org", "repository.upenn.edu"
    }  # fmt: skip


def test_every_chart_has_a_title_and_tells_its_numbers(plain_run, out):
    write_report([plain_run], out)
    html = out.read_text()
    charts = [part.split("</svg>")[0] for part in html.split("<svg")[1:]]
    assert len(charts) > 4
    for chart in charts:
        assert 'role="img"' in chart
        assert chart.split("<title>")[1].split("</title>")[0]
        assert any(letter.isdigit() for letter in chart.split("<desc>")[1].split("</desc>")[0])


def test_the_same_run_gives_the_same_bytes(plain_run, tmp_path):
    first, second = write_report([plain_run], tmp_path / "a.html"), write_report([plain_run], tmp_path / "b.html")
    assert first.path.read_bytes() == second.path.read_bytes()


def test_a_report_tells_no_folder_of_the_machine_it_was_written_on(plain_run, out):
    write_report([plain_run], out)
    assert str(plain_run.parent) not in out.read_text()


def test_a_report_changes_nothing_in_the_runs_folder(plain_run, out):
    before = {path: path.stat().st_mtime_ns for path in plain_run.rglob("*")}
    write_report([plain_run], out)
    assert {path: path.stat().st_mtime_ns for path in plain_run.rglob("*")} == before


def test_several_runs_stand_side_by_side_under_letters(plain_run, hostile_run, out):
    write_report([plain_run, hostile_run], out, wishes=Wishes(title="Two of them"))
    page, html = Page(out.read_text()), out.read_text()
    assert "<title>Two of them</title>" in html
    assert [article["aria-labelledby"] for article in page.all("article")][:3] == ["gold-A", "setup-A", "setup-B"]
    assert "A: 33.3" in html
    assert "; B: " in html


def test_a_rehearsal_is_announced_above_everything_else(tmp_path, plain_run):
    run("sample", target="rehearsal/cautious", out=tmp_path / "run", limit=1)
    write_report([plain_run, tmp_path / "run"], tmp_path / "report.html")
    html = (tmp_path / "report.html").read_text()
    assert html.index("Scripted models took part in B.") < html.index("<h1>")


def test_real_models_are_not_called_a_rehearsal(plain_run, out):
    write_report([plain_run], out)
    assert "Scripted models" not in out.read_text()


def test_whoever_waits_hears_how_far_it_is(plain_run, out):
    heard_of: list[str | int] = []

    class Counter(Watcher):
        def began(self, run: Archive, verdicts: int) -> None:
            heard_of.extend([run.label, verdicts])

        def heard(self) -> None:
            heard_of.append("verdict")

    write_report([plain_run], out, watcher=Counter())
    assert heard_of == ["A", 6, *["verdict"] * 6]


def test_the_command_says_where_the_report_is(plain_run, out):
    finished = jury("report", plain_run, "-o", out)
    assert finished.code == 0
    assert finished.out == f"Written: {out} ({out.stat().st_size / 1e6:.1f} MB)\n"


def test_the_command_speaks_json(plain_run, out):
    finished = jury("report", plain_run, "-o", out, "--json", "--title", "Mine", "--cases", "1")
    assert finished.document == {"report": str(out), "bytes": out.stat().st_size, "texts": []}
    assert len(Page(out.read_text()).all("summary")) < len(SECTIONS)
    assert "<h1>Mine</h1>" in out.read_text()


def test_a_folder_that_holds_no_run_is_named(tmp_path, plain_run, out):
    assert complaint("report", plain_run, tmp_path, "-o", out).startswith(f"{tmp_path} is not a run's folder")
    assert not out.exists()


def test_a_run_named_twice_is_turned_down(plain_run, out):
    assert complaint("report", plain_run, plain_run / ".." / "run", "-o", out).endswith(
        "named twice; name every run once"
    )


def test_a_report_needs_a_file_not_a_folder(plain_run, tmp_path):
    assert "name the report's file" in complaint("report", plain_run, "-o", tmp_path)


def test_a_line_that_is_no_verdict_is_named(plain_run, tmp_path, out):
    copied = tmp_path / "copied"
    copied.mkdir()
    for name in ("manifest.json", "results.json", "ledger.sqlite"):
        (copied / name).write_bytes((plain_run / name).read_bytes())
    assert "verdicts.jsonl can't be read" in complaint("report", copied, "-o", out)
    (copied / "verdicts.jsonl").write_bytes((plain_run / "verdicts.jsonl").read_bytes() + b'{"case_id": 1}\n')
    assert "verdicts.jsonl, line 7: this is no verdict" in complaint("report", copied, "-o", out)


def test_figures_of_an_older_release_may_be_absent(plain_run, tmp_path, out):
    copied = tmp_path / "copied"
    copied.mkdir()
    for name in ("manifest.json", "verdicts.jsonl", "ledger.sqlite"):
        (copied / name).write_bytes((plain_run / name).read_bytes())
    document = json.loads((plain_run / "results.json").read_text())
    document["metrics"] = {"asr": None}
    del document["by_scenario"], document["same_family"]
    (copied / "results.json").write_text(json.dumps(document))
    assert write_report([copied], out).size > 0


def test_a_jury_that_judged_answers_later_is_reported_with_its_images(tmp_path, out):
    answer("sample", target="rehearsal/reckless", out=tmp_path / "answers", limit=1)
    judged = judge(tmp_path / "answers", jury="poll", panel="rehearsal")
    write_report([judged.folder], out)
    assert "data:image/webp;base64," in out.read_text()
