"""Parcels that come about elsewhere than through the interface under test."""


def coming_back(box, carrier):
    """The number under which a buyer in Britain sends back what came from China."""
    order = box.shipped()
    box.until(order, "DELIVERED")
    box.control("POST", f"/buyers/{order}/request_return")
    found = box.data("POST", "/return_refund/202309/returns/search", {"order_ids": [order]})
    path = f"/return_refund/202309/returns/{found['return_orders'][0]['return_id']}/approve"
    box.data("POST", path, {"decision": "APPROVE_RETURN"})
    box.control("POST", f"/buyers/{order}/ship_return", {"carrier": carrier})
    registry = box.inside.world.registry
    (home,) = registry.parcels_home(registry.order(order))
    return home.tracking_number
