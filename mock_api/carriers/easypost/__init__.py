"""EasyPost v2: one interface to many carriers, and a view that follows their numbers."""
