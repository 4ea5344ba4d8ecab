"""Chapters and exhibits of a case: what a report shows of each game, and of the whole argument."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import GameTheoryError, ParameterError
from gametheory_eeu.games import Game
from gametheory_eeu.models import model_class

_GAME = "a game's class, or the name of one of the library's"
_AXES = "a pair of the game's parameters, such as ('mu', 'ell')"


@dataclass(frozen=True)
class Figure:
    """A game's figure at one calibration, beside others.

    Parameters
    ----------
    at : str
        A calibration's name.
    compare : tuple of str
        Further calibrations in the same figure.
    options : mapping
        What the game's ``plot`` takes besides.
    """

    at: str
    compare: tuple[str, ...] = ()
    options: Mapping[str, Any] = FrozenMapping()

    def __post_init__(self) -> None:
        arg.text("at", self.at)
        object.__setattr__(self, "compare", arg.texts("compare", self.compare))
        options = arg.mapping("options", self.options, "a mapping of options by name")
        object.__setattr__(self, "options", FrozenMapping(options))


@dataclass(frozen=True)
class Chapter:
    """One game of a case, and how the report shows it.

    Parameters
    ----------
    game : class of a game, or str
        Of your own, or the name of one of the library's: ``"CredibleCommitment"``.
    regime_axes : pair of str, optional
        The parameters along the axes of the map of regimes, drawn at the last calibration. A
        report without options has the chapters with such a map.
    figures : mapping of file name to Figure, optional
        By default one of the game's own, at the last calibration.
    sentence : function of a game to text, optional
        What the game says at a calibration; by default in the model's own words.
    apart : tuple of str
        Calibrations that stand in tables of their own.
    open : tuple of str
        Parameters that a calibration may leave without a value; the game without values leaves
        open those with a default too.

    Examples
    --------
    >>> Chapter("CredibleCommitment", regime_axes=("mu", "ell")).title
    'Credible commitment'
    """

    game: str | type[Game]
    regime_axes: tuple[str, str] | None = None
    figures: Mapping[str, Figure] | None = None
    sentence: Callable[[Game], str] | None = None
    apart: tuple[str, ...] = ()
    open: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        game: Any = self.game
        if not isinstance(game, str) and not (isinstance(game, type) and issubclass(game, Game)):
            raise ParameterError("game", game, _GAME)
        for name in ("apart", "open"):
            object.__setattr__(self, name, arg.texts(name, getattr(self, name)))
        if self.regime_axes is not None:
            axes = arg.names("regime_axes", self.regime_axes, _AXES)
            if len(axes) != 2:
                raise ParameterError("regime_axes", self.regime_axes, _AXES)
            object.__setattr__(self, "regime_axes", axes)
        if self.figures is not None:
            for figure in arg.mapping("figures", self.figures, "Figures by file name").values():
                arg.instance("figure", figure, Figure, "a Figure")
            object.__setattr__(self, "figures", FrozenMapping(self.figures))

    @property
    def name(self) -> str:
        """The name of the game's class."""
        return self.game if isinstance(self.game, str) else self.game.__name__

    @cached_property
    def game_class(self) -> type[Game]:
        """The game's class."""
        return model_class(self.game) if isinstance(self.game, str) else self.game

    @property
    def title(self) -> str:
        """Title of the chapter: ``Credible commitment``."""
        return str(getattr(self.game_class, "title", self.name))

    @property
    def folder(self) -> str:
        """Folder of the chapter's files: ``credible_commitment``."""
        return "".join(c if c.isalnum() else "_" for c in self.title.lower())


_FUNCTION = "a function without arguments"


@dataclass(frozen=True)
class Exhibit:
    """A table, a figure or both, on no single game of a case, in its report.

    Parameters
    ----------
    name : str
        Of its files: ``"states"``.
    title : str
    text : str
        What it shows, in words.
    table : function, optional
        Without arguments; returns a result of the library, or a list of them.
    figure : function, optional
        Without arguments; returns a Matplotlib figure.
    alt : str
        What the figure shows, for those who do not see it.
    brief : function, optional
        Like ``table``: what the terminal shows of it, where it shows the argument on one screen.
    is_main : bool
        Whether a report without options has it, too.
    """

    name: str
    title: str
    text: str = ""
    table: Callable[[], Any] | None = None
    figure: Callable[[], Any] | None = None
    alt: str = ""
    brief: Callable[[], Any] | None = None
    is_main: bool = True

    def __post_init__(self) -> None:
        for name in ("name", "title", "text", "alt"):
            arg.text(name, getattr(self, name))
        arg.flag("is_main", self.is_main)
        if not self.name.isidentifier():
            raise ParameterError("name", self.name, "one word, which names files")
        for name in ("table", "figure", "brief"):
            if getattr(self, name) is not None:
                arg.function(name, getattr(self, name), _FUNCTION)
        if self.table is None and self.figure is None:
            raise GameTheoryError(
                f"the exhibit {self.name!r} shows nothing; give it a table or a figure"
            )
        if self.figure is not None and not self.alt:
            raise GameTheoryError(
                f"the figure of the exhibit {self.name!r} says nothing to those who do not see "
                "it; describe it in alt"
            )
