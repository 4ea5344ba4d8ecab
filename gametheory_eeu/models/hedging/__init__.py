"""Hedging: a member between two principals that pay for its alignment (Bernheim, Whinston 1986)."""
