"""Customer service, finance and the shop's performance, as the stock client asks for them."""

import io
import json
from datetime import UTC, datetime, timedelta

from tiktok_shop_api.generated.models import (
    GetSellerFinancialTransactionsTypesItem as FlowType,
)
from tiktok_shop_api.generated.models import UploadImageForBuyerMessagesRequest
from tiktok_shop_api.generated.types import File

from tests.mock_api.drawing import image
from tests.mock_api.stock_client.operations import Table

SERVICE_AND_MONEY = Table()
DAY = 86_400


# Customer service.


def _asked(box):
    """A buyer who has asked where their order is: the order and the conversation."""
    order_id = box.place_one()
    told = box.control("POST", f"/chats/{order_id}/message", {"text": "Where is it?"})
    return order_id, told["conversation_id"]


@SERVICE_AND_MONEY.calls("getAgentSettings")
def _(_box, call):
    assert call().can_accept_chat is True


@SERVICE_AND_MONEY.calls("updateAgentSettings")
def _(_box, call):
    call(body={"can_accept_chat": True})


@SERVICE_AND_MONEY.calls("getConversations")
def _(box, call):
    _, conversation_id = _asked(box)
    rows = call(page_size=20, need_session_id=True, need_session_info=True).conversations
    assert (rows[0].id, rows[0].cur_session.phase) == (conversation_id, "AGENT")


@SERVICE_AND_MONEY.calls("getConversation")
def _(box, call):
    _, conversation_id = _asked(box)
    shown = call(conversation_id, need_session_info=True).conversation
    assert shown.unread_count == 1


@SERVICE_AND_MONEY.calls("createConversation")
def _(box, call):
    order_id, conversation_id = _asked(box)
    assert call(body={"buyer_user_id": box.order(order_id).user_id}).conversation_id == (
        conversation_id
    )


@SERVICE_AND_MONEY.calls("getConversationMessages")
def _(box, call):
    _, conversation_id = _asked(box)
    messages = call(conversation_id, page_size=10, need_plaintext=True).messages
    assert "Where is it?" in {each.plaintext for each in messages}


@SERVICE_AND_MONEY.calls("markBuyerMessagesAsRead")
def _(box, call):
    _, conversation_id = _asked(box)
    call(conversation_id)
    service = box.client.customer_service
    assert service.get_conversation(conversation_id).data.conversation.unread_count == 0


@SERVICE_AND_MONEY.calls("uploadImageForBuyerMessages")
def _(_box, call):
    # The body of an upload is a file, which no plain data can say.
    picture = File(payload=io.BytesIO(image()), file_name="a.png", mime_type="image/png")
    told = call(form=UploadImageForBuyerMessagesRequest(data=picture))
    assert (told.width, told.height) == (120, 150)


@SERVICE_AND_MONEY.calls("sendMessage")
def _(box, call):
    _, conversation_id = _asked(box)
    text = {"type": "TEXT", "content": json.dumps({"content": "On its way."})}
    assert call(conversation_id, body=text | {"sender_role": "SHOP"}).message_id


@SERVICE_AND_MONEY.calls("endSession")
def _(box, call):
    _, conversation_id = _asked(box)
    service = box.client.customer_service
    talk = service.get_conversation(conversation_id, need_session_info=True).data.conversation
    call(conversation_id, talk.cur_session.id)


@SERVICE_AND_MONEY.calls("searchSessions")
def _(box, call):
    _asked(box)
    span = {"begin_time_ge": box.now - DAY, "begin_time_lt": box.now + 1}
    assert call(body=span, page_size=10).sessions


@SERVICE_AND_MONEY.calls("getCustomerServicePerformance")
def _(box, call):
    _asked(box)
    today = datetime.fromtimestamp(box.now, UTC).date()
    first, last = (today + timedelta(days=days) for days in (-9, 2))
    told = call(support_date_ge=first, support_date_lt=last).performance
    assert told.support_session_count > 0


# Finance.


def _statements(box):
    return box.client.finance.get_statements(sort_field="statement_time").data.statements


@SERVICE_AND_MONEY.calls("getStatements", at="us")
def _(_box, call):
    assert {each.currency for each in call(sort_field="statement_time").statements} == {"USD"}


@SERVICE_AND_MONEY.calls("getPayments", at="us")
def _(_box, call):
    assert "PAID" in {each.status for each in call(sort_field="create_time").payments}


@SERVICE_AND_MONEY.calls("getSellerFinancialTransactions", at="us")
def _(_box, call):
    flows = call(types=[FlowType.SETTLE, FlowType.WITHDRAW], page_size=100).withdrawals
    assert {each.type_ for each in flows} == {"SETTLE", "WITHDRAW"}


@SERVICE_AND_MONEY.calls("getTransactionsByStatement", at="us")
def _(box, call):
    kinds = set()
    for each in _statements(box):
        page = call(each.id, sort_field="order_create_time", page_size=100)
        kinds |= {row.type_ for row in page.transactions}
    assert "ORDER" in kinds
    assert len(kinds) > 1


@SERVICE_AND_MONEY.calls("getTransactionsByOrder", at="us")
def _(box, call):
    finance = box.client.finance
    page = finance.get_transactions_by_statement(
        _statements(box)[0].id, sort_field="order_create_time"
    )
    order_id = next(each.order_id for each in page.data.transactions if each.type_ == "ORDER")
    assert call(order_id).sku_transactions


@SERVICE_AND_MONEY.calls("getUnsettledTransactions", at="us")
def _(_box, call):
    assert call(sort_field="order_create_time").transactions


@SERVICE_AND_MONEY.calls("getTradeInSupplierAccountBalance", at="us")
def _(_box, call):
    assert call(currency="USD").available_balance.amount == "0"


@SERVICE_AND_MONEY.calls("getTradeInAccountTransactions", at="us")
def _(_box, call):
    assert call(page_size=20).flows == []


# The shop's performance.


@SERVICE_AND_MONEY.calls("getSPSOverview", at="us")
def _(_box, call):
    assert float(call().sps_score) > 0


@SERVICE_AND_MONEY.calls("getSPSMetrics", at="us")
def _(_box, call):
    assert len(call().metrics) == 6


@SERVICE_AND_MONEY.calls("getSPSMetricDiagnosis", at="us")
def _(_box, call):
    for code in ("NRR", "NBFR", "SFCR", "OTDR", "AHT", "IM_DSAT"):
        assert call(code).metric_code == code


@SERVICE_AND_MONEY.calls("getSPSMetricProblemDetails", at="us")
def _(_box, call):
    told = {code: call(code) for code in ("NRR", "NBFR", "SFCR", "OTDR", "AHT", "IM_DSAT")}
    assert told["SFCR"].sfcr_problem_order_items


@SERVICE_AND_MONEY.calls("getSPSMetricTopItems", at="us")
def _(_box, call):
    told = {code: call(code) for code in ("NRR", "NBFR", "OTDR", "AHT")}
    assert told["OTDR"].otdr_logistics_items
