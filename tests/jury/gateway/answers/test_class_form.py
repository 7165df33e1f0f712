"""Forms made of pydantic classes: strict in all their depth, read as JSON, and clear about what doesn't fit."""

import json

import pytest
from pydantic import BaseModel

from jury.gateway.answers.class_form import ANY_OBJECT, form_of
from jury.gateway.answers.form import UnreadableError
from jury.gateway.answers.reader import read_answer


class Reason(BaseModel):
    words: str
    weight: int = 1


class Vote(BaseModel):
    choice: str
    reasons: list[Reason] = []


def test_every_object_of_a_schema_names_all_it_holds():
    schema = form_of(Vote).schema
    assert (schema["required"], schema["additionalProperties"]) == (["choice", "reasons"], False)
    inner = schema["$defs"]["Reason"]
    assert (inner["required"], inner["additionalProperties"]) == (["words", "weight"], False)


def test_an_answer_is_read_as_the_json_of_its_class():
    read = read_answer('So: {"choice": "safe", "reasons": [{"words": "w"}]}', form_of(Vote))
    assert json.loads(read) == {"choice": "safe", "reasons": [{"words": "w", "weight": 1}]}


def test_what_does_not_fit_is_named_by_its_place():
    with pytest.raises(UnreadableError, match=r"reasons\.0\.words: Field required"):
        read_answer('{"choice": "safe", "reasons": [{}]}', form_of(Vote))


def test_any_object_fits_where_no_class_is_given():
    assert json.loads(read_answer('{"什么": 1}', ANY_OBJECT)) == {"什么": 1}


def test_words_without_an_object_do_not():
    with pytest.raises(UnreadableError, match="no JSON object"):
        read_answer("safe", ANY_OBJECT)
