"""One case in a JSON file."""

import json

import pytest

from benchmarks.sources import load_case
from jury.errors import InputError


def test_a_case_may_span_lines_and_name_files_beside_it(write, media, red_png):
    path = write(
        "case.json", json.dumps({"id": "1", "prompt": "What?", "image": "red.png", "response": "Red."}, indent=2)
    )
    case = load_case(path, media)
    assert case.turns[0].parts[1].media.mime == "image/png"
    assert case.answers[0].text == "Red."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{\n "id": "1",\n "prompt": \n}', " line 4: is not JSON ("),
        ('{"id": "1", "prompt": ""}', ": field `prompt` is empty; "),
        ('{"id": "1", "promt": "x"}', ": field `promt` is not known here; did you mean `prompt`"),
        ("[]", ": is not a JSON object; "),
        ("", ": is empty; "),
    ],
)
def test_a_bad_case_is_turned_down_with_file_and_field(write, media, content, said):
    path = write("case.json", content)
    with pytest.raises(InputError) as caught:
        load_case(path, media)
    assert str(caught.value).startswith(f"{path}{said}")


def test_a_missing_file_is_named(tmp_path, media):
    with pytest.raises(InputError, match=r"case\.json: there is no such file; check the path"):
        load_case(tmp_path / "case.json", media)
