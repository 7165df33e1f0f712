"""Whatever models and data wrote stands on the page as text, does nothing, and takes no more room than it may."""

from html import escape
from pathlib import Path

import pytest
from page import Page
from report_runs import HOSTILE, MEGABYTE

from benchmarks.report import Written, write_report
from jury import InputError

#: What is left of the hostile text once its control characters are spelt out.
SHOWN = HOSTILE.replace("\x1b", "\\u001b").replace("\u202e", "\\u202e")


@pytest.fixture
def written(hostile_run: Path, tmp_path: Path) -> Written:
    return write_report(
        [hostile_run],
        tmp_path / "report.html",
    )


@pytest.fixture
def html(written: Written) -> str:
    return written.path.read_text()


def test_planted_markup_makes_no_element(html):
    page = Page(html)
    assert page.all("script") == []
    assert [image for image in page.all("img") if not image["src"].startswith("data:image/webp;base64,")] == []
    assert not [attributes for _, attributes in page.elements if "onerror" in attributes]
    assert str(escape(SHOWN[:40])).replace("&#x27;", "&#39;") in html
    assert "document.title=&#39;owned&#39;" in html


def test_a_planted_template_is_shown_not_evaluated(html):
    assert "{{ 7*7 }}" in html
    assert "49" not in html.split("{{ 7*7 }}")[1][:20]


def test_control_characters_are_spelt_out(html):
    assert "\x1b" not in html
    assert "\u202e" not in html
    assert "\\u001b[31m \\u202eback" in html


def test_everything_hostile_is_there_as_text(html):
    """The prompt, the answer, the image's description, reasons, summary, juror, scenario, target and case."""
    assert html.count("alert(1)") > 50
    assert html.count("alert(1)") == html.count("&lt;img src=x onerror=alert(1)&gt;")


def test_a_long_answer_is_cut_and_linked_to_the_whole_beside_the_report(written, html):
    assert written.size < 400_000
    (text,) = written.texts
    assert text.parent == written.path.parent / "report-texts"
    assert f'<a href="report-texts/{text.name}">Read the whole text</a>' in html
    assert f"4,000 of {len(HOSTILE) + MEGABYTE:,} characters" in html
    whole = text.read_text(encoding="utf-8-sig")
    assert whole == SHOWN + "x" * MEGABYTE


def test_an_image_that_could_not_be_read_is_named_with_its_cause(html):
    assert "Image 1: could not be read: missing" in html


def test_no_text_on_the_page_is_longer_than_it_may_be(html):
    words = Page(html.split("</style>")[1]).words
    assert max(map(len, words)) < 4_100


def test_texts_of_an_earlier_report_are_gone_and_other_files_stay(written, plain_run):
    (written.texts[0].parent / "notes.txt").write_text("mine")
    again = write_report([plain_run], written.path)
    assert again.texts == ()
    assert [path.name for path in written.texts[0].parent.iterdir()] == ["notes.txt"]


def test_a_link_in_place_of_the_folder_of_texts_is_not_followed(hostile_run, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "report-texts").symlink_to(elsewhere)
    with pytest.raises(InputError, match="report-texts is a link"):
        write_report([hostile_run], tmp_path / "report.html")
    assert list(elsewhere.iterdir()) == []
