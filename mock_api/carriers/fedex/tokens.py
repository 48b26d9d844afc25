"""Authorization: a project's id and secret for a bearer token of an hour.

Stock karrio renews a token half an hour before its end: 3,599 seconds serve it for half an hour.
"""

from typing import Any, Final

from fastapi import Request

from mock_api.carriers.fedex.callers import project_of, token_router
from mock_api.carriers.fedex.dialect import NAME
from mock_api.carriers.fedex.refusals import BAD_GRANT
from mock_api.kernel.carrier_route import CarrierSandbox, CarrierSandboxes
from mock_api.kernel.credentials import form_of

LIVES: Final = 3599
_GRANT: Final = "client_credentials"

router: Final = token_router()


@router.post("/oauth/token")
async def token(
    request: Request, sandbox: CarrierSandbox, sandboxes: CarrierSandboxes
) -> dict[str, Any]:
    """The token opens the calls of that project only."""
    form = await form_of(request)
    if form.get("grant_type") != _GRANT:
        raise BAD_GRANT.said()
    project = project_of(sandbox, form["client_id"])
    bearer = sandboxes.bearers.new(sandbox, NAME, LIVES, project)
    return {
        "access_token": bearer.value,
        "token_type": "bearer",
        "expires_in": bearer.lives,
        "scope": "CXS",
    }
