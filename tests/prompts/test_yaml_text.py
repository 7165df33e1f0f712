"""Any YAML text is plain values or one clause that says what is wrong, and never more than fits into memory."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutating import fuzzed, mutated

from prompts.yaml_text import MOST_VALUES, YamlTextError, yaml_value

SETTINGS = b"""protocol: {opening: sealed, rounds: 3, stops: [stable, {name: budget, tokens: 1e5}]}
panel: &panel
  seats:
  - {model: rehearsal/strict, name: S, weight: 0x10, since: 2026-01-02}
  - {model: rehearsal/lenient, name: "L\\u00e9", id: !!int 7, quiet: yes}
again: *panel
<<: {limit: .inf}
"""
PLAIN = (str, int, float, bool, bytes, type(None), datetime.date)


def plain(value):
    if isinstance(value, dict):
        return all(plain(one) for pair in value.items() for one in pair)
    if isinstance(value, list | set | tuple):
        return all(map(plain, value))
    return isinstance(value, PLAIN)


def assert_plain_or_told(text):
    try:
        assert plain(yaml_value(text))
    except YamlTextError as error:
        assert "\n" not in str(error)  # noqa: PT017 - either way is right


@fuzzed
@given(mutated(SETTINGS))
def test_mutated_settings_are_plain_values_or_told(content):
    assert_plain_or_told(content.decode("utf-8", "replace"))


@fuzzed
@given(st.text(st.sampled_from("!&*:[]{}-?|>'\"#%@`<=.0123456789abxeEtf~_+ \n"), max_size=40))
def test_any_signs_of_yaml_are_plain_values_or_told(text):
    assert_plain_or_told(text)


@pytest.mark.parametrize(
    "scalar",
    [
        "2026-13-45",
        "2001-12-14t21:59:43.10-99:99",
        "!!timestamp soon",
        "!!int x",
        "!!int ''",
        "!!float ''",
        "!!bool perhaps",
        "0b_",
        "9" * 5000,
    ],
)
def test_a_scalar_of_a_wrong_shape_is_told(scalar):
    """PyYAML lets a ValueError, a KeyError, an IndexError and an AttributeError pass."""
    with pytest.raises(YamlTextError, match="a value that can't be read"):
        yaml_value(f"a: {scalar}")


def test_what_unfolds_to_billions_is_refused_before_anybody_walks_it():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    with pytest.raises(YamlTextError, match=f"{MOST_VALUES:,} values"):
        yaml_value("\n".join(lines))


@pytest.mark.parametrize("text", ["a: &a [*a]", "a: &a {b: *a}"])
def test_what_holds_itself_is_refused(text):
    with pytest.raises(YamlTextError, match="holds itself"):
        yaml_value(text)


def test_an_alias_in_its_place_is_followed():
    assert yaml_value("a: &a [1]\nb: *a") == {"a": [1], "b": [1]}


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.getcwd []", "!!python/name:os.system", "!!python/module:os"])
def test_no_tag_makes_an_object(tag):
    with pytest.raises(YamlTextError, match="could not determine a constructor"):
        yaml_value(f"a: {tag}")
