"""What somebody says who calls a courier: where, and between what hours."""

from datetime import datetime, time
from typing import Annotated, Final
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator

from mock_api.carriers.ups.forms import Envelope, Form, Party, Phone, as_list, day_in
from mock_api.carriers.ups.names import CARRIER
from mock_api.carriers.ups.refusals import Refused, breaks_rules
from simulator import World
from simulator.carriers.model import CityService
from simulator.clock import Instant
from simulator.consigning import vans_for
from simulator.people import Address
from simulator.shipments.windows import Window

_HHMM: Final = 4
_PIECES_MOST: Final = 999
_PIECES_DIGITS: Final = 9


class DateInfo(Form):
    CloseTime: str = ""
    ReadyTime: str = ""
    PickupDate: str = ""


class PickupAddress(Form):
    CompanyName: str = ""
    ContactName: str = ""
    AddressLine: Annotated[tuple[str, ...], BeforeValidator(as_list)] = ()
    City: str = ""
    StateProvince: str = ""
    PostalCode: str = ""
    CountryCode: str = ""
    Phone_: Phone | None = None

    model_config = Party.model_config


class PickupPiece(Form):
    Quantity: str = "1"


class TrackingData(Form):
    TrackingNumber: str = ""


class CreationRequest(Form):
    Request: Envelope | None = None
    RatePickupIndicator: str = "N"
    PickupDateInfo: DateInfo = DateInfo()
    PickupAddress_: PickupAddress = PickupAddress()
    PickupPiece_: Annotated[tuple[PickupPiece, ...], BeforeValidator(as_list)] = ()
    TrackingData_: Annotated[tuple[TrackingData, ...], BeforeValidator(as_list)] = ()
    ReferenceNumber: str = ""

    model_config = Party.model_config

    @property
    def pieces(self) -> int:
        """How many the caller says there will be."""
        told = [each.Quantity for each in self.PickupPiece_]
        if not all(map(_is_count, told)):
            raise breaks_rules(f"Quantity can be 1 to {_PIECES_MOST}.")
        return sum(map(int, told))


class CreationBody(Form):
    PickupCreationRequest: CreationRequest = CreationRequest()


class PickupRateRequest(Form):
    Request: Envelope | None = None
    PickupAddress_: PickupAddress = PickupAddress()
    ServiceDateOption: str = ""
    PickupDateInfo: DateInfo | None = None

    model_config = Party.model_config


class RateBody(Form):
    PickupRateRequest_: PickupRateRequest = PickupRateRequest()

    model_config = Party.model_config


def _is_count(text: str) -> bool:
    return text.isdecimal() and len(text) <= _PIECES_DIGITS and int(text) <= _PIECES_MOST


def address_of(said: PickupAddress) -> Address:
    if not (said.City and said.CountryCode):
        raise breaks_rules("PickupAddress needs City and CountryCode.")
    return Address(
        name=said.CompanyName or said.ContactName,
        phone=said.Phone_.Number if said.Phone_ else "",
        line1=", ".join(said.AddressLine),
        city=said.City,
        postal_code=said.PostalCode,
        region=said.CountryCode.upper(),
        state=said.StateProvince,
    )


def service_at(world: World, address: Address) -> CityService:
    """The vans that come there; refused where none do."""
    service = vans_for(world.registry.carrier(CARRIER), address)
    if service is None:
        raise Refused("9510118", "Pickup service is not available for this address or day.")
    return service


def window_of(said: DateInfo, service: CityService, now: Instant) -> Window:
    """Local times of the place. A day that is over is refused."""
    zone = ZoneInfo(service.timezone)
    day = day_in(said.PickupDate, "PickupDate")
    opens, closes = _clock(said.ReadyTime, "ReadyTime"), _clock(said.CloseTime, "CloseTime")
    if day < datetime.fromtimestamp(now, zone).date():
        raise breaks_rules("PickupDate is in the past.")
    from_, until = (datetime.combine(day, at, zone).timestamp() for at in (opens, closes))
    return Window(Instant(int(from_)), Instant(int(until)))


def _clock(text: str, field: str) -> time:
    """HHmm; samples have 900 for nine o'clock as well."""
    padded = text.zfill(_HHMM)
    if len(padded) == _HHMM and padded.isdecimal():
        try:
            return time(int(padded[:2]), int(padded[2:]))
        except ValueError:
            pass
    raise breaks_rules(f"{field} is HHmm.")
