"""What a carrier's or tracker's own console sets for an account: where its webhooks go."""

from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi import APIRouter, Response
from pydantic import Field

from mock_api.control.requests import SandboxDep, Wish
from mock_api.kernel.hooks import CONSOLE, BadHookUrl, Hook, TooManyHooks
from mock_api.kernel.problems import Problem, invalid
from mock_api.kernel.sandbox import Sandbox
from simulator.errors import NotFound

router: Final = APIRouter(
    prefix="/sandboxes/{sandbox_id}/carriers/{dialect}/webhook", tags=["carriers"]
)

_LONGEST: Final = 2_000


class ConsoleWish(Wish):
    url: Annotated[str, Field(min_length=1, max_length=_LONGEST)]
    secret: Annotated[str, Field(max_length=200)] = ""
    """Signs the webhooks; left out: the account's own, where the vendor signs with one."""
    topics: Annotated[frozenset[str], Field(max_length=100)] = frozenset()
    """Kinds of news, in the vendor's words; left out: all."""


@router.get("")
async def get_webhook(sandbox: SandboxDep, dialect: str) -> dict[str, Any]:
    return _shown(_set_in(sandbox, dialect))


@router.put("")
async def set_webhook(sandbox: SandboxDep, dialect: str, wanted: ConsoleWish) -> dict[str, Any]:
    """In place of what was set before."""
    _require_known(sandbox, dialect)
    hook = Hook(dialect, wanted.url, wanted.secret, wanted.topics, id=CONSOLE)
    try:
        return _shown(sandbox.hooks.add(hook))
    except BadHookUrl as bad:
        raise invalid(("body.url", bad.flaw)) from None
    except TooManyHooks as full:
        raise Problem(HTTPStatus.CONFLICT, str(full)) from None


@router.delete("", status_code=HTTPStatus.NO_CONTENT)
async def drop_webhook(sandbox: SandboxDep, dialect: str) -> Response:
    _set_in(sandbox, dialect)
    sandbox.hooks.remove(dialect, CONSOLE)
    return Response(status_code=HTTPStatus.NO_CONTENT)


def _set_in(sandbox: Sandbox, dialect: str) -> Hook:
    _require_known(sandbox, dialect)
    hook = sandbox.hooks.console(dialect)
    if hook is None:
        raise NotFound("webhook of the console of", dialect)
    return hook


def _require_known(sandbox: Sandbox, dialect: str) -> None:
    if dialect not in sandbox.papers.carriers:
        raise NotFound("API of a carrier", dialect)


def _shown(hook: Hook) -> dict[str, Any]:
    return {
        "url": hook.url,
        "secret": hook.secret,
        "topics": sorted(hook.topics),
        "created_at": hook.created_at,
        "disabled": hook.disabled,
    }
