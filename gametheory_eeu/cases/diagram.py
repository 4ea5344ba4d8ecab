"""Diagram of an argument: its steps in order, and what one passes on to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from inspect import getdoc
from typing import Self

from gametheory_eeu.cases.chapter import Chapter
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.games import Argument


@dataclass(frozen=True)
class Step:
    """A step of an argument.

    Parameters
    ----------
    name : str
        By which arrows name it.
    title : str
    text : str
        One sentence.
    """

    name: str
    title: str
    text: str = ""

    def __post_init__(self) -> None:
        for name in ("name", "title", "text"):
            arg.text(name, getattr(self, name))


@dataclass(frozen=True)
class Arrow:
    """What one step passes on to another.

    Parameters
    ----------
    source, target : str
        Names of steps.
    label : str
    """

    source: str
    target: str
    label: str = ""

    def __post_init__(self) -> None:
        for name in ("source", "target", "label"):
            arg.text(name, getattr(self, name))


@dataclass(frozen=True)
class Diagram:
    """An argument as steps and arrows.

    Parameters
    ----------
    steps : sequence of Step
        In the order of the argument.
    arrows : sequence of Arrow
        Each from a step to a later one.

    Examples
    --------
    >>> Diagram([Step("a", "Trust"), Step("b", "Price")], [Arrow("a", "b", "mu")]).into("b")
    (Arrow(source='a', target='b', label='mu'),)
    """

    steps: Sequence[Step]
    arrows: Sequence[Arrow] = ()

    def __post_init__(self) -> None:
        steps = arg.sequence("steps", self.steps, "a list of Steps")
        arrows = arg.sequence("arrows", self.arrows, "a list of Arrows")
        for step in steps:
            arg.instance("step", step, Step, "a Step")
        names = arg.names("steps", [step.name for step in steps])
        for arrow in arrows:
            arg.instance("arrow", arrow, Arrow, "an Arrow")
            ends = [arg.one_of("step", n, names) for n in (arrow.source, arrow.target)]
            if names.index(ends[0]) >= names.index(ends[1]):
                raise ParameterError("arrow", arrow, "from a step to a later one")
        object.__setattr__(self, "steps", steps)
        object.__setattr__(self, "arrows", arrows)

    @classmethod
    def of_chapters(cls, chapters: Sequence[Chapter]) -> Self:
        """The games of a case, with an arrow where a later one has parameters of an earlier one."""
        labels: dict[tuple[str, str], list[str]] = {}
        latest: dict[str, str] = {}
        for chapter in arg.sequence("chapters", chapters, "a list of Chapters"):
            arg.instance("chapter", chapter, Chapter, "a Chapter")
            for parameter in chapter.game_class.parameters:
                source = latest.get(parameter.name)
                if source is not None:
                    labels.setdefault((source, chapter.name), []).append(parameter.symbol.name)
                latest[parameter.name] = chapter.name
        return cls(
            [Step(c.name, c.title, first_sentence(c.game_class)) for c in chapters],
            _arrows(labels),
        )

    @classmethod
    @arg.validate(argument=arg.instance_of(Argument, "an Argument"))
    def of_argument(cls, argument: Argument) -> Self:
        """The games of a chain, with an arrow for every quantity that is a later parameter.

        Examples
        --------
        >>> from gametheory_eeu import AsymmetricBargaining, TrustRecovery
        >>> games = {"shock": TrustRecovery, "price": AsymmetricBargaining}
        >>> links = {"price.trust": "shock.trust_after_violation"}
        >>> Diagram.of_argument(Argument(games, links)).arrows
        (Arrow(source='shock', target='price', label='mu'),)
        """
        games = argument.chain.games
        labels: dict[tuple[str, str], list[str]] = {}
        for target, source in argument.links.items():
            game, _, parameter = target.partition(".")
            symbol = type(games[game]).parameters[parameter].symbol.name
            labels.setdefault((source.partition(".")[0], game), []).append(symbol)
        steps = [
            Step(name, _stage_title(name, type(game)), first_sentence(type(game)))
            for name, game in games.items()
        ]
        return cls(steps, _arrows(labels))

    def into(self, name: str) -> tuple[Arrow, ...]:
        """The arrows into a step."""
        arg.one_of("step", name, [step.name for step in self.steps])
        return tuple(arrow for arrow in self.arrows if arrow.target == name)


def _stage_title(name: str, game: type) -> str:
    """The name of a game in a chain, and its own: ``Shock: trust recovery``."""
    title = str(getattr(game, "title", game.__name__))
    if name in (title.lower(), game.__name__):
        return title
    return f"{name[:1].upper()}{name[1:].replace('_', ' ')}: {title[:1].lower()}{title[1:]}"


def _arrows(labels: dict[tuple[str, str], list[str]]) -> list[Arrow]:
    return [Arrow(*pair, ", ".join(dict.fromkeys(own))) for pair, own in labels.items()]


def first_sentence(game: type) -> str:
    """What a game is, by the first line of its docstring, its own name left out.

    Examples
    --------
    >>> from gametheory_eeu import CredibleCommitment
    >>> first_sentence(CredibleCommitment)
    "A member's trust in a hegemon that may break its word."
    """
    lines = (getdoc(game) or "").strip().splitlines()
    head, colon, rest = (lines[0] if lines else "").partition(": ")
    text = rest if colon else head
    return text[:1].upper() + text[1:]
