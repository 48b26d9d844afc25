"""What UPS's requests have in common: parties, packages, units, and how answers begin.

Real clients send strings and numbers, one thing or a list of it; both are taken. Fields that are
not named are ignored, as UPS ignores them.
"""

from datetime import date
from decimal import Decimal, InvalidOperation
from math import ceil
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict

from mock_api.carriers.ups.refusals import Refused, breaks_rules
from mock_api.kernel.countries import is_country
from simulator.people import Address as PlainAddress
from simulator.shipments.model import Piece

G_PER_LB: Final = Decimal("453.59237")
G_PER_KG: Final = Decimal(1000)
_MM: Final = {"CM": Decimal(10), "IN": Decimal("25.4")}
_G: Final = {
    "KGS": G_PER_KG,
    "LBS": G_PER_LB,
    "OZS": G_PER_LB / 16,
}
_FLAT: Final = (1, 1, 1)
"""A package whose sides nobody tells: size does not weigh."""
_MOST: Final = Decimal(10**6)
_YYYYMMDD: Final = 8
_NO_POSTAL_CODES: Final = frozenset({"HK", "IE", "AE", "MO", "QA"})


def as_list(value: Any) -> Any:
    """One thing, a list of it, or nothing."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


class Form(BaseModel):
    """Any part of a request."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)


class Code(Form):
    Code: str = ""


class Money(Form):
    CurrencyCode: str = ""
    MonetaryValue: str = ""


class PostalAddress(Form):
    AddressLine: Annotated[tuple[str, ...], BeforeValidator(as_list)] = ()
    City: str = ""
    StateProvinceCode: str = ""
    PostalCode: str = ""
    CountryCode: str = ""


class Phone(Form):
    Number: str = ""


class Party(Form):
    Name: str = ""
    AttentionName: str = ""
    ShipperNumber: str = ""
    Phone_: Phone | None = None
    Address: PostalAddress = PostalAddress()

    model_config = ConfigDict(
        extra="ignore", coerce_numbers_to_str=True, alias_generator=lambda name: name.rstrip("_")
    )

    @property
    def address(self) -> PlainAddress:
        """As the world knows addresses."""
        said = self.Address
        return PlainAddress(
            name=self.Name or self.AttentionName,
            phone=self.Phone_.Number if self.Phone_ else "",
            line1=", ".join(said.AddressLine),
            city=said.City,
            postal_code=said.PostalCode,
            region=said.CountryCode.upper(),
            state=said.StateProvinceCode,
        )


class Weight(Form):
    UnitOfMeasurement: Code = Code()
    Weight: str = ""


class Dimensions(Form):
    UnitOfMeasurement: Code = Code()
    Length: str = ""
    Width: str = ""
    Height: str = ""


class Reference(Form):
    Code: str = ""
    Value: str = ""


References = Annotated[tuple[Reference, ...], BeforeValidator(as_list)]


class Package(Form):
    PackageWeight: Weight | None = None
    Dimensions_: Dimensions | None = None
    ReferenceNumber: References = ()

    model_config = Party.model_config


Packages = Annotated[tuple[Package, ...], BeforeValidator(as_list)]


class TransactionReference(Form):
    CustomerContext: str = ""


class Envelope(Form):
    """``Request`` of every body."""

    RequestOption: str = ""
    SubVersion: str = ""
    TransactionReference_: TransactionReference | None = None

    model_config = Party.model_config


def done(envelope: Envelope | None, *alerts: dict[str, str]) -> dict[str, Any]:
    """``Response`` of every answer that is no error."""
    response: dict[str, Any] = {"ResponseStatus": {"Code": "1", "Description": "Success"}}
    if alerts:
        response["Alert"] = list(alerts)
    said = envelope.TransactionReference_ if envelope else None
    if said:
        response["TransactionReference"] = {"CustomerContext": said.CustomerContext}
    return response


# Days.


def day_in(text: str, field: str) -> date:
    """yyyyMMdd, or refused."""
    if len(text) == _YYYYMMDD and text.isdecimal():
        try:
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
        except ValueError:
            pass
    raise breaks_rules(f"{field} is yyyyMMdd.")


# Addresses.


def require_address(party: Party, role: tuple[str, str]) -> None:
    """Refused by field: *role* is how UPS calls the party, and the first digits of its codes
    (1201 shipper, 1202 ship to, 1203 ship from)."""
    name, digits = role
    said = party.Address
    missing = {
        "02": ("AddressLine1", said.AddressLine),
        "05": ("City", said.City),
        "08": ("CountryCode", is_country(said.CountryCode)),
        "07": ("PostalCode", said.PostalCode or said.CountryCode in _NO_POSTAL_CODES),
    }
    for code, (field, value) in missing.items():
        if not value:
            raise Refused(f"{digits}{code}", f"Missing/Invalid {name} {field}")


# Packages.


def pieces_of(packages: Packages, family: str) -> tuple[Piece, ...]:
    """Grams and millimetres; refused in the words of that *family* of codes (110 rating, 120
    shipping)."""
    return tuple(_piece(package, family) for package in packages)


def _piece(package: Package, family: str) -> Piece:
    weight = package.PackageWeight
    if weight is None or not weight.Weight:
        raise Refused(f"{family}608", "Package weight is required")
    unit = weight.UnitOfMeasurement.Code.upper()
    if unit not in _G:
        raise Refused(f"{family}546", f"{unit} is not a valid unit of measurement for weight")
    grams = ceil(
        _number(weight.Weight, f"{family}601", "Missing/Invalid Package weight") * _G[unit]
    )
    if grams <= 0:
        metric = unit == "KGS"
        code = _next_family(family) + ("031" if metric else "030")
        raise Refused(code, f"Packages must weigh more than zero {'kgs' if metric else 'pounds'}.")
    reference = next((each.Value for each in package.ReferenceNumber if each.Value), "")
    return Piece(grams, _sides(package.Dimensions_, unit, family), reference)


def _sides(said: Dimensions | None, weight_unit: str, family: str) -> tuple[int, int, int]:
    if said is None or not (said.Length or said.Width or said.Height):
        return _FLAT
    unit = said.UnitOfMeasurement.Code.upper()
    if unit not in _MM:
        raise Refused(f"{family}547", f"{unit} is not a valid unit of measurement for dimensions.")
    if (unit == "CM") != (weight_unit == "KGS"):
        words = "A shipment cannot have a KGS/IN or LBS/CM as its unit of measurements"
        raise Refused(f"{family}548", words)
    words = "All Package Dimensions are required and each must be greater than 0"
    length, width, height = (
        ceil(_number(side, f"{family}609", words) * _MM[unit])
        for side in (said.Length, said.Width, said.Height)
    )
    if min(length, width, height) <= 0:
        raise Refused(f"{family}609", words)
    return length, width, height


def _number(text: str, code: str, words: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise Refused(code, words) from None
    if not number.is_finite() or not -_MOST <= number <= _MOST:
        raise Refused(code, words)
    return number


def _next_family(family: str) -> str:
    """The code family of what the price list refuses: 111 beside 110, 121 beside 120."""
    return str(int(family) + 1)


def is_metric(packages: Packages) -> bool:
    """Weights are answered in the request's units."""
    weight = packages[0].PackageWeight if packages else None
    return weight is None or weight.UnitOfMeasurement.Code.upper() == "KGS"


def weighed(grams: int, *, metric: bool) -> dict[str, Any]:
    """A weight with its unit: one decimal."""
    unit, words = ("KGS", "Kilograms") if metric else ("LBS", "Pounds")
    number = Decimal(grams) / (G_PER_KG if metric else G_PER_LB)
    return {
        "UnitOfMeasurement": {"Code": unit, "Description": words},
        "Weight": f"{number:.1f}",
    }
