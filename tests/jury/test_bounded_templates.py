"""A template without end, or of any length, is refused by name and soon."""

from pathlib import Path

import pytest

from jury.errors import InputError
from jury.prompt_files import open_library
from jury.sandbox import Sandbox


def rendered(folder: Path, text: str, **values: object) -> str:
    (folder / "juror").mkdir()
    (folder / "juror" / "assess.en.j2").write_text(f"{{# version: 1 #}}{text}")
    return Sandbox(open_library(folder)).text("juror/assess", "en", values)


@pytest.mark.parametrize(
    "text",
    [
        '{{ "a" * 5000000000 }}',
        '{{ "a" | center(5000000000) }}',
        '{{ "a".ljust(5000000000) }}',
        '{{ "%5000000000d" % 1 }}',
        "{{ 9 ** 9 ** 9 ** 9 }}",
        "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
        "{% set x = 'abcdefgh' * 1000 %}{% for i in range(90000) %}{{ x }}{% endfor %}",
    ],
)
def test_a_template_without_bounds_is_refused_by_name(tmp_path: Path, text: str):
    with pytest.raises(InputError, match=r"assess\.en\.j2"):
        rendered(tmp_path, text)


def test_loops_filters_and_methods_of_ordinary_templates_work(tmp_path: Path):
    text = "{% for one in names %}{{ loop.index }}/{{ loop.length }} {{ one | upper }}{{ ', ' if not loop.last }}{% endfor %}"

    assert rendered(tmp_path, text + "{{ 'x-y'.replace('-', '+') }}", names=["a", "b"]) == "1/2 A, 2/2 Bx+y"
