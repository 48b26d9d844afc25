"""China Post's EMS and ePacket, as data. Numbers without a source beside them are ours."""

from typing import Final

from simulator.carriers.lines import ATTEMPT_FAILS, SYNC_LAG
from simulator.carriers.model import CHINA, Carrier, CityService, Kind, MishapRates, Service
from simulator.carriers.routes import COUNTRIES, Origin, Spans, postal_route
from simulator.carriers.tariffs import Bracket, Tariff
from simulator.clock import HOUR
from simulator.working_hours import WorkingHours

# Post offices work on six days, and rest on public holidays (ours).
_WEEK: Final = WorkingHours(weekdays=(0, 1, 2, 3, 4, 5), holidays="CN")
_VAN: Final = CityService(rounds=(11, 16), capacity=500, cut_off=2 * HOUR, days=_WEEK)

# §8.4: ePacket lost .3 %, delayed 15 %; damage and customs as lines. EMS is between those and an
# express (ours).
_EPACKET_MISHAPS: Final = MishapRates(
    lost=0.003,
    damaged=0.002,
    customs_hold=0.04,
    delayed=0.15,
    attempt_fails=ATTEMPT_FAILS,
    returned_after_attempts=0.003,
    missed_pickup=0.015,
)
_EMS_MISHAPS: Final = MishapRates(
    lost=0.001,
    damaged=0.0015,
    customs_hold=0.03,
    delayed=0.10,
    attempt_fails=ATTEMPT_FAILS,
    returned_after_attempts=0.003,
    missed_pickup=0.015,
)

# §8.3: EMS about RMB 180 for the first half kilogram and 75 for each further one to the US; no fuel
# surcharge (hh-exp.com). Volume: 6000 (intl.zt-express.com). The limits are the post's usual ones.
_EMS_TARIFF: Final = Tariff(
    brackets=(Bracket(above_g=0, fee_milli=105_000, per_kg_milli=150_000, step_g=500),),
    max_weight_g=30_000,
    max_side_mm=1_500,
    max_sum_mm=3_000,
    divisor=6_000,
)

# §8.3: an item fee of RMB 15 to 25 and 60 to 90 a kilogram to the US. §8.2: 2 kg, 90 cm in all and
# 60 on a side; size does not weigh.
_EPACKET_TARIFF: Final = Tariff(
    brackets=(Bracket(above_g=0, fee_milli=20_000, per_kg_milli=75_000),),
    max_weight_g=2_000,
    max_side_mm=600,
    max_sum_mm=900,
)


def _post(
    code: str, service: Service, spans: Spans, tariff: Tariff, mishaps: MishapRates
) -> Carrier:
    origin = Origin("Guangzhou International Mail Exchange", "Guangzhou Baiyun Airport", _WEEK)
    return Carrier(
        code=code,
        name={"ems": "EMS", "epacket": "ePacket"}[code],
        kind=Kind.POST,
        services=(service,),
        cities={},
        elsewhere=_VAN,
        depot="China Post Shenzhen",
        depot_timezone=CHINA,
        drop_off_span=(2 * HOUR, 12 * HOUR),
        routes={country.code: postal_route(origin, spans, country) for country in COUNTRIES},
        tariffs={country.code: tariff for country in COUNTRIES},
        mishaps=mishaps,
        sync_lag=SYNC_LAG,
    )


# §8.3: EMS 5 to 8 working days; ePacket 7 to 10 as a rule, 7 to 20 stated.
EMS: Final = _post(
    "ems",
    Service("ems", "EMS", "E", (5, 8)),
    Spans(
        intake=(8, 24),
        export=(24, 54),
        flight=(24, 48),
        customs=(10, 30),
        inland=(12, 36),
    ),
    _EMS_TARIFF,
    _EMS_MISHAPS,
)
EPACKET: Final = _post(
    "epacket",
    Service("epacket", "ePacket", "001", (7, 20)),
    Spans(
        intake=(12, 36),
        export=(48, 120),
        flight=(36, 80),
        customs=(24, 56),
        inland=(24, 60),
    ),
    _EPACKET_TARIFF,
    _EPACKET_MISHAPS,
)

POSTS: Final = (EMS, EPACKET)
