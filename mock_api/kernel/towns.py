"""Chinese towns as Chinese clients write them, in the world's own spelling: for all carriers' forms
that are filled in with Chinese addresses."""

from typing import Final

from simulator.registry import COUNTRY

_SPELT: Final = {"深圳": "Shenzhen", "上海": "Shanghai", "杭州": "Hangzhou", "义乌": "Yiwu"}
"""The world's own, without 市."""


def town(city: str, region: str) -> str:
    """Vans and scans know it by this name; a town abroad keeps its own."""
    said = city.strip()
    if region != COUNTRY:
        return said
    name = said.removesuffix("市")
    return _SPELT.get(name, name)
