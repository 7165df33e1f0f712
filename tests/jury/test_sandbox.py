"""Templates run in a sandbox; whatever goes wrong in one names its file, its line and the culprit."""

import pytest

from jury.errors import InputError
from jury.prompt_files import open_library
from jury.sandbox import Sandbox


def render(folder, source, **values):
    (folder / "juror").mkdir(exist_ok=True)
    (folder / "juror" / "assess.en.j2").write_text("{# version: 1 #}\n" + source, encoding="utf-8")
    return Sandbox(open_library(folder)).text("juror/assess", "en", values)


def test_values_are_put_in_as_they_are(tmp_path):
    assert render(tmp_path, "[{{ word }}]\n", word="<b>&{{ 7*7 }}\r\n") == "[<b>&{{ 7*7 }}\r\n]"


def test_an_undefined_variable_is_named_with_its_line_and_what_there_is(tmp_path):
    with pytest.raises(InputError, match=r"assess\.en\.j2 line 3: 'worde' is undefined; defined are: word"):
        render(tmp_path, "One\n{{ worde }}\n", word="x")


def test_an_undefined_variable_is_named_in_the_included_file_where_it_stands(tmp_path):
    (tmp_path / "part.j2").write_text("\n\n{{ nobody }}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"part\.j2 line 3: 'nobody' is undefined"):
        render(tmp_path, '{% include "part.j2" %}\n', word="x")


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__ }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ word.__init__.__globals__ }}",
        "{{ self.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os }}",
        "{{ '{0.__class__}'.format(word) }}",
        "{{ words.append('x') }}",
        "{{ range(10 ** 9) | list }}",
    ],
)
def test_a_template_cannot_leave_the_sandbox_or_change_its_values(tmp_path, source):
    words = ["one"]
    with pytest.raises(InputError, match=r"assess\.en\.j2 line 2: "):
        render(tmp_path, source, word="x", words=words)
    assert words == ["one"]


@pytest.mark.parametrize("source", ["{{ [1, 2, 3] | random }}", "{{ lipsum() }}"])
def test_chance_has_no_place_in_a_template(tmp_path, source):
    with pytest.raises(InputError, match=r"assess\.en\.j2 line 2: .*(random|lipsum)"):
        render(tmp_path, source)


@pytest.mark.parametrize("source", ["{{ 1 / 0 }}", "{{ 'a' + 1 }}", '{% include "juror/assess.en.j2" %}'])
def test_a_template_that_fails_by_itself_is_named(tmp_path, source):
    with pytest.raises(InputError, match=r"assess\.en\.j2 line 2: .*; change the template"):
        render(tmp_path, source)


def test_a_syntax_error_names_file_and_line(tmp_path):
    with pytest.raises(InputError, match=r"assess\.en\.j2 line 3: "):
        render(tmp_path, "One\n{% endfor %}\n")


def test_a_template_that_says_nothing_is_named(tmp_path):
    with pytest.raises(InputError, match=r"juror/assess\.en\.j2 renders to nothing"):
        render(tmp_path, "\n")


def test_the_reference_names_the_template_that_is_rendered(tmp_path):
    render(tmp_path, "Judge.\n")
    library = open_library(tmp_path)
    ref, template = Sandbox(library).ref("juror/assess", "en"), library.template("juror/assess", "en")
    assert (ref.name, ref.language, ref.version, ref.sha256) == ("juror/assess", "en", 1, template.sha256)
