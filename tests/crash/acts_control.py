"""What is done to sandboxes by the control API, each with its witness."""

import asyncio

from tests.crash.boxes import Box, Refused, Witness

SPANS = ("5m", "1h", "5h", "1d", "3d", "12d")
MARKETS = ("standard", "us", "eu")
MOST_ORDERS = 120
"""Of one sandbox: it goes then, so that a run stays quick."""
LARGE = 7
CALM = 0.5
"""The share of sandboxes whose webhooks may not come twice, but around a kill."""


async def open_box(load):
    wish = {"seed": load.draw.randrange(1_000), "rate_limit": 0, "quiet_ms": 0}
    wish |= {"webhooks": load.draw.choice(("drain", "free")), "market": load.draw.choice(MARKETS)}
    told = await load.caller.control("open", "POST", None, body=wish)
    box = Box(told, mark=f"m{load.next_number()}", is_calm=load.draw.random() < CALM)
    witness_of_being(box)
    load.boxes[box.id] = box


def witness_of_being(box):
    app_key, token = box.told["app_key"], box.told["access_token"]

    async def check(caller):
        found = await caller.control("look", "GET", box)
        if (found["app_key"], found["access_token"]) != (app_key, token):
            return f"{box.id} has other credentials"
        await caller.seller("look in", "GET", box, "/event/202309/webhooks")
        return ""

    box.witnesses["being"] = Witness("sandbox is there", check)


async def place(load, box):
    count = load.draw.choice((1, 1, 3, LARGE))
    customer = f"customer {load.next_number()}"
    load.counts[customer] = count
    wish = {"count": count, "customer": customer}
    if load.draw.random() < 0.3:
        wish |= {"behaviour": load.draw.choice(("prompt", "slow"))}
    async with box.about(customer) as said:
        placed = await load.caller.control("place", "POST", box, "/orders", wish)
        orders = placed["orders"]
        box.bulks[customer] = count
        box.orders += orders

        async def check(caller):
            found = await caller.seller(
                "orders", "GET", box, "/order/202507/orders", ids=",".join(orders)
            )
            missing = set(orders) - {each["id"] for each in found.get("orders") or ()}
            return f"orders {missing} are gone" if missing else ""

        said.witness("order", check)


async def demand(load, box):
    wish = {"kind": "steady", "per_hour": 3, "count": 5, "behaviour": "prompt"}
    number = load.next_number()
    async with box.about(f"demand {number}") as said:
        source = (await load.caller.control("demand", "POST", box, "/demand", wish))["id"]

        async def check(caller):
            found = await caller.control("sources", "GET", box, "/demand")
            there = [each["id"] for each in found["sources"]]
            return "" if source in there else f"source {source} is gone"

        said.witness("source of demand", check)


async def advance(load, box):
    async with box.about("now") as said:
        by = load.draw.choice(SPANS)
        told = await load.caller.control("advance", "POST", box, "/clock/advance", {"by": by})
        now, facts = told["now"], told["facts"]

        async def check(caller):
            found = await caller.control("clock", "GET", box, "/clock")
            behind = now - found["now"]
            return f"its clock is {behind} s before what was acknowledged" if behind > 0 else ""

        said.witness("clock", check)
        load.facts += facts


async def doors(load, box):
    async with box.about("doors") as said:
        cap = load.draw.randrange(100_000, 999_999)
        await load.caller.control("doors", "PATCH", box, "/access", {"hourly_cap": cap})

        async def check(caller):
            found = await caller.control("access", "GET", box, "/access")
            return "" if found["hourly_cap"] == cap else f"its cap is {found['hourly_cap']}"

        said.witness("doors", check)


async def fault(load, box):
    what = load.draw.choice(("webhook_doubled", "webhook_delayed"))
    wish = {"what": what, "probability": 0.2} | ({"by": "2h"} if what == "webhook_delayed" else {})
    async with box.about(f"fault {load.next_number()}") as said:
        box.dups_ok = True
        number = (await load.caller.control("fault", "POST", box, "/faults", wish))["id"]

        async def check(caller):
            found = await caller.control("faults", "GET", box, "/faults")
            there = [each["id"] for each in found["faults"]]
            return "" if number in there else f"fault {number} is gone"

        said.witness("fault", check)


# What replaces a world, or makes another sandbox.


async def reset(load, box):
    async with box.alone("reset"):
        box.dups_ok = True
        await load.caller.control("reset", "POST", box, "/reset")
        box.forget()
        witness_of_being(box)

        async def check(caller):
            found = await caller.control("journal", "GET", box, "/journal")
            early = [each for each in found["facts"] if each["at"] < box.told["start"]]
            return f"facts from before its start: {early}" if early else ""

        async with box.about("reset") as said:
            said.witness("reset", check)


async def delete(load, box):
    async with box.alone("delete"):
        await load.caller.control("delete", "DELETE", box)
        gone(load, box)


def gone(load, box):
    box.is_gone = True
    load.boxes.pop(box.id, None)
    load.gone.append(box)


async def back_and_forth(load, box):
    """Remembers how it stands, goes on, goes back."""
    async with box.alone("restore"):
        box.dups_ok = True
        marked = await load.caller.control("snapshot", "POST", box, "/snapshot")
        stood = dict(box.witnesses)
        before = list(box.orders), dict(box.bulks)
        await load.caller.control("place", "POST", box, "/orders", {"count": 2})
        await load.caller.control("advance", "POST", box, "/clock/advance", {"by": "2h"})
        told = await load.caller.control("restore", "POST", box, "/restore")
        if (told["digest"], told["now"]) != (marked["digest"], marked["now"]):
            load.violations.append(f"{box.id}: restored to something else than the snapshot")
        if box.is_trusted:
            box.orders, box.bulks = before
            box.witnesses = stood


async def branch(load, box):
    box.dups_ok = True
    told = await load.caller.control("fork", "POST", box, "/fork")
    other = Box(told, mark=box.mark, dups_ok=True)
    witness_of_being(other)
    load.boxes[other.id] = other


async def carry(load, box):
    """Down as a file, and up as another sandbox."""
    content = await load.caller.control("download", "GET", box, "/file")
    box.dups_ok = True
    path = "/_seatrial/sandboxes/file?credentials=new"
    told = await load.caller.call("upload", "POST", path, data=content)
    other = Box(told, mark=box.mark, dups_ok=True)
    witness_of_being(other)
    load.boxes[other.id] = other


async def recklessly(load, box):
    """The same while others call: nobody knows what becomes of their calls, but no file is torn."""
    box.is_trusted, box.dups_ok = False, True
    box.forget()
    what = load.draw.choice(("delete", "reset", "restore", "restore"))
    if what == "delete":
        await load.caller.control("delete", "DELETE", box)
        await asyncio.sleep(0.02)
        gone(load, box)
        return
    try:
        if what == "restore":
            await load.caller.control("snapshot", "POST", box, "/snapshot")
            await asyncio.sleep(load.draw.random() / 50)
        await load.caller.control(what, "POST", box, f"/{what}")
    except Refused:
        return


# A sandbox never stays long.


def is_full(box):
    return len(box.orders) > MOST_ORDERS
