"""Institutions: what a deal is worth to both sides at a depth of binding."""
