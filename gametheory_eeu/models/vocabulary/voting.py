"""Parameters of voting bodies: votes, quota and masking."""

from __future__ import annotations

from gametheory_eeu.core import POSITIVE, PROBABILITY, Parameter, Source
from gametheory_eeu.models.vocabulary.rows import model, real_symbol

VOTES = Parameter(
    "votes",
    real_symbol("w"),
    POSITIVE,
    "a member's votes",
    "votes",
    Source("L", "ShapleyShubik1954"),
    index="member",
)
QUOTA = Parameter(
    "quota",
    real_symbol("Q"),
    POSITIVE,
    "the votes that carry a decision",
    "votes",
    Source("L", "ShapleyShubik1954"),
)
MASKING = Parameter(
    "masking",
    real_symbol("m"),
    PROBABILITY,
    "share of decisions really taken bilaterally",
    "share",
    model(),
)
