"""Games, links and exceptions of an argument, as a user writes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gametheory_eeu.core import arguments as arg
from gametheory_eeu.errors import ParameterError, UnknownNameError
from gametheory_eeu.games.chain import has_quantity
from gametheory_eeu.games.game import Game

_GAMES = "a list of games, or a mapping of names to games"
_LINKS = (
    'a mapping such as {"bargaining.trust": "recovery.trust_after_violation"}: a game\'s parameter '
    "to an earlier game's quantity"
)


def read_games(games: object, *, taken: Callable[[str], bool]) -> dict[str, Game]:
    """Games by name, from a list or a mapping; no name is one that an argument has."""
    if isinstance(games, Mapping):
        pairs = [(arg.text("name of a game", name), _game(game)) for name, game in games.items()]
    else:
        items = arg.sequence("games", games, _GAMES)
        pairs = [(type(game).__name__, game) for game in map(_game, items)]
    names = [name for name, _ in pairs]
    if not names:
        raise ParameterError("games", games, f"{_GAMES}: one or more")
    for name in names:
        if names.count(name) > 1:
            fix = "Name them: {'before': " + name + "(…), 'after': " + name + "(…)}"
            raise ParameterError("games", names, "games of different names", fix)
        if not name.isidentifier() or name.startswith("_") or taken(name):
            allowed = "a single word that is nothing an argument has, such as 'recovery'"
            raise ParameterError("name of a game", name, allowed)
    _check_members(dict(pairs))
    return dict(pairs)


def _game(value: object) -> Game:
    if isinstance(value, type) and issubclass(value, Game) and value is not Game:
        value = value()
    arg.instance("game", value, Game, "a Game, or the class of one")
    game: Game = value  # type: ignore[assignment]
    return game


def _check_members(games: Mapping[str, Game]) -> None:
    """Refuse members that are listed in one game and not, or otherwise, in another."""
    listed = {name: game.members for name, game in games.items() if game._has_members}
    if len(set(listed.values())) > 1:
        text = "; ".join(f"{name}: {members or 'alike'}" for name, members in listed.items())
        raise ParameterError(
            "members", text, "the same members in every game that has members",
            "Give each game the same members=[…], or none of them any",
        )  # fmt: skip


def _place(kind: str, value: object, games: Mapping[str, Game]) -> tuple[str, str]:
    text = arg.text(kind, value, "text such as 'game.name'")
    game, dot, rest = text.partition(".")
    if not dot:
        raise ParameterError(kind, value, f"text such as {next(iter(games)) + '.' + text!r}")
    return arg.one_of("game of the argument", game, games), rest


def _parameter(kind: str, value: object, games: Mapping[str, Game]) -> tuple[str, str]:
    """A game and the full name of one of its parameters."""
    name, parameter = _place(kind, value, games)
    table = type(games[name]).parameters
    head, dot, _ = parameter.partition(".")
    if head not in table:
        raise UnknownNameError(f"parameter of {name}", parameter, table.names)
    row = table[head]
    if dot:
        raise ParameterError(
            kind, value, "a parameter of all members",
            f"Link {name}.{row.name}, or give {row.name} its values by member",
        )  # fmt: skip
    if row.index == "count" and games[name].members is not None:
        raise ParameterError(kind, value, "a parameter", f"The members of {name} are listed")
    return name, row.name


def read_apart(apart: object, games: Mapping[str, Game]) -> frozenset[tuple[str, str]]:
    """The parameters that are not shared."""
    places = arg.sequence("apart", apart, "a list of parameters, such as ['game.parameter']")
    return frozenset(_parameter("apart", place, games) for place in places)


def read_links(links: object, games: Mapping[str, Game]) -> dict[tuple[str, str], tuple[str, str]]:
    """Links by game and parameter, each forward to a parameter that is free."""
    result: dict[tuple[str, str], tuple[str, str]] = {}
    pairs = {} if links is None else arg.mapping("links", links, _LINKS)
    for target, source in pairs.items():
        place = _parameter("link", target, games)
        if place in result:
            raise ParameterError("link", target, f"one link for {'.'.join(place)}")
        _check_free(target, games[place[0]], place)
        name, quantity = _place("quantity", source, games)
        if not has_quantity(games[name], quantity):
            raise UnknownNameError(f"quantity of {name}", quantity, games[name].general.quantities)
        result[place] = (name, quantity)
    _check_order(result, list(games))
    return result


def _check_free(target: str, game: Game, place: tuple[str, str]) -> None:
    """Refuse a link to a parameter that has a value, or follows from one that has."""
    table = type(game).parameters
    default = table[place[1]].default
    ingredients = set() if default is None else default.free_symbols
    sources = {place[1], *(row.name for row in table if row.symbol in ingredients)}
    for key, value in game.given.items():
        is_open = value == game.parameters[key].symbol  # a default that is lifted
        if key.partition(".")[0] in sources and not is_open:
            raise ParameterError(
                "link", target, "a parameter without a value",
                f"{key} is {value} in {place[0]}: leave out the value, or the link",
            )  # fmt: skip


def _check_order(links: Mapping[tuple[str, str], tuple[str, str]], order: list[str]) -> None:
    feeds = {(source[0], target[0]) for target, source in links.items()}
    circle = _circle(feeds)
    if circle:
        raise ParameterError(
            "links", " -> ".join(circle), "links that lead in no circle",
            "A value cannot follow from itself: leave one of them out, or name a second copy of a "
            "game, such as {'before': game, 'after': game}",
        )  # fmt: skip
    for target, source in links.items():
        if order.index(source[0]) > order.index(target[0]):
            raise ParameterError(
                f"link of {'.'.join(target)}", ".".join(source), "a quantity of an earlier game",
                f"List {source[0]} before {target[0]}",
            )  # fmt: skip


def _circle(feeds: set[tuple[str, str]]) -> list[str]:
    """A circle of games, each feeding the next; empty where there is none."""
    for start in sorted({first for first, _ in feeds}):
        paths = [[start]]
        while paths:
            path = paths.pop()
            for first, second in sorted(feeds):
                if first == path[-1] and second == start:
                    return [*path, start]
                if first == path[-1] and second not in path:
                    paths.append([*path, second])
    return []
