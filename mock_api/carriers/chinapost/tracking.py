"""Tracking: one number's traces as XML, newest first, as public trackers read them (for instance
slince/shipment-tracking-ems)."""

from typing import Final

from fastapi import APIRouter, Response

from mock_api.carriers.chinapost.names import CARRIER
from mock_api.carriers.chinapost.papers import written
from mock_api.carriers.chinapost.refusals import Refused, xml_answer
from mock_api.carriers.chinapost.words import SAID, Said
from mock_api.kernel.carrier_route import CarrierSandbox
from mock_api.kernel.sightings import local
from simulator.parcels.model import ScanRecord

_FORM: Final = "%Y-%m-%d %H:%M:%S"


def serve(router: APIRouter) -> None:
    router.get("/partner/api/public/p/track/query/{language}/{number}")(track)


async def track(language: str, number: str, sandbox: CarrierSandbox) -> Response:
    """China Post's own numbers only. What is not known, or was never scanned, is an error."""
    if language not in ("cn", "en"):
        raise Refused("S12", "language")
    sight = sandbox.world.trackers.sight("", number)
    is_own = sight.carrier is not None and sight.carrier.code == CARRIER
    told = ((record, SAID[record.scan]) for record in reversed(sight.scans)) if is_own else ()
    traces = [_trace(record, said, language) for record, said in told if said]
    if not traces:
        raise Refused("S13", "没有查询到邮件信息")
    return xml_answer(written("traces", {"trace": traces}))


def _trace(record: ScanRecord, said: Said, language: str) -> dict[str, str]:
    return {
        "acceptTime": local(record).strftime(_FORM),
        "acceptAddress": record.place,
        "remark": said.cn if language == "cn" else said.en,
    }
