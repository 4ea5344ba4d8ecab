"""The argument over time, as a labelled dataset."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import sympy as sp

import gametheory_eeu
from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.cases.eeu.whole_argument.chain import chain
from gametheory_eeu.cases.eeu.whole_argument.values import STATES
from gametheory_eeu.models.trust_recovery import TrustRecovery

if TYPE_CHECKING:
    from xarray import Dataset

    from gametheory_eeu.cases.eeu.whole_argument.model import EurasianArgument

_QUANTITIES = {
    "binding": ("institutions.binding", "share", "binding that is best"),
    "surplus": ("union.surplus", "payoff", "surplus of a deal"),
    "price": ("union.transfer", "payoff", "cash price of consent"),
    "depth": ("depth.depth", "depth", "depth beyond what the treaty binds"),
    "alignment": ("hedging.alignment", "share", "alignment with the hegemon"),
    "threshold": ("contest.absolute_threshold", "power", "power that leaves no choice"),
}
"""Of the dataset's variables that are quantities: of which game, the unit, and the meaning."""
_STATE = {
    "trust": ("probability", "trust in the hegemon"),
    "exit_loss": ("payoff", "hegemon's loss if the deal fails"),
    "hegemon_urgency": ("per period", "hegemon's hurry"),
    "prestige": ("payoff", "prestige of a complete union"),
}
_BY_DEAL = ("price", "control", "depth", "alignment")
"""What there is only where there is a deal."""


@dataclass(frozen=True)
class Moment:
    """The state of the argument in one period, exact."""

    period: int
    trust: Expr
    exit_loss: Expr
    hegemon_urgency: Expr
    prestige: Expr


def moments(
    whole: EurasianArgument, periods: int, switches: tuple[bool, bool], decay: Expr, hurry: int
) -> Iterator[Moment]:
    """The states of the argument, from the period before the shock on."""
    trust_shock, urgency_shock = switches
    rows = {name: [row[state][0] for state in STATES] for name, row in whole.by_state.items()}
    ordinary, crisis = rows["exit_loss"][:2]
    extra = crisis - ordinary if urgency_shock else sp.Integer(0)
    for k, trust in zip(
        range(-1, periods + 1), _trust_path(whole, periods, trust_shock), strict=True
    ):
        pressed = urgency_shock and 0 <= k < hurry
        yield Moment(
            k,
            trust,
            ordinary + (extra * decay**k if k >= 0 else 0),
            rows["hegemon_urgency"][1 if pressed else 2 if k >= 0 and urgency_shock else 0],
            rows["prestige"][0 if k < 0 else 1 if k < hurry else 2],
        )


def _trust_path(whole: EurasianArgument, periods: int, shock: bool) -> tuple[Expr, ...]:
    """Trust before, after the shock, and after each quiet period; constant without a shock."""
    names = {"mu": "trust", "eps": "restrained_violation_rate",
             "phi": "opportunist_violation_rate"}  # fmt: skip
    game = TrustRecovery(**{symbol: whole.common[name][0] for symbol, name in names.items()})
    if not shock:
        return (whole.common["trust"][0],) * (periods + 2)
    return game.walk(["violation", *["quiet"] * periods])


def dataset(
    whole: EurasianArgument,
    periods: int,
    *,
    switches: tuple[bool, bool],
    decay: Expr,
    hurry: int,
) -> Dataset:
    """The path of the argument: see ``EurasianArgument.path``."""
    import xarray as xr

    rows = list(moments(whole, periods, switches, decay, hurry))
    evaluator = _Evaluator(whole)
    values = [evaluator.row(moment) for moment in rows]
    variables: dict[str, Any] = {
        name: ("period", _floats(getattr(m, name) for m in rows), _attributes(*about))
        for name, about in _STATE.items()
    }
    for name, (quantity, unit, meaning) in _QUANTITIES.items():
        if name in values[0]:
            attributes = _attributes(unit, meaning) | {"quantity": quantity}
            attributes |= {"source": str(chain(shock=False).chain.quantity(quantity).source)}
            variables[name] = ("period", _floats(row[name] for row in values), attributes)
    if "control" in values[0]:
        about = _attributes("payoff", "what the hegemon keeps of a member's value")
        variables["control"] = ("period", _floats(row["control"] for row in values), about)
    variables["deal"] = (
        "period", np.array([row["deal"] for row in values]),
        _attributes("", "whether there is a union"),
    )  # fmt: skip
    coordinates: dict[str, Any] = {
        "period": ("period", [m.period for m in rows], _attributes("periods", "period")),
    }
    if whole.members is not None:
        names = list(whole.members)
        coordinates["member"] = names
        for name, unit, meaning in (
            ("joins", "", "whether the member is in"),
            ("price_of_member", "payoff", "cash price of the member's consent"),
            ("surplus_of_member", "payoff", "surplus of the member's own deal"),
        ):
            table = [[row[name][m] for m in names] for row in values]
            array = (
                np.array(table) if name == "joins" else np.array([list(_floats(r)) for r in table])
            )
            variables[name] = (("period", "member"), array, _attributes(unit, meaning))
    return xr.Dataset(variables, coordinates, _provenance(whole, switches, decay, hurry))


def _attributes(unit: str, meaning: str) -> dict[str, str]:
    return {"units": unit, "long_name": meaning}


def _floats(values: Any) -> Any:
    return np.array([np.nan if value is None else float(value) for value in values])


def _provenance(
    whole: EurasianArgument, switches: tuple[bool, bool], decay: Expr, hurry: int
) -> dict[str, Any]:
    import xarray as xr

    versions = {"gametheory_eeu": gametheory_eeu.__version__, "sympy": sp.__version__,
                "numpy": np.__version__, "xarray": xr.__version__}  # fmt: skip
    sources = [f"{name} = {value}: {source}" for name, (value, source) in whole.common.items()]
    for name, rows in whole.by_state.items():
        sources += [f"{name} ({s}) = {value}: {source}" for s, (value, source) in rows.items()]
    for member, entries in (whole.members or {}).items():
        sources += [
            f"{n} of {member} = {value}: {source}" for n, (value, source) in entries.items()
        ]
    return {
        "title": whole.caption,
        "versions": ", ".join(f"{name} {number}" for name, number in versions.items()),
        "sources": "\n".join(sources),
        "trust_shock": int(switches[0]),
        "urgency_shock": int(switches[1]),
        "decay": str(decay),
        "hurry": hurry,
    }


class _Evaluator:
    """The chain's quantities at the values that stay, as functions of those that move."""

    def __init__(self, whole: EurasianArgument) -> None:
        self.whole = whole
        argument = chain(shock=False)
        table = argument.chain.table
        self.symbols: dict[str, Symbol] = {name: table[name].symbol for name in _STATE}
        self.gamma = table["bargaining_weight"]
        common = {n: v for n, (v, _) in whole.common.items() if n not in _STATE}
        common["encroachment_loss"] = whole._mean_loss()
        self.values = {table[name].symbol: value for name, value in common.items()}
        self.values |= {row.symbol: row.default for row in table
                        if row.default is not None and row.default.is_number
                        and row.symbol not in self.values}  # fmt: skip
        own = argument.chain.quantity
        self.expressions = {
            name: own(quantity).expression.xreplace(self.values)
            for name, (quantity, _, _) in _QUANTITIES.items()
        }
        self.exists = own("union.transfer").exists_when.xreplace(self.values)
        self.member_value = common["member_value"]
        self.control_cost = common["control_cost"]

    def _point(self, moment: Moment) -> dict[Symbol, Expr]:
        point = {symbol: getattr(moment, name) for name, symbol in self.symbols.items()}
        weight = self.gamma.default.xreplace({**self.values, **point})  # type: ignore[union-attr]
        return {**point, self.gamma.symbol: weight}

    def row(self, moment: Moment) -> Mapping[str, Any]:
        """The quantities in one period; None where there is no deal."""
        point = self._point(moment)
        row: dict[str, Any] = {
            name: expression.xreplace(point) for name, expression in self.expressions.items()
        }
        row["deal"] = self.exists.xreplace(point) == sp.true
        row["control"] = self.member_value - self.control_cost * row["binding"] - row["price"]
        if self.whole.members:
            row |= self._by_member(moment, row["binding"])
            for name in ("price", "control", "surplus"):
                del row[name]
            union = [member for member, joins in row["joins"].items() if joins]
            row["depth"] = self.whole._union_depth(union, moment.trust)
        return row | {n: None for n in _BY_DEAL if n in row and not row["deal"]}

    # Named members.

    def _by_member(self, moment: Moment, binding: Expr) -> dict[str, Any]:
        division = self.whole._terms().divide(
            trust=moment.trust,
            binding=binding,
            exit_loss=moment.exit_loss,
            urgency=moment.hegemon_urgency,
            prestige=moment.prestige,
        )
        outcome, names = division.outcome, list(division.surpluses)
        return {
            "deal": bool(outcome.union),
            "joins": {m: m in outcome.union for m in names},
            "price_of_member": {m: outcome.transfers.get(m) for m in names},
            "surplus_of_member": dict(division.surpluses),
        }
