"""How the least and the greatest equilibrium move: monotone comparative statics, proved.

No derivative is taken of an equilibrium, and none has to be unique. Where a player's gain from a
higher action never falls in the others' actions (strategic complements), there are a least and a
greatest equilibrium; where it never falls in a parameter either, both rise with it, weakly.
Topkis (1979), Milgrom and Roberts (1990); with single crossing in place of increasing differences,
Milgrom and Shannon (1994).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import sympy as sp

from gametheory_eeu import logic
from gametheory_eeu._shown import Shown
from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.errors import UnknownNameError
from gametheory_eeu.model import Increment
from gametheory_eeu.space import Parameter, Space
from gametheory_eeu.statics.settled import sign
from gametheory_eeu.statics.slopes import Mover

_UP, _DOWN = ("+", ">=0", "0"), ("-", "<=0", "0")
CARDINAL = "increasing differences (Topkis 1979; Milgrom and Roberts 1990)"
ORDINAL = "single crossing (Milgrom and Shannon 1994)"
_ENDS = ("least equilibrium", "greatest equilibrium")
_SYMBOLS = {"least equilibrium": r"\underline{x}", "greatest equilibrium": r"\overline{x}"}


@dataclass(frozen=True, repr=False)
class MonotoneStatic(Shown):
    """How the least or the greatest equilibrium moves with a parameter.

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
        That each such gain moves one way with the parameter.
    why : str
        Where no theorem applies, what fails, with a point if one was found.
    """

    quantity: str
    parameter: Parameter
    sign: Literal[">=0", "<=0", "0", "?"]
    theorem: str
    complements: tuple[logic.Proof, ...]
    differences: tuple[logic.Proof, ...]
    why: str = ""

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
        way = {">=0": "rises weakly", "<=0": "falls weakly", "0": "does not move"}[self.sign]
        return f"{way}, by {self.theorem}"

    @property
    def proofs(self) -> tuple[logic.Proof, ...]:
        """Everything the claim rests on."""
        return (*self.complements, *self.differences)

    def recheck(self) -> bool | None:
        """Check the proofs again by their other routes, and that they are of what is claimed."""
        stated = self.sign == "?" or all(p.verdict == "proved" for p in self.proofs)
        found = [stated, *(p.recheck() for p in self.proofs if p.verdict != "unknown")]
        return False if False in found else None if None in found else True

    def __repr__(self) -> str:
        return f"<{self.quantity} in {self.parameter.name}: {self.reading}>"


@dataclass(frozen=True, repr=False)
class MonotoneTable(Shown):
    """How the least and the greatest equilibrium move, a row for each and each parameter."""

    rows: tuple[MonotoneStatic, ...] = ()
    title: str = ""

    def __iter__(self) -> Iterator[MonotoneStatic]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, key: tuple[str, str]) -> MonotoneStatic:
        """A row by (quantity, parameter); the ASCII symbol will do."""
        for row in self.rows:
            if row.quantity == key[0] and key[1] in (row.parameter.name, row.parameter.symbol.name):
                return row
        known = (f"({r.quantity}, {r.parameter.name})" for r in self.rows)
        raise UnknownNameError("row", f"({key[0]}, {key[1]})", known)

    def __repr__(self) -> str:
        proved = sum(row.verdict == "proved" for row in self.rows)
        return f"<{len(self)} monotone comparative statics: {proved} proved>"


def monotone(
    increments: Iterable[Increment], space: Space, parameters: Iterable[Parameter]
) -> Iterator[MonotoneStatic]:
    """A row for the least and one for the greatest equilibrium, for each parameter.

    Parameters
    ----------
    increments : iterable of Increment
        What each player gains by a higher action.
    space : Space
    parameters : iterable of Parameter
    """
    found = tuple(increments)
    complements = _complements(found, space)
    for parameter in parameters:
        mover = Mover(parameter)
        if any(mover.moves(i.gain) for i in found):
            yield from _rows(found, space, mover, complements)


@dataclass(frozen=True)
class _Found:
    """What was proved of all increments: with which theorem, and otherwise what fails."""

    theorem: str
    proofs: tuple[logic.Proof, ...]
    why: str = ""


def _rows(
    increments: tuple[Increment, ...], space: Space, mover: Mover, complements: _Found
) -> Iterator[MonotoneStatic]:
    way, differences = _differences(increments, space, mover)
    why = complements.why or differences.why
    theorem = ORDINAL if ORDINAL in (complements.theorem, differences.theorem) else CARDINAL
    for end in _ENDS:
        yield MonotoneStatic(end, mover.parameter, "?" if why else way, "" if why else theorem,
                             complements.proofs, differences.proofs, why)  # fmt: skip


def _complements(increments: tuple[Increment, ...], space: Space) -> _Found:
    """No gain falls in the others' actions; or at least it never turns from gain to loss."""
    proofs: list[logic.Proof] = []
    theorem = CARDINAL
    for i in increments:
        for raised in i.raised:
            place = Space.of(space, *i.where)
            found = sign(raised - i.gain if i.discrete else raised, place)
            proofs += found.proofs
            if found.sign in _UP:
                continue
            crossing = _crosses(i.gain, raised, place) if i.discrete else None
            if crossing is None:
                return _Found("", tuple(proofs), _failure(f"{i.who}'s gain from a higher action "
                              "falls in another's action", found))  # fmt: skip
            theorem, proofs = ORDINAL, [*proofs, *crossing]
    return _Found(theorem, tuple(proofs))


def _differences(
    increments: tuple[Increment, ...], space: Space, mover: Mover
) -> tuple[Literal[">=0", "<=0", "0", "?"], _Found]:
    """Every gain moves one way with the parameter, or at least crosses zero one way."""
    places = [Space.of(space, *i.where) for i in increments]
    slopes = [sign(mover.slope(i.gain), place) for i, place in zip(increments, places, strict=True)]
    proofs = tuple(p for s in slopes for p in s.proofs)
    shown = {s.sign for s in slopes}
    if shown == {"0"}:
        return "0", _Found(CARDINAL, proofs)
    if shown <= set(_UP):
        return ">=0", _Found(CARDINAL, proofs)
    if shown <= set(_DOWN):
        return "<=0", _Found(CARDINAL, proofs)
    for way in (">=0", "<=0"):
        crossing = _all_cross(increments, places, mover, rising=way == ">=0")
        if crossing is not None:
            return way, _Found(ORDINAL, crossing)
    odd = next((s for s in slopes if s.sign == "?"), slopes[0])
    return "?", _Found(
        "",
        proofs,
        _failure(
            f"gains from a higher action do not move one way with {mover.parameter.name}", odd
        ),
    )


def _all_cross(
    increments: tuple[Increment, ...], places: list[Space], mover: Mover, *, rising: bool
) -> tuple[logic.Proof, ...] | None:
    s = mover.symbol
    other = sp.Symbol(f"{s.name}_higher", **s._assumptions_orig)
    proofs: list[logic.Proof] = []
    for i, place in zip(increments, places, strict=True):
        if not i.discrete:
            return None
        there = Space.of(place, place.subs({s: other}), other > s)
        ends = (i.gain, i.gain.xreplace({s: other}))
        crossing = _crosses(*(ends if rising else ends[::-1]), there)
        if crossing is None:
            return None
        proofs += crossing
    return tuple(proofs)


def _crosses(before: Expr, after: Expr, place: Space) -> tuple[logic.Proof, ...] | None:
    """Single crossing: a gain stays one, and one that is not a loss does not become one."""
    claims = (sp.Implies(r(before, 0), r(after, 0), evaluate=False) for r in (sp.Ge, sp.Gt))
    proofs = tuple(logic.prove(claim, given=place) for claim in claims)
    return proofs if all(p.verdict == "proved" for p in proofs) else None


def _failure(what: str, found: logic.Sign) -> str:
    points = [p for proof in found.proofs for p in proof.witnesses]
    where = ", ".join(f"{s} = {v}" for s, v in points[-1].items()) if points else ""
    return f"no theorem applies: {what}" + (f", as at {where}" if where else "")


# Payoffs in actions that are numbers.


def smooth_increments(
    payoffs: Mapping[str, Expr], actions: Mapping[str, Symbol]
) -> Iterator[Increment]:
    """What each player gains at the margin, where actions are numbers and payoffs smooth.

    Increasing differences of a smooth payoff are cross partial derivatives that are never
    negative (Topkis 1979).
    """
    for player, payoff in payoffs.items():
        gain = sp.diff(payoff, actions[player])
        others = [a for p, a in actions.items() if p != player]
        raised = tuple(sp.diff(gain, a) for a in others if a in gain.free_symbols)
        yield Increment(player, gain, raised, discrete=False)


__all__ = [
    "CARDINAL", "ORDINAL", "MonotoneStatic", "MonotoneTable", "monotone", "smooth_increments",
]  # fmt: skip
