"""Carriers' and trackers' own APIs: one folder a dialect, found by its folder."""
