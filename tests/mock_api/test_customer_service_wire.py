"""Customer service on the wire: all that the stock client does with it, and every code."""

import io
import json
from datetime import date

import pytest
import tiktok_shop_api as stock
from tiktok_shop_api.generated import types
from tiktok_shop_api.generated.models import (
    CreateConversationRequest,
    SearchSessionsRequest,
    SendMessageRequest,
    UpdateAgentSettingsRequest,
    UploadImageForBuyerMessagesRequest,
)
from tiktok_shop_api.generated.models.get_conversation_messages_locale import (
    GetConversationMessagesLocale,
)
from tiktok_shop_api.generated.models.get_conversation_messages_sort_order import (
    GetConversationMessagesSortOrder,
)

from tests.mock_api.drawing import image, png_head

HOUR = 3600
DAY = 24 * HOUR
GROUP = "/customer_service/202309"
PNG = image(size=(304, 290))


def text(words):
    return {"type": "TEXT", "content": json.dumps({"content": words})}


def card(kind, **shown):
    return {"type": kind, "content": json.dumps(shown)}


@pytest.fixture
def chat(box):
    """An order's buyer who has asked where it is; the order and the conversation."""
    order_id = box.place_one()
    told = box.control("POST", f"/chats/{order_id}/message", {"text": "Where is it?"})
    return order_id, told["conversation_id"]


@pytest.fixture
def said(box, chat):
    """Send that, in whatever version; the code of the refusal, or zero."""

    def saying(body, version="202309", conversation_id=chat[1]):
        path = f"/customer_service/{version}/conversations/{conversation_id}/messages"
        return box.call("POST", path, body).json()["code"]

    return saying


def test_the_stock_client_calls_every_operation_and_reads_each_answer(box, chat):
    order_id, conversation_id = chat
    service, order = box.client.customer_service, box.order(order_id)
    (talk,) = service.get_conversations(page_size=20, need_session_info=True).data.conversations
    assert (talk.id, talk.unread_count, talk.participant_count) == (conversation_id, 1, 3)
    assert (talk.can_send_message, talk.cur_session.phase) == (True, "AGENT")
    buyer, shop, agent = talk.participants
    assert [each.role for each in talk.participants] == ["BUYER", "SHOP", "CUSTOMER_SERVICE"]
    assert buyer.user_id == order.user_id != buyer.im_user_id
    assert buyer.buyer_platform == "TIKTOK_SHOP"
    assert len({buyer.im_user_id, shop.im_user_id, agent.im_user_id}) == 3
    assert json.loads(talk.latest_message.content) == {"content": "Where is it?"}

    opened = service.create_conversation(
        body=CreateConversationRequest(buyer_user_id=order.user_id)
    )
    assert opened.data.conversation_id == conversation_id
    service.mark_buyer_messages_as_read(conversation_id)
    sent = service.send_message(
        conversation_id,
        body=SendMessageRequest.from_dict(text("On its way.") | {"sender_role": "SHOP"}),
    ).data.message_id
    got = service.get_conversation_messages(conversation_id, page_size=10, need_plaintext=True).data
    assert got.next_page_token == ""
    assert [each.type_ for each in got.messages] == ["TEXT", "TEXT", "ALLOCATED_SERVICE"]
    assert (got.messages[0].id, got.messages[0].sender.role) == (sent, "SHOP")
    assert got.messages[1].plaintext == "Where is it?"
    assert [int(each.index) for each in got.messages] == sorted(
        (int(each.index) for each in got.messages), reverse=True
    )

    one = service.get_conversation(conversation_id, need_session_info=True).data.conversation
    assert (one.unread_count, one.participants[0].platform) == (0, "TIKTOK_SHOP")
    service.end_session(conversation_id, one.cur_session.id)
    box.control("POST", f"/chats/{order_id}/rating", {"stars": 2, "reason": "Slow"})
    asked = SearchSessionsRequest(begin_time_ge=box.now - DAY, begin_time_lt=box.now + 1)
    (session,) = service.search_sessions(body=asked, page_size=10).data.sessions
    assert (session.satisfaction_score, session.dissatisfaction_reason) == (2, "Slow")
    assert (session.chat_tags, session.first_response_time) == (["Logistics"], 0)
    assert (session.first_response_late, session.end_time) == (False, box.now)

    assert service.get_agent_settings().data.can_accept_chat is True
    service.update_agent_settings(body=UpdateAgentSettingsRequest(can_accept_chat=False))
    assert service.get_agent_settings().data.can_accept_chat is False
    counted = service.get_customer_service_performance(
        support_date_ge=date(2030, 1, 1), support_date_lt=date(2030, 2, 1)
    ).data.performance
    assert (counted.support_session_count, counted.response_percentage) == (1, "100.0")
    assert (counted.satisfaction_percentage, counted.response_time_mins) == ("0.0", "0.0")
    assert (counted.conversion_rate, counted.cs_guided_gmv, counted.currency) == (
        "0.0",
        "0.00",
        "GBP",
    )


def test_orders_soon_after_an_answer_are_its_merit(box, said):
    order_id = box.place_one(customer="ann", items=["172900002000015838"])
    box.control("POST", f"/chats/{order_id}/message", {})
    conversation_id = box.control("GET", f"/chats/{order_id}")["conversation_id"]
    assert said(text("Buy another!"), conversation_id=conversation_id) == 0
    box.advance(by="1h")
    again = box.order(box.place_one(customer="ann"))
    counted = box.client.customer_service.get_customer_service_performance(
        support_date_ge=date(2030, 1, 7), support_date_lt=date(2030, 1, 8)
    ).data.performance
    assert counted.support_session_count == 2, "ann's, and the one that nobody has answered"
    assert counted.response_percentage == "50.0"
    assert (counted.conversion_rate, counted.cs_guided_gmv) == (
        "100.0",
        again.payment.total_amount,
    )


def test_pictures_are_uploaded_sent_and_served_back(box, chat, said):
    file = types.File(payload=io.BytesIO(PNG), file_name="a.png", mime_type="image/png")
    wanted = UploadImageForBuyerMessagesRequest(data=file)
    told = box.client.customer_service.upload_image_for_buyer_messages(body=wanted).data
    assert (told.width, told.height) == (304, 290)
    served = box.served.http.get(told.url)
    assert (served.content, served.headers["content-type"]) == (PNG, "image/png")

    assert said(card("IMAGE", url=told.url, width=304, height="290")) == 0
    (latest,) = box.client.customer_service.get_conversation_messages(
        chat[1], page_size=1
    ).data.messages
    assert json.loads(latest.content) == {"height": "290", "url": told.url, "width": "304"}
    assert said(card("IMAGE", url="https://elsewhere.example/a.png", width=1, height=1)) == 45101001
    assert box.served.http.get(told.url + "x").status_code == 404


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"no picture", 45101008),
        (PNG[:20], 45101008),
        (image("TIFF"), 45101008),
        (b"", 45101001),
        (b"\xff\xd8" + bytes(10 * 2**20), 45101001),
    ],
    ids=["no picture", "one that breaks off", "a tiff", "nothing", "more than 10 MB"],
)
def test_what_is_no_good_picture_is_refused(box, content, code, refused_with):
    file = types.File(payload=io.BytesIO(content), file_name="a.png", mime_type="image/png")
    with refused_with(code):
        box.client.customer_service.upload_image_for_buyer_messages(
            body=UploadImageForBuyerMessagesRequest(data=file)
        )


def test_a_picture_of_any_size_is_measured_by_its_head(box):
    content = io.BytesIO(png_head(20_000, 20_000))
    file = types.File(payload=content, file_name="a.png", mime_type="image/png")
    wanted = UploadImageForBuyerMessagesRequest(data=file)
    told = box.client.customer_service.upload_image_for_buyer_messages(body=wanted).data
    assert (told.width, told.height) == (20_000, 20_000)


def test_cards_show_what_is_the_shops_and_the_buyers(box, chat, said):
    order_id = chat[0]
    item = box.order(order_id).line_items[0]
    stranger = box.place_one()
    assert said(card("ORDER_CARD", order_id=order_id)) == 0
    assert said(card("ORDER_CARD", order_id=stranger)) == 45101001
    assert said(card("PRODUCT_CARD", product_id=item.product_id)) == 0
    assert said(card("PRODUCT_CARD", product_id="1")) == 45101001
    assert said(card("LOGISTICS_CARD", order_id=order_id), "202606") == 0
    assert said(card("LOGISTICS_CARD", order_id=order_id, package_id="1"), "202606") == 45101001
    assert said(card("VIDEO", vid="v1"), "202606") == 0
    returnable = card("RETURN_REFUND_CARD", order_id=order_id, sku_id=item.sku_id)
    assert said(returnable) == 45101002, "nothing to return before anything has come"
    box.advance(by="1h")
    box.client.fulfillment.ship_package(box.package_of(order_id))
    box.until(order_id, "DELIVERED")
    box.renew()
    assert said(returnable) == 0
    box.control("POST", f"/buyers/{order_id}/request_return", {})
    assert said(returnable) == 45101002, "there is a return already"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (text("x" * 2001), 45101001),
        (text(""), 45101001),
        ({"type": "TEXT", "content": "plain"}, 45101001),
        ({"type": "TEXT", "content": "[]"}, 45101001),
        (card("IMAGE", url="x"), 45101001),
        (card("NONSENSE"), 45101001),
        (card("EMOTICONS"), 45111001),
        (card("VIDEO", vid="v1"), 45111001),
        (card("LOGISTICS_CARD", order_id="1"), 45111001),
        (text("Find me on WhatsApp"), 45101006),
        (card("COUPON_CARD"), 45101001),
        (card("COUPON_CARD", coupon_id="1"), 45111017),
    ],
)
def test_what_cannot_be_said_has_its_code(box, said, body, code):
    before = box.mark()
    assert said(body) == code
    assert box.mark() == before


def test_coupon_cards_come_one_in_two_seconds(box, said):
    coupon = card("COUPON_CARD", coupon_id="1")
    assert [said(coupon), said(coupon)] == [45111017, 45111012]
    box.advance(by="2s")
    assert said(coupon) == 45111017


def test_conversations_of_nobody_and_of_another_shop(open_box):
    box = open_box(shops=["One", "Two"])
    shop = box.told["shops"][1]
    told = box.control("POST", f"/chats/{box.place_one(shop_id=shop['id'])}/message", {})
    path = f"{GROUP}/conversations/{{}}/messages"
    for conversation_id, code in (("7106", 45101003), (told["conversation_id"], 45102007)):
        assert box.refused("POST", path.format(conversation_id), text("hi")) == (200, code)
        query = [("page_size", "1")]
        got = box.refused("GET", path.format(conversation_id), query=query)
        assert got == (200, code)
        assert box.refused("POST", path.format(conversation_id) + "/read") == (200, code)
        one = f"/customer_service/202601/conversations/{conversation_id}"
        assert box.refused("GET", one) == (200, code)
        end = f"/customer_service/202605/conversations/{conversation_id}/sessions/1/end"
        assert box.refused("POST", end, {}) == (200, code)


def test_a_seller_writes_first_only_to_whom_they_know(box, refused_with):
    order_id = box.place_one()
    service, buyer = (
        box.client.customer_service,
        CreateConversationRequest(buyer_user_id=box.order(order_id).user_id),
    )
    with refused_with(45109003):
        service.create_conversation(body=CreateConversationRequest(buyer_user_id="7021"))
    conversation_id = service.create_conversation(body=buyer).data.conversation_id
    assert service.get_conversations(page_size=1).data.conversations[0].can_send_message
    box.advance(by="60d")
    box.renew()
    service = box.client.customer_service
    assert service.create_conversation(body=buyer).data.conversation_id == conversation_id
    box.advance(by="1s")
    with refused_with(45109003):
        service.create_conversation(body=buyer)
    with refused_with(45109001):
        service.send_message(conversation_id, body=SendMessageRequest.from_dict(text("Hello?")))
    assert not service.get_conversations(page_size=1).data.conversations[0].can_send_message
    box.control("POST", f"/chats/{order_id}/message", {})
    service.send_message(conversation_id, body=SendMessageRequest.from_dict(text("Hello!")))
    box.advance(by="30d")
    box.renew()
    assert box.client.customer_service.create_conversation(body=buyer).data
    box.advance(by="1s")
    with refused_with(45109003):
        box.client.customer_service.create_conversation(body=buyer)


def test_a_buyer_whose_orders_have_left_memory_is_known(box, refused_with):
    order_id = box.place_one()
    buyer = CreateConversationRequest(buyer_user_id=box.order(order_id).user_id)
    box.control("POST", f"/buyers/{order_id}/cancel", {})
    box.advance(by="5d")
    assert order_id not in box.inside.world.registry.orders
    service = box.client.customer_service
    conversation_id = service.create_conversation(body=buyer).data.conversation_id
    assert service.create_conversation(body=buyer).data.conversation_id == conversation_id
    with refused_with(45109003):
        service.create_conversation(body=CreateConversationRequest(buyer_user_id="7021"))


def test_a_day_has_so_many_requests(box, chat, said, refused_with):
    assert said(text("one")) == 0
    settings = box.control("PATCH", "/chat-settings", {"requests_a_day": 3})
    assert settings["requests_a_day"] == 3
    messages = f"{GROUP}/conversations/{chat[1]}/messages"
    box.data("GET", f"{GROUP}/conversations", query=[("page_size", "1")])
    box.data("POST", messages + "/read")
    with refused_with(45101004):
        box.client.customer_service.get_conversations(page_size=1)
    with refused_with(45101004):
        box.client.customer_service.mark_buyer_messages_as_read(chat[1])
    with refused_with(45101004):
        box.client.customer_service.get_conversation_messages(chat[1], page_size=1)
    assert said(text("two")) == 45101004
    box.advance(by="24h")
    assert said(text("three")) == 0


@pytest.mark.parametrize(
    ("method", "path", "query", "body"),
    [
        ("GET", f"{GROUP}/conversations", {"page_size": "21"}, None),
        ("GET", f"{GROUP}/conversations", {}, None),
        ("GET", f"{GROUP}/conversations", {"page_size": "1", "locale": "xx"}, None),
        ("GET", f"{GROUP}/conversations/1/messages", {"page_size": "11"}, None),
        ("POST", f"{GROUP}/conversations", {}, {}),
        ("PUT", f"{GROUP}/agents/settings", {}, {"can_accept_chat": "perhaps"}),
        ("POST", f"{GROUP}/images/upload", {}, {}),
        ("GET", "/customer_service/202407/performance", {"support_date_ge": "today"}, None),
        (
            "GET",
            "/customer_service/202407/performance",
            {"support_date_ge": "2030-02-30", "support_date_lt": "2030-03-01"},
            None,
        ),
        (
            "GET",
            "/customer_service/202407/performance",
            {"support_date_ge": "2030-01-02", "support_date_lt": "2030-01-02"},
            None,
        ),
        (
            "POST",
            "/customer_service/202602/sessions/search",
            {"page_size": "10"},
            {"begin_time_ge": 0, "begin_time_lt": 1},
        ),
        (
            "POST",
            "/customer_service/202602/sessions/search",
            {"page_size": "10"},
            {"begin_time_ge": 2**31, "begin_time_lt": 2**31 - 1},
        ),
    ],
)
def test_bad_parameters_have_the_groups_own_code(box, method, path, query, body):
    got = box.refused(method, path, body, query=list(query.items()))
    assert got == (200, 45101001)


def test_a_version_that_is_not_there(box):
    path = "/customer_service/202401/conversations"
    assert box.refused("GET", path, query=[("page_size", "1")]) == (400, 36009014)


def test_pages_follow_each_other_and_messages_may_be_asked_for_from_the_first(box, chat, said):
    conversation_id = chat[1]
    for nth in range(12):
        said(text(str(nth)))
    get = box.client.customer_service.get_conversation_messages
    for order, turned in (("ASC", False), ("DESC", True)):
        token, texts = "", []
        while True:
            page = get(
                conversation_id,
                page_size=5,
                sort_order=GetConversationMessagesSortOrder(order),
                page_token=token or types.UNSET,
                need_plaintext=True,
                need_data=True,
            ).data
            assert all(each.data == each.content for each in page.messages)
            texts += [each.plaintext for each in page.messages]
            token = page.next_page_token
            if not token:
                break
        wanted = ["A customer service agent has joined.", "Where is it?", *map(str, range(12))]
        assert texts == (wanted[::-1] if turned else wanted)
    german = get(
        conversation_id, page_size=10, locale=GetConversationMessagesLocale("de-DE")
    ).data.messages
    assert len(german) == 10
    others = [box.place_one() for _ in range(2)]
    for other in others:
        box.advance(by="1s")
        box.control("POST", f"/chats/{other}/message", {})
    first = box.client.customer_service.get_conversations(page_size=2).data
    rest = box.client.customer_service.get_conversations(
        page_size=2, page_token=first.next_page_token
    ).data
    assert (len(first.conversations), rest.next_page_token) == (2, "")
    assert [each.id for each in rest.conversations] == [conversation_id]
    token = [("page_size", "1"), ("page_token", "nonsense")]
    code = box.refused("GET", f"{GROUP}/conversations", query=token)[1]
    assert code == 36009004


def test_the_robot_answers_where_no_agent_does_until_one_comes(box):
    box.control("PATCH", "/chat-settings", {"can_accept_chat": False})
    order_id = box.place_one()
    told = box.control("POST", f"/chats/{order_id}/message", {"card": "order"})
    service, conversation_id = box.client.customer_service, told["conversation_id"]
    messages = service.get_conversation_messages(conversation_id, page_size=10).data.messages
    assert [each.sender.role for each in messages] == ["ROBOT", "BUYER"]
    assert json.loads(messages[1].content) == {"order_id": order_id}
    end = f"/customer_service/202605/conversations/{conversation_id}/sessions/{{}}/end"
    assert box.refused("POST", end.format(told["session_id"]), {}) == (200, 45101001)
    service.send_message(conversation_id, body=SendMessageRequest.from_dict(text("Shop here.")))
    service.update_agent_settings(body=UpdateAgentSettingsRequest(can_accept_chat=True))
    messages = service.get_conversation_messages(conversation_id, page_size=2).data.messages
    assert [each.sender.role for each in messages] == ["SYSTEM", "SHOP"]
    path = f"{GROUP}/conversations/{conversation_id}/messages"
    (joined,) = box.data("GET", path, query=[("page_size", "1"), ("locale", "de-DE")])["messages"]
    assert "Kundenbetreuer" in joined["content"]
    box.data("POST", end.format(told["session_id"]), {})
    assert box.refused("POST", end.format(told["session_id"]), {}) == (200, 45101001)


@pytest.mark.parametrize("own", [True, False])
def test_every_message_is_pushed_and_agents_who_come_and_go(box, listener, own):
    box.subscribe(listener.url, "NEW_CONVERSATION", "NEW_MESSAGE")
    box.control("PATCH", "/chat-settings", {"pushes_own": own})
    order_id = box.place_one()
    told = box.control("POST", f"/chats/{order_id}/message", {"text": "Hi"})
    path = f"{GROUP}/conversations/{told['conversation_id']}/messages"
    sent = box.data("POST", path, text("Hello"))["message_id"]
    box.advance(by="7h")

    news = [stock.Webhooks.parse(body) for _, body in listener.heard]
    kinds = [(each.type_, getattr(each.data, "type_", None)) for each in news]
    mine = [(14, "TEXT")] if own else []
    opening = [(13, None), (14, "ALLOCATED_SERVICE"), (14, "TEXT"), *mine]
    assert kinds == [*opening, (14, "NOTIFICATION"), (13, None)]
    raw = listener.news
    assert raw[0]["data"] == {
        "conversation_id": told["conversation_id"],
        "create_time": box.now - 7 * HOUR,
    }
    buyers = raw[2]["data"]
    (got,) = box.data("GET", path, query=[("page_size", "1"), ("sort_order", "ASC")])["messages"]
    assert raw[1]["data"]["message_id"] == got["id"]
    assert [each["data"]["is_visible"] for each in raw if each["type"] == 14] == [
        *[True] * (len(raw) - 3),
        False,
    ]
    assert buyers == {
        "message_id": told["message_id"],
        "index": buyers["index"],
        "conversation_id": told["conversation_id"],
        "type": "TEXT",
        "content": '{"content": "Hi"}',
        "create_time": box.now - 7 * HOUR,
        "is_visible": True,
        "sender": {"im_user_id": buyers["sender"]["im_user_id"], "role": "BUYER"},
    }
    if own:
        assert raw[3]["data"]["message_id"] == sent
        assert raw[3]["data"]["sender"]["role"] == "CUSTOMER_SERVICE"


def test_what_may_not_be_said_is_settable(box, said):
    box.control("PATCH", "/chat-settings", {"sensitive": ["Refund"]})
    assert said(text("no refunds")) == 45101006
    assert said(text("WhatsApp")) == 0
    assert box.ask("PATCH", "/chat-settings", {"sensitive": [""]}).status_code == 422


def test_buyers_by_hand_are_told_what_they_cannot(box, chat):
    order_id, _ = chat
    rating = f"/chats/{order_id}/rating"
    assert box.ask("POST", rating, {"stars": 5}).status_code == 409, "the session is open"
    assert box.ask("POST", rating, {"stars": 6}).status_code == 422
    quiet = box.place_one()
    assert box.ask("GET", f"/chats/{quiet}").status_code == 404
    assert box.ask("POST", f"/chats/{quiet}/rating", {"stars": 5}).status_code == 409
    both = {"image": "https://a.example/b.png", "card": "order"}
    assert box.ask("POST", f"/chats/{order_id}/message", both).status_code == 422
    box.control("POST", f"/chats/{order_id}/message", {"image": "https://a.example/b.png"})
    box.control("POST", f"/chats/{order_id}/message", {"card": "product"})
    types_ = [each["type"] for each in box.control("GET", f"/chats/{order_id}")["messages"]]
    assert types_ == ["ALLOCATED_SERVICE", "TEXT", "IMAGE", "PRODUCT_CARD"]
    box.advance(by="7d")
    assert box.control("POST", rating, {"stars": 5})["session_id"] is None
    assert box.ask("POST", rating, {"stars": 5}).status_code == 409, "rated once"
