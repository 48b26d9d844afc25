"""What carriers do by hand: to their vans, to a country or city, to one parcel; and how much goes
wrong by itself.

``hold`` and ``book`` are in ``orders``.
"""

from collections.abc import Callable
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter
from pydantic import Field, model_validator

from mock_api.control.requests import SandboxDep, Wish
from mock_api.kernel.problems import invalid
from mock_api.kernel.times import Duration, Moment
from simulator import World
from simulator.carriers.closures import Closure
from simulator.carriers.mishaps import Mishap
from simulator.carriers.scans import Scan
from simulator.carriers.settings import MISHAPS_MOST
from simulator.clock import Instant, later
from simulator.errors import CarrierMismatch, NotFound
from simulator.incidents import PLANNABLE
from simulator.parcels.model import Parcel

router: Final = APIRouter(prefix="/sandboxes/{sandbox_id}", tags=["carriers"])

_EVERY: Final = "all"
_YEAR: Final = 366 * 86_400

Name = Annotated[str, Field(max_length=60)]


class Factor(Wish):
    factor: float = Field(ge=0, le=MISHAPS_MOST, allow_inf_nan=False)


class Skip(Wish):
    city: Name = ""
    """Left out: wherever parcels wait now."""


class Closing(Wish):
    """A strike or a storm."""

    region: Annotated[str, Field(pattern="^[A-Z]{2}$")]
    city: Name = ""
    """Pickups in that city only."""
    from_: Annotated[Moment | None, Field(alias="from")] = None
    until: Moment | None = None
    for_: Annotated[Duration | None, Field(alias="for")] = None
    cause: Literal["strike", "weather"] = "strike"

    @model_validator(mode="after")
    def _ends_once(self) -> "Closing":
        if (self.until is None) == (self.for_ is None):
            raise ValueError("say either until when, or for how long")
        return self


class ParcelWish(Wish):
    """Which parcel: by its id, its tracking number, or its order if that has only the one."""

    parcel_id: str = ""
    tracking_number: str = ""
    order_id: str = ""

    @model_validator(mode="after")
    def _names_one(self) -> "ParcelWish":
        if sum(map(bool, (self.parcel_id, self.tracking_number, self.order_id))) != 1:
            raise ValueError("name one of parcel_id, tracking_number and order_id")
        return self


class Delay(ParcelWish):
    for_: Annotated[Duration, Field(alias="for", le=_YEAR)]
    kind: Literal["delayed", "late_plane", "hub_backlog"] = "delayed"


class CustomsHold(ParcelWish):
    for_: Annotated[Duration, Field(alias="for", le=_YEAR)] = 0
    """Once customs have it; left out: for as long as usual."""


class Loss(ParcelWish):
    for_good: bool = True
    """Or else it is missed, and found again."""


class OneScan(ParcelWish):
    scan: Scan


class Line(Wish):
    at: Moment
    scan: Scan


class Way(ParcelWish):
    """A parcel's life line by line, to the second."""

    way: Annotated[list[Line], Field(min_length=1, max_length=100)]


class Planned(ParcelWish):
    mishap: Mishap


@router.put("/mishaps")
async def set_mishaps(sandbox: SandboxDep, wanted: Factor) -> dict[str, Any]:
    """How much goes wrong by itself from now on."""
    sandbox.world.set_mishaps(wanted.factor)
    return {"factor": sandbox.world.registry.mishaps, "now": sandbox.world.now}


@router.post("/carriers/{carrier}/skip_pickup")
async def skip_pickup(
    sandbox: SandboxDep, carrier: str, wanted: Skip | None = None
) -> dict[str, Any]:
    """The van stays in the next time that somebody waits for it."""
    cities = sandbox.world.carriers.skip_pickup(carrier, wanted.city if wanted else "")
    return {"carrier": carrier, "cities": cities}


@router.post("/carriers/{carrier}/close", status_code=201)
async def close_region(sandbox: SandboxDep, carrier: str, wanted: Closing) -> dict[str, Any]:
    """Nobody works for the carrier (``all``: for any) in a country, or collects in its city."""
    world = sandbox.world
    starts_at = Instant(max(world.now, wanted.from_ or 0))
    ends_at = later(starts_at, wanted.for_) if wanted.for_ else Instant(wanted.until or 0)
    if ends_at <= starts_at:
        raise invalid(("body.until", "ends before it begins"))
    closure = world.carriers.close(
        Closure(
            "" if carrier == _EVERY else carrier,
            wanted.region,
            wanted.city,
            starts_at,
            ends_at,
            wanted.cause,
        )
    )
    return {
        "carrier": carrier,
        "region": closure.region,
        "city": closure.city,
        "from": closure.starts_at,
        "until": closure.ends_at,
        "cause": closure.cause,
    }


@router.post("/carriers/{carrier}/plan")
async def plan(sandbox: SandboxDep, carrier: str, wanted: Planned) -> dict[str, Any]:
    """That befalls the parcel at its next occasion."""
    if wanted.mishap not in PLANNABLE:
        raise invalid(("body.mishap", f"can be one of {', '.join(PLANNABLE)}"))
    return _done(
        sandbox.world,
        carrier,
        wanted,
        lambda parcel_id: sandbox.world.carriers.plan(parcel_id, wanted.mishap),
    )


@router.post("/carriers/{carrier}/delay")
async def delay(sandbox: SandboxDep, carrier: str, wanted: Delay) -> dict[str, Any]:
    """The parcel's next scan comes so much later."""
    return _done(
        sandbox.world,
        carrier,
        wanted,
        lambda parcel_id: sandbox.world.carriers.delay(parcel_id, wanted.for_, Mishap(wanted.kind)),
    )


@router.post("/carriers/{carrier}/customs_hold")
async def customs_hold(sandbox: SandboxDep, carrier: str, wanted: CustomsHold) -> dict[str, Any]:
    """Customs hold the parcel, now or as soon as they have it."""
    return _done(
        sandbox.world,
        carrier,
        wanted,
        lambda parcel_id: sandbox.world.carriers.customs_hold(parcel_id, wanted.for_),
    )


@router.post("/carriers/{carrier}/lose")
async def lose(sandbox: SandboxDep, carrier: str, wanted: Loss) -> dict[str, Any]:
    """The parcel is lost: for good, or until it is found."""
    acts = sandbox.world.carriers
    return _done(sandbox.world, carrier, wanted, acts.lose if wanted.for_good else acts.mislay)


@router.post("/carriers/{carrier}/scan")
async def scan(sandbox: SandboxDep, carrier: str, wanted: OneScan) -> dict[str, Any]:
    """One scan more, which leaves the parcel on its way."""
    return _done(
        sandbox.world,
        carrier,
        wanted,
        lambda parcel_id: sandbox.world.carriers.scan(parcel_id, wanted.scan),
    )


@router.post("/carriers/{carrier}/follow")
async def follow(sandbox: SandboxDep, carrier: str, wanted: Way) -> dict[str, Any]:
    """The parcel, which waits for its carrier, goes the way that is written here."""
    way = tuple((Instant(line.at), line.scan) for line in wanted.way)
    return _done(
        sandbox.world,
        carrier,
        wanted,
        lambda parcel_id: sandbox.world.carriers.follow(parcel_id, way),
    )


@router.post("/carriers/{carrier}/{event}")
async def befall(
    sandbox: SandboxDep,
    carrier: str,
    event: Literal["release", "damage", "find", "send_back", "dispose"],
    wanted: ParcelWish,
) -> dict[str, Any]:
    """What needs no more than to be told which parcel."""
    acts = sandbox.world.carriers
    act = {
        "release": acts.release,
        "damage": acts.damage,
        "find": acts.find,
        "send_back": acts.send_back,
        "dispose": acts.dispose,
    }[event]
    return _done(sandbox.world, carrier, wanted, act)


def _done(
    world: World, carrier: str, wanted: ParcelWish, act: Callable[[str], None]
) -> dict[str, Any]:
    world.registry.carrier(carrier)
    parcel = _parcel(world, wanted)
    if parcel.carrier and parcel.carrier != carrier:
        raise CarrierMismatch(parcel.tracking_number, parcel.carrier, carrier)
    act(parcel.id)
    return {
        "parcel_id": parcel.id,
        "order_id": parcel.order_id,
        "carrier": parcel.carrier,
        "tracking_number": parcel.tracking_number,
        "status": parcel.status,
        "last_scan": parcel.scans[-1].scan if parcel.scans else None,
        "order_status": world.order(parcel.order_id).status if parcel.order_id else None,
        "now": world.now,
    }


def _parcel(world: World, wanted: ParcelWish) -> Parcel:
    if wanted.parcel_id:
        return world.parcel(wanted.parcel_id)
    if wanted.tracking_number:
        found = world.registry.parcel_numbered(wanted.tracking_number)
        if found is None:
            raise NotFound("tracking number", wanted.tracking_number)
        return found
    parcels = world.registry.parcels_of(world.order(wanted.order_id))
    if len(parcels) != 1:
        raise invalid(("body.order_id", f"has {len(parcels)} parcels: name one of them"))
    return parcels[0]
