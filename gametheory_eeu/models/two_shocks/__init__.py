"""7, the whole argument: the theorem on the two shocks (Z = 0), and its worked example."""
