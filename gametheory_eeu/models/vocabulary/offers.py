"""Alternating offers: what waiting a round costs, and what may end the talks."""

from __future__ import annotations

import sympy as sp

from gametheory_eeu.core import PROBABILITY, Parameter, Source
from gametheory_eeu.models.vocabulary.rows import symbol

DISCOUNT = sp.Interval.Ropen(0, 1)
HEGEMON_DISCOUNT = Parameter(
    "hegemon_discount",
    symbol("d_1"),
    DISCOUNT,
    "what one round later is worth to the hegemon",
    "share",
    Source("L", "Rubinstein1982"),
)
MEMBER_DISCOUNT = Parameter(
    "member_discount",
    symbol("d_2"),
    DISCOUNT,
    "what one round later is worth to the member",
    "share",
    Source("L", "Rubinstein1982"),
)
BREAKDOWN_RISK = Parameter(
    "breakdown_risk",
    symbol("p"),
    DISCOUNT,
    "probability that talks break down after a rejection",
    "probability",
    Source("L", "BinmoreRubinsteinWolinsky1986"),
)
HEGEMON_QUIT_OPTION = Parameter(
    "hegemon_quit_option",
    symbol("w_1"),
    PROBABILITY,
    "share the hegemon has if talks are left, where it too may quit",
    "share",
    Source("L", "PonsatiSakovics1998"),
)
MEMBER_QUIT_OPTION = Parameter(
    "member_quit_option",
    symbol("w_2"),
    PROBABILITY,
    "share the member has if talks are left",
    "share",
    Source("L", "ShakedSutton1984"),
)
