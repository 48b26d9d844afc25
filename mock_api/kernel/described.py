"""What an application says of bodies that FastAPI does not parse for it: JSON in a form, say."""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel

FORM: Final = "application/x-www-form-urlencoded"
_REF: Final = "#/$defs/"


def described(*models: type[BaseModel], media_type: str = FORM) -> dict[str, Any]:
    """For ``openapi_extra``: the JSON that such a body holds is one of these models'."""
    shapes = [_whole(model) for model in models]
    schema = shapes[0] if len(shapes) == 1 else {"anyOf": shapes}
    return {"requestBody": {"content": {media_type: {"schema": schema}}}}


def _whole(model: type[BaseModel]) -> dict[str, Any]:
    """Its schema, with what it refers to put where it is referred to."""
    schema = model.model_json_schema()
    whole = _inlined(schema, schema.pop("$defs", {}))
    assert isinstance(whole, dict)
    return whole


def _inlined(part: Any, definitions: Mapping[str, Any]) -> Any:
    if isinstance(part, list):
        return [_inlined(each, definitions) for each in part]
    if not isinstance(part, dict):
        return part
    name = str(part.get("$ref", "")).removeprefix(_REF)
    if name:
        return _inlined(definitions[name], definitions)
    return {key: _inlined(each, definitions) for key, each in part.items()}
