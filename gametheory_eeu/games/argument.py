"""Argument: games joined in a chain, a quantity of one being a parameter of a later one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar, NoReturn, Self

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Calibration, Source
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Displayable, FrozenMapping, pack, unpack
from gametheory_eeu.errors import (
    GameTheoryError,
    ParameterError,
    SpaceError,
    UnknownAttributeError,
    UnknownNameError,
    UnsupportedError,
)
from gametheory_eeu.games.argument_input import read_apart, read_games, read_links
from gametheory_eeu.games.chain import Chain, Link, has_quantity
from gametheory_eeu.games.equilibrium import Equilibrium, EquilibriumSet, Obligation
from gametheory_eeu.games.game import Game, QuantityTable
from gametheory_eeu.games.parameters import declare
from gametheory_eeu.games.quantity import Quantity, value_or_components


@dataclass(frozen=True, repr=False)
class Stage(Displayable):
    """One game of an argument, and what it implies there; quantities are attributes, too.

    Parameters
    ----------
    name : str
    game : Game
        At those of the argument's values, and of its links, that are numbers.
    quantities : mapping of str to Quantity
        In the argument's own parameters.
    """

    name: str
    game: Game
    quantities: QuantityTable

    def __getattr__(self, name: str) -> Any:
        """A quantity's value by its name; by member where each has its own."""
        if name.startswith("_") or "quantities" not in self.__dict__:
            raise AttributeError(name)
        value = value_or_components(self.quantities, name)
        if value is None:
            raise UnknownAttributeError(f"quantity of {self.name}", name, self.quantities)
        return value

    def __repr__(self) -> str:
        return f"<{self.name}: {', '.join(self.quantities)}>"


class Argument(Game):
    """An argument: games in an order, where a quantity of one is a parameter of a later one.

    Its parameters are those of all games that no link determines. Parameters of one name and one
    meaning in several games are one; where two differ and share a name or a symbol, the later one
    has the name of its game added. Its quantities are those of all games, ``"game.quantity"``, as
    exact expressions in these parameters.

    Parameters
    ----------
    games : list of Game, or mapping of name to Game
        In the order of the argument; a class stands for its game without values. In a list each
        bears the name of its class. Values that a game has stay, and can be replaced.
    links : mapping of str to str
        ``{"game.parameter": "game.quantity"}``: what comes first in the order feeds what is later.
    given : Space, SymPy Boolean, str, or lists of them
        Further conditions on the argument's parameters, by ASCII symbol.
    apart : list of str
        Parameters ``"game.parameter"`` that are not the same as those of their name elsewhere.
    title : str
    **values
        Any parameter of the argument, as for a game.

    Raises
    ------
    SpaceError
        A linked quantity that leaves the parameter's domain at some point: the link, the point and
        what to do. Where that is not settled, the domain is kept as a condition of ``space``, and
        ``fit`` says so.
    UnknownNameError
        No game, parameter or quantity of that name.
    ParameterError
        A link backwards, to itself, or in a circle.

    Examples
    --------
    >>> from gametheory_eeu import Argument, AsymmetricBargaining, TrustRecovery
    >>> argument = Argument(
    ...     {"recovery": TrustRecovery, "bargaining": AsymmetricBargaining},
    ...     links={"bargaining.trust": "recovery.trust_after_violation"},
    ... )
    >>> argument.at(trust="7/10", eps="1/200", phi="1/20", b=1, o=0, alpha=1).member_net_gain
    7/37
    """

    title = "Argument"
    parameters = declare()
    concepts: ClassVar[tuple[str, ...]] = ()

    chain: ClassVar[Chain]

    def __new__(
        cls,
        games: object = (),
        links: object = None,
        *,
        given: object = (),
        apart: object = (),
        title: str = "Argument",
        **_values: object,
    ) -> Self:
        """A class of its own for each chain, so that its parameters are declared as a game's."""
        stages = read_games(games, taken=lambda name: hasattr(Argument, name))
        chain = Chain(stages, read_links(links, stages), read_apart(apart, stages), given)
        arg.text("title", title)
        body = {"parameters": chain.table, "chain": chain, "title": title, "__module__": __name__,
                "__doc__": cls.__doc__, "__qualname__": cls.__qualname__}  # fmt: skip
        return object.__new__(type(cls.__name__, (cls,), body))

    def __init__(
        self,
        games: object = (),
        links: object = None,
        *,
        given: object = (),
        apart: object = (),
        title: str = "Argument",
        **values: object,
    ) -> None:
        chain = self.chain
        for name in values:
            self._refuse_linked(name)
        self.__dict__.update(members=chain.members)
        new = self._value_reader.named(values)
        heads = {name.partition(".")[0] for name in new}
        kept = {k: v for k, v in chain.sourced.items() if k.partition(".")[0] not in heads}
        sources = {name: source for name, (_, source) in kept.items()}
        old = {name: value for name, (value, _) in kept.items()}
        self._build(chain.members, {**old, **new}, sources, None)
        self._check_space()

    def _check_space(self) -> None:
        """Refuse conditions that are proved to contradict each other."""
        try:
            empty = self.space.empty
        except UnsupportedError:  # a function that no prover here reads; conditions stay as stated
            return
        if empty.verdict == "proved":
            clash = " and ".join(map(str, empty.clash or self.space.constraints))
            raise SpaceError(f"no point is left to the argument: {clash} contradict each other")

    def _like(
        self,
        members: tuple[str, ...] | None,
        values: Mapping[str, object],
        sources: Mapping[str, Source],
        basis: Calibration | None,
    ) -> Self:
        if members != self.chain.members:
            raise ParameterError(
                "members", members, "one value for members that are alike",
                "For members with values of their own list them in the games, such as "
                "HubBargaining(members=['A', 'B'])",
            )  # fmt: skip
        return super()._like(members, values, sources, basis)

    def _refuse_linked(self, name: str) -> None:
        """Refuse a value for what a link determines, unless it is a parameter elsewhere."""
        if name.partition(".")[0] in type(self).parameters:
            return
        for (game, parameter), source in self.chain.links.items():
            row = type(self.chain.games[game]).parameters[parameter]
            if name.partition(".")[0] in (row.name, row.symbol.name):
                raise GameTheoryError(
                    f"{name} of {game} follows from {'.'.join(source)}; give values to what that "
                    "depends on, or leave the link out"
                )

    # What it is made of.

    @property
    def links(self) -> Mapping[str, str]:
        """The links, from parameter to quantity."""
        return FrozenMapping(
            {".".join(target): ".".join(source) for target, source in self.chain.links.items()}
        )

    @property
    def fit(self) -> tuple[Link, ...]:
        """Each link with the proof that the quantity lies in the parameter's domain."""
        return tuple(self.chain.checks)

    @cached_property
    def stages(self) -> Mapping[str, Stage]:
        """The games in order, each with its quantities in the argument's parameters."""
        return FrozenMapping({name: self._stage(name) for name in self.chain.games})

    def _stage(self, name: str) -> Stage:
        prefix = f"{name}."
        quantities = {
            key.removeprefix(prefix): replace(q, name=key.removeprefix(prefix))
            for key, q in self.quantities.items()
            if key.startswith(prefix)
        }
        return Stage(name, self._game_at_numbers(name), QuantityTable(quantities))

    def _game_at_numbers(self, name: str) -> Game:
        chain, game = self.chain, self.chain.games[name]
        mapping, rows = chain.maps[name], type(game).parameters.expand(game.members)
        numbers: dict[Symbol, Expr] = {}
        for row in rows:
            place = name, row.name.partition(".")[0]
            value = mapping.get(row.symbol, row.symbol).xreplace(self.values)
            # What only serves a linked parameter is no parameter here, whatever bears its symbol.
            if value.is_number and (place in chain.links or place in chain.names):
                numbers[row.symbol] = value
        given = {}
        for row in rows:
            ingredients = set() if row.default is None else row.default.free_symbols
            if row.symbol in numbers and not (ingredients and ingredients <= numbers.keys()):
                given[row.name] = numbers[row.symbol]
        return game.general.at(**given)

    @cached_property
    def quantities(self) -> QuantityTable:
        """Every quantity of every game, ``"game.quantity"``, at the argument's values."""
        return QuantityTable({name: self.quantity(name) for name in self.chain.quantities})

    @arg.validate(name=arg.text)
    def quantity(self, name: str) -> Quantity:
        """One quantity, ``"game.quantity"``; the others are not worked out for it."""
        game, _, rest = name.partition(".")
        if game not in self.chain.games or not has_quantity(self.chain.games[game], rest):
            raise UnknownNameError("quantity", name, self.chain.quantities)
        return self.chain.quantity(name).subs(self.values)

    def __getattr__(self, name: str) -> Any:
        """A stage by its game's name, or a quantity that only one of the games has."""
        if name.startswith("_") or "values" not in self.__dict__:
            raise AttributeError(name)
        if name in self.chain.games:
            return self.stages[name]
        found = [q for key, q in self.quantities.items() if key.partition(".")[2] == name]
        if len(found) == 1:
            return found[0].value
        known = [*self.chain.games, *self.quantities]
        if found:
            raise UnknownAttributeError("single quantity", name, [q.name for q in found])
        raise UnknownAttributeError("game or quantity", name, known)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self.chain.games]

    # What a game has.

    @property
    def players(self) -> tuple[str, ...]:
        """The players of its games."""
        return tuple(dict.fromkeys(p for game in self.chain.games.values() for p in game.players))

    def constraints(self) -> tuple[Boolean, ...]:
        """The conditions of its games, what a link leaves to be stated, and what is given."""
        return tuple(self.chain.conditions)

    def solve(self, concept: str | None = None) -> EquilibriumSet:
        """Refused: what is played is each game, one after another."""
        self._refuse_play()

    def payoff(self, profile: Mapping[str, Any], player: str) -> Expr:
        """Refused: payoffs belong to the games."""
        self._refuse_play()

    def equilibria(self, concept: str) -> Iterable[Equilibrium]:
        """Refused: what is played is each game, one after another."""
        self._refuse_play()

    def completeness(self, concept: str) -> tuple[str, Boolean, str]:
        """Refused: what is played is each game, one after another."""
        self._refuse_play()

    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """Refused: equilibria belong to the games."""
        self._refuse_play()

    def _refuse_play(self) -> NoReturn:
        first = next(iter(self.chain.games))
        raise UnsupportedError(
            "an argument is no game: its games are played one after another; ask one of them, as "
            f"in argument.stages[{first!r}].game.solve()"
        )

    def at(self, calibration: Calibration | None = None, /, **values: object) -> Self:
        """The same argument with values for some parameters; later values replace earlier ones."""
        for name in (*values, *(calibration if isinstance(calibration, Calibration) else ())):
            self._refuse_linked(name)
        return super().at(calibration, **values)

    # Identity.

    def _parts(self) -> tuple[object, ...]:
        chain = self.chain
        games = tuple((name, game.general) for name, game in chain.games.items())
        return games, self.links, chain.apart, chain.given, self.title

    def _key(self) -> tuple[object, ...]:
        return Argument, self._parts(), self.values

    def __reduce__(self) -> tuple[object, ...]:
        apart = sorted(".".join(place) for place in self.chain.apart)
        games = self.chain.bare_games
        state = (self.given, self.parameters.sources, self.basis)
        return _restore, (
            self._base(), games, dict(self.links), pack(self.chain.given), apart, self.title,
            pack(tuple(map(_plain, state))),
        )  # fmt: skip

    @classmethod
    def _base(cls) -> type[Argument]:
        """The class that was called."""
        return next(kind for kind in cls.__mro__ if "chain" not in vars(kind))

    def __repr__(self) -> str:
        values = [f"{name}={value}" for name, value in self.given.items()]
        arguments = ", ".join([f"[{', '.join(self.chain.games)}]", *values])
        suffix = f" at {self.calibration!r}" if self.calibration else ""
        return f"{type(self).__name__}({arguments}){suffix}"


def _plain(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else value


def _restore(
    kind: type[Argument],
    games: Mapping[str, Game],
    links: Mapping[str, str],
    given: object,
    apart: list[str],
    title: str,
    state: object,
) -> Argument:
    argument = kind(games, links, given=unpack(given), apart=apart, title=title)
    values, sources, basis = unpack(state)
    return argument._like(argument.members, values, sources, basis)
