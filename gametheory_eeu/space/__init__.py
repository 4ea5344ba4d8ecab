"""What a model is written in: exact numbers, text, symbols, parameters, spaces and sources.

Nothing here knows a game or a solver.
"""

from gametheory_eeu.space.apart import renamed_apart
from gametheory_eeu.space.assumptions import assumptions_hold, check_assumptions
from gametheory_eeu.space.conditions import condition_at
from gametheory_eeu.space.constants import unreal
from gametheory_eeu.space.definedness import put, without_floats
from gametheory_eeu.space.domain import Space, check_symbols
from gametheory_eeu.space.exact import exact
from gametheory_eeu.space.floats import rational
from gametheory_eeu.space.grammar import parse
from gametheory_eeu.space.parameter import (
    COUNT,
    MARKS,
    NON_NEGATIVE,
    POSITIVE,
    PROBABILITY,
    REAL,
    Calibration,
    Parameter,
    Source,
    domain_text,
)

__all__ = [
    "COUNT",
    "MARKS",
    "NON_NEGATIVE",
    "POSITIVE",
    "PROBABILITY",
    "REAL",
    "Calibration",
    "Parameter",
    "Source",
    "Space",
    "assumptions_hold",
    "check_assumptions",
    "condition_at",
    "check_symbols",
    "domain_text",
    "exact",
    "parse",
    "put",
    "rational",
    "renamed_apart",
    "unreal",
    "without_floats",
]
