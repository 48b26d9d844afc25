"""What calls bring: JSON, or a form, as in Shippo's own examples. Unknown fields are ignored."""

import json
from typing import Annotated, Any, Final, TypeVar

from fastapi import Request
from pydantic import AfterValidator, BaseModel, Field, ValidationError

from mock_api.carriers.shippo.refusals import Refused, in_detail, malformed
from mock_api.kernel.credentials import form_of
from mock_api.kernel.text import require_utf8

URL_LONGEST: Final = 200
METADATA_LONGEST: Final = 100
_BAD_REQUEST: Final = 400

Model = TypeVar("Model", bound=BaseModel)
_Said = AfterValidator(require_utf8)
Text = Annotated[str, _Said]


class NewTrack(BaseModel):
    carrier: Text
    tracking_number: Text
    metadata: Annotated[str, Field(max_length=METADATA_LONGEST), _Said] | None = None


class WebhookWish(BaseModel):
    url: Annotated[str, Field(max_length=URL_LONGEST), _Said]
    event: Text
    active: bool | None = None
    is_test: bool | None = None


async def body_as(request: Request, model: type[Model]) -> Model:
    """The body, whichever form it has; refused as Shippo does if it does not fit."""
    try:
        return model.model_validate(await _fields(request))
    except ValidationError as problem:
        raise malformed(dict(problem.errors()[0])) from None


async def names(request: Request) -> list[str]:
    """The tracking number that a call is about, for planned faults."""
    found = [str(request.path_params.get("tracking_number", ""))]
    try:
        fields = await _fields(request)
    except Refused:  # whoever parses it in earnest says what is wrong with it
        fields = {}
    said = fields.get("tracking_number")
    return [each for each in [*found, said] if isinstance(each, str) and each]


async def _fields(request: Request) -> dict[str, Any]:
    if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return dict(await form_of(request))
    try:
        fields = json.loads(await request.body() or b"{}")
    except (ValueError, RecursionError):
        raise in_detail(_BAD_REQUEST, "JSON parse error") from None
    if not isinstance(fields, dict):
        raise in_detail(_BAD_REQUEST, "Invalid data. Expected a dictionary.")
    return fields
