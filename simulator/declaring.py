"""What sellers say about a parcel before they hand it over: its packing, its label, its photos.

Declarations are refused once a carrier has the parcel; photos are not, but count for less (H2).
"""

from simulator import ids
from simulator.catalog import sku_with
from simulator.errors import LimitReached, WrongStatus
from simulator.facts import EvidenceAttached, LabelDeclared, PackingDeclared
from simulator.parcels.evidence import Document, Photo, require_plausible
from simulator.parcels.labelling import Label, label_violations
from simulator.parcels.model import Parcel, ParcelStatus
from simulator.parcels.packing import (
    Goods,
    Packing,
    Violation,
    packing_violations,
    rules_of,
    suited_to,
)
from simulator.registry import Registry

_AT_THE_SELLERS = (ParcelStatus.CREATED, ParcelStatus.BOOKED)


def declare_packing(here: Registry, parcel: Parcel, packing: Packing) -> list[Violation]:
    """This is how *parcel* is packed; what is wrong with that (P1-P5)."""
    require_at_the_sellers(parcel)
    parcel.packing = packing
    _note_broken(here, parcel)
    found = packing_wrongs(here, parcel)
    here.record(PackingDeclared(parcel.order_id, parcel.id, rules_of(found)))
    return found


def declare_label(here: Registry, parcel: Parcel, label: Label) -> list[Violation]:
    """This is the label on *parcel*; what is wrong with that (L1-L6)."""
    require_at_the_sellers(parcel)
    parcel.label = label
    _note_broken(here, parcel)
    found = label_wrongs(parcel)
    here.record(LabelDeclared(parcel.order_id, parcel.id, rules_of(found)))
    return found


def attach_evidence(here: Registry, parcel: Parcel, photo: Photo) -> Document:
    """Put *photo* on file (H2)."""
    require_plausible(photo, here.now, here.market.disputes.document_bytes_max)
    require_room(here, parcel)
    document = Document(
        here.mint.next_id(ids.DOCUMENT), photo, here.now, parcel.status in _AT_THE_SELLERS
    )
    parcel.documents += (document,)
    here.record(
        EvidenceAttached(
            parcel.order_id,
            parcel.id,
            document.id,
            photo.media_type,
            photo.sha256,
            document.before_handover,
        )
    )
    return document


def require_room(here: Registry, parcel: Parcel) -> None:
    """Refuse what would be one document too many on file."""
    most = here.market.disputes.documents_max
    if len(parcel.documents) >= most:
        raise LimitReached("documents", parcel.id, most)


def require_at_the_sellers(parcel: Parcel) -> None:
    """Refuse what a carrier has already: nobody can pack or label it any more."""
    if parcel.status not in _AT_THE_SELLERS:
        raise WrongStatus(parcel.id, parcel.status, "a parcel that the seller still has")


def goods_of(here: Registry, parcel: Parcel) -> Goods:
    """What is in *parcel*."""
    items = here.items_in(parcel)
    return Goods(sum(sku_with(item.sku_id).weight_g for item in items), len(items))


def packing_of(here: Registry, parcel: Parcel) -> Packing:
    """As declared, or else as it should be."""
    return parcel.packing or suited_to(goods_of(here, parcel), here.market.packing)


def packing_wrongs(here: Registry, parcel: Parcel) -> list[Violation]:
    packing = packing_of(here, parcel)
    return packing_violations(packing, goods_of(here, parcel), here.market.packing)


def label_wrongs(parcel: Parcel) -> list[Violation]:
    return label_violations(parcel.label or Label())


def _note_broken(here: Registry, parcel: Parcel) -> None:
    parcel.broken = rules_of([*packing_wrongs(here, parcel), *label_wrongs(parcel)])
