"""What test suites import: ``import seatrial``.

with seatrial.intercept() as sandbox:
    (order_id,) = sandbox.place(seller="integration")
    run_my_integration()          # its httpx calls to the real hosts are answered here
    sandbox.advance("72h")
"""

from scenarios.testing.box import Box, opened
from scenarios.testing.intercepting import REAL_HOSTS, intercept

__all__ = ["REAL_HOSTS", "Box", "intercept", "opened"]
