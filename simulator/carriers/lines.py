"""The platform's designated carriers: small-parcel lines from China, as data.

Numbers without a source beside them are ours. Section numbers are those of the carriers' facts, in
short: published lists and pages, gathered in 2026 (``docs/carriers.md`` names them).
"""

from typing import Final

from simulator.carriers.model import (
    CHINA,
    Carrier,
    CityService,
    Kind,
    MishapRates,
    Service,
)
from simulator.carriers.routes import COUNTRIES, Origin, Spans, injected_route, network_route
from simulator.carriers.tariffs import Bracket, Tariff
from simulator.clock import HOUR
from simulator.working_hours import WorkingHours

# First-attempt success: US 97.2 %, GB 93.7 % (smartroutes.io); elsewhere as in the US.
ATTEMPT_FAILS: Final = {"US": 0.03, "GB": 0.06, "*": 0.03}

# §8.4: line lost .15 %, damaged .2 %, customs hold 4 %, delayed 12 %; any carrier returned after
# failed attempts .3 %, missed pickup 1.5 %.
_MISHAPS: Final = MishapRates(
    lost=0.0015,
    damaged=0.002,
    customs_hold=0.04,
    delayed=0.12,
    attempt_fails=ATTEMPT_FAILS,
    returned_after_attempts=0.003,
    missed_pickup=0.015,
)

# Rule H3's default. J&T collects on every day of the week; hours and room are ours.
_DESIGNATED_VAN: Final = CityService(rounds=(10, 14, 18), capacity=400, cut_off=HOUR)
_DESIGNATED_CITIES: Final = ("Shenzhen", "Shanghai", "Hangzhou")

# Lines' own vans collect on six days, and rest on public holidays (ours).
LINE_WEEK: Final = WorkingHours(weekdays=(0, 1, 2, 3, 4, 5), holidays="CN")
_LINE_VAN: Final = CityService(rounds=(11, 16), capacity=300, cut_off=2 * HOUR, days=LINE_WEEK)

# merchantfaq.wish.com: Wish EPC, China to Argentina, 2020. Other countries' lists are of
# this form and order (§8.3), so that it stands for them.
WISH_BRACKETS: Final = (
    Bracket(above_g=0, fee_milli=8_550, per_kg_milli=0),
    Bracket(above_g=30, fee_milli=5_760, per_kg_milli=92_988),
    Bracket(above_g=80, fee_milli=6_390, per_kg_milli=71_514),
    Bracket(above_g=250, fee_milli=20_709, per_kg_milli=68_877),
)
WISH_MAX_G: Final = 5_000

# 17TRACK polls every 6 to 12 h and shows a scan 1 to 12 h late (§8.4).
SYNC_LAG: Final = (HOUR, 12 * HOUR)
# §8.4: a line's warehouse scans what its van brought 12 to 36 h later.
WAREHOUSE_INTAKE: Final = (12 * HOUR, 36 * HOUR)


def _line_tariff(*, percent: int = 100, tolerance: float = 1.0) -> Tariff:
    """The published brackets, dearer or cheaper."""
    return Tariff(
        brackets=tuple(
            Bracket(
                each.above_g,
                each.fee_milli * percent // 100,
                each.per_kg_milli * percent // 100,
            )
            for each in WISH_BRACKETS
        ),
        max_weight_g=WISH_MAX_G,
        max_side_mm=600,
        max_sum_mm=900,
        divisor=8_000,  # §8.2: small-parcel lines 8000, some only beyond twice the actual weight
        volume_tolerance=tolerance,
    )


_SAME_EVERYWHERE: Final = tuple(country.code for country in COUNTRIES)

JT: Final = Carrier(
    code="jt",
    name="J&T Express",
    kind=Kind.LINE,
    services=(Service("standard", "Platform Standard", "TTS-STD", (3, 7)),),
    cities=dict.fromkeys(_DESIGNATED_CITIES, _DESIGNATED_VAN),
    elsewhere=None,
    depot="Platform Warehouse Dongguan",
    depot_timezone=CHINA,
    drop_off_span=(12 * HOUR, 36 * HOUR),
    routes={
        country.code: network_route(
            Origin("Shenzhen Sort Centre", "Shenzhen Bao'an Airport"),
            Spans(intake=(2, 8), export=(6, 30), flight=(20, 44), customs=(6, 26), inland=(6, 20)),
            country,
        )
        for country in COUNTRIES
    },
    # Heavier goods than lines take: the platform's own shipping takes 20 kg.
    tariffs=dict.fromkeys(
        _SAME_EVERYWHERE,
        Tariff(
            brackets=(
                Bracket(above_g=0, fee_milli=8_000, per_kg_milli=62_000),
                Bracket(above_g=2_000, fee_milli=16_000, per_kg_milli=58_000),
            ),
            max_weight_g=20_000,
            max_side_mm=1_200,
            max_sum_mm=2_000,
            divisor=8_000,
        ),
    ),
    mishaps=_MISHAPS,
    sync_lag=SYNC_LAG,
)

_LINE_SPANS: Final = Spans(
    intake=(2, 12), export=(60, 126), flight=(30, 72), customs=(24, 56), inland=(18, 54)
)


def _line(code: str, name: str, service: Service, origin: Origin, tariff: Tariff) -> Carrier:
    return Carrier(
        code=code,
        name=name,
        kind=Kind.LINE,
        services=(service,),
        cities={},
        elsewhere=_LINE_VAN,
        depot=origin.hub,
        depot_timezone=CHINA,
        drop_off_span=(12 * HOUR, 36 * HOUR),
        routes={
            country.code: injected_route(origin, _LINE_SPANS, country) for country in COUNTRIES
        },
        tariffs=dict.fromkeys(_SAME_EVERYWHERE, tariff),
        mishaps=_MISHAPS,
        sync_lag=SYNC_LAG,
        first_scan_lag=WAREHOUSE_INTAKE,
    )


# §8.3: small-parcel lines take 7 to 15 working days.
YUNEXPRESS: Final = _line(
    "yunexpress",
    "YunExpress",
    Service("standard", "Global Direct Line, Tracked", "THZXR", (7, 15)),
    Origin("YunExpress Shenzhen Longgang", "Hong Kong Airport", LINE_WEEK),
    _line_tariff(),
)
FOURPX: Final = _line(
    "4px",
    "4PX",
    Service("standard", "Global Small Parcel, Tracked", "4PX-STD", (7, 15)),
    Origin("4PX Dongguan Fenggang", "Hong Kong Airport", LINE_WEEK),
    _line_tariff(percent=105, tolerance=2.0),
)
CAINIAO: Final = _line(
    "cainiao",
    "Cainiao",
    Service("standard", "Super Economy Global", "CAINIAO_STANDARD", (7, 15)),
    Origin("Cainiao Dongguan Consolidation", "Hangzhou Xiaoshan Airport", LINE_WEEK),
    _line_tariff(percent=95),
)

LINES: Final = (JT, YUNEXPRESS, FOURPX, CAINIAO)
