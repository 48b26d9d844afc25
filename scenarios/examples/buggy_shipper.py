"""The same integration with four bugs that real ones have. A suite has to catch each of them.

``BUGS=ships_twice,ignores_cancellation,loses_late_webhooks,repeats_blindly`` picks some; left out,
it has all.
"""

import os

from shipper import NoAnswer, Platform, Shipper, serve

ALL = "ships_twice,ignores_cancellation,loses_late_webhooks,repeats_blindly"
BUGS = os.environ.get("BUGS", ALL).split(",")


class BuggyPlatform(Platform):
    def _send(self, method, path, body, query):
        try:
            return super()._send(method, path, body, query)
        except NoAnswer:
            if "repeats_blindly" not in BUGS:
                raise
            return super()._send(method, path, body, query)  # bug: it may have taken effect


class BuggyShipper(Shipper):
    def __init__(self, platform):
        super().__init__(platform)
        self.latest = {}

    def is_news(self, webhook):
        order_id = webhook["data"]["order_id"]
        if "ships_twice" in BUGS and "tts_notification_id" in webhook:
            return True  # bug: a webhook that comes twice is worked on twice
        if "loses_late_webhooks" in BUGS:
            older = webhook["timestamp"] < self.latest.get(order_id, 0)
            self.latest[order_id] = max(webhook["timestamp"], self.latest.get(order_id, 0))
            if older:
                return False  # bug: what comes late is thrown away, and nothing else will come
        return super().is_news(webhook)

    def may_ship(self, order):
        if "ships_twice" in BUGS and order["status"] == "AWAITING_COLLECTION":
            return True  # bug: as long as it was not collected, shipping again seems harmless
        if "ignores_cancellation" in BUGS:
            return order["status"] == "AWAITING_SHIPMENT"  # bug: the buyer's wish is not looked at
        return super().may_ship(order)


if __name__ == "__main__":
    serve(BuggyShipper(BuggyPlatform()))
