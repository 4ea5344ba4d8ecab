"""Figures of games, trees, tables of signs and regimes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.util import find_spec
from inspect import Parameter, signature
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gametheory_eeu.core import arguments as arg
from gametheory_eeu.errors import ParameterError, UnsupportedError
from gametheory_eeu.games import Equilibrium, EquilibriumSet, Game

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from xarray import Dataset

_FIGURES = {
    "ContinuousGame": "curves.draw_best_responses",
    "ContinuousTree": "continuous_tree.draw",
    "Curve": "curves.draw_curve",
    "Dataset": "sweep.draw",
    "Equilibrium": "curves.draw_distributions",
    "EquilibriumSet": "curves.draw_distributions",
    "ExtensiveForm": "tree.draw",
    "NormalForm": "phase_portrait.draw",
    "StaticsTable": "signs.draw",
    "Partition": "regimes.draw",
    "Trajectory": "curves.draw_trajectory",
}
"""A class's name, and the function in this folder that draws it."""
_OF_ITS_FORM = _FIGURES.keys() - {"NormalForm"}
"""Forms whose figure is also that of a game which has the form; phase portraits are of a few."""


def figure(result: Any, **options: Any) -> Figure:
    """The figure of a game or of a table of comparative statics.

    A game without a figure of its own has that of its form. Options differ: ``high`` and
    ``along`` set the axis, ``compare`` adds further calibrations.

    Raises
    ------
    UnsupportedError
        It has no figure.
    UnknownNameError
        It has no such option; the nearest is suggested.
    GameTheoryError
        Symbols are left that the figure needs as numbers; they are named.
    """
    function = next(filter(None, map(_figure_function, type(result).__mro__)), None)
    if function is None and getattr(result, "has_form", False):
        form = result.form()
        if type(form).__name__ in _OF_ITS_FORM:
            if isinstance(name := options.get("equilibrium"), str):
                options["equilibrium"] = result.solve()[name]
            return figure(form, **options)
    if function is None:
        kinds = ("the library's games", *_FIGURES)
        raise UnsupportedError(
            f"{type(result).__name__} has no figure; these have one: {', '.join(kinds)}"
        )
    module, _, name = function.rpartition(".")
    draw, style = getattr(import_module(module), name), import_module(f"{__name__}.style")
    _check_options(type(result).__name__, draw, options)
    with style.context():
        plot: Figure = draw(result, **options)
    return plot


def _check_options(kind: str, draw: Callable[..., Figure], options: Iterable[str]) -> None:
    """Refuse what is no keyword of the function that draws."""
    _, *parameters = signature(draw).parameters.values()
    if any(parameter.kind is Parameter.VAR_KEYWORD for parameter in parameters):
        return  # values of symbols
    for option in options:
        arg.one_of(f"option of the figure of {kind}", option, [p.name for p in parameters])


def plot_sweep(
    table: Dataset,
    *,
    x: str | None = None,
    y: str | None = None,
    variable: str | None = None,
    columns: str | None = None,
) -> Figure:
    """The figure of a sweep's dataset: a line, a map, small multiples or a distribution.

    Regimes are shaded along a line, bounded on a map, and told apart in a histogram; colours are
    told apart by every kind of colour vision, patterns without colour.

    Parameters
    ----------
    table : xarray.Dataset
        As :func:`~gametheory_eeu.sweeps.sweep` gives it.
    x, y : str, optional
        The dimensions along the axes. With ``x`` alone a line; without either a distribution over
        all points.
    variable : str, optional
        What is drawn; the regime, unless given.
    columns : str, optional
        A dimension of which every value has a panel of its own.

    Raises
    ------
    GameTheoryError
        An unknown variable or dimension; a dimension that is left, of which one value has to be
        selected first.

    Examples
    --------
    >>> from gametheory_eeu import sweep
    >>> table = sweep("x*y", x=[0, 1, 2], y=[1, 2, 3])
    >>> figure = plot_sweep(table, x="x", y="y", variable="value")
    >>> figure.axes[0].get_xlabel()
    '$x$'
    """
    import xarray as xr

    if not isinstance(table, xr.Dataset):
        raise ParameterError("table", table, "an xarray.Dataset, as sweep(...) gives it")
    return figure(table, x=x, y=y, variable=variable, columns=columns)


@arg.validate(kind=arg.instance_of(type, "a class"))
def module_beside(kind: type) -> Any:
    """The module ``figure.py`` beside a class, or beside one that it is derived from; or None."""
    places = (f"{base.__module__.rpartition('.')[0]}.figure" for base in kind.__mro__)
    found = (place for place in places if place != ".figure" and _exists(place))
    return next(map(import_module, found), None)


def has_figure(result: Any) -> bool:
    """Whether a result has a figure, of its own or of its form."""
    if isinstance(result, (Equilibrium, EquilibriumSet)):  # those that mix over an interval
        found = [result] if isinstance(result, Equilibrium) else result
        return any(equilibrium.distributions for equilibrium in found)
    if any(map(_figure_function, type(result).__mro__)):
        return True
    return bool(getattr(result, "has_form", False)) and type(result.form()).__name__ in _OF_ITS_FORM


def _exists(module: str) -> bool:
    return find_spec(module) is not None


def _figure_function(kind: type) -> str | None:
    """What draws a class: a function of this folder, or ``figure.draw`` beside the class."""
    if kind.__name__ in _FIGURES and not issubclass(kind, Game):
        return f"{__name__}.{_FIGURES[kind.__name__]}"
    folder = kind.__module__.rpartition(".")[0]
    return f"{folder}.figure.draw" if folder and _exists(f"{folder}.figure") else None


@arg.validate(kind=arg.text)
def figure_bytes(figure: Figure, kind: str) -> bytes:
    """The bytes of a file of a figure: ``"svg"``, ``"png"`` or ``"pdf"``; always the same bytes."""
    from gametheory_eeu.display.figures import style

    if not hasattr(figure, "savefig"):
        raise ParameterError("figure", figure, "a Matplotlib figure")
    return style.figure_bytes(figure, kind)


def save(figure: Figure, path: str | Path) -> Path:
    """Write a figure; the ending of the name says how: ``.svg``, ``.png`` or ``.pdf``."""
    kind = arg.path("path", path).suffix.removeprefix(".")
    return arg.write_file("path", path, figure_bytes(figure, kind))
