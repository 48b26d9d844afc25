"""The four commercial expresses, as data. Numbers without a source beside them are ours."""

from dataclasses import replace
from itertools import pairwise
from typing import Final

from simulator.carriers.lines import ATTEMPT_FAILS
from simulator.carriers.model import CHINA, Carrier, CityService, Kind, MishapRates, Service
from simulator.carriers.routes import COUNTRIES, Country, Origin, Spans, network_route
from simulator.carriers.tariffs import Bracket, Tariff
from simulator.clock import HOUR
from simulator.working_hours import WorkingHours

# §8.4: express lost .02 %, damaged .1 %, customs hold 2 %, delayed 6 %.
_MISHAPS: Final = MishapRates(
    lost=0.0002,
    damaged=0.001,
    customs_hold=0.02,
    delayed=0.06,
    attempt_fails=ATTEMPT_FAILS,
    returned_after_attempts=0.003,
    missed_pickup=0.015,
)

# §8.5: cut-offs in Shenzhen 16:00 to 18:00, booked at least an hour before; half of Saturday, no
# Sunday.
_WEEK: Final = WorkingHours(weekdays=(0, 1, 2, 3, 4, 5), half_days=(5,), holidays="CN")
_VAN: Final = CityService(rounds=(10, 14, 17), capacity=400, cut_off=HOUR, days=_WEEK)

# §8.4: 2 to 8 h from the pickup to the first scan in a hub. Couriers scan at the door before that.
_SPANS: Final = Spans(
    intake=(2, 8),
    export=(16, 40),
    flight=(20, 40),
    customs=(6, 20),
    inland=(6, 20),
    loading=(0, 2),
    round=(1, 6),
)

# Trackers that the carriers tell themselves: AfterShip, EasyPost 1 to 6 h (§8.4).
_SYNC_LAG: Final = (HOUR, 6 * HOUR)

# §8.2: steps of half a kilogram up to 20.5 kg, then of one.
_STEP_G: Final = 500
_LAST_HALF_G: Final = 20_500

# njxinyi.com, a DHL-Sinotrans list in CNY, undated, goods: 0.5 kg 262, 1 kg 344, 2 kg 508, 5 kg 985
# in zone 5; 267, 355, 531, 1054 in zone 6; 344, 434, 614, 1184 in zone 7. Which country is in which
# zone is ours.
_ZONE_5: Final = ((500, 262_000), (1_000, 344_000), (2_000, 508_000), (5_000, 985_000))
_ZONE_6: Final = ((500, 267_000), (1_000, 355_000), (2_000, 531_000), (5_000, 1_054_000))
_ZONE_7: Final = ((500, 344_000), (1_000, 434_000), (2_000, 614_000), (5_000, 1_184_000))
_ZONE: Final = {"US": _ZONE_5, "GB": _ZONE_6, "*": _ZONE_7}

# §8.3: agents sell 35 to 60 % below the list. Sellers of some size buy from them; 45 is ours.
_DISCOUNT: Final = 45.0

Points = tuple[tuple[int, int], ...]


def _brackets(points: Points) -> tuple[Bracket, ...]:
    """First weight and steps through the list's weights; the last step's price goes on."""
    lines: list[Bracket] = []
    for (light, cheap), (heavy, dear) in pairwise(points):
        per_kg = round((dear - cheap) * 1000 / (heavy - light))
        fee = dear - round(per_kg * heavy / 1000)
        above = light if lines else 0
        lines.append(Bracket(above, fee, per_kg, _STEP_G))
    last = lines[-1]
    by_the_kilo = Bracket(_LAST_HALF_G, last.fee_milli, last.per_kg_milli, 1_000)
    return (*lines, by_the_kilo)


def _tariff(points: Points, fuel_percent: float) -> Tariff:
    return Tariff(
        brackets=_brackets(points),
        max_weight_g=70_000,
        max_side_mm=1_200,
        max_sum_mm=3_000,
        divisor=5_000,  # §8.2, goglobal.dhl-usa.com
        discount_percent=_DISCOUNT,
        fuel_percent=fuel_percent,
        remote_per_kg_milli=3_600,  # hxlog.net: 3.6 a kilogram with fuel, at least 180
        remote_least_milli=180_000,
    )


# No source gives the percentage of one day: carriers set it anew every week or month.
_FUEL: Final = {"dhl": 25.0, "ups": 24.0, "fedex": 24.0, "tnt": 22.0}

# goodhopefreight.com: FedEx IP is about RMB 38/kg at 26 kg, bought from an agent: its list goes
# through that price, the discount taken back.
_FEDEX_26_KG: Final = (26_000, round(26 * 38_000 / (1 - _DISCOUNT / 100)))


def _tariffs(code: str) -> dict[str, Tariff]:
    beyond = (_FEDEX_26_KG,) if code == "fedex" else ()
    return {zone: _tariff((*points, *beyond), _FUEL[code]) for zone, points in _ZONE.items()}


def _express(
    code: str, name: str, services: tuple[Service, ...], origin: Origin, gateways: dict[str, str]
) -> Carrier:
    return Carrier(
        code=code,
        name=name,
        kind=Kind.EXPRESS,
        services=services,
        cities={},
        elsewhere=_VAN,
        depot=f"{name} Shenzhen",
        depot_timezone=CHINA,
        drop_off_span=(2 * HOUR, 8 * HOUR),
        routes={
            country.code: network_route(origin, _SPANS, _through(country, gateways))
            for country in COUNTRIES
        },
        tariffs=_tariffs(code),
        mishaps=_MISHAPS,
        sync_lag=_SYNC_LAG,
    )


def _through(country: Country, gateways: dict[str, str]) -> Country:
    return replace(country, gateway=gateways.get(country.code, country.gateway))


# §8.3: transit in working days, and product codes.
DHL: Final = _express(
    "dhl",
    "DHL Express",
    (Service("worldwide", "Express Worldwide", "P", (3, 5)),),
    Origin("Shenzhen Gateway", "Hong Kong Hub"),
    {"GB": "East Midlands Airport", "US": "Cincinnati Hub"},
)
UPS: Final = _express(
    "ups",
    "UPS",
    (
        Service("saver", "Worldwide Express Saver", "65", (3, 5)),
        # §8.3: Expedited costs about 15 % less.
        Service("expedited", "Worldwide Expedited", "08", (5, 7), pace=1.6, price=0.85),
    ),
    Origin("Shenzhen Gateway", "Shenzhen Asia Pacific Hub"),
    {"GB": "East Midlands Airport", "US": "Louisville Worldport"},
)
FEDEX: Final = _express(
    "fedex",
    "FedEx",
    (
        Service("priority", "International Priority", "INTERNATIONAL_PRIORITY", (3, 5)),
        Service(
            "economy",
            "International Economy",
            "INTERNATIONAL_ECONOMY",
            (4, 7),
            pace=1.3,
            price=0.88,
        ),
    ),
    Origin("Shenzhen Gateway", "Guangzhou Asia Pacific Hub"),
    {"GB": "London Stansted", "US": "Memphis World Hub"},
)
TNT: Final = _express(
    "tnt",
    "TNT",
    (
        Service("express", "Express", "15N", (4, 6), pace=1.3),
        Service("economy", "Economy Express", "48N", (6, 10), pace=2.0, price=0.8),
    ),
    Origin("Shenzhen Gateway", "Hong Kong Hub"),
    {"GB": "London Stansted"},
)

EXPRESSES: Final = (UPS, FEDEX, DHL, TNT)
