"""Bodies as gates look at them, before anybody parses the request in earnest."""

import json
from typing import Any

from fastapi import Request


async def object_in(request: Request) -> dict[str, Any]:
    """The JSON object of that body; empty, if it is none: whoever parses it says what is wrong."""
    try:
        found = json.loads(await request.body() or b"{}")
    except (ValueError, RecursionError):  # lists within lists, by the thousand
        return {}
    return found if isinstance(found, dict) else {}
