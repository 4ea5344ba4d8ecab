"""Tables of comparative statics: each derivative, or direction, with its sign and its proof.

Of the least and the greatest equilibrium no derivative is taken, and none has to be unique. Where a
player's gain from a higher action never falls in the others' actions (strategic complements), there
are a least and a greatest equilibrium; where it never falls in a parameter either, both rise with
it, weakly. Topkis (1979), Milgrom and Roberts (1990); with single crossing in place of increasing
differences, Milgrom and Shannon (1994).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, overload

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Calibration, Parameter, Space, exact
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Displayable, Plottable
from gametheory_eeu.core.signs import SIGNS
from gametheory_eeu.errors import UnknownNameError
from gametheory_eeu.games import Game
from gametheory_eeu.statics.recheck import LocalEffectTable, local_effects
from gametheory_eeu.statics.row import ComparativeStatic

EXTREMAL_EQUILIBRIA = ("least equilibrium", "greatest equilibrium")
_SYMBOLS = {"least equilibrium": r"\underline{x}", "greatest equilibrium": r"\overline{x}"}


@dataclass(frozen=True, repr=False)
class MonotoneStatic(Displayable):
    """The direction in which an extremal equilibrium moves with a parameter.

    Parameters
    ----------
    quantity : {"least equilibrium", "greatest equilibrium"}
    parameter : Parameter
    sign : {">=0", "<=0", "0", "?"}
        Weak: some action may stay as it is.
    theorem : str
        What the claim rests on; "" where none applies.
    complements : tuple of Proof
        That no gain from a higher action falls in the others' actions.
    differences : tuple of Proof
        That each such gain moves one way with the parameter, or crosses zero once.
    premises : tuple of Proof
        That points between are in the space, where the sign is that of a slope; that the ends of
        the intervals that the parameter moves go its way.
    why : str
        Where no theorem applies, which premises fail, with a point if one was found.
    space : Space
        Over which the claim is made: of the game, with the choices where these are numbers.
    """

    quantity: str
    parameter: Parameter
    sign: Literal[">=0", "<=0", "0", "?"]
    theorem: str
    complements: tuple[prover.Proof, ...]
    differences: tuple[prover.Proof, ...]
    premises: tuple[prover.Proof, ...] = ()
    why: str = ""
    space: Space = field(default_factory=lambda: Space(()))

    @property
    def symbol(self) -> str:
        """The equilibrium in LaTeX."""
        return _SYMBOLS[self.quantity]

    @property
    def verdict(self) -> Literal["proved", "unknown"]:
        """``"proved"``, or ``"unknown"`` where no theorem applies."""
        return "unknown" if self.sign == "?" else "proved"

    @property
    def reading(self) -> str:
        """The claim in words."""
        if self.sign == "?":
            return f"unknown ({self.why})"
        direction = {">=0": "rises weakly", "<=0": "falls weakly", "0": "does not move"}[self.sign]
        return f"{direction}, by {self.theorem}"

    @property
    def proofs(self) -> tuple[prover.Proof, ...]:
        """All proofs that the claim rests on."""
        return (*self.complements, *self.differences, *self.premises)

    def recheck(self) -> bool | None:
        """Check the proofs again by their other routes, and that they are of what is claimed."""
        if self.sign == "?":
            return None
        # What crosses zero in neither direction does not move: two proofs, one for each way.
        is_two_way = self.sign == "0" and any(
            p.statement.func is sp.Implies for p in self.differences
        )
        signs = (">=0", "<=0") if is_two_way else (self.sign,)
        statements = [proof.statement for proof in self.differences]
        claims_match = all(_is_sign_claim(p.statement, ">=0") for p in self.complements) and all(
            any(_is_sign_claim(statement, sign) for sign in signs) for statement in statements
        )
        checks = [claims_match, *(p.verdict == "proved" and p.recheck() for p in self.proofs)]
        return False if False in checks else None if None in checks else True

    def __repr__(self) -> str:
        return f"<{self.quantity} in {self.parameter.name}: {self.reading}>"


@dataclass(frozen=True, repr=False)
class MonotoneTable(Displayable):
    """Monotone comparative statics: a row for each extremal equilibrium and parameter.

    Parameters
    ----------
    rows : tuple of MonotoneStatic
    title : str
    notes : tuple of str
        What a reader has to know, such as of which equilibria it speaks.
    """

    rows: tuple[MonotoneStatic, ...] = ()
    title: str = ""
    notes: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[MonotoneStatic]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, key: tuple[str, str]) -> MonotoneStatic:
        """A row by (quantity, parameter); the ASCII symbol will do."""
        return arg.lookup("row", self.rows, key, _names_of)

    def __repr__(self) -> str:
        proved = sum(row.verdict == "proved" for row in self.rows)
        return f"<{len(self)} monotone comparative statics: {proved} proved>"


def _is_sign_claim(statement: Boolean, sign: str) -> bool:
    """Whether a statement claims the sign of a difference, or that a gain crosses zero once."""
    if isinstance(statement, sp.Implies):
        return all(isinstance(side, (sp.Ge, sp.Gt)) and side.rhs == 0 for side in statement.args)
    is_claim = statement.is_Relational and SIGNS[statement.func] <= SIGNS[sign]
    return bool(statement == sp.true or (is_claim and statement.rhs == 0))


def _names_of(row: ComparativeStatic | MonotoneStatic) -> list[tuple[str, str]]:
    """The pairs by which a row is found."""
    parameter = row.parameter
    return [(row.quantity, parameter.name), (row.quantity, parameter.symbol.name)]


@dataclass(frozen=True, repr=False)
class StaticsTable(Plottable):
    """Comparative statics, a row for each quantity and parameter it moves with.

    Parameters
    ----------
    rows : tuple of ComparativeStatic
    game : Game or None
        None for formulas that belong to no game.
    title : str
        Of formulas that belong to no game.
    notes : tuple of str
        What a reader has to know, such as which symbols range over all reals.
    ends : MonotoneTable
        How the least and the greatest equilibrium move, of a game with strategic complements.
    zeros : tuple of ComparativeStatic
        Of parameters that are not in a quantity: the derivative is zero, proved. They are found by
        name and shown, but do not count among the rows.
    """

    rows: tuple[ComparativeStatic, ...]
    game: Game | None = None
    title: str = ""
    notes: tuple[str, ...] = ()
    ends: MonotoneTable = field(default_factory=MonotoneTable)
    zeros: tuple[ComparativeStatic, ...] = ()

    @property
    def all_rows(self) -> tuple[ComparativeStatic | MonotoneStatic, ...]:
        """The rows, the derivatives of zero, then the least and the greatest equilibrium."""
        return (*self.rows, *self.zeros, *self.ends.rows)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters that move something, in the order of their declaration; all if none do."""
        moving = [r.parameter for r in (*self.rows, *self.ends)]
        found = tuple(dict.fromkeys(moving or (r.parameter for r in self.zeros)))
        if self.game is None:
            symbols = dict.fromkeys(s for r in (*self.rows, *self.zeros) for s in r.space.symbols)
            positions = {s: i for i, s in enumerate(symbols)}
            return tuple(sorted(found, key=lambda p: positions.get(p.symbol, len(positions))))
        declared = type(self.game).parameters.expand(self.game.members)
        return tuple(p for p in declared if p in found)

    def __iter__(self) -> Iterator[ComparativeStatic]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, key: int) -> ComparativeStatic: ...
    @overload
    def __getitem__(self, key: tuple[str, str]) -> Any: ...
    def __getitem__(self, key: int | tuple[str, str]) -> Any:
        """A row by position, or by (quantity, parameter); the ASCII symbol will do for both."""
        rows = self.all_rows if isinstance(key, tuple) else self.rows
        return arg.lookup("row", rows, key, _names_of)

    @arg.validate(
        calibration=arg.optional(
            arg.instance_of(Calibration, "a Calibration; values go by keyword")
        )
    )
    def at_calibration(
        self, calibration: Calibration | None = None, /, *, step: object = None, **values: object
    ) -> LocalEffectTable:
        """Derivatives, elasticities and finite changes at numbers, exact.

        Parameters
        ----------
        calibration : Calibration, optional
        step : number, optional
            How far each parameter is moved for the finite change; a tenth of its value, and one
            for a whole number, where it is left out.
        **values
            Parameters by name or ASCII symbol; what the game has values for may be left out.

        Returns
        -------
        MotionTable
            With a note for each row that has no value there.
        """
        exact_step = None if step is None else exact(step, "step")
        if self.game is None:
            symbols = {p.name: p.symbol for p in self.parameters}
            for row in self.rows:
                symbols |= {s.name: s for s in row.space.symbols}
            point = _values_by_symbol(values, symbols)
            return local_effects(self.rows, point, self.title, exact_step)
        game = self.game.at(calibration, **values) if calibration or values else self.game
        title = f"{type(game).__name__} {game.calibration}".strip()
        return local_effects(self.rows, game.values, title, exact_step)

    def recheck(self) -> bool | None:
        """Check every row again: False where one is contradicted, None where one is not settled."""
        checks = [row.recheck() for row in self.all_rows]
        return False if False in checks else None if None in checks else True

    def __repr__(self) -> str:
        verdicts = [row.verdict for row in self.rows]
        proved, depend = verdicts.count("proved"), verdicts.count("depends")
        text = f"{len(self)} comparative statics: {proved} proved, {depend} depend"
        text += f"; {len(self.zeros)} of zero" if self.zeros else ""
        if len(self.ends):
            ends = sum(row.verdict == "proved" for row in self.ends)
            text += f"; {len(self.ends)} of the least and the greatest equilibrium: {ends} proved"
        return f"<{text}>"


def _values_by_symbol(
    values: Mapping[str, object], symbols: Mapping[str, Symbol]
) -> dict[Symbol, Expr]:
    for name in values:
        if name not in symbols:
            raise UnknownNameError("symbol", name, symbols)
    return {symbols[name]: exact(value, name) for name, value in values.items()}
