"""Chain of games: which parameters they share, and what a linked one is in terms of the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import COUNT, Parameter, Source, Space
from gametheory_eeu.core.results import Displayable, FrozenMapping
from gametheory_eeu.errors import SpaceError, UnsupportedError
from gametheory_eeu.games.game import Game
from gametheory_eeu.games.parameters import ParameterTable
from gametheory_eeu.games.quantity import Quantity
from gametheory_eeu.prover import Proof
from gametheory_eeu.prover.proof_search import prove_supported

Links = Mapping[tuple[str, str], tuple[str, str]]
"""By game and parameter, the game and the quantity that it is."""


@dataclass(frozen=True, repr=False)
class Link(Displayable):
    """One link of an argument: a parameter that is a quantity of an earlier game.

    Parameters
    ----------
    parameter : str
        ``"bargaining.trust"``.
    quantity : str
        ``"recovery.trust_after_violation"``.
    value : SymPy expression
        The quantity in the argument's own symbols.
    proof : Proof
        That it lies in the parameter's domain, wherever it exists.
    """

    parameter: str
    quantity: str
    value: Expr
    proof: Proof

    @property
    def verdict(self) -> str:
        """``"proved"``, or ``"stated"``: kept as a condition of the argument's space."""
        return "proved" if self.proof.verdict == "proved" else "stated"

    def __repr__(self) -> str:
        return f"<{self.parameter} = {self.quantity}: {self.verdict}>"


class Chain:
    """Games in an order, each in the symbols of the whole."""

    def __init__(
        self,
        games: Mapping[str, Game],
        links: Links,
        apart: frozenset[tuple[str, str]],
        given: object,
    ) -> None:
        self.games, self.links, self.apart = games, links, apart
        self.members = next((g.members for g in games.values() if g.members is not None), None)
        self.names: dict[tuple[str, str], str] = {}
        """By game and parameter, the parameter of the whole."""
        self.rows: dict[str, Parameter] = {}
        for name, game in games.items():
            self._declare(name, game)
        self.table = ParameterTable(tuple(self.rows.values()))
        self._check_symbols()
        self.given = self._read_given(given)
        self.maps: dict[str, dict[Symbol, Expr]] = {}
        self.exists: dict[str, Boolean] = {}
        """By game, where everything exists that is linked into it."""
        self._composed: dict[str, Quantity] = {}
        self.conditions: list[Boolean] = []
        self.checks: list[Link] = []
        for name, game in games.items():
            self._compose(name, game)
        self.conditions = list(dict.fromkeys((*self.conditions, *self.given)))

    @property
    def bare_games(self) -> dict[str, Game]:
        """The games without the values that they came with."""
        return {k: game._like(game.members, {}, {}, None) for k, game in self.games.items()}

    # Parameters.

    def _linked(self, name: str) -> set[str]:
        """The parameters of a game that are linked."""
        return {parameter for game, parameter in self.links if game == name}

    def _open_rows(self, name: str, game: Game) -> Iterator[Parameter]:
        """The parameters of a game that the whole has to have."""
        table, linked = self._declared(game), self._linked(name)
        gone = {row.symbol for row in table if row.name in linked}
        derived = [row for row in table if row.default is not None]
        for row in table:
            follows = row.default is not None and row.default.free_symbols & gone
            users = [d for d in derived if row.symbol in d.default.free_symbols]  # type: ignore[union-attr]
            serves_linked_only = users and all(user.symbol in gone for user in users)
            if row.symbol not in gone and not follows and not serves_linked_only:
                yield row

    def _declared(self, game: Game) -> ParameterTable:
        """The parameters of a game; of members that are alike each is one value, as any other."""
        table = type(game).parameters
        if self.members is not None:
            return table
        rows = (replace(r, index=None) if r.index in ("member", "pair") else r for r in table)
        return ParameterTable(tuple(rows))

    def _declare(self, name: str, game: Game) -> None:
        rows = list(self._open_rows(name, game))
        own = self._own_names(name, rows)
        renamed: dict[Symbol, Symbol] = {}
        new_names = []
        for row in rows:
            shared = self.rows.get(row.name)
            if row.name not in own and shared is not None and _is_same(shared, row):
                if shared.default != row.default:
                    self.rows[row.name] = replace(shared, default=None)
                self.names[name, row.name] = row.name
                continue
            new = self._renamed(row, name, own=row.name in own)
            renamed[row.symbol] = new.symbol
            self.names[name, row.name] = new.name
            self.rows[new.name] = new
            new_names.append(new.name)
        for new_name in new_names:
            new = self.rows[new_name]
            if new.default is not None:
                self.rows[new_name] = replace(new, default=new.default.xreplace(renamed))

    def _own_names(self, name: str, rows: Iterable[Parameter]) -> set[str]:
        """The parameters that are kept apart, and those derived from what is a game's own."""
        own = {row.name for row in rows if (name, row.name) in self.apart}
        different = {row.symbol for row in rows if row.name in own or (
            row.name in self.rows and not _is_same(self.rows[row.name], row))}  # fmt: skip
        for row in rows:
            if row.default is not None and row.default.free_symbols & different:
                own.add(row.name)
        return own

    def _renamed(self, row: Parameter, game: str, *, own: bool) -> Parameter:
        """The row, under a name and a symbol of its own where they are taken."""
        names, symbols = set(self.rows), {r.symbol.name for r in self.rows.values()}
        taken = own or row.name in names | symbols
        new_name = f"{row.name}_{game}" if taken else row.name
        symbol = row.symbol
        if own or symbol.name in symbols | names:
            stem = symbol.name.removesuffix("_i")
            symbol = sp.Symbol(f"{stem}_{game}", **symbol._assumptions_orig)
        if (new_name, symbol) == (row.name, row.symbol):
            return row
        return replace(row, name=new_name, symbol=symbol, meaning=f"{row.meaning} ({game})")

    def _check_symbols(self) -> None:
        seen: dict[str, str] = {}
        for row in self.table.expand(self.members):
            for word in {row.name, row.symbol.name}:
                if word in seen:
                    raise SpaceError(
                        f"{seen[word]} and {row.name} would both be written {word}; give one of "
                        "the games another name, with a mapping of name to game"
                    )
                seen[word] = row.name

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        """The symbols of all parameters."""
        return tuple(row.symbol for row in self.table.expand(self.members))

    def _read_given(self, given: object) -> tuple[Boolean, ...]:
        known = Space(self.symbols)
        space = Space.of(known, given)
        for symbol in space.symbols:
            if symbol not in known.symbols:
                raise SpaceError(
                    f"given: {symbol.name} is no symbol of the argument; it has "
                    f"{', '.join(s.name for s in known.symbols)}"
                )
        return space.constraints

    # Composition.

    def _compose(self, name: str, game: Game) -> None:
        general = game.general
        mapping = self.maps[name] = self._mapping(name, game)
        sources = [self._source(link).exists_when for link in self._links_of(name)]
        exists = self.exists[name] = sp.And(*sources)
        before = self._space(exists)
        for link in self._links_of(name):
            self._check_link(link, before)
        names = self._linked(name)
        rows = type(game).parameters.expand(game.members)
        linked = {row.symbol for row in rows if row.name.partition(".")[0] in names}
        for constraint in general.constraints():
            condition = constraint.xreplace(mapping)
            if not constraint.free_symbols & linked:
                self.conditions.append(condition)
            elif condition != sp.true:
                self._check_constraint(name, constraint, condition, before)

    def quantity(self, name: str) -> Quantity:
        """One quantity, ``"game.quantity"``, in the symbols of the whole."""
        if name not in self._composed:
            game, _, rest = name.partition(".")
            own = {q.name: q for q in _own_quantities(self.games[game].general, rest)}
            composed = replace(own[rest].subs(self.maps[game]), name=name)
            exists_when = sp.And(self.exists[game], composed.exists_when)
            self._composed[name] = replace(composed, exists_when=exists_when)
        return self._composed[name]

    @cached_property
    def quantities(self) -> Mapping[str, Quantity]:
        """Every quantity of every game, in the symbols of the whole."""
        names = [f"{k}.{q}" for k, game in self.games.items() for q in game.general.quantities]
        return FrozenMapping({name: self.quantity(name) for name in names})

    def _mapping(self, name: str, game: Game) -> dict[Symbol, Expr]:
        """What each symbol of a game is in the whole."""
        mapping: dict[Symbol, Expr] = {}
        for row in type(game).parameters.expand(game.members):
            head, dot, member = row.name.partition(".")
            if (name, head) in self.links:
                mapping[row.symbol] = self._source((name, head)).expression
            elif (name, head) in self.names:
                own = self.rows[self.names[name, head]]
                mapping[row.symbol] = own.component(member).symbol if dot else own.symbol
        for row in type(game).parameters.expand(game.members):
            if row.symbol not in mapping and row.default is not None:
                mapping[row.symbol] = row.default.xreplace(mapping)
        return {symbol: value for symbol, value in mapping.items() if symbol != value}

    def _source(self, link: tuple[str, str]) -> Quantity:
        return self.quantity(".".join(self.links[link]))

    def _links_of(self, name: str) -> list[tuple[str, str]]:
        return [link for link in self.links if link[0] == name]

    def _space(self, *conditions: Boolean) -> Space:
        """The space so far: domains of the parameters, conditions of the games before."""
        domains = [row.condition for row in self.table.expand(self.members)]
        all_conditions = (*domains, *self.conditions, *self.given, *conditions)
        return Space.of(*(c for c in all_conditions if c != sp.true), symbols=self.symbols)

    def _check_link(self, link: tuple[str, str], space: Space) -> None:
        quantity = self._source(link)
        row = type(self.games[link[0]]).parameters[link[1]]
        label, source = ".".join(link), quantity.name
        counts = row.domain == COUNT or row.symbol.is_integer
        if counts and not quantity.expression.is_integer:
            raise SpaceError(
                f"the link {label} = {source} does not fit: {label} is a whole number "
                f"({row.meaning}), and {source} = {quantity.expression} need not be one; link "
                "another quantity"
            )
        claim = row.condition.xreplace({row.symbol: quantity.expression})
        proof = _proof(claim, space, quantity.expression)
        if proof.verdict == "refuted":
            raise SpaceError(_misfit(label, quantity, row, proof))
        if proof.verdict == "unknown":
            self.conditions.append(claim)
        self.checks.append(Link(label, source, quantity.expression, proof))

    def _check_constraint(
        self, name: str, constraint: Boolean, condition: Boolean, before: Space
    ) -> None:
        """Drop what is proved; refuse what the earlier games refute; state what is left."""
        proof = _proof(condition, before)
        if proof.verdict == "proved":
            return
        earlier = {symbol for k, mapping in self.maps.items() if k != name
                   for symbol in self._symbols_of(k, mapping)}  # fmt: skip
        if proof.verdict == "refuted" and condition.free_symbols <= earlier:
            raise SpaceError(
                f"the links into {name} do not fit: {name} takes {constraint} as given, which "
                f"reads {condition} here and fails at {_point_text(proof)}; exclude that with "
                f"given=, as in given={str(condition)!r}, or link another quantity"
            )
        self.conditions.append(condition)

    def _symbols_of(self, name: str, mapping: Mapping[Symbol, Expr]) -> set[Symbol]:
        own = {row.symbol for row in type(self.games[name]).parameters.expand(self.members)}
        return {s for symbol in own for s in mapping.get(symbol, symbol).free_symbols}

    # Values.

    @cached_property
    def sourced(self) -> Mapping[str, tuple[Expr, Source]]:
        """Values that the games came with, each with its source, by parameter of the whole."""
        result: dict[str, tuple[Expr, Source]] = {}
        origin: dict[str, str] = {}
        for name, game in self.games.items():
            for key, value in game.given.items():
                head, dot, member = key.partition(".")
                if (name, head) not in self.names:
                    continue
                own = self.names[name, head] + dot + member
                new = value.xreplace(self.maps[name])
                if own in result and result[own][0] != new:
                    raise SpaceError(
                        f"{key} is {result[own][0]} in {origin[own]} and {new} in {name}; give it "
                        f"one value, or keep it apart, with apart=[{name + '.' + head!r}]"
                    )
                result.setdefault(own, (new, game.parameters.source(key)))
                origin.setdefault(own, name)
        return FrozenMapping(result)


@lru_cache(maxsize=512)
def _own_quantities(general: Game, name: str) -> tuple[Quantity, ...]:
    """A quantity of a game, or all of them where it is not one that its class declares."""
    if type(general).quantities is Game.quantities:
        for declared in reversed(general._quantities):
            if declared.name == name:
                return tuple(declared.of(general))
    return tuple(general.quantities.values())


def has_quantity(game: Game, name: str) -> bool:
    """Whether a game has a quantity of a name, without working out all of them."""
    return any(q.name == name for q in _own_quantities(game.general, name))


def _is_same(first: Parameter, second: Parameter) -> bool:
    """Whether two rows declare one parameter; a default is no part of it."""
    names = ("name", "symbol", "domain", "meaning", "index")
    return all(getattr(first, name) == getattr(second, name) for name in names)


def _proof(claim: Boolean, space: Space, value: Expr | None = None) -> Proof:
    """A proof that a claim holds, and that the value exists, on the part of space it is about."""
    if claim == sp.true and value is not None and value.free_symbols:
        claim = sp.Ge(value**2, 0, evaluate=False)  # any real number: that it is one
    used = claim.free_symbols
    grown = True
    while grown:  # constraints that bear on the claim; the rest only makes the question large
        near = [c for c in space.constraints if c.free_symbols & used]
        grown = any(c.free_symbols - used for c in near)
        used = used.union(*(c.free_symbols for c in near))
    try:
        return prove_supported(claim, Space.of(*near, symbols=sorted(used, key=str)))
    except UnsupportedError as error:
        return Proof(claim, space, "unknown", "none", why=str(error))


def _point_text(proof: Proof) -> str:
    point = next(iter((*proof.witnesses, *proof.undefined_at)), {})
    used = proof.statement.free_symbols
    return ", ".join(f"{s} = {v}" for s, v in point.items() if s in used) or "every point"


def _misfit(label: str, quantity: Quantity, row: Parameter, proof: Proof) -> str:
    point = next(iter((*proof.witnesses, *proof.undefined_at)), {})
    value = quantity.expression.xreplace(dict(point))
    reading = "has no value" if not proof.witnesses else f"is {sp.simplify(value)}"
    return (
        f"the link {label} = {quantity.name} does not fit: at {_point_text(proof)} "
        f"{quantity.name} = {quantity.expression} {reading}, and {label} ({row.meaning}) has to be "
        f"{row.domain_text}; exclude that with given=, as in "
        f"given={str(row.condition.xreplace({row.symbol: quantity.expression}))!r}, or link "
        "another quantity"
    )
