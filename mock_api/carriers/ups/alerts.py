"""Track Alert: whoever subscribes to a number is told of its events for fourteen days."""

import re
from typing import Annotated, Any, Final

from fastapi import APIRouter, Header
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from mock_api.carriers.ups.names import CARRIER, NAME
from mock_api.carriers.ups.pushes import LIVES, Plays
from mock_api.carriers.ups.refusals import Refused
from mock_api.carriers.ups.trials import PLAYS
from mock_api.kernel.carrier_route import CarrierSandbox
from mock_api.kernel.hooks import BadHookUrl, Hook, TooManyHooks
from mock_api.kernel.sandbox import Sandbox
from simulator.carriers import numbers
from simulator.clock import later

NUMBERS_MAX: Final = 100
_URL_MAX: Final = 2_048
_LEVELS: Final = ("standard", "enhanced")
_LOCALE: Final = re.compile(r"[a-z]{2}_[A-Z]{2}", re.ASCII)
_COUNTRY: Final = re.compile(r"[A-Z]{2}", re.ASCII)
_REJECTED: Final = "The Subscription request has been rejected."


class Said(BaseModel):
    model_config = ConfigDict(extra="ignore", alias_generator=to_camel)


class Destination(Said):
    url: str = ""
    credential_type: str = ""
    credential: str = ""


class Subscription(Said):
    locale: str = ""
    country_code: str | None = None
    tracking_number_list: list[str] | None = None
    destination: Destination | None = None


def serve(router: APIRouter) -> None:
    router.post("/api/track/{version}/subscription/{level}/package")(subscribe)


async def subscribe(
    version: str,
    level: str,
    sandbox: CarrierSandbox,
    body: Subscription | None = None,
    trans_id: Annotated[str, Header(alias="transId")] = "",
    transaction_src: Annotated[str, Header(alias="transactionSrc")] = "",
) -> dict[str, Any]:
    """A number may be subscribed to before UPS knows it; again, it lives anew, and the new
    destination takes the place of the old (inferred)."""
    del version
    if not trans_id:
        raise Refused("VSS002", "Missing transId.")
    if not transaction_src:
        raise Refused("VSS004", "Missing transactionSrc.")
    if level not in _LEVELS:
        raise Refused("VSS930", f"Type is missing or invalid, {_REJECTED}")
    if body is None:
        raise Refused("VSS110", f"Subscription request is empty or not present. {_REJECTED}")
    destination = _destination(body)
    good, bad = _sorted(body.tracking_number_list)
    new = [number for number in good if sandbox.hooks.get(NAME, number) is None]
    if len(new) > sandbox.hooks.room:  # all of them, or none
        raise _rejected(TooManyHooks(sandbox.hooks.limit))
    for number in good:
        _add(sandbox, number, destination, level)
    told = {"validTrackingNumbers": good}
    return told | ({"invalidTrackingNumbers": bad} if bad else {})


def _destination(body: Subscription) -> Destination:
    """Each field has its own refusal (UPSTrackAlert.yaml)."""
    said = body.destination or Destination()
    wrongs = (
        ("VSS300", not body.locale, "Locale is required."),
        ("VSS310", not _LOCALE.fullmatch(body.locale), "Please enter a valid locale."),
        ("VSS400", _is_no_country(body.country_code), "Please enter a valid country code."),
        ("VSS500", body.destination is None, "Destination is required."),
        ("VSS600", not said.url, "URL is empty or not present."),
        ("VSS610", len(said.url) > _URL_MAX, "URL is too long."),
        ("VSS700", not said.credential, "Credential is empty or not present."),
        ("VSS800", not said.credential_type, "CredentialType is empty or not present."),
    )
    for code, is_wrong, words in wrongs:
        if is_wrong:
            raise Refused(code, f"{words} {_REJECTED}")
    return said


def _is_no_country(code: str | None) -> bool:
    return code is not None and _COUNTRY.fullmatch(code) is None


def _sorted(asked: list[str] | None) -> tuple[list[str], list[str]]:
    """Numbers that could be UPS's, each once, and those that could not."""
    if not asked:
        raise Refused("VSS200", f"Tracking Number List is required. {_REJECTED}")
    if len(asked) > NUMBERS_MAX:
        words = (
            "You have submitted over 100 1Z numbers which is not allowed. The entire submission "
            "of 1Z numbers has been rejected. Please resubmit your request again using groups of "
            "no more than 100 1Z numbers."
        )
        raise Refused("VSS220", words)
    unique = list(dict.fromkeys(asked))
    good = [each for each in unique if each in PLAYS or numbers.checks(CARRIER, each)]
    bad = [each for each in unique if each not in good]
    if not good:
        words = "The Subscription request should have at least one valid tracking number."
        raise Refused("VSS210", f"{words} {_REJECTED}", beside={"invalidTrackingNumbers": bad})
    return good, bad


def _rejected(wrong: BadHookUrl | TooManyHooks) -> Refused:
    return Refused("VSS000", f"Invalid request and {_REJECTED} ({wrong})")


def _add(sandbox: Sandbox, number: str, destination: Destination, level: str) -> None:
    hook = Hook(
        NAME,
        destination.url,
        secret=destination.credential,
        number=number,
        ends_at=later(sandbox.world.now, LIVES),
        notes={"level": level, "credentialType": destination.credential_type},
        id=number,
    )
    try:
        sandbox.hooks.add(hook)
    except (BadHookUrl, TooManyHooks) as wrong:
        raise _rejected(wrong) from None
    if number in PLAYS:
        sandbox.attached(Plays).begin(hook)
