"""What happened to a return, as Get Return Records tells it."""

from urllib.parse import quote

from mock_api.seller_center.envelope import Wire
from mock_api.seller_center.return_refund.returns.view import reason_text
from mock_api.seller_center.return_refund.returns.words import ROLE
from simulator import World
from simulator.returns.model import Image, Return


class RecordImage(Wire):
    """Its sides are those that came with its id; without them, they are left out."""

    url: str
    width: int | None = None
    height: int | None = None


class Record(Wire):
    event: str
    role: str
    description: str
    reason_text: str | None = None
    note: str | None = None
    images: list[RecordImage] | None = None
    create_time: int


class Records(Wire):
    records: list[Record]


def records_of(world: World, asked: Return) -> list[Record]:
    """Oldest first; a part's begin with those of the request that it was divided from. There are no
    films (inferred: descriptions and events are free text)."""
    reason = reason_text(world, asked)
    return [
        Record(
            event=f"ORDER_RETURN_{note.event.upper()}" if nth else "ORDER_RETURN",
            role=ROLE[note.by],
            description=f"{ROLE[note.by].title()}: {note.event.replace('_', ' ')}",
            reason_text=(note.reason or None) if nth else reason,
            note=note.text or None,
            images=[_shown(each) for each in note.images] or None,
            create_time=note.at,
        )
        for nth, note in enumerate(asked.notes)
    ]


def _shown(image: Image) -> RecordImage:
    """Nothing lies at its address, as with the images of products: only its id is known."""
    url = f"https://images.seatrial.example/{quote(image.id)}"
    return RecordImage(url=url, width=image.width or None, height=image.height or None)
