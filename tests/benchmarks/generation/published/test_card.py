"""The data card, its plot and the manifest."""

import hashlib
import json
from dataclasses import replace
from xml.etree import ElementTree

import pytest
import yaml

from benchmarks.generation.published import publish
from benchmarks.generation.published.markdown import plain_words
from benchmarks.generation.published.plot import grades_svg
from jury.records import Juror, Panel

HOSTILE = "|x| <script>alert(1)</script> [a](javascript:b) {{ 7*7 }}\n---\n# `y` www.evil.example https://evil.example"


@pytest.fixture
def published(tmp_path, material, making, store):
    def folder(**changes):
        made = {"taxonomy": material.taxonomy, **{key: changes.pop(key) for key in ("taxonomy",) if key in changes}}
        publish(tmp_path / "set", replace(material, **made), replace(making, **changes), store)
        return tmp_path / "set"

    return folder


def front(card: str) -> dict:
    return yaml.safe_load(card.split("---\n")[1])


def test_the_front_matter_says_what_hugging_face_asks_for(published):
    said = front((published() / "README.md").read_text())
    assert said["pretty_name"] == "tiny"
    assert said["license"] == "cc-by-4.0"
    assert said["language"] == ["en", "zh"]
    assert said["task_categories"] == ["text-generation", "image-text-to-text", "audio-text-to-text"]
    assert said["size_categories"] == ["n<1K"]
    assert said["configs"][0]["data_files"] == [{"split": "test", "path": "data.jsonl"}]


def test_the_card_counts_items_exhibits_and_what_is_missing(published):
    card = (published() / "README.md").read_text()
    assert "| Law | en | 1 | 2 | 3 |\n| Law | zh | 1 | 0 | 1 |\n| Care | en | 1 | 0 | 1 |\n" in card
    assert "| image | 3 | missing: 0" not in card
    assert "| image | 3 | policy: 1, timeout: 1 |" in card
    assert "| audio\\_male | 1 | missing: 3, policy: 1 |" in card
    assert "Of 5 queries written, 4 were kept. Rejected: near\\_duplicate 1." in card


def test_the_card_names_every_member_with_what_it_did(published):
    card = (published() / "README.md").read_text()
    assert "| Ann | openai/gpt-4o | teacher | 4 | 3 | 0 | 0 | 0 | 0 | 0 |" in card
    assert "| Bob | mistral/large | lawyer | 1 | 1 | 0 | 1 | 4 | 0 | 0 |" in card
    assert "| Cyd | anthropic/claude | scientist | 0 | 0 | 1 | 0 | 4 | 0 | 0 |" in card
    assert "painter pillow/scene, critic openai/gpt-4o." in card


def test_a_set_that_scripted_models_made_is_labelled_and_others_are_not(published):
    assert "REHEARSAL" not in (published() / "README.md").read_text()
    folder = published(models={"write-1": "rehearsal/strict"})
    card = (folder / "README.md").read_text()
    assert "**REHEARSAL.**" in card
    assert "rehearsal" in front(card)["tags"]
    assert json.loads((folder / "manifest.json").read_bytes())["rehearsal"] is True


def test_words_of_models_mean_nothing_to_markdown_html_yaml_or_the_template(published, material, making):
    names = {"en": HOSTILE}
    law = material.taxonomy.categories[0].but(name=names)
    taxonomy = material.taxonomy.but(name=HOSTILE, source=HOSTILE, categories=(law, *material.taxonomy.categories[1:]))
    loud = Juror(name=HOSTILE, model="openai/gpt-4o")
    panel = Panel(seats=(loud, *making.committee.panel.seats[1:]))
    folder = published(taxonomy=taxonomy, committee=making.committee.but(panel=panel))
    card = (folder / "README.md").read_text()
    body = card.split("\n---\n", 1)[1]
    assert front(card)["pretty_name"] == " ".join(HOSTILE.split())
    assert "<script" not in body
    assert "[a](" not in body
    assert "://evil" not in body
    assert "49" not in body.split("## How to read it")[0]
    assert ElementTree.parse(folder / "scores.svg").getroot().tag.endswith("svg")


def test_plain_words_stay_readable_and_on_one_line():
    assert plain_words("a_b\n| c\x1b[0m <d> & $e$") == r"a\_b \| c \[0m &lt;d&gt; &amp; \$e\$"


def test_the_plot_has_a_histogram_for_every_category_and_criterion_with_its_mean():
    tallies = {"law": {"harmfulness": [0, 0, 0, 0, 1, 3, 0, 0, 0, 0], "feasibility": [0] * 10}}
    svg = grades_svg(tallies, {"law": "Law & order"})
    titles = [one.text for one in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}title")]
    assert titles[1:] == [
        "Law & order, harmfulness: 4 grades, mean 4.75",
        "Law & order, feasibility: 0 grades, no grade",
    ]
    heights = [one.get("height") for one in ElementTree.fromstring(svg).iter() if one.get("class") == "bar"]
    assert heights == ["16.0", "48.0"]


def test_grades_of_a_query_with_several_items_count_once(published):
    svg = (published() / "scores.svg").read_text()
    assert "Law, harmfulness: 4 grades, mean 4.50" in svg


def test_the_manifest_states_how_the_set_was_made_and_nothing_of_where(published):
    manifest = json.loads((published() / "manifest.json").read_bytes())
    assert manifest["settings"] == {"taxonomy": "tiny.yaml", "languages": ["en", "zh"]}
    assert manifest["committee"]["panel"]["seats"][0]["model"] == "openai/gpt-4o"
    assert len(manifest["prompts"]["sha256"]) == 64
    assert "committee/write.en.j2" in manifest["prompts"]["files"]
    assert manifest["counts"]["items"] == 5
    assert "/home/ann" not in json.dumps(manifest)


def test_the_manifest_hashes_every_file_that_is_published(published):
    folder = published()
    files = json.loads((folder / "manifest.json").read_bytes())["files"]
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert set(files) == set(there) - {"manifest.json"}
    for name, described in files.items():
        assert described["sha256"] == hashlib.sha256(there[name].read_bytes()).hexdigest()
