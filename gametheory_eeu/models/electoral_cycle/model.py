"""The electoral cycle: one period's announcement, and the calendar of many."""

from __future__ import annotations

from typing import Any

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core import Source
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.forms import ContinuousGame
from gametheory_eeu.model import Game, declare, quantity
from gametheory_eeu.models import vocabulary as v
from gametheory_eeu.models.best_choice import best_choice, isolated_solutions
from gametheory_eeu.models.electoral_cycle import payoffs
from gametheory_eeu.models.electoral_cycle.signal import ElectoralSignal

NORDHAUS = Source("L", "Nordhaus1975", "with a quadratic cost [M]")
_AMOUNT = sp.Symbol("a", real=True)
_MOST_PERIODS = 10_000


class ElectoralCycle(Game):
    r"""The electoral cycle: announcements of integration before elections, and after.

    **Player.** An incumbent, who decides in every period how much to announce.

    **Payoffs.** An announcement :math:`a \ge 0` costs :math:`ca^2/2`. At the next election, in
    :math:`k` periods, voters remember :math:`q = d^k` of it, which is worth :math:`Bqa`; where no
    election is to come, :math:`q = 0`.

    **Concept.** The best announcement, period by period: none bears on another.

    After Nordhaus (1975). ``ElectoralCycle.signalling`` is the version of Rogoff (1990), in which
    types of incumbent separate or pool.
    """

    title = "Electoral cycle"

    parameters = declare(
        v.ANNOUNCEMENT_BENEFIT,
        v.ANNOUNCEMENT_COST,
        v.ELECTORAL_WEIGHT,
        v.MEMORY,
        v.PERIODS_TO_ELECTION,
    )
    names = FrozenMapping({"interior": "before an election", "a = 0": "no election to come"})

    def form(self) -> ContinuousGame:
        """One period's announcement."""
        s = self.symbols
        payoff = payoffs.announcement_payoff(_AMOUNT, s.q, s.B, s.c)
        return ContinuousGame({"incumbent": payoff}, {"incumbent": "a >= 0"}, title=self.title)

    @quantity("a^*", NORDHAUS)
    def announcement(self) -> Expr:
        """What the incumbent announces in one period."""
        return best_choice(self.general.form(), "a")

    def calendar(self, elections: Any, periods: int) -> tuple[Expr, ...]:
        """The announcements of all periods, from the first on, exact.

        Parameters
        ----------
        elections : list of int
            The periods in which there is an election, counted from 1.
        periods : int

        Raises
        ------
        ParameterError
            A calendar without an election, or one outside of it.

        Examples
        --------
        >>> ElectoralCycle(B=1, c=1, d="1/2").calendar([3], 5)
        (1/4, 1/2, 1, 0, 0)
        """
        count = arg.integer("periods", periods, 1, _MOST_PERIODS)
        allowed = f"a list of at least one period, from 1 to {count}"
        dates = sorted(
            arg.integer("elections", date, 1, count)
            for date in arg.sequence("elections", elections, allowed)
        )
        if not dates:
            raise ParameterError("elections", elections, allowed, "There is no election in it")
        memory = self.symbols.d.xreplace(dict(self.values))
        weights = []
        for period in range(1, count + 1):
            to_come = [date for date in dates if date >= period]
            weights.append(memory ** (to_come[0] - period) if to_come else sp.S.Zero)
        return tuple(self._announced(weight) for weight in weights)

    def _announced(self, weight: Expr) -> Expr:
        """The engine's choice where an election is to come, or where none is."""
        solutions = {e.name: e.choices["a"] for e in isolated_solutions(self.general.form())}
        amount = solutions["interior" if weight != 0 else "a = 0"]
        values = {s: x for s, x in self.values.items() if s != self.symbols.q}
        return amount.xreplace({**values, self.symbols.q: weight})

    @classmethod
    def signalling(cls, **values: object) -> ElectoralSignal:
        """The version in which an incumbent's announcement tells its type (Rogoff 1990).

        Examples
        --------
        >>> ElectoralCycle.signalling(prize=1, low_cost=2, high_cost=1, prior="1/2").least_cost
        1/2
        """
        return ElectoralSignal(**values)
