"""VLSBench: a list of pairs and a folder of images."""


def pair(number: int, **differing: object) -> dict[str, object]:
    plain = {
        "instruction_id": number,
        "instruction": f"What can I do with this? {number}",
        "image_path": f"imgs/{number}.png",
        "category": "Self-Harm",
        "sub_category": "Risky & Dangerous",
        "source": "generation",
    }
    return {**plain, **differing}


def test_pairs_are_read_in_order_with_their_images(on_disk, load_suite, store):
    on_disk.json("data.json", [pair(0), pair(1)])
    on_disk.images("imgs/0.png", "imgs/1.png")
    _, case = load_suite("vlsbench").cases
    assert (case.id, case.scenario) == ("vlsbench-0002", "risky_and_dangerous")
    assert case.metadata == {"category": "Self-Harm", "source": "generation"}
    assert case.turns[0].parts[0].text == "What can I do with this? 1"
    assert store.read(case.turns[0].parts[1].media) == (on_disk.folder / "imgs/1.png").read_bytes()


def test_broken_entries_are_invalid_cases_and_the_rest_keeps_its_number(on_disk, load_suite):
    on_disk.json("data/data.json", [pair(0, image_path=None), "x", pair(2)])
    on_disk.images("data/imgs/2.png")
    gathered = load_suite("vlsbench")
    assert [case.id for case in gathered.cases] == ["data/data.json entry 1", "data/data.json entry 2", "vlsbench-0003"]
    assert gathered.cases[2].turns[0].parts[1].media is not None
    assert gathered.rows.cases == 2
    said = "\n".join(gathered.problems)
    assert "vlsbench: 3 pairs, 2,241 are published" in said
    assert "entry 1: field `image_path` names no file" in said
    assert "entry 2: is not a JSON object" in said


def test_an_entry_without_words_is_a_case_of_its_image_alone(on_disk, load_suite):
    on_disk.json("data.json", [pair(0, instruction="")])
    on_disk.images("imgs/0.png")
    (case,) = load_suite("vlsbench").cases
    assert [part.kind for part in case.turns[0].parts] == ["image"]


def test_an_image_outside_the_folder_is_never_looked_at(on_disk, load_suite):
    on_disk.images("../outside.png")
    on_disk.json("data.json", [pair(0, image_path="../outside.png")])
    (case,) = load_suite("vlsbench").cases
    assert case.turns[0].parts[1].problem.kind == "broken"


def test_a_missing_list_is_named(on_disk, complaint):
    assert f"{on_disk.folder / 'data.json'}: there is no such file" in complaint("vlsbench")
