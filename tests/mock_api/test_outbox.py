"""An outbox that has ended: its sandbox is no more, or has another world."""

import asyncio

from mock_api.kernel.messages import Attempt, Manner, Message
from mock_api.kernel.outbox import Outbox
from simulator.clock import EPOCH


async def never_sent(message: Message) -> Attempt:
    raise AssertionError(message)


def test_what_it_still_holds_keeps_nobody_waiting():
    async def ended() -> Outbox:
        outbox = Outbox(lambda: EPOCH, never_sent, at_once=1)
        outbox.write("order-1", "1", "http://127.0.0.1/", {}, b"{}", Manner(frozenset({200}), ()))
        assert outbox.is_busy
        outbox.end()
        assert not outbox.is_busy
        await outbox.settled()
        return outbox

    outbox = asyncio.run(ended())
    assert (outbox.next_due, outbox.waiting) == (None, 1)
