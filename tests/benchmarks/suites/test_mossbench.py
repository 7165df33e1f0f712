"""MOSSBench: harmless pairs, as the repository and as the hub lay them out."""

import io

import pytest
from PIL import Image

from benchmarks.suites import SUITES


def entry(pid="1", over="type 2", image="images/1.png"):
    return {
        "pid": pid,
        "question": "What game is this?",
        "image": image,
        "short description": "children at play",
        "metadata": {"over": over, "human": 1, "harm": [3]},
    }


def test_every_pair_is_marked_as_harmless_and_judged_by_whether_it_is_refused(on_disk, load_suite):
    on_disk.json("data/images_information/information.json", {"1": entry(), "2": entry("2", "type 3")})
    on_disk.images("data/images/1.png")
    first, second = load_suite("mossbench").cases
    assert SUITES.get("mossbench").rubric == "refusal"
    assert first.metadata == {"category": "Negated Harm", "harmless": True}
    assert (first.id, first.scenario) == ("mossbench-1", "negated_harm")
    assert second.scenario == "counterintuitive_interpretation"
    assert first.turns[0].parts[1].media is not None


@pytest.mark.parametrize("there", ["images/1.webp", "data/images/1.webp", "1.png"])
def test_an_image_in_another_format_or_place_is_found(on_disk, load_suite, there):
    on_disk.json("information.json", {"1": entry(image="images/1.png" if "images" in there else "1.png")})
    on_disk.images(there)
    (case,) = load_suite("mossbench").cases
    assert case.turns[0].parts[1].media is not None


def test_an_image_of_another_format_than_its_name_says_is_read_as_what_it_is(on_disk, load_suite):
    on_disk.json("data/images_information/information.json", {"131": entry("131", image="images/131.png")})
    webp = io.BytesIO()
    Image.new("RGB", (8, 6), "red").save(webp, "WEBP")
    on_disk.write("data/images/131.png", webp.getvalue())
    (case,) = load_suite("mossbench").cases
    assert case.turns[0].parts[1].media.mime == "image/webp"


def test_the_hubs_table_is_read_too(on_disk, load_suite):
    header = ["file_name", "pid", "question", "metadata_over"]
    on_disk.table("images/metadata.csv", header, ["1.png", "1", "What game is this?", "type 1"])
    on_disk.images("images/1.png")
    (case,) = load_suite("mossbench").cases
    assert (case.id, case.scenario) == ("mossbench-1", "exaggerated_risk")
    assert case.turns[0].parts[1].media is not None


def test_a_table_with_other_columns_is_named_with_them(on_disk, complaint):
    on_disk.table("metadata.csv", ["file", "text"], ["1.png", "What?"])
    assert "field `question` is missing among the columns `file`, `text`" in complaint("mossbench")


def test_an_unknown_stimulus_is_a_broken_entry(on_disk, load_suite):
    on_disk.json("information.json", {"1": entry(over="type 9"), "2": entry("2")})
    gathered = load_suite("mossbench")
    assert [case.id for case in gathered.cases] == ["information.json entry 1", "mossbench-2"]
    assert any("entry 1: field `metadata.over` is 'type 9'" in problem for problem in gathered.problems)
