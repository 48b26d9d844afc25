"""J&T Express's Open Platform: orders, labels, prices, traces, and traces that are pushed."""
