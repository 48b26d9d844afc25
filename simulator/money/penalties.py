"""What the seller's failures cost the shop: points, money, and restrictions at the milestones."""

from simulator.clock import later
from simulator.facts import PenaltyCharged, PenaltyLifted, ShopRestricted
from simulator.market.penalties import PenaltyScheme, Rate
from simulator.money.accounts import Account, Charge, Day
from simulator.money.books import Setting
from simulator.money.ledger import Entry, Kind
from simulator.orders.model import Order, Party


def count_order(here: Setting, order: Order) -> None:
    """One more order of which a rate is a share."""
    scheme = here.market.penalties
    if scheme and scheme.rates:
        _days(here, here.books.open_account(order.shop_id), scheme)[-1].orders += 1


def seller_failed(here: Setting, order: Order, what: str) -> None:
    """The seller is liable for a breach of the rule *what*, or for a cancellation (CANCELLED)."""
    scheme = here.market.penalties
    if scheme is None:
        return
    for each in scheme.breaches:
        if each.rule == what:
            _charge(here, scheme, order, each.rule, each.points, each.amount_minor)
    for rate in scheme.rates:
        if rate.counts == what:
            _rate(here, scheme, order, rate)


def forgive(here: Setting, order: Order, rule: str) -> None:
    """The order's breach of *rule* was waived (C1): what it still counts for is lifted. A
    restriction that is in force for good stays, and so does money that was paid."""
    points = here.books.account(order.shop_id).lift(rule, order.id, here.now)
    if points:
        here.record(PenaltyLifted(order.id, order.shop_id, rule, points))


def _rate(here: Setting, scheme: PenaltyScheme, order: Order, rate: Rate) -> None:
    """The platform looks at the share whenever it has risen (inferred: the real one looks once a
    week)."""
    account = here.books.open_account(order.shop_id)
    days = _days(here, account, scheme)
    today = days[-1]
    today.failures[rate.counts] = today.failures.get(rate.counts, 0) + 1
    window = [day for day in days if day.ordinal > today.ordinal - rate.window_days]
    orders = sum(day.orders for day in window)
    failures = sum(day.failures.get(rate.counts, 0) for day in window)
    charged_on = account.rated.get(rate.name, 0)
    if charged_on > today.ordinal - rate.window_days:
        return
    if failures * 100 >= rate.from_percent * orders:
        account.rated[rate.name] = today.ordinal
        points = rate.points_if_many if orders >= rate.many else rate.points
        _charge(here, scheme, order, rate.name, points)


def _days(here: Setting, account: Account, scheme: PenaltyScheme) -> list[Day]:
    """The days that any rate looks at, today's last."""
    longest = max(rate.window_days for rate in scheme.rates)
    return account.until_today(here.market.calendar.local(here.now).toordinal(), longest)


def _charge(
    here: Setting,
    scheme: PenaltyScheme,
    order: Order,
    rule: str,
    points: int,
    amount_minor: int = 0,
) -> None:
    account = here.books.open_account(order.shop_id)
    before = account.points(here.now)
    clears_at = later(here.now, scheme.clear_after)
    account.charge(Charge(rule, order.id, points, here.now, clears_at))
    here.record(PenaltyCharged(order.id, order.shop_id, rule, points, amount_minor, clears_at))
    if amount_minor:
        here.books.enter(
            order.id,
            Entry(Kind.PENALTY, Party.SELLER, Party.PLATFORM, amount_minor, rule, here.now),
        )
        here.cashier.note(order.id)
    for milestone in scheme.milestones:
        if before < milestone.points <= before + points:
            here.record(ShopRestricted(order.shop_id, before + points, milestone.sanction))
            if milestone.for_good and not account.closed_at:
                account.closed_at = here.now
