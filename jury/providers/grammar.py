"""Makes a JSON schema tight enough for llama.cpp's grammar, so that a small model finishes what it begins."""

from typing import Any

#: Values a bounded number may take: llama.cpp's grammar knows no bounds on numbers, but it knows lists.
NUMBERS = 11
#: llama.cpp refuses grammars that repeat more often than this.
LONGEST_STRING = 1500
#: For callers that set no limit on the answer.
DEFAULT_TOKENS = 1024


def tightened(schema: Any, max_tokens: int | None) -> Any:
    """The schema with bounded numbers as evenly spaced values and free strings of a bounded length.

    Whatever fits the result fits the original. A string gets half as many characters as the answer has tokens:
    at a token per character, the worst that gibberish in Latin letters comes to, it still leaves room for the rest.
    """
    if isinstance(schema, list):
        return [tightened(one, max_tokens) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("type") == "number" and {"minimum", "maximum"} <= schema.keys():
        return {"enum": _spaced(schema["minimum"], schema["maximum"])}
    if schema.get("type") == "string" and not {"enum", "const", "pattern", "format", "maxLength"} & schema.keys():
        length = max(1, (max_tokens or DEFAULT_TOKENS) // 2)
        return {**schema, "maxLength": max(min(length, LONGEST_STRING), schema.get("minLength", 0))}
    return {name: tightened(value, max_tokens) for name, value in schema.items()}


def _spaced(low: float, high: float) -> list[float]:
    step = (high - low) / (NUMBERS - 1)
    return [round(low + step * place, 6) for place in range(NUMBERS)]
