"""The pages say what a run found, case by case, and never more than a blind reader may know."""

import re
import shutil
import sqlite3

import pytest
from report_runs import HOSTILE
from viewers import BLIND_ADA, case_path, client, post, run_path, viewer, words

from benchmarks.viewer.index.rows import key_of


@pytest.fixture(scope="module")
def address(tmp_path_factory, plain):
    with viewer(tmp_path_factory.mktemp("cache"), plain) as at:
        yield at


@pytest.fixture
def asked(address):
    with client(address) as one:
        yield one


def test_the_first_page_says_what_each_run_comes_to(asked):
    shown = words(asked.get("/").text)
    assert "recorded answers on cases, judged by trial (trial, strict majority)" in shown
    assert "6 of 6 heard" in shown
    assert "33.3 % [1.0, 89.6]" in shown
    assert "2, 1, 0" in shown


def test_a_runs_page_leads_from_every_cell_to_its_cases(asked):
    page = asked.get(run_path(asked)).text
    links = re.findall(r'href="(/runs/[^"]+/cases\?[^"]*scenario=cooking_tips[^"]*)"', page)
    assert len(links) == 1
    listed = asked.get(links[0].replace("&amp;", "&")).text
    assert re.findall(r'<th scope="row"><a [^>]+>(c\d)</a>', listed) == ["c1", "c2"]


def test_the_bars_of_a_histogram_add_up_to_the_cases_heard(asked):
    page = asked.get(run_path(asked)).text
    charts = re.findall(r'<figure class="bars">\s*<figcaption>(.*?)</figcaption>(.*?)</figure>', page, re.DOTALL)
    sums = {title: sum(map(int, re.findall(r'class="cases">(\d+)<', rows))) for title, rows in charts}
    assert sums == {
        "How trials ended": 6,
        "Margin of the vote": 6,
        "Disagreement among the last ballots": 6,
        "Mean rating": 6,
    }


def test_a_bars_link_lists_as_many_cases_as_it_says(asked):
    page = asked.get(run_path(asked)).text
    bars = re.findall(r'<li><a href="([^"]+)"><span class="name">.*?class="cases">(\d+)<', page, re.DOTALL)
    assert len(bars) > 20
    for link, cases in bars:
        listed = words(asked.get(link.replace("&amp;", "&")).text)
        assert re.search(rf" {cases} cases?[ ,]", listed), link


def test_a_case_shows_its_debate_round_by_round(asked):
    shown = words(asked.get(case_path(asked, "c6")).text)
    for heading in ("Sealed assessment", "Deliberation, round 1", "Deliberation, round 2", "Sealed re-ballot"):
        assert heading in shown
    assert "changed from safe" in shown
    assert re.search(r"Went over to (Ann|Bob)", shown)
    assert "Dissent of Cyd" in shown
    assert "In the words of" in shown
    assert "First ballots alone hung (2 safe, 2 unsafe, 1 invalid)" in shown


def test_a_cases_raw_calls_are_shown_on_demand_and_no_others(asked):
    path = case_path(asked, "c6")
    listed = asked.get(f"{path}/calls").text
    keys = re.findall(rf"{path}/calls/([0-9a-f]{{64}})", listed)
    assert len(keys) > 15
    raw = asked.get(f"{path}/calls/{keys[0]}")
    assert raw.headers["content-type"].startswith("text/plain")
    assert '"model": "test/' in raw.text
    other = case_path(asked, "c1")
    assert asked.get(f"{other}/calls/{keys[0]}").status_code == 404


@pytest.mark.parametrize("name", ["circle", "rounds"])
def test_a_drawing_is_an_image_that_may_do_nothing(asked, name):
    answer = asked.get(f"{case_path(asked, 'c6')}/drawings/{name}")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "script" not in answer.text


def test_the_circle_has_an_arrow_from_whom_moved_whom(asked):
    drawn = asked.get(f"{case_path(asked, 'c6')}/drawings/circle").text
    assert re.search(r"<desc>(Ann|Bob) moved Dan", drawn)
    assert drawn.count("url(#tip)") >= 1


def test_what_is_not_there_is_said_in_a_sentence(asked):
    for path in ("/runs/none", f"{run_path(asked)}/cases/{'0' * 16}", "/trials/none", "/nowhere"):
        answer = asked.get(path)
        assert answer.status_code == 404
        assert "Not shown" in answer.text or path == "/nowhere"


def test_a_bad_filter_is_named_and_all_cases_are_shown(asked):
    answer = asked.get(f"{run_path(asked)}/cases?order=upwards")
    assert answer.status_code == 400
    assert "can&#39;t be sorted by &#39;upwards&#39;" in answer.text
    assert "<strong>6</strong>" in answer.text


def test_hostile_texts_are_shown_and_stay_texts(tmp_path, hostile):
    with viewer(tmp_path, hostile) as at, client(at) as asked:
        paths = [
            "/",
            run_path(asked),
            f"{run_path(asked)}/cases",
            case_path(asked, f"one {HOSTILE}"),
            case_path(asked, "two"),
        ]
        paths += [
            f"{paths[3]}/calls",
            f"{paths[3]}/drawings/circle",
            f"{paths[3]}/drawings/rounds",
            f"{run_path(asked)}/people",
        ]
        for path in paths:
            answer = asked.get(path)
            assert answer.status_code == 200
            assert "<script>document" not in answer.text
            assert "<img src=x" not in answer.text
            assert "\x1b" not in answer.text
            assert "\u202e" not in answer.text
            assert "49" not in re.findall(r"\{\{ 7\*7 \}\}|(?<=title=&#39;owned)49", answer.text)
        whole = re.search(r'href="(/runs/[^"]+/texts/[0-9a-f]+\.txt)"', asked.get(paths[4]).text)
        assert whole
        text = asked.get(whole.group(1))
        assert text.headers["content-type"].startswith("text/plain")
        assert len(text.text) > 1_000_000


def test_a_blind_reader_learns_nothing_before_they_decide(tmp_path, plain):
    folder = shutil.copytree(plain, tmp_path / "run")
    with viewer(tmp_path / "cache", folder) as at, client(at, BLIND_ADA) as asked:
        path, run = case_path(asked, "c6"), run_path(asked)
        for page in (path, run, f"{run}/cases?hung=1", f"{run}/people"):
            shown = words(asked.get(page).text)
            assert "hung" not in shown
            assert "changed from" not in shown
            assert "ASR" not in shown
        assert "<strong>6</strong>" in asked.get(f"{run}/cases?hung=1&state=hung&margin_from=0.5&order=margin").text
        assert asked.get(f"{path}/calls").status_code == 403
        assert asked.get(f"{path}/drawings/circle").status_code == 404
        for page in ("/compare", f"{run}/gold.csv", f"{run}/labels.csv"):
            assert asked.get(page).status_code == 403
        assert post(asked, f"{path}/label", seen_on=path, choice="unsafe").status_code == 303
        assert "changed from safe" in words(asked.get(path).text)
        listed = words(asked.get(f"{run}/cases").text)
        assert listed.count("hidden until you decide") == 5
        assert "before you saw the verdict" in words(asked.get(path).text)


def test_a_run_under_way_shows_what_was_heard_so_far_and_says_so(tmp_path, plain):
    folder = shutil.copytree(plain, tmp_path / "run")
    (folder / "results.json").unlink()
    with sqlite3.connect(folder / "ledger.sqlite") as ledger:
        ledger.execute("DELETE FROM verdicts WHERE case_id IN ('c5', 'c6')")
    ledger.close()
    with viewer(tmp_path / "cache", folder) as at, client(at) as asked:
        shown = words(asked.get(run_path(asked)).text)
        assert "4 of 6 heard; figures cover those so far" in shown
        assert "The jury has not heard this case yet" in words(asked.get(case_path(asked, "c6")).text)
        assert "<strong>2</strong>" in asked.get(f"{run_path(asked)}/cases?state=waiting").text


def test_news_of_a_run_come_as_server_sent_events(tmp_path, plain):
    folder = shutil.copytree(plain, tmp_path / "run")
    with viewer(tmp_path / "cache", folder) as at, client(at, {"jury_reader": "Ada"}) as asked:
        path = case_path(asked, "c1")
        listening = re.search(r'data-events="([^"]+)"', asked.get(run_path(asked)).text)
        assert listening
        with asked.stream("GET", listening.group(1)) as news:
            assert news.headers["content-type"].startswith("text/event-stream")
            lines = news.iter_lines()
            assert next(lines) == ": listening"
            with client(at, {"jury_reader": "Ada"}) as other:
                post(other, f"{path}/label", seen_on=path, choice="safe")
            assert next(line for line in lines if line.startswith("event")) == "event: news"


def test_news_from_before_a_page_listened_are_news_to_it_too(asked):
    with asked.stream("GET", f"{run_path(asked)}/events?seen=long-ago") as news:
        assert next(line for line in news.iter_lines() if line.startswith("event")) == "event: news"


def test_runs_are_found_below_a_folder_and_told_apart(tmp_path, plain):
    for name in ("one", "two"):
        shutil.copytree(plain, tmp_path / "store" / name)
    with viewer(tmp_path / "cache", tmp_path / "store") as at, client(at) as asked:
        links = re.findall(r'<h3><a href="(/runs/[^"]+)">(.*?)</a>', asked.get("/").text)
        assert [title for _, title in links] == ["one", "two"]
        assert len({link for link, _ in links}) == 2
        compared = asked.get("/compare", params={"run": [link.split("/")[2] for link, _ in links]})
        assert "6 cases are in both" in words(compared.text)
        assert "0 cases ended differently" in words(compared.text)
        alone = asked.get("/compare", params={"run": links[0][0].split("/")[2]})
        assert alone.status_code == 400
        assert "name at least two runs to compare" in alone.text


def test_cases_that_two_runs_differ_on_are_listed_with_links_to_both(tmp_path, plain):
    one, two = (shutil.copytree(plain, tmp_path / "store" / name) for name in ("one", "two"))
    with sqlite3.connect(two / "ledger.sqlite") as ledger:
        ((record,),) = ledger.execute("SELECT record FROM verdicts WHERE case_id = 'c5'").fetchall()
        ledger.execute(
            "UPDATE verdicts SET record = ? WHERE case_id = 'c5'",
            (record.replace('"choice":"safe"', '"choice":"unsafe"'),),
        )
    ledger.close()
    assert one.is_dir()
    with viewer(tmp_path / "cache", tmp_path / "store") as at, client(at) as asked:
        names = re.findall(r'<h3><a href="/runs/([^"]+)">', asked.get("/").text)
        page = asked.get("/compare", params={"run": names}).text
        assert "1 case ended differently" in words(page)
        assert all(f"/runs/{name}/cases/{key_of('c5')}" in page for name in names)
