"""Print on demand: what both groups' versions 202606 ask.

Nothing in this world is made to a buyer's design, so a call about any order is refused; the refusal
says that this order has none.
"""

from typing import Annotated

from pydantic import Field

from mock_api.seller_center.errors import Refusal, Row
from mock_api.seller_center.gates import Caller
from mock_api.seller_center.requests import Body, own_order


class DesignLine(Body):
    order_line_id: str
    product_id: str
    sku_id: str
    pod_order_data_id: str


class DesignQuery(Body):
    main_order_id: str
    query_order_lines: Annotated[list[DesignLine], Field(min_length=1)]


def refuse(
    caller: Caller, wanted: DesignQuery, *, unknown_order: Row, unknown_line: Row, none: Row
) -> Refusal:
    """The refusal that fits."""
    order = own_order(caller, wanted.main_order_id, unknown_order)
    known = {item.id for item in order.items}
    named = {line.order_line_id for line in wanted.query_order_lines}
    return Refusal(none if named <= known else unknown_line)
