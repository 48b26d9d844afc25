"""Papers without which nothing ships: invoices (NF-e), and what customs have to know.

The checks, and what follows; a refusal is a DomainError and changes nothing. Markets differ in
``ways.invoice_first`` and ``ways.customs_first``: elsewhere nobody asks.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from simulator.catalog import BY_ID
from simulator.channels.model import Channel
from simulator.clock import MINUTE, later
from simulator.errors import (
    BadPaper,
    InvoiceStands,
    NotDeclared,
    NotFound,
    NotInThisMarket,
    NotInvoiced,
    WrongStatus,
)
from simulator.facts import CustomsDeclared, InvoiceMoved
from simulator.orders.model import Order, Status
from simulator.papers.life import invoice_life
from simulator.papers.model import (
    OPEN,
    CustomsLine,
    Declaration,
    Flaw,
    Invoice,
    InvoiceFile,
    InvoiceStatus,
)
from simulator.parcels.model import Parcel
from simulator.registry import Registry
from simulator.waiting import Inbox

LOOKED_AT_WITHIN: Final = (MINUTE, 10 * MINUTE)
"""So long an invoice is looked at (inferred: the platform says PROCESSING, and not how long)."""

KEY_LENGTH: Final = 44
_WHOLE: Final = 100


# What shipping asks.


def require_invoiced(here: Registry, parcel: Parcel) -> None:
    """The parcel has a good invoice, where nothing ships before."""
    if here.market.ways.invoice_first:
        invoice = invoice_of(here, parcel)
        if invoice is None or invoice.status is not InvoiceStatus.SUCCESS:
            raise NotInvoiced(parcel.id, invoice.status if invoice else "")


def require_declared(here: Registry, orders: Iterable[Order]) -> None:
    """Customs know what they want to know of the orders, where nothing ships before."""
    for order in orders if here.market.ways.customs_first else ():
        if needs_declaration(here, order) and not is_declared(here, order):
            raise NotDeclared(order.id)


def supply(here: Registry, order: Order) -> None:
    """A simulated seller has every paper ready, and the right one."""
    ways = here.market.ways
    for parcel in here.parcels_of(order) if ways.invoice_first else ():
        invoice = invoice_of(here, parcel)
        if not parcel.ready_at and (invoice is None or invoice.status not in OPEN):
            paper = InvoiceFile(_own_key(here, parcel), is_authorized=True)
            _settle(here, _filed(here, parcel, paper), None)
    if ways.customs_first and needs_declaration(here, order) and not is_declared(here, order):
        right = {item.id: [CustomsLine(item.sku_id, 1, _WHOLE)] for item in order.items}
        declare(here, order, right)


# Invoices.


def invoice_of(here: Registry, parcel: Parcel) -> Invoice | None:
    """The parcel's, unless goods have come into the parcel since."""
    found = here.papers.invoices.get(parcel.id)
    covers = found is not None and set(parcel.order_ids) <= set(found.order_ids)
    return found if covers else None


def needs_invoice(here: Registry, order: Order) -> bool:
    """Something of it waits for its seller and for an invoice."""
    if not (here.market.ways.invoice_first and order.paid_at) or order.is_over:
        return False
    for parcel in here.parcels_of(order):
        invoice = invoice_of(here, parcel)
        if not parcel.ready_at and (invoice is None or invoice.status not in OPEN):
            return True
    return False


def upload(here: Registry, parcel: Parcel, order_ids: Sequence[str], paper: InvoiceFile) -> Invoice:
    """An invoice for *parcel*, which is of these orders: it is looked at for a while."""
    if not here.market.ways.invoice_first:
        raise NotInThisMarket("invoices", here.market.name)
    if set(order_ids) != set(parcel.order_ids):
        raise BadPaper(parcel.id, "the orders are not those of the package")
    if parcel.ready_at or parcel.is_called_off:
        raise WrongStatus(parcel.id, parcel.status, "a parcel that nobody has shipped yet")
    standing = invoice_of(here, parcel)
    if standing and standing.status in OPEN:
        raise InvoiceStands(parcel.id)
    invoice = _filed(here, parcel, paper)
    takes = here.streams.between("invoice", f"{parcel.luck} {here.now}", LOOKED_AT_WITHIN)
    invoice.due_at = later(here.now, takes)
    _tell(here, invoice)
    return invoice


def start_invoice(here: Registry, invoice: Invoice) -> None:
    here.env.process(invoice_life(Reading(here), invoice))


class Reading:
    """The setting of every invoice's life in one world."""

    def __init__(self, here: Registry) -> None:
        self._here = here

    def invoice_read(self, invoice: Invoice) -> None:
        """Good, or not: by its key, its protocol, and what became of its parcel meanwhile."""
        here = self._here
        parcel = here.parcels.get(invoice.parcel_id)
        if parcel is None or parcel.is_called_off:
            invoice.status = InvoiceStatus.FAILED
            _tell(here, invoice)
            return
        _settle(here, invoice, _flaw(here, invoice))


def _filed(here: Registry, parcel: Parcel, paper: InvoiceFile) -> Invoice:
    invoice = Invoice(
        parcel_id=parcel.id,
        order_id=parcel.order_id,
        order_ids=parcel.order_ids,
        file=paper,
        uploaded_at=here.now,
        inbox=Inbox(here.agenda),
    )
    here.papers.invoices[parcel.id] = invoice
    return invoice


def _settle(here: Registry, invoice: Invoice, flaw: Flaw | None) -> None:
    invoice.status = InvoiceStatus.INVALID if flaw else InvoiceStatus.SUCCESS
    invoice.flaw = flaw
    if not flaw:
        here.papers.keys[invoice.file.access_key] = invoice.parcel_id
    _tell(here, invoice)


def _tell(here: Registry, invoice: Invoice) -> None:
    here.record(
        InvoiceMoved(invoice.order_id, invoice.parcel_id, invoice.status, invoice.flaw or "")
    )


def _flaw(here: Registry, invoice: Invoice) -> Flaw | None:
    key = invoice.file.access_key
    if not is_access_key(key):
        return Flaw.FAILED
    if here.papers.keys.get(key, invoice.parcel_id) != invoice.parcel_id:
        return Flaw.ACCESS_KEY_DUPLICATE
    if key[2:6] > datetime.fromtimestamp(here.now, UTC).strftime("%y%m"):
        # Digits three to six are the month of its issue: of one to come, nobody knows (ours).
        return Flaw.NOT_FOUND
    return None if invoice.file.is_authorized else Flaw.NOT_AUTHORIZED


def is_access_key(key: str) -> bool:
    """44 digits, of which the last checks the others (modulo 11, weights 2 to 9 from the right)."""
    return len(key) == KEY_LENGTH and key.isascii() and key.isdigit() and key[-1] == _check(key)


def access_key(digits: str) -> str:
    """43 digits with the one that checks them."""
    assert len(digits) == KEY_LENGTH - 1, digits
    return digits + _check(digits + "0")


def _check(key: str) -> str:
    weighed = sum(int(digit) * (2 + nth % 8) for nth, digit in enumerate(reversed(key[:-1])))
    rest = weighed % 11
    return "0" if rest < 2 else str(11 - rest)  # noqa: PLR2004 - the rule of the key


def _own_key(here: Registry, parcel: Parcel) -> str:
    """State, month, taxpayer, model 55, series, number: as the key's form has it."""
    month = datetime.fromtimestamp(here.now, UTC).strftime("%y%m")
    return access_key(f"35{month}12345678000195" + "55001" + parcel.id[-18:])


# Customs.


def needs_declaration(here: Registry, order: Order) -> bool:
    """A small parcel that goes straight across a border (X1)."""
    warehouse = here.warehouses.get(order.warehouse_id)
    crosses = warehouse is not None and warehouse.address.region != order.address.region
    return crosses and order.channel is Channel.DIRECT


def is_declared(here: Registry, order: Order) -> bool:
    """Every line item is."""
    declared = here.papers.declarations.get(order.id)
    return declared is not None and all(item.id in declared.lines for item in order.items)


def declare(here: Registry, order: Order, lines: Mapping[str, Sequence[CustomsLine]]) -> None:
    """What is in these line items; what was said of them before is forgotten."""
    require_declarable(here, order, lines)
    told = here.papers.declarations.setdefault(order.id, Declaration(order.id))
    told.lines |= {item_id: list(inside) for item_id, inside in lines.items()}
    here.record(CustomsDeclared(order.id, tuple(lines)))


def require_declarable(
    here: Registry, order: Order, lines: Mapping[str, Sequence[CustomsLine]]
) -> None:
    """Somebody asks for it, it fits, and the goods have not left."""
    if not needs_declaration(here, order):
        raise BadPaper(order.id, "customs ask nothing about this order")
    order.require(Status.ON_HOLD, Status.AWAITING_SHIPMENT, Status.AWAITING_COLLECTION)
    known = {item.id for item in order.items}
    if not lines:
        raise BadPaper(order.id, "no line item is declared")
    for item_id, inside in lines.items():
        if item_id not in known:
            raise NotFound("line item", item_id)
        _require_sound(item_id, inside)


def _require_sound(item_id: str, inside: Sequence[CustomsLine]) -> None:
    if sum(line.percent for line in inside) != _WHOLE:
        raise BadPaper(item_id, "the shares of the price are not 100 % together")
    for line in inside:
        if line.sku_id not in BY_ID:
            raise NotFound("SKU", line.sku_id)
        if line.quantity < 1 or line.percent < 0:
            raise BadPaper(item_id, "a quantity or a share is too small")
