"""``seatrial report``: a running server's figures on one sandbox, as tables or as JSON."""

from collections.abc import Sequence
from typing import Any

import httpx
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mock_api.kernel.wall_clock import iso
from scenarios.access import authorization
from scenarios.client import CallFailed, Control

_PATIENCE_S = 30.0
_MINUTES_PER_HOUR = 60
_SECONDS_PER_HOUR = 3600
_MINOR_PER_UNIT = 100
_COLOURS = {"enforced": "bold red", "missed": "yellow", "kept": "green"}


class NoReport(Exception):
    """No report can be had; the text says why and what to do."""


def fetch(url: str, sandbox: str, token: str = "") -> dict[str, Any]:
    """The report on *sandbox* of the server at *url*; NoReport if there is none to be had. *token*:
    the control API's, where the server asks for one."""
    headers = authorization(token)
    try:
        with httpx.Client(base_url=url, timeout=_PATIENCE_S, headers=headers) as http:
            return Control(http).call("GET", f"/sandboxes/{sandbox}/report")
    except CallFailed as refused:
        raise NoReport(f"{url} has no report on sandbox {sandbox!r}: {refused.answer}") from None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as problem:
        raise NoReport(
            f"no Seatrial server answers at {url} ({problem}). "
            "Start one with 'seatrial up', or name another with --url."
        ) from None


def show(console: Console, report: dict[str, Any]) -> None:
    """The report as tables; a table with nothing in it is left out."""
    orders = ", ".join(f"{n} {status}" for status, n in report["orders"].items()) or "no orders"
    console.print(
        f"Sandbox {report['sandbox']} ({report['market']}) at {iso(report['now'])}: "
        f"{orders}; {report['facts']} facts.\n",
        highlight=False,
    )
    _table(
        console,
        "Breaches by rule and liable party",
        ("rule", "liable", "missing", "orders"),
        [(row["rule"], row["liable"], row["cause"], row["count"]) for row in report["breaches"]],
    )
    _table(
        console,
        "Rates against the platform's marks",
        ("rate", "orders", "of", "share", "recommended", "enforced", ""),
        [_rate_row(row) for row in report["rates"]],
    )
    _table(
        console,
        f"Hours until the first scan ({report['waiting_parcels']} parcels still wait)",
        ("carrier", "handover", "parcels", "mean", "median", "90 %", "99 %"),
        [(row["carrier"], row["handover"], *_times(row)) for row in report["pickup_waits"]],
    )
    _table(
        console,
        "Hours from the first scan to the door",
        ("carrier", "from", "to", "parcels", "mean", "median", "90 %", "99 %"),
        [
            (row["carrier"], row["origin"], row["destination"], *_times(row))
            for row in report["transits"]
        ],
    )
    _table(
        console,
        "Cancellations",
        ("reason", "by", "orders"),
        [(row["reason"], row["by"], row["count"]) for row in report["cancellations"]],
    )
    _table(
        console,
        "Tracking numbers that something is wrong with (S2)",
        ("anomaly", "orders"),
        [(row["anomaly"], row["count"]) for row in report["tracking_anomalies"]],
    )
    _show_mishaps(console, report)
    _show_aftersales(console, report["aftersales"])
    _show_channels(console, report["channels"])


def _show_mishaps(console: Console, report: dict[str, Any]) -> None:
    _table(
        console,
        "Mishaps",
        ("what", "carrier", "times"),
        [
            (row["mishap"].replace("_", " "), row["carrier"], row["count"])
            for row in report["mishaps"]
        ],
    )
    _table(
        console,
        "Parcels that never came",
        ("end", "carrier", "parcels"),
        [(row["status"], row["carrier"], row["count"]) for row in report["parcel_ends"]],
    )


def _show_aftersales(console: Console, told: dict[str, Any]) -> None:
    _table(
        console,
        f"Buyers' complaints ({told['open_complaints']} not decided)",
        ("cause", "decided by", "liable", "refund", "complaints"),
        [
            (row["cause"], row["row"], row["liable"], row["refund"], row["count"])
            for row in told["complaints"]
        ],
    )
    _table(
        console,
        "Returns and replacements",
        ("what", "status", "reason", "orders"),
        [(row["kind"], row["status"], row["reason"], row["count"]) for row in told["returns"]],
    )
    if told["refunds"]:
        made_good = sum(row["amount_minor"] for row in told["reimbursements"])
        console.print(
            f"{told['refunds']} refunds, {told['refunded_minor']} in minor units; "
            f"{made_good} made good to sellers.",
            highlight=False,
        )


def _show_channels(console: Console, report: dict[str, Any]) -> None:
    """Freight is money in the carriers' currency."""
    _table(console, "Orders by channel", ("channel", "orders"), list(report["orders"].items()))
    _table(
        console,
        "Freight by channel and carrier",
        ("channel", "carrier", "parcels", "total", "subsidy", "a parcel", ""),
        [
            (
                row["channel"],
                row["carrier"],
                row["parcels"],
                *(_money(row[f"{figure}_minor"]) for figure in ("amount", "subsidy", "mean")),
                row["currency"],
            )
            for row in report["freight"]
        ],
    )
    _table(
        console,
        "Too few in the warehouse abroad (X2)",
        ("SKU", "instead", "buyers"),
        [(row["sku_id"], row["instead"], row["count"]) for row in report["stock_outs"]],
    )
    if report["expected_in_vain"]:
        told = f"{report['expected_in_vain']} orders of independent shops came late, or never (M4)."
        console.print(told, highlight=False)
    _table(
        console,
        "Suppliers (X3)",
        ("supplier", "orders", "shipped", "late", "hours late", "refused"),
        [
            (
                row["supplier"],
                row["passed"],
                row["shipped"],
                row["late"],
                f"{row['mean_late_s'] / _SECONDS_PER_HOUR:.1f}",
                row["refused"],
            )
            for row in report["suppliers"]
        ],
    )


def _table(
    console: Console, title: str, headings: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    if not rows:
        return
    table = Table(title=title, title_justify="left")
    for heading, item in zip(headings, rows[0], strict=True):
        table.add_column(heading, justify="right" if _is_figure(item) else "left")
    for row in rows:
        # As text, never as markup: a reason for cancelling is whatever its buyer wrote.
        table.add_row(*(item if isinstance(item, Text) else Text(str(item)) for item in row))
    console.print(table)


def _money(minor: int) -> str:
    return f"{minor / _MINOR_PER_UNIT:.2f}"


def _is_figure(item: Any) -> bool:
    return isinstance(item, int) or str(item)[:1].isdigit()


def _rate_row(row: dict[str, Any]) -> tuple[Any, ...]:
    share = "" if row["share"] is None else f"{row['share']:.1%}"
    verdict = row["verdict"].replace("_", " ")
    return (
        row["name"].replace("_", " "),
        row["hits"],
        row["of"],
        share,
        row["recommended"] or "",
        row["enforced"] or "",
        Text(verdict, style=_COLOURS.get(row["verdict"], "")),
    )


def _times(row: dict[str, Any]) -> tuple[Any, ...]:
    minutes = (row["mean_s"] // _MINUTES_PER_HOUR, row["p50_min"], row["p90_min"], row["p99_min"])
    return (row["parcels"], *(f"{each / _MINUTES_PER_HOUR:.1f}" for each in minutes))
