"""What planned faults have done, and a call for them to befall."""


def fired(box):
    """By id: how many each could have befallen, and how many it did."""
    told = box.control("GET", "/faults")["faults"]
    return {each["id"]: (each["met"], each["fired"]) for each in told}


def read(box, order_id):
    """Get Order Detail: status, code, and after how long to come again."""
    path = "/order/202507/orders"
    answer = box.call("GET", path, query=[("ids", order_id)])
    return answer.status_code, answer.json()["code"], answer.headers.get("retry-after")
