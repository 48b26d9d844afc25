"""How sellers and the platform deal with one another in a market: one table of settings.

What the platform's documents say of single countries (tiktok-shop facts, sections 5 to 8) is here a
field; code asks the field, and never which market it is.
"""

from dataclasses import dataclass

from simulator.words import Word


class Drafts(Word):
    """From when on an order has packages."""

    PAYMENT = "payment"
    """The platform drafts them when the order is paid."""
    SHIPPING = "shipping"
    """Each ship call makes one (US)."""


class Masking(Word):
    """What hides the buyer's name, phone and address."""

    MODE = "mode"
    """They are redacted where the platform's label has them all (platform shipping)."""
    STATUS = "status"
    """They are open while there is work to do, in either mode (US)."""


class Names(Word):
    """How a buyer's name is told apart into a first and a last one."""

    GIVEN_FIRST = "given_first"
    FAMILY_FIRST = "family_first"
    """With the reading of both beside it (JP)."""
    WHOLE = "whole"
    """It is not: the first name is the whole of it (BR, MX)."""


@dataclass(frozen=True, slots=True)
class Ways:
    """One market's habits. Durations are in seconds; ``None``: without limit."""

    reasons: str
    """Which of the platform's lists of reasons: US, UK, EU, JP, MX, BR, ID, MY, PH, SG, TH, VN."""

    # Shipping (6.1).
    drafts: Drafts = Drafts.PAYMENT
    creates_packages: bool = False
    """Platform shipping goes by Create Packages, which buys the label; else by Ship Package."""
    marks_shipped: bool = True
    """Seller shipping goes by Mark Package As Shipped."""
    ships_own: bool = True
    """Seller shipping goes by Ship Package with the seller's own shipment."""
    warns_of_mismatch: bool = False
    """A number of another carrier's label is taken with a warning; else it is refused."""
    ignores_handover: bool = False
    """What the ship call says of the handover: the warehouse's own setting decides."""
    has_van_collection: bool = False
    own_fleet: bool = False
    """Sellers may deliver themselves, and tell the platform (SOF)."""
    own_tracking: bool = False
    """Sellers who deliver themselves push their own tracking (202609)."""
    invoice_first: bool = False
    """Nothing ships without an invoice (NF-e)."""
    customs_first: bool = False
    """Nor what crosses a border before customs know of it; else they ask, and nothing waits."""
    prints_zpl: bool = False
    labels_take: int = 0
    """So long after the ship call the carrier still makes the label (no source says how long)."""

    # Packages (6.6).
    splits_before_shipping: bool = True
    splits_while_shipping: bool = True
    """Shipping some of the line items leaves the order PARTIALLY_SHIPPING."""
    splits_whole_skus: bool = False
    """A split leaves all units of one SKU in one parcel."""
    combines: bool = True
    bundles_first_mile: bool = False

    # Changes (6.5, 7, 8).
    update_shipping_within: int | None = None
    """From the ship call on, how long a number and its carrier may be corrected, once."""
    shipping_rejects_cancellation: bool = False
    """Shipping answers the buyer's open wish to cancel with no; else the wish blocks shipping."""
    cancels_items: bool = False
    """Single line items may be cancelled, out of stock."""
    seller_cancels_ready: bool = False
    """Sellers may cancel what awaits its collection."""
    remorse_while_awaiting: bool = True
    """Where orders are not put on hold, the buyer's remorse hour runs while they await shipment,
    and whoever cancels within it does so at once. That the hour is there is in the order overview;
    that nobody is asked in it is inferred from ON_HOLD, and so is that shipping ends it."""
    buyer_cancels_ready: bool = False
    """So may buyers, at once."""
    seller_starts_returns: bool = False
    """Sellers may begin a return for their buyer; refunds they may begin anywhere."""

    # What is shown and told (5, 10).
    tells_own_cancellations: bool = True
    """The platform pushes the cancellations of its own, too (type 11, role SYSTEM): whether it does
    is open (section 16)."""
    # What is shown (5, 14.1).
    scores_shops: bool = False
    """Shops have a Shop Performance Score."""
    masking: Masking = Masking.MODE
    names: Names = Names.GIVEN_FIRST
    ranks_shipping: bool = False
    """Orders say when their pickup is late, by when to ship them at best, and how urgent they are
    (SEA)."""
    has_templates: bool = False
    """Get Available Shipping Template knows this market (the newer client: JP and UK)."""
