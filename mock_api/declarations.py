"""What a seller may say of a parcel's packing and label: the bodies, and what they come to.

The desk takes them, and so does whoever plays a seller by hand.
"""

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from simulator import World, declaring
from simulator.parcels.labelling import Accuracy, Label
from simulator.parcels.packing import Carton, Closure, Cushioning, Packing, Violation, suited_to

_WIDEST_MM: Final = 2_000
_USUAL: Final = Packing()


class Declared(BaseModel):
    """Unknown fields are refused: a typing error must not pass for a right packing."""

    model_config = ConfigDict(extra="forbid")


class PackingWish(Declared):
    """What is left out is right."""

    carton: Carton | None = None
    """Left out: the lightest that carries the goods."""
    cushioning: Annotated[tuple[Cushioning, ...], Field(max_length=len(Cushioning))] = (
        _USUAL.cushioning
    )
    room_mm: Annotated[int, Field(ge=0, le=_WIDEST_MM)] = _USUAL.room_mm
    """Free space between the goods and each wall."""
    items_apart: bool = True
    closure: Annotated[tuple[Closure, ...], Field(max_length=len(Closure))] = _USUAL.closure


class LabelWish(Declared):
    """What is left out is right."""

    firmly_attached: bool = True
    recipient_name: bool = True
    recipient_address: bool = True
    postal_code: bool = True
    order_number: bool = True
    sender_name: bool = True
    sender_address: bool = True
    accuracy: Accuracy = Accuracy.ACCURATE
    barcode_attached: bool = True
    barcode_scans: bool = True


def declare_as(world: World, parcel_id: str, wanted: PackingWish) -> list[Violation]:
    """Declare that packing; what is wrong with it."""
    parcel = world.parcel(parcel_id)
    suited = suited_to(declaring.goods_of(world.registry, parcel), world.config.market.packing)
    packing = Packing(
        carton=wanted.carton or suited.carton,
        cushioning=wanted.cushioning,
        room_mm=wanted.room_mm,
        items_apart=wanted.items_apart,
        closure=wanted.closure,
    )
    return world.desk.declare_packing(parcel_id, packing)


def label_as(world: World, parcel_id: str, wanted: LabelWish) -> list[Violation]:
    """Declare that label; what is wrong with it."""
    return world.desk.declare_label(parcel_id, Label(**wanted.model_dump()))
