"""Shippo: numbers looked up and followed, and unsigned news of them."""
