"""A random but correct integration: what it hears, what it remembers, when it acts.

It believes the order and never the webhook; hears things twice, late, out of order or not at all;
looks again whenever it does not know what came of a call; and gives up nothing but what is refused.
"""

import hmac
import json
from collections import Counter
from heapq import heappop, heappush
from re import sub
from typing import Any, Final

from mock_api.kernel.messages import Message
from scenarios.swarm.integration import aftersales, errands, shipping
from scenarios.swarm.integration.calls import Busy, Refused, Unsure
from scenarios.swarm.integration.hand import Hand
from simulator.clock import DAY, HOUR

Row = dict[str, Any]
EVENTS: Final = (
    "ORDER_STATUS_CHANGE",
    "RECIPIENT_ADDRESS_UPDATE",
    "PACKAGE_UPDATE",
    "CANCELLATION_STATUS_CHANGE",
    "RETURN_STATUS_CHANGE",
    "INVOICE_STATUS_CHANGE",
)
_WAITS: Final = frozenset({"AWAITING_SHIPMENT", "PARTIALLY_SHIPPING"})
_DELIVERED: Final = "DELIVERED"
_POLLED: Final = ("AWAITING_SHIPMENT", "PARTIALLY_SHIPPING", "AWAITING_COLLECTION", _DELIVERED)
_LOOKS_AT_RETURNS: Final = 0.4
"""Whatever the news was about: there will be more."""
_SEEN_ALL: Final = 50
_MOST_TRIES: Final = 40


class Mind:
    """One integration of one sandbox. ``calm`` makes it patient, attentive and thorough."""

    def __init__(self, hand: Hand, secret: str, key: str) -> None:
        self._hand = hand
        self._secret = secret.encode()
        self._key = key.encode()
        self._tasks: list[tuple[int, int, str, str, int]] = []
        self._queued: set[str] = set()
        self._n = 0
        self._next_poll = 0
        self._known: dict[str, str] = {}
        self.is_calm = False
        self.heard: Counter[str] = Counter()
        """Notification ids, with how often each was taken."""
        self.refused: Counter[str] = Counter()

    # Hearing.

    async def hear(self, message: Message) -> int | None:
        """Take a webhook: the status of the answer, or none in time."""
        habits, dice = self._hand.habits, self._hand.dice
        if not self._is_genuine(message):
            return 401
        if not self.is_calm and dice.chance("deaf", habits.deaf):
            return dice.pick("deaf_how", (500, 503, None))
        news = json.loads(message.body)
        notification = news.get("tts_notification_id", "")
        self.heard[notification] += 1
        if notification and self.heard[notification] > 1:
            return 200
        await self._take(news)
        return 200

    def _is_genuine(self, message: Message) -> bool:
        given = message.headers.get("Authorization", "")
        wanted = hmac.digest(self._secret, self._key + message.body, "sha256").hex()
        return hmac.compare_digest(wanted, given)

    async def _take(self, news: Row) -> None:
        shop, order_ids = news.get("shop_id", ""), _orders_in(news.get("data", {}))
        for order_id in order_ids:
            if shop and order_id:
                self._known[order_id] = shop
                if self._hand.dice.chance("at_once", self._hand.habits.at_once):
                    await self._visit(order_id, shop, 0)
                else:
                    low, high = self._hand.habits.delay
                    self._later(self._hand.dice.between("delay", low, high), order_id)

    # Acting.

    @property
    def next_due(self) -> int | None:
        """When it wants to act next."""
        dues = [self._tasks[0][0]] if self._tasks else []
        if self._polls_every:
            dues.append(self._next_poll)
        return min(dues, default=None)

    @property
    def _polls_every(self) -> int:
        return 3 * DAY if self.is_calm else self._hand.habits.polls_every

    def be_calm(self) -> None:
        """From now on nothing is missed, and everything is looked at anew."""
        self.is_calm = True
        self._next_poll = self._hand.now()
        self._hand.settled.clear()

    async def work(self) -> None:
        """Everything that is due by now."""
        now = self._hand.now()
        if self._polls_every and self._next_poll <= now:
            self._next_poll = now + self._polls_every
            await self._poll()
        while self._tasks and self._tasks[0][0] <= now:
            _, _, order_id, shop, tries = heappop(self._tasks)
            self._queued.discard(order_id)
            await self._visit(order_id, shop, tries)

    def _later(self, seconds: int, order_id: str, tries: int = 0) -> None:
        if order_id in self._queued:
            return
        self._queued.add(order_id)
        self._n += 1
        due = self._hand.now() + seconds
        heappush(self._tasks, (due, self._n, order_id, self._known[order_id], tries))

    async def _poll(self) -> None:
        """Every order that may want something, whoever told of it or not."""
        for shop in self._hand.center.ciphers:
            for status in _POLLED if self.is_calm else _POLLED[:1]:
                try:
                    await self._poll_shop(shop, status)
                except (Busy, Unsure):
                    continue  # the next look comes
                except Refused as refused:
                    self._note(refused)

    async def _poll_shop(self, shop: str, status: str) -> None:
        token = ""
        while True:
            page = await self._hand.center.call(
                "POST",
                "/order/202309/orders/search",
                {"order_status": status},
                shop=shop,
                page_size=_SEEN_ALL,
                page_token=token,
            )
            for order in page.get("orders", ()):
                self._known[order["id"]] = shop
                self._later(0, order["id"])
            token = page.get("next_page_token", "")
            if not token:
                return

    async def _visit(self, order_id: str, shop: str, tries: int) -> None:
        try:
            await self._look(order_id, shop)
        except Busy as busy:
            self._again(max(busy.seconds, 1), order_id, tries)
        except Unsure:
            self._again(self._hand.dice.between("backoff", 1, 300), order_id, tries)
        except Refused as refused:
            self._note(refused)  # the next news, or the next look at all orders, may change it

    def _again(self, seconds: int, order_id: str, tries: int) -> None:
        if tries < _MOST_TRIES:
            self._later(seconds * (tries + 1), order_id, tries + 1)

    def _note(self, refused: Refused) -> None:
        self.refused[_shape(str(refused))] += 1

    async def _look(self, order_id: str, shop: str) -> None:
        """Read the order, and do what it needs next."""
        hand = self._hand
        path = hand.dice.pick("reads", ("/order/202507/orders", "/order/202309/orders"))
        told = await hand.center.call("GET", path, shop=shop, ids=order_id)
        for order in told.get("orders", ()):
            if order["is_buyer_request_cancel"]:
                await aftersales.answer_cancellations(hand, order, shop)
            elif order["status"] in _WAITS:
                await self._send_off(order, shop)
            else:
                await self._look_after(order, shop)

    async def _send_off(self, order: Row, shop: str) -> None:
        hand, habits = self._hand, self._hand.habits
        order_id = order["id"]
        if hand.wants(order_id, "cancels", habits.cancels) and not self.is_calm:
            await aftersales.cancel(hand, order, shop)
            self._later(HOUR, order_id)
            return
        if hand.wants(order_id, "rearranges", habits.rearranges):
            await shipping.rearrange(hand, order, shop)
            self._later(1, order_id)
            return
        if hand.wants(order_id, "prepares", habits.prepares):
            await shipping.prepare(hand, order)
        try:
            await shipping.ship(hand, order, shop)
        except Refused as refused:
            if refused.code != shipping.NOT_OURS:
                raise
            await shipping.pass_on(hand, order)
            self._later(2 * DAY, order_id)

    async def _look_after(self, order: Row, shop: str) -> None:
        """What is shipped: its parcel, its buyer's wishes, and what there is to say about it."""
        hand, order_id, status = self._hand, order["id"], order["status"]
        if status == "AWAITING_COLLECTION" and order["shipping_type"] == "SELLER":
            await self._see_off(order, shop)
        if hand.wants(order_id, f"looks {status}", hand.habits.prepares):
            await shipping.look_at_papers(hand, order, shop)
        looks = self.is_calm or hand.dice.chance("returns", _LOOKS_AT_RETURNS)
        if looks and status in {"IN_TRANSIT", "AWAITING_COLLECTION", _DELIVERED}:
            await aftersales.answer_returns(hand, order, shop)
        await self._speak_up(order, shop)

    async def _see_off(self, order: Row, shop: str) -> None:
        hand = self._hand
        if hand.wants(order["id"], "corrects", hand.habits.corrects):
            await shipping.correct(hand, order, shop)
        if self.is_calm and hand.on_call:
            await shipping.call_couriers(hand, order)

    async def _speak_up(self, order: Row, shop: str) -> None:
        """What nobody asked it for."""
        hand, habits = self._hand, self._hand.habits
        order_id, status = order["id"], order["status"]
        if status == _DELIVERED and hand.wants(order_id, "refunds", habits.refunds):
            await aftersales.refund(hand, order, shop)
        if status == "IN_TRANSIT" and hand.wants(order_id, "complains", habits.complains):
            await aftersales.complain(hand, order)
        if hand.wants(order_id, f"quarrels {status}", habits.complains):
            await aftersales.answer_complaints(hand)
        if hand.wants(order_id, f"runs {status}", habits.errands):
            await errands.run_some(hand, order, shop)
        if hand.wants(order_id, f"chats {status}", habits.chats):
            await aftersales.chat(hand, order, shop)


def _orders_in(data: Row) -> list[str]:
    if "order_id" in data:
        return [data["order_id"]]
    if "order_ids" in data:
        return list(data["order_ids"])
    packages = data.get("package_list", ())
    return [order for each in packages for order in each.get("order_id_list", ())]


def _shape(told: str) -> str:
    """A refusal without its ids, to count alike ones."""
    return sub(r"\w*\d{10,}\w*", "…", told)[:140]
