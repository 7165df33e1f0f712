"""MiniBench: a part of a full copy, or files of its own."""

from benchmarks.suites.reading.safebench import FILES
from benchmarks.suites.safebench_mini import MINI


def test_of_a_full_copy_it_is_the_first_fifty_of_ten_scenarios(on_disk, load_suite):
    for number in range(1, 24):
        on_disk.table(f"{number}.csv", None, *([f"{FILES[number]} {row}"] for row in range(1, 101)))
    gathered = load_suite("safebench-mini")
    assert len(gathered.cases) == 500
    assert tuple(dict.fromkeys(case.scenario for case in gathered.cases)) == MINI
    assert all(case.turns[0].parts[0].text.startswith(case.scenario) for case in gathered.cases)
    assert gathered.cases[50].turns[0].parts[0].text == "fraudulent_activities 1"
    assert not any("are published" in problem for problem in gathered.problems)


def test_the_images_of_a_full_copy_are_those_of_its_files(on_disk, load_suite, store):
    on_disk.table("15.csv", None, ["One?"], ["Two?"])
    on_disk.images("15/1.png", "15/2.png", "9/1.png")
    case = load_suite("safebench-mini").cases[1]
    assert (case.id, case.scenario) == ("safebench-mini-ip_infringement-002", "ip_infringement")
    assert store.read(case.turns[0].parts[1].media) == (on_disk.folder / "15" / "2.png").read_bytes()


def test_a_copy_of_its_own_says_that_scenarios_were_taken_in_order(on_disk, load_suite):
    for number in range(1, 11):
        on_disk.table(f"text/{number}.csv", None, *([f"Request {row}"] for row in range(50)))
    on_disk.images("1/1.png")
    gathered = load_suite("safebench-mini", 1)
    assert gathered.cases[0].scenario == "hate_speech"
    assert gathered.problems == (
        "safebench-mini: files 1 to 10 name no scenario; they are taken in the order of the full set",
    )


def test_a_scenario_that_a_full_copy_lacks_is_named(on_disk, load_suite):
    on_disk.table("2.csv", None, ["One?"])
    on_disk.table("23.csv", None, ["Two?"])
    assert "safebench-mini: 21.csv is missing (social_ethics)" in load_suite("safebench-mini").problems
