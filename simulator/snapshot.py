"""A world as plain data, and again from it.

What is saved is every entity's own fields, the places in the queue of those who wait, and the few
counters beside them. What is not: SimPy's heap, generators, indexes; all of it follows.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, Final, TypeVar

from simulator import paperwork
from simulator.admission import Admission
from simulator.buyers.life import Patron
from simulator.carriers.closures import Closure
from simulator.carriers.van import Van
from simulator.channels.consignments import Consignment
from simulator.channels.stock import Stock
from simulator.channels.suppliers import Errand
from simulator.clock import Instant
from simulator.demand.model import Source
from simulator.disputes.model import BuyerComplaint, CarrierComplaint
from simulator.listings.model import Listings
from simulator.money.books import Books
from simulator.orders.customer import Customer
from simulator.orders.model import Order
from simulator.orders.watch import Watch
from simulator.papers.model import (
    Bundle,
    Confirmation,
    Declaration,
    Invoice,
    Journey,
)
from simulator.parcels.model import Parcel, ParcelStatus
from simulator.plain import from_plain, read_as, to_plain
from simulator.platform import Platform
from simulator.registry import Registry, Shop, Warehouse
from simulator.returns.model import Return
from simulator.saved import Saved
from simulator.sellers.letters import Correspondent
from simulator.sellers.life import Clerk
from simulator.service.model import Conversation
from simulator.service.shelf import ChatTerms
from simulator.shipments.model import Shipment
from simulator.shipments.pickup import Pickup
from simulator.trackers.model import Tracker
from simulator.waiting import Inbox

T = TypeVar("T")

VERSION: Final = 7
_NOT_DATA: Final = frozenset({"inbox", "watch"})


def save(here: Registry, config: Any) -> dict[str, Any]:
    """Everything, as dicts, lists, strings and whole numbers."""
    return {
        "version": VERSION,
        "config": to_plain(config),
        "now": here.now,
        "journal": here.journal.save(),
        "minted": dict(here.mint.counted),
        "holds": dict(here.holds),
        "shops": [to_plain(shop) for shop in here.shops.values()],
        "warehouses": [to_plain(warehouse) for warehouse in here.warehouses.values()],
        "orders": [
            to_plain(order, _NOT_DATA)
            | {"turn": _turn(order.inbox), "watch": _saved_watch(order.watch)}
            for order in here.orders.values()
        ],
        "shared_numbers": _shared_numbers(here),
        "parcels": [_with_turn(parcel) for parcel in here.parcels.values()],
        "vans": [_with_turn(van) for van in here.vans.values()],
        "clerks": [_with_turn(clerk) for clerk in here.clerks.values()],
        "carrier_complaints": [_with_turn(each) for each in here.docket.about_carriers.values()],
        "buyer_complaints": [_with_turn(each) for each in here.docket.by_buyers.values()],
        "sources": [_with_turn(source) for source in here.sources.values()],
        "books": to_plain(here.books),
        "tills": here.cashier.save(),
        "mishaps": here.mishaps,
        "admission": to_plain(here.reminder.state) | {"turn": here.reminder.turn},
        "closures": to_plain(here.closures),
        "stock": to_plain(here.stock),
        "listings": to_plain(here.listings),
        "consignments": [_with_turn(each) for each in here.consignments.values()],
        "errands": [_with_turn(errand) for errand in here.errands.values()],
        "customers": to_plain(here.customers),
        "correspondents": [_with_turn(writer) for writer in here.correspondents.values()],
        "patrons": [_with_turn(patron) for patron in here.patrons.values()],
        "returns": [_with_turn(asked) for asked in here.returns.all.values()],
        "references": here.references.save(),
        "invoices": [_with_turn(invoice) for invoice in here.papers.invoices.values()],
        "invoice_keys": dict(here.papers.keys),
        "bundles": [to_plain(bundle) for bundle in here.papers.bundles.values()],
        "declarations": [to_plain(told) for told in here.papers.declarations.values()],
        "journeys": [to_plain(journey) for journey in here.papers.journeys.values()],
        "confirmations": [to_plain(said) for said in here.papers.confirmations.values()],
        "shipments": [to_plain(shipment) for shipment in here.shipments.all.values()],
        "pickups": [_with_turn(pickup) for pickup in here.pickups.all.values()],
        "trackers": [_with_turn(tracker) for tracker in here.trackers.all.values()],
        "chats": [_with_turn(talk) for talk in here.chats.all.values()],
        "chat_terms": to_plain(here.chats.terms),
    }


def restore(
    saved: Saved,
    here: Registry,
    platform: Platform,
    start_source: Callable[[Source], None],
) -> int:
    """Fill an empty registry, then start every life in the order in which they waited: how many
    these are."""
    here.journal.resume(saved["journal"])
    here.mint.counted.update(saved.part("minted", dict[str, int]))
    held = saved.part("holds", dict[str, int])
    here.holds.update({carrier: Instant(until) for carrier, until in held.items()})
    for row in saved.rows("shops"):
        here.shops[row["id"]] = from_plain(Shop, row)
    for row in saved.rows("warehouses"):
        here.warehouses[row["id"]] = from_plain(Warehouse, row)
    waits = _Waits()
    for row in saved.rows("orders"):
        _restore_order(row, here, platform, waits)
    here.orders_open = sum(not order.is_over for order in here.orders.values())
    _restore_parcels(saved, here, platform, waits)
    for row in saved.rows("clerks"):
        clerk = waits.thaw(Clerk, row, here, platform.staff.start_clerk)
        here.clerks[clerk.order_id] = clerk
    _restore_docket(saved, here, platform, waits)
    for row in saved.rows("sources"):
        source = waits.thaw(Source, row, here, start_source)
        here.sources[source.id] = source
    here.books = from_plain(Books, saved["books"])
    for row in saved.rows("tills"):
        waits.add(row["turn"], here.cashier.take_up(row))
    here.mishaps = saved.part("mishaps", float)
    here.closures.extend(from_plain(Closure, row) for row in saved.rows("closures"))
    _restore_channels(saved, here, platform, waits)
    _restore_people(saved, here, platform, waits)
    _restore_buyers(saved, here, platform, waits)
    here.references.resume(saved.rows("references"))
    _restore_admission(saved["admission"], here, waits)
    _restore_papers(saved, here, waits)
    _restore_chats(saved, here, platform, waits)
    _restore_shippers(saved, here, platform, waits)
    saved.place = "somebody who waits"
    return waits.take_up()


class _Waits:
    """Who waited, and how to make them wait again."""

    def __init__(self) -> None:
        self._starts: list[tuple[int, Callable[[], None]]] = []

    def add(self, turn: int, start: Callable[[], None]) -> None:
        if read_as(int, turn):
            self._starts.append((turn, start))

    def thaw(
        self, kind: type[T], row: dict[str, Any], here: Registry, start: Callable[[T], None]
    ) -> T:
        plain = {name: item for name, item in row.items() if name != "turn"}
        entity = from_plain(kind, plain, inbox=Inbox(here.agenda))
        self.add(row["turn"], lambda: start(entity))
        return entity

    def take_up(self) -> int:
        """In the order of their turns: within a second, that order is part of the model."""
        for _, start in sorted(self._starts, key=lambda each: each[0]):
            start()
        return len(self._starts)


def _restore_parcels(saved: Saved, here: Registry, platform: Platform, waits: _Waits) -> None:
    for row in saved.rows("parcels"):
        parcel = waits.thaw(Parcel, row, here, platform.carriage.start_parcel)
        here.parcels[parcel.id] = parcel
        if parcel.status is not ParcelStatus.CREATED and parcel.tracking_number:
            here.by_number[parcel.tracking_number] = parcel.id
    here.by_number.update(saved.part("shared_numbers", dict[str, str]))
    for row in saved.rows("vans"):
        van = waits.thaw(Van, row, here, platform.carriage.start_van)
        here.vans[van.carrier, van.city] = van


def _restore_channels(saved: Saved, here: Registry, platform: Platform, waits: "_Waits") -> None:
    here.stock = from_plain(Stock, saved["stock"])
    here.listings = from_plain(Listings, saved["listings"])
    for row in saved.rows("consignments"):
        sent = waits.thaw(Consignment, row, here, platform.stockroom.start_consignment)
        here.consignments[sent.id] = sent
    for row in saved.rows("errands"):
        errand = waits.thaw(Errand, row, here, platform.suppliers.start_errand)
        here.errands[errand.order_id] = errand


def _restore_docket(saved: Saved, here: Registry, platform: Platform, waits: _Waits) -> None:
    for row in saved.rows("carrier_complaints"):
        start = platform.office.start_carrier_complaint
        here.docket.file_about_carrier(waits.thaw(CarrierComplaint, row, here, start))
    for row in saved.rows("buyer_complaints"):
        begin = platform.office.start_buyer_complaint
        here.docket.file_by_buyer(waits.thaw(BuyerComplaint, row, here, begin))


def _restore_people(saved: Saved, here: Registry, platform: Platform, waits: _Waits) -> None:
    for name, row in saved.part("customers", dict[str, dict[str, Any]]).items():
        here.customers[name] = from_plain(Customer, row)
    for row in saved.rows("correspondents"):
        writer = waits.thaw(Correspondent, row, here, platform.correspondence.start_correspondent)
        here.correspondents[writer.order_id] = writer


def _restore_buyers(saved: Saved, here: Registry, platform: Platform, waits: _Waits) -> None:
    for row in saved.rows("patrons"):
        patron = waits.thaw(Patron, row, here, platform.patrons.start_patron)
        here.patrons[patron.order_id] = patron
    for row in saved.rows("returns"):
        here.returns.file(waits.thaw(Return, row, here, platform.returns.start_return))


def _restore_admission(row: dict[str, Any], here: Registry, waits: _Waits) -> None:
    plain = {name: item for name, item in row.items() if name != "turn"}
    here.reminder.state = from_plain(Admission, plain)
    waits.add(row["turn"], lambda: here.reminder.set(here.reminder.state.next_at))


def _restore_papers(saved: Saved, here: Registry, waits: _Waits) -> None:
    papers = here.papers
    for row in saved.rows("invoices"):
        start = partial(paperwork.start_invoice, here)
        papers.invoices[row["parcel_id"]] = waits.thaw(Invoice, row, here, start)
    papers.keys.update(saved.part("invoice_keys", dict[str, str]))
    for row in saved.rows("bundles"):
        papers.file_bundle(from_plain(Bundle, row))
    for row in saved.rows("declarations"):
        papers.declarations[row["order_id"]] = from_plain(Declaration, row)
    for row in saved.rows("journeys"):
        papers.journeys[row["parcel_id"]] = from_plain(Journey, row)
    for row in saved.rows("confirmations"):
        papers.confirmations[row["parcel_id"]] = from_plain(Confirmation, row)


def _restore_shippers(saved: Saved, here: Registry, platform: Platform, waits: _Waits) -> None:
    for row in saved.rows("shipments"):
        here.shipments.file(from_plain(Shipment, row))
    for row in saved.rows("pickups"):
        here.pickups.file(waits.thaw(Pickup, row, here, platform.callouts.start_pickup))
    for row in saved.rows("trackers"):
        here.trackers.file(waits.thaw(Tracker, row, here, platform.following.start_tracker))


def _restore_chats(saved: Saved, here: Registry, platform: Platform, waits: _Waits) -> None:
    here.chats.terms = from_plain(ChatTerms, saved["chat_terms"])
    for row in saved.rows("chats"):
        here.chats.file(waits.thaw(Conversation, row, here, platform.chats.start_conversation))


def _restore_order(
    row: dict[str, Any],
    here: Registry,
    platform: Platform,
    waits: _Waits,
) -> None:
    plain = {name: item for name, item in row.items() if name not in ("turn", "watch")}
    order = from_plain(Order, plain, inbox=Inbox(here.agenda), watch=platform.watch(row["id"]))
    order.watch.dues.extend((Instant(at), rule) for at, rule in row["watch"]["dues"])
    here.orders[order.id] = order
    here.cancellations.put_back(order)
    waits.add(row["turn"], lambda: platform.start_order(order))
    waits.add(row["watch"]["turn"], order.watch.wait)


def _shared_numbers(here: Registry) -> dict[str, str]:
    """Numbers that several parcels bear, with the one that carriers know: what the others' order
    does not tell."""
    known = here.by_number
    return {
        parcel.tracking_number: known[parcel.tracking_number]
        for parcel in here.parcels.values()
        if parcel.tracking_number and known.get(parcel.tracking_number) not in (None, parcel.id)
    }


def _with_turn(entity: Any) -> dict[str, Any]:
    plain: dict[str, Any] = to_plain(entity, _NOT_DATA)
    return plain | {"turn": _turn(entity.inbox)}


def _turn(inbox: Inbox) -> int:
    return inbox.turn if inbox.waiting else 0


def _saved_watch(watch: Watch) -> dict[str, Any]:
    return {"turn": watch.turn, "dues": to_plain(watch.dues)}
