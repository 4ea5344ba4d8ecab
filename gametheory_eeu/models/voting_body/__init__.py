"""A voting body: power counted over orders (Shapley, Shubik 1954) and coalitions (Coleman 1971)."""
