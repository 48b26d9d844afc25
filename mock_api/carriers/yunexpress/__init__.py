"""YunExpress's OpenAPI: waybills, labels, prices, tracking, and pushes of what is subscribed to.

There is no official client; sellers write their own, and one TypeScript SDK is on GitHub. Wire
facts: carriers facts, section 4.11; that SDK's description of the API; field comments, answers and
pushes in public integrations. Each module says what is inferred.
"""
