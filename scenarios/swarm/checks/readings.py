"""What the interfaces show, against what the facts said: every order once, and as it is."""

from typing import Any, Final

from scenarios.swarm.checks.stories import Stories, Story
from scenarios.swarm.checks.violations import Violations
from scenarios.swarm.integration.calls import Busy, Center, Refused, Unsure

Row = dict[str, Any]
_PAGE: Final = 7
"""Small, so that there are several."""
_SHUT_OUT: Final = frozenset({36009043, 36009044, 36004001, 36004005, 105001, 105002})
"""Shop or seller are deactivated, or the consent is over: nobody may look."""


async def check_readings(center: Center, stories: Stories, found: Violations) -> None:
    """Search pages and details of every shop that may be looked at."""
    for shop_id in center.ciphers:
        own = {
            each.order_id: each
            for each in stories.orders.values()
            if each.shop_id == shop_id and not each.independent
        }
        try:
            await _check_shop(center, shop_id, own, found)
        except Refused as refused:
            if refused.code not in _SHUT_OUT:
                found.add("readings", str(refused))
        except (Busy, Unsure) as problem:
            found.add("readings", f"an undisturbed look fails: {problem!r}")


async def _check_shop(
    center: Center, shop_id: str, own: dict[str, Story], found: Violations
) -> None:
    rows = await pages(center, shop_id, "/order/202309/orders/search", "orders", {}, found)
    listed = {row["id"]: row for row in rows}
    found.require(len(listed) == len(rows), "readings", f"an order is listed twice: {list(listed)}")
    missing, strange = own.keys() - listed.keys(), listed.keys() - own.keys()
    found.require(not missing, "readings", "placed, and not listed", *sorted(missing))
    found.require(not strange, "readings", "listed, and never placed", *sorted(strange))
    for order_id, row in listed.items():
        said = own[order_id].status if order_id in own else ""
        told = f"listed as {row['status']}, and the facts say {said}"
        found.require(row["status"] == said, "readings", told, order_id)
    await _check_by_status(center, shop_id, own, found)
    await _check_details(center, shop_id, listed, found)
    await _check_packages(center, shop_id, rows, found)


async def _check_by_status(
    center: Center, shop_id: str, own: dict[str, Story], found: Violations
) -> None:
    for status in sorted({each.status for each in own.values()}):
        wish = {"order_status": status}
        rows = await pages(center, shop_id, "/order/202309/orders/search", "orders", wish, found)
        said = sorted(key for key, each in own.items() if each.status == status)
        got = sorted(row["id"] for row in rows)
        told = f"a search for {status} finds {got}, not {said}"
        found.require(got == said, "readings", told)


async def _check_details(
    center: Center, shop_id: str, listed: dict[str, Row], found: Violations
) -> None:
    ids = sorted(listed)
    for start in range(0, len(ids), 50):
        some = ids[start : start + 50]
        told = await center.call("GET", "/order/202309/orders", shop=shop_id, ids=",".join(some))
        for row in told.get("orders", ()):
            same = row == listed[row["id"]]
            found.require(same, "readings", "detail and list differ", row["id"])
        got = [row["id"] for row in told.get("orders", ())]
        found.require(sorted(got) == some, "readings", f"details of {some} are {got}")


async def _check_packages(
    center: Center, shop_id: str, orders: list[Row], found: Violations
) -> None:
    path = "/fulfillment/202309/packages/search"
    rows = await pages(center, shop_id, path, "packages", {}, found)
    listed = [row["id"] for row in rows]
    found.require(len(set(listed)) == len(listed), "readings", "a package is listed twice")
    shown = {each["id"] for order in orders for each in order.get("packages", ())}
    missing = shown - set(listed)
    found.require(not missing, "readings", f"packages of orders, and not listed: {sorted(missing)}")


async def pages(
    center: Center, shop_id: str, path: str, key: str, body: Row, found: Violations
) -> list[Row]:
    """Every row of a search; its total has to be their number."""
    rows: list[Row] = []
    token = ""
    while True:
        query = {"page_size": _PAGE} | ({"page_token": token} if token else {})
        page = await center.call("POST", path, body, shop=shop_id, **query)
        rows += page.get(key, ())
        token = page.get("next_page_token", "")
        if not token:
            told = f"{path} {body} has {len(rows)} rows, and says {page['total_count']}"
            found.require(page["total_count"] == len(rows), "readings", told)
            return rows
