"""Many two-player games in numbers, solved in one pass; ties go to the exact solver."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from gametheory_eeu.core import arguments as arg
from gametheory_eeu.errors import ParameterError, TooLargeError
from gametheory_eeu.forms import NormalForm
from gametheory_eeu.solvers.bimatrix_arrays import equilibria_2x2

if TYPE_CHECKING:
    from xarray import Dataset

NAMES = ("1, 1", "1, 2", "2, 1", "2, 2", "1 + 2, 1 + 2")
MAX_TIES = 100_000
_PLAYERS = ("player 1", "player 2")


def bimatrix_games(A: object, B: object) -> Dataset:
    """All equilibria of many 2x2 games in numbers.

    Parameters
    ----------
    A, B : array of shape (..., 2, 2)
        What each player gets, row by column, for each of many games.

    Returns
    -------
    xarray.Dataset
        ``exists`` by equilibrium; ``probability``, of each player's first action where both mix;
        ``continuum``, whether there are infinitely many equilibria, of which ``exists`` then says
        no more than the pure ones and an isolated mixed one.

    Raises
    ------
    ParameterError
        Other shapes, or numbers that are not finite.
    TooLargeError
        More than 100,000 games that rounding does not decide.

    Notes
    -----
    Floating point decides wherever no comparison is near equality. The other games are solved
    exactly, one by one, a float being its shortest decimal.

    Examples
    --------
    >>> import numpy as np
    >>> stake = np.array([1.0, 0.0, -1.0])
    >>> zero = 0 * stake
    >>> A = np.stack([stake, zero, zero, zero + 1], axis=-1).reshape(3, 2, 2)
    >>> table = bimatrix_games(A, A.swapaxes(1, 2))
    >>> table.exists.sum("equilibrium").values.tolist(), table.continuum.values.tolist()
    ([3, 2, 1], [False, False, False])
    """
    import xarray as xr

    first, second = _payoffs("A", A), _payoffs("B", B)
    if first.shape != second.shape:
        raise ParameterError(
            "B", f"an array of shape {second.shape}", f"the shape of A, {first.shape}"
        )
    shape = first.shape[:-2]
    flat = [np.moveaxis(x.reshape(-1, 2, 2), 0, 2) for x in (first, second)]
    found = equilibria_2x2(*(np.ascontiguousarray(x) for x in flat))
    exists = np.concatenate([found.pure, found.mixed[np.newaxis]])
    probabilities, continuum = found.probabilities, np.zeros(found.near.shape, dtype=bool)
    ties = np.flatnonzero(found.near)
    if len(ties) > MAX_TIES:
        raise TooLargeError(
            f"{len(ties)} games have ties within rounding, above the limit of {MAX_TIES} that are "
            "solved exactly; solve them in parts"
        )
    for k in ties:
        solution = NormalForm(*(x[:, :, k].tolist() for x in flat)).solve()
        isolated = {e.name: e for e in solution if not e.free}
        exists[:, k] = [name in isolated for name in NAMES]
        continuum[k] = len(isolated) < len(solution)
        mixed = isolated.get(NAMES[-1])
        probabilities[:, k] = (
            np.nan if mixed is None else [float(mix[0]) for mix in mixed.strategies.values()]
        )
    dimensions = [f"game_{i + 1}" for i in range(len(shape))] if len(shape) > 1 else ["game"]
    return xr.Dataset(
        {
            "exists": (("equilibrium", *dimensions), exists.reshape(5, *shape or (1,))),
            "probability": (("player", *dimensions), probabilities.reshape(2, *shape or (1,))),
            "continuum": (dimensions, continuum.reshape(shape or (1,))),
        },
        {"equilibrium": list(NAMES), "player": list(_PLAYERS)},
    )


def _payoffs(name: str, value: Any) -> Any:
    allowed = "an array of finite numbers, of shape (..., 2, 2)"
    rows = arg.sequence(name, value, allowed)
    try:
        array = np.asarray(value if isinstance(value, np.ndarray) else rows, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise ParameterError(name, value, allowed) from None
    if array.ndim < 2 or array.shape[-2:] != (2, 2) or not array.size:
        raise ParameterError(name, f"an array of shape {array.shape}", allowed)
    if not np.isfinite(array).all():
        raise ParameterError(name, "an array with entries that are not finite", allowed)
    return array
