"""The carriers that there are, as every world finds them unless it is told otherwise.

What a world makes of them is its registry's (``Registry.carrier``). Where each default is from is
said beside it, and on the page ``docs/carriers.md``.
"""

from typing import Final

from simulator.carriers.domestic import with_last_mile
from simulator.carriers.expresses import EXPRESSES
from simulator.carriers.lines import LINES
from simulator.carriers.posts import POSTS

CARRIERS: Final = {
    carrier.code: with_last_mile(carrier) for carrier in (*LINES, *EXPRESSES, *POSTS)
}
