"""Published models, listed by mechanism and found by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from gametheory_eeu import models
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Displayable
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.games import Game, Propositions
from gametheory_eeu.models.publication import MECHANISMS, Publication
from gametheory_eeu.models.registry import propositions_of


@dataclass(frozen=True, repr=False)
class PublishedModel(Displayable):
    """A published model: what it is about, its mechanisms, its reference, and its game's class.

    Parameters
    ----------
    name, about : str
    mechanisms : tuple of str
    reference : str
        A key of the package's bibliography.
    game_class : str
        The class of its game.
    """

    name: str
    about: str
    mechanisms: tuple[str, ...]
    reference: str
    game_class: str

    @property
    def game(self) -> Game:
        """The model as a game, every parameter a symbol."""
        return _classes()[self.name]()

    @property
    def propositions(self) -> Propositions:
        """What is claimed of it, listed without proofs; ``judge()`` proves it."""
        return propositions_of(_classes()[self.name])

    def __repr__(self) -> str:
        return f"<{self.name}: {self.about}>"


@dataclass(frozen=True, repr=False)
class PublishedModels(Displayable):
    """Published models, by position or name."""

    rows: tuple[PublishedModel, ...]

    @property
    def caption(self) -> str:
        """How many there are."""
        return f"{len(self)} published models"

    def __iter__(self) -> Iterator[PublishedModel]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, key: int | str) -> PublishedModel:
        """By position, or by name, however it is written."""
        if isinstance(key, str):
            key = _full_name(key, self.rows)
        return arg.lookup("published model", self.rows, key, lambda row: (row.name,))

    def __repr__(self) -> str:
        return f"<{self.caption}>"


def published_models(mechanism: str | None = None) -> PublishedModels:
    """The published models, one row each; ``eeu.models`` called.

    Parameters
    ----------
    mechanism : str, optional
        Only those that are about it, such as ``"commitment"``.

    Raises
    ------
    ParameterError
        No mechanism of that name; the known ones are listed.

    Examples
    --------
    >>> import gametheory_eeu as eeu
    >>> eeu.models(mechanism="deterrence")["kilgour and zagare 1991"]
    <kilgour and zagare 1991: a threat that is believed only with some probability>
    """
    if mechanism is None:
        return PublishedModels(_rows())
    allowed = f"one of {', '.join(MECHANISMS)}"
    if arg.text("mechanism", mechanism, allowed) not in MECHANISMS:
        raise ParameterError("mechanism", mechanism, allowed)
    return PublishedModels(tuple(row for row in _rows() if mechanism in row.mechanisms))


def model(name: str, /, **values: object) -> Any:
    """A published model of the library by name, as a game whose parameters are symbols.

    Parameters
    ----------
    name : str
        Authors and year, however written: ``"fearon 1995"``, ``"Fearon (1995)"``.
    **values
        Any parameter of the game by name or ASCII symbol.

    Raises
    ------
    UnknownNameError
        No published model of that name; the nearest is suggested.

    Examples
    --------
    >>> game = model("Fearon (1995)")
    >>> for equilibrium in game.solve():
    ...     print(equilibrium.choices["x"], "if", equilibrium.condition)
    p if c_A >= C
    C/2 - c_A/2 + p if (c_A < C) & (c_A + 2 > C + 2*p)
    1 if C + 2*p >= c_A + 2
    >>> game.propositions()["fearon-1995-risk-of-war"].verdict
    'proved'
    """
    full_name = _full_name(arg.text("name", name), _rows())
    return _classes()[arg.one_of("published model", full_name, _classes())](**values)


def _full_name(name: str, rows: Iterable[PublishedModel]) -> str:
    """The listed name of a model that is named somehow; as it came where none is."""
    return next((row.name for row in rows if _key(row.name) == _key(name)), name)


def _key(name: str) -> str:
    """A name without case, spaces, signs and the word "and"."""
    return re.sub(r"[\W_]+", "", re.sub(r"\band\b", "", name.casefold()))


@cache
def _classes() -> dict[str, type[Game]]:
    """The classes that formalise a publication, by its name."""
    places = {**models.CLASSES, **{k: f"literature.{v}" for k, v in models.LITERATURE.items()}}
    modules = ((k, import_module(f"{models.__name__}.{place}")) for k, place in places.items())
    classes = [getattr(module, name) for name, module in modules]
    published = [c for c in classes if isinstance(vars(c).get("publication"), Publication)]
    return {c.publication.name: c for c in sorted(published, key=lambda c: c.publication.name)}


@cache
def _rows() -> tuple[PublishedModel, ...]:
    return tuple(
        PublishedModel(p.name, p.about, p.mechanisms, p.reference, cls.__name__)
        for cls in _classes().values()
        for p in [cls.publication]  # type: ignore[attr-defined]
    )


__all__ = ["PublishedModel", "PublishedModels", "model", "published_models"]
