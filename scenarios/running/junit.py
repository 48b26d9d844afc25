"""The results as JUnit XML, which every CI reads."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from scenarios.record import Failure
from scenarios.running.run import Result
from scenarios.running.stage import opening_command

_MOST: Final = 12
"""Failures of one run that are told in full: forty orders fail for one reason."""
_NOT_XML: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_junit(path: Path, results: Sequence[Result]) -> None:
    """One test case a run; a failure's text is what the console shows."""
    suite = Element(
        "testsuite",
        name="seatrial",
        tests=str(len(results)),
        failures=str(sum(bool(each.failures) for each in results)),
        errors=str(sum(bool(each.error) for each in results)),
        time=f"{sum(each.took_s for each in results):.3f}",
    )
    for each in results:
        case = SubElement(
            suite,
            "testcase",
            classname=_clean(each.file),
            name=_clean(f"{each.title} [seed {each.seed}]"),
            time=f"{each.took_s:.3f}",
        )
        if each.failures:
            count = len(each.failures)
            summary = f"{count} expectation{'s were' if count > 1 else ' was'} not met"
            SubElement(case, "failure", message=summary).text = _clean(told(each))
        if each.error:
            SubElement(case, "error", message=_clean(each.error)).text = _clean(told(each))
    suites = Element("testsuites")
    suites.append(suite)
    indent(suites)
    path.parent.mkdir(parents=True, exist_ok=True)
    ElementTree(suites).write(path, encoding="utf-8", xml_declaration=True)


def told(result: Result) -> str:
    """A run that did not pass, for people: what was expected, what came, the facts around it, and
    how to see it again."""
    lines = [f"could not be played: {result.error}"] if result.error else []
    shown: set[str] = set()
    for failure in result.failures[:_MOST]:
        lines += _told(failure, shown)
    if len(result.failures) > _MOST:
        lines.append(f"… and {len(result.failures) - _MOST} more expectations")
    lines.append(f"replay: {result.replay}")
    if result.artefact:
        lines.append(opening_command(result.artefact))
    return "\n".join(lines)


def _told(failure: Failure, shown: set[str]) -> list[str]:
    lines = [
        failure.expectation + (f" (order {failure.order_id})" if failure.order_id else ""),
        f"  expected  {failure.expected}",
        f"  found     {failure.found}",
    ]
    if failure.around and failure.order_id not in shown:
        lines += [f"    {line}" for line in failure.around]
        shown |= {failure.order_id} - {""}
    return lines


def _clean(text: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
