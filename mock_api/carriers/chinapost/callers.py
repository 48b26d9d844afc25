"""Who calls: a partner by its code, and a digest of that field of the form which matters."""

from collections.abc import Awaitable, Callable, Collection
from hmac import compare_digest
from typing import Annotated

from fastapi import Depends, Request

from mock_api.carriers.chinapost.names import NAME
from mock_api.carriers.chinapost.refusals import FORM, Refused
from mock_api.carriers.chinapost.signing import digest
from mock_api.kernel.carrier_route import sandboxes_of, seen_by
from mock_api.kernel.credentials import form_of
from mock_api.kernel.sandbox import Sandbox

Identify = Callable[[Request], Awaitable[Sandbox]]


def signed(text: str, digest_field: str, company: str = "ecCompanyId") -> Identify:
    """By a form with the partner's code in *company*, and the digest of the field *text* in
    another."""

    async def identify(request: Request) -> Sandbox:
        form = request.scope[FORM] = await form_of(request)
        code = form.get(company, "")
        found = sandboxes_of(request).with_carrier_key(NAME, "ec_company_id", code)
        if found is None:
            raise Refused("S03", company)
        seen_by(request, found)
        if found.is_credential(NAME, "ec_company_id", code):
            right = digest(form.get(text, ""), found.credential(NAME, "key"))
            if not compare_digest(form.get(digest_field, "").encode(), right.encode()):
                raise Refused("S02")
        return found

    return identify


async def identify_tracker(request: Request) -> Sandbox:
    """Tracking has a token of its own."""
    token = request.headers.get("authenticate", "")
    found = sandboxes_of(request).with_carrier_key(NAME, "authenticate", token)
    if found is None:
        raise Refused("S03", "authenticate")
    return found


async def _form(request: Request) -> dict[str, str]:
    form: dict[str, str] = request.scope[FORM]
    return form


SignedForm = Annotated[dict[str, str], Depends(_form)]


async def numbers_in(request: Request) -> Collection[str]:
    """Waybills that a call names."""
    form: dict[str, str] = request.scope.get(FORM, {})
    named = [form.get(name, "") for name in ("barCode", "waybillNo", "waybillNos")]
    named.append(str(request.path_params.get("number", "")))
    return {number for each in named for number in each.split(",") if number}
