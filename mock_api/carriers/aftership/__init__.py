"""AfterShip Tracking: numbers that somebody follows, of any courier, and signed news of them."""
