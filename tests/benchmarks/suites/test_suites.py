"""What holds for every suite."""

import re

import pytest

from benchmarks.suites import SUITES
from jury.errors import InputError

NEEDING_FILES = sorted(set(SUITES) - {"sample", "folder"})


def test_the_suites_are_those_that_are_promised():
    assert set(SUITES) >= {
        "sample", "safebench", "safebench-mini", "safebench-audio", "mllmguard", "figstep", "mm-safetybench",
        "vlsbench", "siuo", "mossbench", "xstest", "msts", "folder",
    }  # fmt: skip


@pytest.mark.parametrize("name", NEEDING_FILES)
def test_a_suite_says_what_it_is_whose_it_is_and_how_its_files_are_had(name):
    suite = SUITES.get(name)
    origin = suite.origin
    assert suite.description
    assert suite.licence
    assert origin.published
    assert origin.paper.startswith("arXiv ")
    assert origin.url.startswith("https://")
    assert origin.files
    assert origin.copy or origin.by_hand


@pytest.mark.parametrize("name", [name for name in NEEDING_FILES if SUITES.get(name).origin.copy])
def test_a_copy_is_held_fast_at_one_commit(name):
    copy = SUITES.get(name).origin.copy
    assert re.fullmatch(r"[0-9a-f]{40}", copy.revision)
    assert copy.patterns
    assert set(copy.archives) <= set(copy.patterns)


@pytest.mark.parametrize("name", NEEDING_FILES)
def test_without_data_it_says_where_to_get_them(name, store):
    with pytest.raises(InputError, match=f"suite '{name}' ships no files; name their folder with --data DIR"):
        SUITES.get(name).load(store, None, None)


@pytest.mark.parametrize("name", NEEDING_FILES)
def test_a_file_in_place_of_the_folder_is_named(name, store, tmp_path):
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(InputError, match="is not a folder"):
        SUITES.get(name).load(store, file, None)


GARBAGE = [
    b"",
    b"\0",
    b"\xff\xfe",
    b'"',
    b"[[[",
    b'{"data": {}}',
    b"[1, null, {}]",
    b"a,a\n1",
    b",\n,\n",
    b'{"1": {"image": []}}',
]
FILES = (
    "1.csv", "text/2.csv", "safebench.csv", "x.json", "privacy/prompt.csv", "bias/en.csv",
    "data/processed_questions/01-X.json", "data.json", "siuo_gen.json", "information.json", "xstest_prompts.csv",
    "data/prompts/english_multimodal.csv",
)  # fmt: skip


@pytest.mark.parametrize("name", NEEDING_FILES)
@pytest.mark.parametrize("content", GARBAGE)
def test_whatever_its_files_hold_a_suite_is_read_or_turned_down_in_one_sentence(name, content, on_disk, load_suite):
    for file in FILES:
        on_disk.write(file, content)
    try:
        gathered = load_suite(name)
    except InputError as error:
        assert "\n" not in str(error)  # noqa: PT017 - either way is right
    else:
        assert gathered.cases
