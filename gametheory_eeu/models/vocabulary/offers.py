"""Parameters of alternating offers: discount factors, breakdown risk and quit options."""

from __future__ import annotations

import sympy as sp

from gametheory_eeu.core import PROBABILITY, Parameter, Source
from gametheory_eeu.models.vocabulary.rows import real_symbol

DISCOUNT = sp.Interval.Ropen(0, 1)
HEGEMON_DISCOUNT = Parameter(
    "hegemon_discount",
    real_symbol("d_1"),
    DISCOUNT,
    "what one round later is worth to the hegemon",
    "share",
    Source("L", "Rubinstein1982"),
)
MEMBER_DISCOUNT = Parameter(
    "member_discount",
    real_symbol("d_2"),
    DISCOUNT,
    "what one round later is worth to the member",
    "share",
    Source("L", "Rubinstein1982"),
)
BREAKDOWN_RISK = Parameter(
    "breakdown_risk",
    real_symbol("p"),
    DISCOUNT,
    "probability that talks break down after a rejection",
    "probability",
    Source("L", "BinmoreRubinsteinWolinsky1986"),
)
HEGEMON_QUIT_OPTION = Parameter(
    "hegemon_quit_option",
    real_symbol("w_1"),
    PROBABILITY,
    "share the hegemon has if talks are left, where it too may quit",
    "share",
    Source("L", "PonsatiSakovics1998"),
)
MEMBER_QUIT_OPTION = Parameter(
    "member_quit_option",
    real_symbol("w_2"),
    PROBABILITY,
    "share the member has if talks are left",
    "share",
    Source("L", "ShakedSutton1984"),
)
