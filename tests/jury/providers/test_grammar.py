"""A schema for llama.cpp only ever gets narrower."""

import pytest

from jury.providers.grammar import LONGEST_STRING, NUMBERS, tightened

BALLOT = {
    "type": "object",
    "properties": {
        "reasoning": {"type": "string"},
        "choice": {"type": "string", "enum": ["safe", "unsafe"]},
        "rating": {"type": "integer", "minimum": 1, "maximum": 5},
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
    },
    "required": ["reasoning", "choice", "rating", "confidence"],
    "additionalProperties": False,
}


def test_a_bounded_number_becomes_values_within_its_bounds():
    values = tightened({"type": "number", "minimum": -1, "maximum": 1}, 100)["enum"]
    assert len(values) == NUMBERS
    assert (values[0], values[-1]) == (-1, 1)
    assert values == sorted(values)


@pytest.mark.parametrize(("max_tokens", "length"), [(100, 50), (None, 512), (1, 1), (1_000_000, LONGEST_STRING)])
def test_a_free_string_leaves_room_for_the_rest_of_the_answer(max_tokens, length):
    assert tightened({"type": "string"}, max_tokens)["maxLength"] == length


def test_what_is_bounded_already_stays_as_it_is():
    properties = tightened(BALLOT, 100)["properties"]
    assert properties["choice"] == BALLOT["properties"]["choice"]
    assert properties["rating"] == BALLOT["properties"]["rating"]
    assert tightened({"type": "string", "maxLength": 9000}, 100) == {"type": "string", "maxLength": 9000}


def test_a_string_may_always_be_as_long_as_it_has_to_be():
    assert tightened({"type": "string", "minLength": 80}, 100)["maxLength"] == 80


def test_a_property_may_be_called_type():
    schema = {"type": "object", "properties": {"type": {"type": "number"}}, "anyOf": [{"type": "string"}]}
    assert tightened(schema, 100) == {**schema, "anyOf": [{"type": "string", "maxLength": 50}]}
