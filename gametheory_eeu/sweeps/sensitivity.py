"""Sensitivity: Sobol' indices of quantities and of conclusions, with their errors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Space, parse
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Displayable, FrozenMapping, Picklable
from gametheory_eeu.errors import GameTheoryError, ParameterError
from gametheory_eeu.games import Quantity
from gametheory_eeu.games.solvable import AbstractGame
from gametheory_eeu.sweeps.formulas import Signs, SignTable
from gametheory_eeu.sweeps.priors import Priors, priors_of
from gametheory_eeu.sweeps.probability import EXACT, SAMPLED
from gametheory_eeu.sweeps.quantiles import DRAW, drawn
from gametheory_eeu.sweeps.sampled_share import REPLICATES, number, power_of_two, scramblings
from gametheory_eeu.sweeps.statements import statement_of
from gametheory_eeu.sweeps.tiles import Array

MAX_TERMS = 200


def exact_indices(expression: Expr, priors: Priors) -> dict[Symbol, tuple[Expr, Expr]] | None:
    """First-order and total indices of each symbol; None where the expression is no polynomial.

    Parameters
    ----------
    expression : SymPy expression
    priors : Priors
        Uniform ones.

    Examples
    --------
    >>> from gametheory_eeu.sweeps.priors import priors_of
    >>> x, y = sp.symbols("x y", real=True)
    >>> exact_indices(x + 2*y, priors_of({x: (0, 1), y: (0, 1)}))
    {x: (1/5, 1/5), y: (4/5, 4/5)}
    """
    symbols = priors.symbols
    if not priors.are_uniform or not expression.is_polynomial(*symbols):
        return None
    polynomial = sp.Poly(expression, *symbols)
    if len(polynomial.terms()) > MAX_TERMS or not polynomial.domain.is_QQ | polynomial.domain.is_ZZ:
        return None
    mean = _mean(polynomial, symbols, priors)
    variance = _mean(polynomial**2, symbols, priors) - mean**2
    if variance == 0:
        return None
    result = {}
    for symbol in symbols:
        others = tuple(s for s in symbols if s != symbol)
        of_own = _variance(_mean(polynomial, others, priors), (symbol,), mean, priors)
        of_others = _variance(_mean(polynomial, (symbol,), priors), others, mean, priors)
        result[symbol] = (of_own / variance, 1 - of_others / variance)
    return result


def _mean(polynomial: Expr, symbols: Iterable[Symbol], priors: Priors) -> Expr:
    """The mean over some of the symbols, as an expression of the others."""
    result = polynomial.as_expr() if isinstance(polynomial, sp.Poly) else polynomial
    for symbol in symbols:
        prior = priors.distributions[symbol]
        total = sp.Integer(0)
        for (power,), factor in sp.Poly(result, symbol).terms():
            ends = prior.high ** (power + 1) - prior.low ** (power + 1)
            total += factor * ends / (power + 1)
        result = sp.expand(total / (prior.high - prior.low))
    return result


def _variance(expression: Expr, symbols: tuple[Symbol, ...], mean: Expr, priors: Priors) -> Expr:
    return _mean(sp.expand(expression**2), symbols, priors) - mean**2


MAX_EVALUATIONS = 2**24


@dataclass(frozen=True)
class SobolIndex(Picklable):
    """The share of an output's variance that one parameter accounts for.

    Parameters
    ----------
    output, parameter : str
    first : SymPy number
        Alone.
    first_error : SymPy number
        The standard error of ``first``.
    total : SymPy number
        Alone and together with others.
    total_error : SymPy number
        The standard error of ``total``.
    """

    output: str
    parameter: str
    first: Expr
    first_error: Expr
    total: Expr
    total_error: Expr


@dataclass(frozen=True, repr=False)
class Sensitivity(Displayable):
    """First-order and total Sobol' indices of every output and parameter.

    Parameters
    ----------
    rows : tuple of SobolIndex
    method : {"exact", "quasi-Monte Carlo"}
    size : int
        Points of the base sample; each is worked out once more for each parameter, and once.
    seed : int
    omitted : mapping of output to text
        Outputs without indices, and why.
    """

    rows: tuple[SobolIndex, ...]
    method: str
    size: int = 0
    seed: int = 0
    omitted: Mapping[str, str] = field(default_factory=FrozenMapping)

    caption = "Sobol' indices"

    @property
    def outputs(self) -> tuple[str, ...]:
        """The outputs that have indices."""
        return tuple(dict.fromkeys(row.output for row in self.rows))

    @property
    def drivers(self) -> Mapping[str, str]:
        """Of each output, the parameter with the largest total index."""
        best: dict[str, SobolIndex] = {}
        for row in self.rows:
            if row.output not in best or row.total > best[row.output].total:
                best[row.output] = row
        return FrozenMapping({output: row.parameter for output, row in best.items()})

    def __getitem__(self, key: object) -> SobolIndex:
        rows: dict[object, SobolIndex] = {(r.output, r.parameter): r for r in self.rows}
        if len(self.outputs) == 1:
            rows |= {row.parameter: row for row in self.rows}
        found = rows.get(key) if _is_key(key) else None
        if found is None:
            raise ParameterError("index", key, f"a pair of an output ({', '.join(self.outputs)}) "
                                 "and a parameter")  # fmt: skip
        return found

    def __iter__(self) -> Iterator[SobolIndex]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        text = ", ".join(f"{output}: {name}" for output, name in self.drivers.items())
        return f"<Sobol' indices, {self.method}; most of all {text}>"


def _is_key(key: object) -> bool:
    return isinstance(key, str) or (
        isinstance(key, tuple) and all(isinstance(part, str) for part in key)
    )


def sensitivity(
    subject: object,
    priors: object,
    *,
    outputs: object = None,
    given: object = (),
    game: object = None,
    size: int = 2**13,
    rng: int = 0,
) -> Sensitivity:
    """Sobol' indices: which parameter drives which quantity, or which conclusion.

    Parameters
    ----------
    subject : game, Quantity, expression, condition, text, Regime, Equilibrium, or CaseClaim
        Of a game every quantity, and whether each equilibrium exists. A condition counts as 1
        where it holds and 0 where it does not.
    priors : mapping of parameter to prior
        As in :func:`probability`. They are independent, which the indices presuppose.
    outputs : list of str, optional
        Of a game, as in :func:`sweep`: quantities, ``"exists"``.
    given : conditions, optional
        Assumptions on an expression's symbols; they have to hold wherever the priors reach.
    game : game, optional
        In whose parameters and quantities a condition is written.
    size : int
        Points of the base sample, a power of two; in 16 scramblings of Sobol's sequence, whose
        spread gives the errors.
    rng : int
        The seed.

    Returns
    -------
    Sensitivity
        Exact of a polynomial under uniform priors.

    Raises
    ------
    GameTheoryError
        An output that does not vary, or does not exist wherever the priors reach.

    Notes
    -----
    First-order indices by the estimator of Saltelli and others (2010), total ones by Jansen's
    (1999), as in ``scipy.stats.sobol_indices``.

    Examples
    --------
    >>> found = sensitivity("x + 2*y + x*y", {"x": (0, 1), "y": (0, 1)})
    >>> found.method, found["x"].first, found["x"].total
    ('exact', 27/103, 28/103)
    >>> sensitivity("x > y**2", {"x": (0, 1), "y": (0, 1)}, size=1024).drivers
    {'x > y**2': 'y'}
    """
    size = power_of_two("size", size, 16 * REPLICATES, 2**20)
    seed = arg.integer("rng", rng, 0, 2**63)
    if isinstance(subject, str) and game is None:
        space = Space.of(given)
        subject = parse(subject, None, known={s.name: s for s in space.symbols})
    if isinstance(subject, (AbstractGame, Quantity, sp.Expr)):
        return _of_values(subject, priors_of(priors), outputs, given, size, seed)
    if outputs is not None:
        raise ParameterError("outputs", outputs, "None: a condition has one output")
    return _of_condition(subject, priors, given, game, size, seed)


def _of_condition(
    subject: object, priors: object, given: object, game: object, size: int, seed: int
) -> Sensitivity:
    statement, known = statement_of(subject, given, game).under(priors)
    uniform = _design(known, size, seed)
    table = SignTable()
    holds, domain = (
        table.formula(c) for c in (statement.condition, sp.And(*statement.domain, evaluate=False))
    )
    signs = Signs(table, known.tile(uniform))
    name = str(getattr(subject, "name", "") or statement_name(subject))
    inside = np.broadcast_to(signs.truth(domain), (len(uniform),))
    values = np.where(inside, np.broadcast_to(signs.truth(holds), (len(uniform),)), np.nan)
    return _sensitivity({name: values}, known, size, seed)


def statement_name(subject: object) -> str:
    """What an output is called: the condition, a claim's number or the equilibria of a regime."""
    if isinstance(subject, (str, sp.Basic)):
        return str(subject)
    claim = getattr(subject, "number", None)
    names = getattr(subject, "equilibria", None)
    return f"claim {claim}" if claim else " and ".join(names or ("no equilibrium",))


def _of_values(
    subject: Any, known: Priors, outputs: object, given: object, size: int, seed: int
) -> Sensitivity:
    expression = subject.expression if isinstance(subject, Quantity) else subject
    if isinstance(expression, sp.Expr) and outputs is None:
        symbols = {s.name: s for s in known.symbols}
        plain = {s: symbols.get(s.name, s) for s in expression.free_symbols}
        plain |= {s: v for s in plain for k, v in known.values.items() if k.name == s.name}
        plain_expression = expression.xreplace(plain)
        is_total = not isinstance(subject, Quantity) or subject.exists_when == sp.true
        if is_total and not given and plain_expression.free_symbols <= set(known.symbols):
            indices = exact_indices(plain_expression, known)
            if indices is not None:
                name = subject.name if isinstance(subject, Quantity) else str(subject)
                zero = sp.Integer(0)
                rows = (SobolIndex(name, known.label(s), i[0], zero, i[1], zero)
                        for s, i in indices.items())  # fmt: skip
                return Sensitivity(tuple(rows), EXACT)
    if outputs is None and isinstance(subject, AbstractGame):
        outputs = ["exists", "quantities"]
    uniform = _design(known, size, seed)
    table = drawn(subject, known, uniform, outputs, given)
    inside = table["inside"].values
    columns: dict[str, Array] = {}
    for key, variable in table.data_vars.items():
        name = str(subject) if isinstance(subject, sp.Expr) else str(key)
        is_truth = variable.dtype == bool and key not in ("inside", "complete")
        if variable.dtype != np.float64 and not is_truth:
            continue
        array = np.moveaxis(variable.values, variable.dims.index(DRAW), -1)
        lead = [d for d in variable.dims if d != DRAW]
        for place in np.ndindex(*array.shape[:-1]):
            labels = [str(table[d].values[i]) for d, i in zip(lead, place, strict=True)]
            label = ", ".join([name, *labels]) if name != "exists" else ", ".join(labels)
            columns[label] = np.where(inside, array[place], np.nan)
    return _sensitivity(columns, known, size, seed)


def _design(priors: Priors, size: int, seed: int) -> Array:
    """Of each scrambling, two samples, and the first with each column from the second."""
    count = len(priors.symbols)
    if not count:
        raise ParameterError("priors", dict(priors.values), "a distribution of one parameter")
    if size * (count + 2) > MAX_EVALUATIONS:
        raise ParameterError("size", size, f"less: {size * (count + 2)} points would be needed")
    blocks = []
    for uniform in scramblings(2 * count, size // REPLICATES, seed):
        a, b = uniform[:, :count], uniform[:, count:]
        blocks += [a, b]
        for k in range(count):
            mixed = a.copy()
            mixed[:, k] = b[:, k]
            blocks.append(mixed)
    return np.concatenate(blocks)


def _sensitivity(columns: Mapping[str, Array], priors: Priors, size: int, seed: int) -> Sensitivity:
    rows: list[SobolIndex] = []
    omitted: dict[str, str] = {}
    for output, values in columns.items():
        missing = float(np.isnan(values).mean())
        if missing:
            omitted[output] = f"exists at {1 - missing:.1%} of the points only"
        elif values.min() == values.max():
            omitted[output] = "does not vary"
        else:
            rows += _indices(output, values, priors)
    if not rows:
        text = "; ".join(f"{name}: {why}" for name, why in omitted.items()) or "there is no output"
        raise GameTheoryError(
            f"no output has indices ({text}). They need an output that exists wherever the priors "
            "reach and is not constant there; give narrower or other priors"
        )
    return Sensitivity(tuple(rows), SAMPLED, size, seed, FrozenMapping(omitted))


def _indices(output: str, values: Array, priors: Priors) -> Iterator[SobolIndex]:
    count = len(priors.symbols)
    samples = values.astype(float).reshape(REPLICATES, count + 2, -1)
    samples = samples - samples[:, :2].mean()
    a, b, mixed = samples[:, 0], samples[:, 1], samples[:, 2:]
    variances = (samples[:, :2] ** 2).mean(axis=(1, 2))
    first = (b[:, None] * (mixed - a[:, None])).mean(axis=-1)
    total = ((a[:, None] - mixed) ** 2).mean(axis=-1) / 2
    for k, symbol in enumerate(priors.symbols):
        entries = (*_ratio(first[:, k], variances), *_ratio(total[:, k], variances))
        yield SobolIndex(output, priors.label(symbol), *map(number, entries))


def _ratio(parts: Array, wholes: Array) -> tuple[float, float]:
    """The ratio of two means over the replicates, with its standard error."""
    ratio = parts.mean() / wholes.mean()
    spread = (parts - ratio * wholes).std(ddof=1) / np.sqrt(len(parts))
    return float(ratio), float(spread / wholes.mean())
