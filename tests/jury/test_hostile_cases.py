"""Whatever a case says, it is shown as it stands, between fences that it cannot close, and nothing of it is a template."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st
from mutating import fuzzed

from jury.errors import InputError
from jury.panel import seats_of
from jury.prompt_files import open_library
from jury.records import Answer, Case, Juror, Jury, Panel, Protocol, TextPart, Transcript, Turn
from jury.rendering import Renderer
from jury.rubrics import load_rubric
from jury.sandbox import Sandbox

LIBRARY = open_library()
RENDERER = Renderer(LIBRARY, "a store's secret")
JURY = Jury(
    panel=Panel(seats=(Juror(model="some/model"),)),
    protocol=Protocol(name="test"),
    rubric=load_rubric("safebench", LIBRARY),
)
SEAT = seats_of(JURY.panel.seats)[0]
PIECES = st.sampled_from(
    [
        "{{ 7*7 }}", "{% include 'juror/assess.en.j2' %}", "{# #}", "{{ self.__init__.__globals__ }}", "{% raw %}", ">>>",
        "<<<ANSWER ", "0" * 32, "\n", "\r", "\u2028", "\u202e", "\0", "</s>", "<|im_end|>", "```", "]]>", "a",
    ]
)  # fmt: skip
WORDS = st.lists(PIECES | st.text(max_size=6), min_size=1, max_size=8).map("".join).filter(str.strip)


def shown(prompt, answer):
    turn = Turn(parts=(TextPart(text=prompt),))
    case = Case(id="c", turns=(turn,))
    transcript = Transcript(case=case, answers=(Answer(text=answer),))
    speech = RENDERER.assess(SEAT, transcript, JURY)
    return "\n".join(part.text for message in speech.messages for part in message.parts if isinstance(part, TextPart))


@fuzzed
@given(WORDS, WORDS)
def test_words_are_shown_as_they_stand_and_fenced_once(prompt, answer):
    text = shown(prompt, answer)
    fences = re.findall(r"^<<<(PROMPT|ANSWER) ([0-9a-f]{32})$", text, re.M)
    keys = {key for _, key in fences}
    assert keys
    assert not any(key in prompt + answer for key in keys)
    for piece in ("{{ 7*7 }}", "{% raw %}", "{# #}", "</s>", "]]>"):
        assert text.count(piece) == (prompt + "|" + answer).count(piece)
    assert text == shown(prompt, answer)


TEMPLATE = st.lists(
    st.sampled_from(
        [
            "{{", "}}", "{%", "%}", " word ", ".__class__", ".__mro__", "[0]", "|attr('__init__')", "|map(attribute='__class__')",
            "|format", "()", ".mro", " for x in word ", " endfor ", " set y = ", "cycler", "joiner", "namespace", "self",
            ".__globals__", "|join", "|list", "''", "'{0.__class__}'", ".format(word)", " include ", " import 'os' as o ", " macro m() ",
        ]
    ),
    max_size=10,
).map("".join)  # fmt: skip


@fuzzed
@given(TEMPLATE)
def test_no_template_finds_its_way_out_of_the_sandbox(source):
    with TemporaryDirectory() as name:
        folder = Path(name, "juror")
        folder.mkdir()
        (folder / "assess.en.j2").write_text("{# version: 1 #}\nbegin " + source)
        try:
            text = Sandbox(open_library(Path(name))).text("juror/assess", "en", {"word": "w"})
        except InputError:
            return
        assert "<class" not in re.sub(r"<class '(?:jinja2|str)[^>]*>", "", text)
        assert "__builtins__" not in text
