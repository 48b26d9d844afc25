"""Who calls: an account by its key, and within order calls the customer by its password."""

from hmac import compare_digest
from typing import Final

from fastapi import Request

from mock_api.carriers.jt.forms import Customer, biz_content
from mock_api.carriers.jt.names import NAME
from mock_api.carriers.jt.refusals import Refused
from mock_api.carriers.jt.signing import header_digest, is_password, is_signed
from mock_api.kernel.carrier_route import sandboxes_of, seen_by
from mock_api.kernel.sandbox import Sandbox

_STRANGER: Final = "jt.stranger"


async def identify(request: Request) -> Sandbox:
    """By the account, and the digest of the very text of ``bizContent``."""
    said = {name: request.headers.get(name, "") for name in ("digest", "apiAccount", "timestamp")}
    for name, code in (
        ("digest", "145003052"),
        ("apiAccount", "145003051"),
        ("timestamp", "145003053"),
    ):
        if not said[name]:
            raise Refused(code)
    account = said["apiAccount"]
    found = sandboxes_of(request).with_carrier_key(NAME, "api_account", account)
    if found is None:
        raise Refused("145003010")
    seen_by(request, found)
    known = found.is_credential(NAME, "api_account", account)
    request.scope[_STRANGER] = not known  # nobody knows the key of one
    if known:
        key = found.credential(NAME, "private_key")
        right = header_digest(await biz_content(request), key)
        if not compare_digest(said["digest"].encode(), right.encode()):
            raise Refused("145003030")
    return found


def require_customer(request: Request, sandbox: Sandbox, said: Customer) -> None:
    """Refused unless it is the account's own; a stranger's may be any."""
    if request.scope[_STRANGER]:
        return
    code, password, key = (
        sandbox.credential(NAME, field) for field in ("customer_code", "password", "private_key")
    )
    if not sandbox.is_credential(NAME, "customer_code", said.customer_code):
        raise Refused("145003080")
    signed = bool(said.digest) and is_signed(said.digest, code, password, key)
    if not signed and not (said.password and is_password(said.password, password)):
        raise Refused("145003031")
