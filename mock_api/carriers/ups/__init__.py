"""UPS's REST APIs: rating, shipping, pickups, tracking and Track Alert (docs/ups-api.md)."""
