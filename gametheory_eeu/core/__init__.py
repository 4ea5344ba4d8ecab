"""Exact numbers, the text grammar, symbols, parameters, spaces and sources.

Nothing here knows a game or a solver.
"""

from gametheory_eeu.core.bibliography import Bibliography, Citation, Work
from gametheory_eeu.core.conversions import rational
from gametheory_eeu.core.definedness import (
    condition_at,
    nonreal_constant,
    rationalize_floats,
    substitute,
)
from gametheory_eeu.core.exact import exact
from gametheory_eeu.core.expressions import fresh_symbols
from gametheory_eeu.core.grammar import parse
from gametheory_eeu.core.parameter import (
    COUNT,
    MARKS,
    NON_NEGATIVE,
    POSITIVE,
    PROBABILITY,
    REAL,
    Calibration,
    Parameter,
    Source,
    declare_marks,
    domain_text,
)
from gametheory_eeu.core.space import Space, assumptions_hold, check_assumptions, check_symbols

__all__ = [
    "COUNT",
    "MARKS",
    "NON_NEGATIVE",
    "POSITIVE",
    "PROBABILITY",
    "REAL",
    "Bibliography",
    "Calibration",
    "Citation",
    "Parameter",
    "Source",
    "Space",
    "Work",
    "assumptions_hold",
    "check_assumptions",
    "check_symbols",
    "condition_at",
    "declare_marks",
    "domain_text",
    "exact",
    "fresh_symbols",
    "nonreal_constant",
    "parse",
    "rational",
    "rationalize_floats",
    "substitute",
]
