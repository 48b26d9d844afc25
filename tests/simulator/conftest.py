"""What the simulator's tests share: a world, what it has told, and short ways to say things."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from simulator import Purchase, World, WorldConfig, market_named
from simulator.buyers.temperaments import TEMPERAMENTS, WHEN, Habit, News
from simulator.carriers.catalogue import CARRIERS
from simulator.carriers.model import EVERY_DAY
from simulator.clock import DAY, HOUR, later
from simulator.facts import Fact, OrderMoved
from simulator.sellers.behaviours import BEHAVIOURS, Behaviour


class Told:
    """Every fact of one world, with its second, from the moment of listening on."""

    def __init__(self, world: World) -> None:
        self.facts: list[tuple[int, Fact]] = []
        world.journal.subscribe(lambda _seq, at, fact: self.facts.append((at, fact)))

    def of(self, kind: type[Fact]) -> list[Fact]:
        return [fact for _, fact in self.facts if isinstance(fact, kind)]

    def times(self, kind: type[Fact]) -> list[int]:
        return [at for at, fact in self.facts if isinstance(fact, kind)]

    def statuses(self) -> list[str]:
        """The statuses that orders moved to; of use where there is one order."""
        return [fact.status for fact in self.of(OrderMoved)]

    def kinds(self) -> list[str]:
        return [fact.kind for _, fact in self.facts]


@pytest.fixture
def market():
    """The market of the test's world; a parameter of this name takes another."""
    return "standard"


@pytest.fixture
def carriers():
    """What the carriers of the test's world do otherwise; a parameter of this name says it."""
    return {}


@pytest.fixture
def world(market, carriers):
    return World(WorldConfig(market=market_named(market), carriers=carriers))


@pytest.fixture
def told(world):
    return Told(world)


@pytest.fixture
def wait(world):
    """Let so many seconds pass."""
    return lambda seconds: world.advance(later(world.now, seconds))


@pytest.fixture
def place(world):
    """A checkout with the purchase's fields by name; the order."""
    return lambda **wishes: world.buyers.place_order(Purchase(**wishes))


@pytest.fixture
def released(place, wait):
    """A checkout whose remorse hour is over: the order awaits its shipment."""

    def placed_and_released(**wishes):
        order = place(**wishes)
        wait(HOUR)
        return order

    return placed_and_released


@pytest.fixture
def small_van(monkeypatch):
    """The designated carrier's van in Shenzhen holds two parcels."""
    cities = CARRIERS["jt"].cities
    monkeypatch.setitem(cities, "Shenzhen", replace(cities["Shenzhen"], capacity=2))


@pytest.fixture(scope="class")
def everything_on_the_hour() -> Iterator[None]:
    """Legs, clerks and vans all move at full hours, and vans are small: what can collide in one
    second, does."""
    with pytest.MonkeyPatch.context() as patch:
        for code, carrier in CARRIERS.items():
            punctual = replace(
                carrier,
                cities={
                    city: replace(service, capacity=2) for city, service in carrier.cities.items()
                },
                elsewhere=carrier.elsewhere and replace(carrier.elsewhere, capacity=2),
                drop_off_span=(12 * HOUR, 12 * HOUR),
                routes={
                    region: tuple(
                        replace(leg, span=(4 * HOUR, 4 * HOUR), hours=EVERY_DAY) for leg in route
                    )
                    for region, route in carrier.routes.items()
                },
                first_scan_lag=(12 * HOUR, 12 * HOUR) if any(carrier.first_scan_lag) else (0, 0),
            )
            patch.setitem(CARRIERS, code, punctual)
        at_once, at_the_last_second = (0, 0), (71 * HOUR, 71 * HOUR)
        patch.setitem(BEHAVIOURS, "prompt", Behaviour("prompt", at_once, at_once))
        patch.setitem(
            BEHAVIOURS, "slow", Behaviour("slow", at_the_last_second, (46 * HOUR, 46 * HOUR))
        )
        yield


@pytest.fixture(scope="class")
def buyers_on_the_hour() -> Iterator[None]:
    """Buyers do much of what they can, each thing some full hours after its occasion."""
    chances = {News.PLACED: 0.05, News.PAID: 0.1, News.DELIVERED: 1 / 7}
    habits = tuple(
        Habit(deed, chances.get(news, 0.5), (nth % 3 * HOUR, nth % 3 * HOUR))
        for nth, (deed, news) in enumerate(WHEN.items())
    )
    with pytest.MonkeyPatch.context() as patch:
        for name, temperament in TEMPERAMENTS.items():
            # They wonder a second after it has been still for so long.
            punctual = replace(
                temperament, habits=habits, still_max=DAY - 1, looks_again=(DAY, DAY)
            )
            patch.setitem(TEMPERAMENTS, name, punctual)
        yield


@pytest.fixture(scope="class")
def everything_takes_long() -> Iterator[None]:
    """Every leg takes one to eight days: some parcels come in time, others do not."""
    with pytest.MonkeyPatch.context() as patch:
        for code, carrier in CARRIERS.items():
            routes = {
                region: tuple(replace(leg, span=(DAY, 8 * DAY), hours=EVERY_DAY) for leg in route)
                for region, route in carrier.routes.items()
            }
            patch.setitem(CARRIERS, code, replace(carrier, routes=routes))
        yield
