"""Forms made of pydantic classes; what is read of an answer is its JSON."""

import json
from typing import Any

from pydantic import BaseModel, ValidationError

from jury.gateway.answers.form import Form, UnreadableError


def form_of(model: type[BaseModel]) -> Form[str]:
    """The form of a class; its schema is as strict as providers want it."""

    def read(value: Any) -> str:
        try:
            return model.model_validate(value).model_dump_json()
        except ValidationError as error:
            raise UnreadableError(_reason(error), json.dumps(value, ensure_ascii=False)) from None

    return Form(name=model.__name__, schema=_strict(model.model_json_schema()), read=read)


def _read_object(value: Any) -> str:
    """JSON of an object, whatever is in it; nothing but objects gets here."""
    return json.dumps(value, ensure_ascii=False)


ANY_OBJECT: Form[str] = Form("object", {"type": "object"}, _read_object)


def _reason(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    place = ".".join(str(step) for step in first["loc"])
    return f"{place}: {first['msg']}" if place else first["msg"]


def _strict(schema: Any) -> Any:
    """The schema with objects that name all they hold."""
    if isinstance(schema, list):
        return [_strict(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    strict = {name: _strict(inner) for name, inner in schema.items()}
    if strict.get("type") == "object" and isinstance(strict.get("properties"), dict):
        strict |= {"required": list(strict["properties"]), "additionalProperties": False}
    return strict
