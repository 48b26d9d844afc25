"""``seatrial report`` shows what became of complaints, returns and money."""

from rich.console import Console

from scenarios.report import _show_aftersales

COMPLAINT = {
    "cause": "damaged",
    "row": "not_shown_intact",
    "liable": "seller",
    "refund": "full",
    "count": 3,
}
RETURN = {"kind": "return_and_refund", "status": "closed", "reason": "no_need", "count": 2}
NOTHING = {
    "chases": 0,
    "complaints": [],
    "open_complaints": 0,
    "returns": [],
    "refunds": 0,
    "refunded_minor": 0,
    "reimbursements": [],
}


def shown(told):
    console = Console(record=True, width=200)
    _show_aftersales(console, told)
    return console.export_text()


def test_every_row_is_shown():
    text = shown(
        NOTHING
        | {
            "complaints": [COMPLAINT],
            "open_complaints": 1,
            "returns": [RETURN],
            "refunds": 4,
            "refunded_minor": 9_000,
            "reimbursements": [{"by": "carrier", "amount_minor": 700}],
        }
    )
    assert "1 not decided" in text
    for row in (COMPLAINT, RETURN):
        assert all(str(cell) in text for cell in row.values())
    assert "4 refunds, 9000 in minor units; 700 made good to sellers." in text


def test_where_nothing_happened_nothing_is_shown():
    assert shown(NOTHING) == ""
