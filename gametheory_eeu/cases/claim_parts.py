"""Parts of a claim: one statement over a space, the condition it needs, and the verdict on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Calibration, Space, parse
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import FrozenMapping, Picklable
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.games import Claim, Game
from gametheory_eeu.models import model_class
from gametheory_eeu.prover import Proof, prove

ClaimVerdict: TypeAlias = Literal[
    "fact", "stipulated", "proved", "proved if", "holds at the calibration", "refuted", "unknown"
]


@dataclass(frozen=True, repr=False)
class Part(Picklable):
    """One statement of a claim.

    Parameters
    ----------
    label : str
    statement : SymPy Boolean
    space : Space
        The assumptions of the model.
    condition : SymPy Boolean, optional
        What the statement needs besides.
    naive : bool
        It is the simple form of the claim, which other parts correct.
    point : mapping of symbol to exact value
        Where it is judged if it does not hold throughout; empty where nowhere.
    """

    label: str
    statement: Boolean
    space: Space
    condition: Boolean | None = None
    naive: bool = False
    point: Mapping[Symbol, Expr] = FrozenMapping()

    @classmethod
    def of(cls, claim: Claim) -> Part:
        """The part that a formal claim of a proposition is."""
        return cls(claim.label, claim.statement, claim.space, naive=claim.naive)

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        """The symbols of the statement and its space."""
        free = self.statement.free_symbols - set(self.space.symbols)
        return (*self.space.symbols, *sorted(free, key=str))

    def under(self, assumptions: tuple[Boolean, ...], values: Mapping[str, Expr]) -> Part:
        """The part with the assumptions and values that are about its symbols."""
        by_name = {symbol.name: symbol for symbol in self.symbols}
        given = {by_name[name]: value for name, value in values.items() if name in by_name}
        relations = [a for a in assumptions if a.free_symbols <= set(self.symbols)]
        equations = [sp.Eq(symbol, value) for symbol, value in given.items()]
        if not (relations or equations):
            return self
        if self.point:
            return replace(self, space=Space.of(self.space, *relations),
                           point=FrozenMapping({**self.point, **given}))  # fmt: skip
        return replace(self, space=Space.of(self.space, *relations, *equations))

    def at(self, point: Mapping[Symbol, Expr]) -> Part:
        """The part, to be judged at a point if it does not hold throughout."""
        own = {symbol: point[symbol] for symbol in self.symbols if symbol in point}
        return replace(self, point=FrozenMapping(own))

    def judge(self) -> PartJudgement:
        """Its verdict, with the proofs: throughout, then on its condition, then at its point."""
        proof = prove(self.statement, given=self.space)
        if proof.verdict != "refuted" or proof.vacuous:
            verdict: ClaimVerdict = "unknown" if proof.vacuous else proof.verdict
            return PartJudgement(self, verdict, (proof,))
        if self.naive:
            return PartJudgement(self, "proved if", (proof,))
        if self.condition is not None:
            conditional = prove(self.statement, given=Space.of(self.space, self.condition))
            if conditional.verdict == "proved" and not conditional.vacuous:
                return PartJudgement(self, "proved if", (proof, conditional))
            if conditional.verdict == "unknown":
                return PartJudgement(self, "unknown", (proof, conditional))
        if self.point:
            at_point = prove(self.statement, given=Space.of(self.space, *equations(self.point)))
            if at_point.vacuous:
                return PartJudgement(self, "unknown", (proof, at_point))
            found: ClaimVerdict = "holds at the calibration"
            verdict = found if at_point.verdict == "proved" else at_point.verdict
            return PartJudgement(self, verdict, (proof, at_point))
        return PartJudgement(self, "refuted", (proof,))


@dataclass(frozen=True, repr=False)
class PartJudgement(Picklable):
    """The verdict on a part.

    Parameters
    ----------
    part : Part
    verdict : str
    proofs : tuple of Proof
        Of the statement throughout, and, where that fails, on its condition or at its point.
    """

    part: Part
    verdict: ClaimVerdict
    proofs: tuple[Proof, ...]

    @property
    def counterexample(self) -> Mapping[Symbol, Expr] | None:
        """A point at which the statement fails without its condition, or away from its point."""
        witnesses = self.proofs[0].witnesses
        return witnesses[0] if witnesses else None


def equations(point: Mapping[Symbol, Expr]) -> list[Boolean]:
    """The point as equations."""
    return [sp.Eq(symbol, value) for symbol, value in point.items()]


def game_class(game: str | type[Game]) -> type[Game]:
    """A game's class, from itself or from the name of one of the library's."""
    return model_class(game) if isinstance(game, str) else game


def values_at(game_or_name: str | type[Game], calibration: Calibration) -> dict[Symbol, Expr]:
    """The values of a game's parameters at a calibration, by symbol."""
    game = game_class(game_or_name)().at(calibration)
    return {symbol: value for symbol, value in game.values.items() if value.is_number}


def read_formal(
    game_class: type[Game] | None,
    formal: str | Boolean,
    condition: str | Boolean | None,
    label: str,
) -> Part:
    """A part from text or a Boolean about a game's parameters and quantities."""
    names: dict[str, Expr] | None = None
    space = Space.of()
    if game_class is not None:
        game = game_class()
        names = {q: game.quantities[q].expression for q in game.quantities}
        for parameter in game.parameters:
            names[parameter.name] = names[parameter.symbol.name] = parameter.symbol
        space = game.space
    statement = _read("formal", formal, names)
    needed = None if condition is None else _read("condition", condition, names)
    return replace(Part.of(Claim.of(statement, space, label)), condition=needed)


def _read(what: str, item: str | Boolean, names: Mapping[str, Expr] | None) -> Boolean:
    try:
        return arg.condition(what, parse(item, names) if isinstance(item, str) else item)
    except GameTheoryError as error:
        raise GameTheoryError(f"the {what} of a claim: {error}") from None
