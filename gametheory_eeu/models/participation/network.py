"""Participation on a network: each pair of members with a complementarity of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.model import declare
from gametheory_eeu.models import vocabulary as v
from gametheory_eeu.models.participation.model import Participation


class ParticipationOnNetwork(Participation):
    r"""Participation where :math:`\beta_{ij}` differs from pair to pair.

    ``Participation`` becomes this where complementarity comes as rows or pairs; with ``members=``
    alone it has a symbol for each pair. Row i says what the others' joining is worth to i.

    Examples
    --------
    >>> ParticipationOnNetwork(members=2).equilibrium_threshold
    Max(-beta_1_2 + theta_1, -beta_2_1 + theta_2)
    """

    title = "Participation on a network"
    variant = "network"

    parameters = declare(
        v.HEGEMON_POWER, v.RESISTANCE, replace(v.COMPLEMENTARITY, index="pair"), v.MEMBER_COUNT
    )

    def __init__(self, *, members: object = None, **values: object) -> None:
        if members is None and not values:
            raise ParameterError(
                "members", None, "a whole number or names", "A network needs its members"
            )
        super().__init__(members=members, **values)

    def constraints(self) -> tuple[Boolean, ...]:
        """None between the parameters."""
        return ()

    @arg.validate(i=arg.integer, j=arg.integer)
    def gain(self, i: int, j: int) -> Expr:
        """The gain of i from the joining of j."""
        if i == j:
            return sp.Integer(0)
        names: Any = self.players
        symbol = self.symbols.beta[names[i]][names[j]]
        return self.values.get(symbol, symbol)

    @property
    def _is_uniform(self) -> bool:
        return False


__all__ = ["ParticipationOnNetwork"]
