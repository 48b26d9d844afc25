"""Bodies as gates look at them, before anybody parses the request in earnest."""

import json
from typing import Any

from fastapi import Request


async def json_in(request: Request) -> Any:
    """What that body says in JSON; ``None``, if it says nothing: whoever parses it says what is
    wrong."""
    try:
        return json.loads(await request.body())
    except (ValueError, RecursionError):  # lists within lists, by the thousand
        return None


async def object_in(request: Request) -> dict[str, Any]:
    """The JSON object of that body; empty, if it is none."""
    found = await json_in(request)
    return found if isinstance(found, dict) else {}
