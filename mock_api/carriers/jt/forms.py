"""What orders say: parties, parcels, times; and how ``bizContent`` is read.

Real clients send strings and numbers, and nulls for what they leave out; all are taken. Fields that
are not named are ignored, as J&T ignores them.
"""

import json
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Final, TypeVar
from zoneinfo import ZoneInfo

from fastapi import Request
from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from mock_api.carriers.jt.countries import two_letters
from mock_api.carriers.jt.refusals import Refused
from mock_api.carriers.jt.view import FORM
from mock_api.kernel.credentials import form_of
from mock_api.kernel.measures import G_PER_KG, MM_PER_CM, NoMeasure, box, number, rounded_up
from mock_api.kernel.towns import town
from simulator.clock import Instant
from simulator.people import Address
from simulator.shipments.model import Piece
from simulator.shipments.windows import Window

LEAST_KG: Final = Decimal("0.01")
_USUAL_KG: Final = "0.02"
"""What J&T takes for a weight that is left out."""
_LONGEST: Final = 1_000


def _text(value: Any) -> Any:
    """Nothing is an empty text."""
    return "" if value is None else value


Text = Annotated[str, BeforeValidator(_text), Field(max_length=_LONGEST)]


class Form(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True, alias_generator=to_camel)


class Party(Form):
    name: Text = ""
    mobile: Text = ""
    phone: Text = ""
    country_code: Text = "CHN"
    prov: Text = ""
    city: Text = ""
    area: Text = ""
    town: Text = ""
    street: Text = ""
    address: Text = ""
    post_code: Text = ""

    def as_address(self) -> Address:
        """As the world knows addresses; refused if no such country is known."""
        region = two_letters(self.country_code or "CHN")
        if not region:
            raise Refused("145003060", self.country_code)
        lines = (self.address, self.street, self.town, self.area)
        return Address(
            name=self.name,
            phone=self.mobile or self.phone,
            line1=", ".join(dict.fromkeys(line for line in lines if line)),
            city=town(self.city, region),
            postal_code=self.post_code,
            region=region,
            state=self.prov,
        )


class Customer(Form):
    """Of whatever is about orders: who it is, and the proof."""

    customer_code: Text = ""
    digest: Text = ""
    password: Text = ""


class Measures(Form):
    """A parcel's: kilograms and centimetres."""

    weight: Text = ""
    length: Text = ""
    width: Text = ""
    height: Text = ""

    def as_piece(self) -> Piece:
        kilograms = _number(self.weight or _USUAL_KG, "145003092")
        if kilograms < LEAST_KG:
            raise Refused("145003092")
        sides = (_number(each, "145003050") for each in (self.length, self.width, self.height))
        millimetres = box(rounded_up(side * MM_PER_CM) for side in sides)
        return Piece(rounded_up(kilograms * G_PER_KG), millimetres)


def _number(text: str, code: str) -> Decimal:
    try:
        return number(text)
    except NoMeasure:
        raise Refused(code, text) from None


# Times.


def local(text: str, code: str) -> datetime:
    """As it is written, with or without a T, whosever clocks are meant; refused with that code."""
    try:
        return datetime.strptime(text.replace("T", " "), FORM)  # noqa: DTZ007 - it says no zone
    except ValueError:
        raise Refused(code, text) from None


def instant(text: str, timezone: str, code: str) -> Instant:
    """Of local text."""
    return Instant(int(local(text, code).replace(tzinfo=ZoneInfo(timezone)).timestamp()))


def window(starts: str, ends: str, timezone: str) -> Window | None:
    """When a courier is to come; ``None``: nobody says. Half a window is refused."""
    if not starts and not ends:
        return None
    if not (starts and ends):
        raise Refused("145003088")
    from_, until = (instant(each, timezone, "145003088") for each in (starts, ends))
    return Window(from_, until)


# Reading.

F = TypeVar("F", bound=BaseModel)


def biz(form: type[F]) -> Callable[[Request], Awaitable[F]]:
    """A dependency: ``bizContent`` as that form."""

    async def read(request: Request) -> F:
        content = await biz_content(request)
        try:
            return form.model_validate_json(content)
        except ValidationError as bad:
            first = bad.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise Refused("145003050", where or "bizContent is no JSON object") from None

    return read


async def biz_content(request: Request) -> str:
    """Its very text, which is what is signed."""
    return (await form_of(request)).get("bizContent", "")


async def numbers_in(request: Request) -> Collection[str]:
    """Waybills and order numbers that a call names, whatever it is."""
    try:
        said = json.loads(await biz_content(request))
    except (ValueError, RecursionError):
        return ()
    return set(_numbers(said)) if isinstance(said, dict) else ()


def _numbers(said: dict[str, Any]) -> list[str]:
    found = [str(said.get(name) or "") for name in ("billCode", "txlogisticId")]
    for name in ("billCodes", "billcodes"):
        found += str(said.get(name) or "").split(",")
    for name, of in (("list", "waybillCode"), ("serialNumber", "")):
        listed = said.get(name)
        for each in listed if isinstance(listed, list) else []:
            found.append(str(each.get(of, "") if isinstance(each, dict) else each))
    return [each for each in found if each]


BILL_CODES: Final = AliasChoices("billCodes", "billcodes", "billCode")
"""As China, Vietnam and Malaysia call them."""
