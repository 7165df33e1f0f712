"""The one reading of YAML that somebody wrote: plain values only, and whatever is wrong is one clause."""

from typing import Any

import yaml

#: The most values a file may hold once its aliases are followed: nine short lines could otherwise unfold to billions.
MOST_VALUES = 200_000


class YamlTextError(Exception):
    """A text is no YAML that can be used: one clause that says why, and the line where it is known (from 1)."""

    def __init__(self, problem: str, line: int | None = None) -> None:
        super().__init__(problem)
        self.line = line

    @property
    def where(self) -> str:
        """The line as it follows a file's name, empty where it is not known."""
        return "" if self.line is None else f" line {self.line}"


def yaml_value(text: str) -> Any:
    """The value a YAML text stands for, made of mappings, lists and scalars. Raises `YamlTextError`."""
    try:
        value = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = f"not valid YAML ({getattr(error, 'problem', None) or 'unreadable'})"
        raise YamlTextError(problem, mark.line + 1 if mark else None) from None
    except RecursionError:
        raise YamlTextError("is nested too deeply; write it flatter") from None
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        # PyYAML lets whatever a scalar of a wrong shape causes pass: a thirteenth month, `!!int x`, `!!bool perhaps`.
        raise YamlTextError(f"not valid YAML (a value that can't be read: {error}); put it in quotes") from None
    if _unfolded(value, {}) > MOST_VALUES:
        raise YamlTextError(f"unfolds to more than {MOST_VALUES:,} values, or holds itself; write its aliases out")
    return value


def _unfolded(value: Any, known: dict[int, int]) -> int:
    """How many values there are where an alias counts as what it stands for; beyond all measure where one holds itself."""
    if not isinstance(value, (dict, list, set, tuple)):
        return 1
    if id(value) not in known:
        known[id(value)] = MOST_VALUES + 1
        inner = (*value, *value.values()) if isinstance(value, dict) else value
        known[id(value)] = min(MOST_VALUES + 1, 1 + sum(_unfolded(one, known) for one in inner))
    return known[id(value)]
