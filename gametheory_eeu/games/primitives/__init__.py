"""Payoffs of mechanisms that are no game of their own yet: what each player has from a choice.

Plain functions of numbers or expressions, one mechanism a file; what follows from them is derived
where it is claimed.
"""
