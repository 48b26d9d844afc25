"""A parcel at the desk: its declared packing and label, what is wrong with them, its evidence."""

from base64 import b64decode
from binascii import Error as NotBase64
from hashlib import sha256
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from mock_api.declarations import LabelWish, PackingWish, declare_as, label_as
from mock_api.desk.drawer import Drawer
from mock_api.desk.requests import AtTheDesk, LimitsDep, SandboxDep, Wish
from mock_api.kernel.problems import Problem, invalid
from mock_api.kernel.safe_headers import OF_FILES
from mock_api.kernel.times import Moment
from simulator import World, declaring
from simulator.clock import Instant
from simulator.errors import BadEvidence, NotFound
from simulator.parcels.evidence import MEDIA_TYPES, NAME_LENGTH_MAX, Document, Photo
from simulator.parcels.labelling import Label
from simulator.parcels.model import Parcel
from simulator.plain import to_plain

router: Final = APIRouter(prefix="/desk/v1/parcels", tags=["parcels"], route_class=AtTheDesk)


class EvidenceWish(Wish):
    name: Annotated[str, Field(min_length=1, max_length=NAME_LENGTH_MAX)]
    media_type: Annotated[str, Field(description=f"One of {', '.join(MEDIA_TYPES)}")]
    content: str
    """The bytes, in base64."""
    taken_at: Moment | None = None
    """Left out: now."""


class ViolationView(BaseModel):
    rule: str
    words: str


class DocumentView(BaseModel):
    id: str
    name: str
    media_type: str
    sha256: str
    size: int
    taken_at: int
    filed_at: int
    before_handover: bool
    """It was on file before the carrier had the parcel: only then it proves how it was handed
    over."""

    @classmethod
    def of(cls, document: Document) -> "DocumentView":
        photo = document.photo
        return cls(
            id=document.id,
            name=photo.name,
            media_type=photo.media_type,
            sha256=photo.sha256,
            size=photo.size,
            taken_at=photo.taken_at,
            filed_at=document.filed_at,
            before_handover=document.before_handover,
        )


class ParcelView(BaseModel):
    id: str
    order_id: str
    status: str
    carrier: str
    tracking_number: str
    packing: PackingWish
    packing_declared: bool
    label: LabelWish
    label_declared: bool
    violations: list[ViolationView]
    evidence: list[DocumentView]

    @classmethod
    def of(cls, world: World, parcel: Parcel) -> "ParcelView":
        here = world.registry
        wrongs = [*declaring.packing_wrongs(here, parcel), *declaring.label_wrongs(parcel)]
        return cls(
            id=parcel.id,
            order_id=parcel.order_id,
            status=parcel.status,
            carrier=parcel.carrier,
            tracking_number=parcel.tracking_number,
            packing=PackingWish.model_validate(to_plain(declaring.packing_of(here, parcel))),
            packing_declared=parcel.packing is not None,
            label=LabelWish.model_validate(to_plain(parcel.label or Label())),
            label_declared=parcel.label is not None,
            violations=[ViolationView(rule=each.rule, words=each.words) for each in wrongs],
            evidence=[DocumentView.of(each) for each in parcel.documents],
        )


@router.get("/{parcel_id}")
async def get_parcel(sandbox: SandboxDep, parcel_id: str) -> ParcelView:
    return ParcelView.of(sandbox.world, sandbox.world.parcel(parcel_id))


@router.put("/{parcel_id}/packing")
async def declare_packing(sandbox: SandboxDep, parcel_id: str, wanted: PackingWish) -> ParcelView:
    """Until the carrier has the parcel. The answer says which rules it breaks (P1-P5)."""
    declare_as(sandbox.world, parcel_id, wanted)
    return ParcelView.of(sandbox.world, sandbox.world.parcel(parcel_id))


@router.put("/{parcel_id}/label")
async def declare_label(sandbox: SandboxDep, parcel_id: str, wanted: LabelWish) -> ParcelView:
    """Until the carrier has the parcel. The answer says which rules it breaks (L1-L6)."""
    label_as(sandbox.world, parcel_id, wanted)
    return ParcelView.of(sandbox.world, sandbox.world.parcel(parcel_id))


@router.post("/{parcel_id}/evidence", status_code=201)
async def attach_evidence(
    sandbox: SandboxDep, limits: LimitsDep, parcel_id: str, wanted: EvidenceWish
) -> DocumentView:
    """A photo or paper comes on file (H2), until there are too many."""
    drawer = sandbox.attached(Drawer)
    content = _content(wanted)
    digest = sha256(content).hexdigest()
    if not drawer.has_room_for(digest, content, limits.evidence_bytes):
        detail = f"a sandbox keeps {limits.evidence_bytes} bytes of evidence at the most"
        raise Problem(HTTPStatus.CONFLICT, detail)
    taken_at = sandbox.world.now if wanted.taken_at is None else Instant(wanted.taken_at)
    photo = Photo(wanted.name, wanted.media_type, digest, len(content), taken_at)
    try:
        document = sandbox.world.desk.attach_evidence(parcel_id, photo)
    except BadEvidence as bad:
        field = "content" if bad.field == "size" else bad.field
        raise invalid((f"body.{field}", f"must be {bad.wanted}")) from None
    drawer.keep(digest, content)
    return DocumentView.of(document)


@router.get("/{parcel_id}/evidence/{document_id}", response_class=Response)
async def get_evidence(sandbox: SandboxDep, parcel_id: str, document_id: str) -> Response:
    """The photo or paper itself."""
    for document in sandbox.world.parcel(parcel_id).documents:
        content = sandbox.attached(Drawer).get(document.photo.sha256)
        if document.id == document_id and content is not None:
            return Response(content, media_type=document.photo.media_type, headers=OF_FILES)
    raise NotFound("document", document_id)


def _content(wanted: EvidenceWish) -> bytes:
    try:
        return b64decode(wanted.content, validate=True)
    except (NotBase64, ValueError):
        raise invalid(("body.content", "is no base64")) from None
