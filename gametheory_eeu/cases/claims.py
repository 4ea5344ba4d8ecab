"""Claims of a case: a place in the text, a game, a formal statement, and the verdict on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, TypeAlias, get_args

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.cases.claim_parts import (
    ClaimVerdict,
    Part,
    PartJudgement,
    game_class,
    read_formal,
    values_at,
)
from gametheory_eeu.cases.explanation import Explanation, explain, robustness
from gametheory_eeu.cases.facts import Fact
from gametheory_eeu.cases.robustness import Robustness
from gametheory_eeu.core import Calibration, Source, exact, parse
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Displayable, FrozenMapping
from gametheory_eeu.errors import (
    GameTheoryError,
    ParameterError,
    UnknownNameError,
    short_repr,
)
from gametheory_eeu.games import Claim, Game
from gametheory_eeu.models.registry import propositions
from gametheory_eeu.prover.proof_text import biconditional_sides

ClaimWriter: TypeAlias = Callable[[], Iterable[Claim]]
_AT = "pairs of a game and one of its calibrations"


@dataclass(frozen=True, repr=False)
class CaseClaim(Displayable):
    """A claim that a text makes, and what the library makes of it.

    It is a *fact* where only facts stand behind it, *stipulated* where it is true by an assumption,
    and otherwise judged: see ``verdict``.

    Parameters
    ----------
    number : int
        By which it is looked up.
    place : str
        In the text: ``"X.4"``.
    paraphrase : str
    statement : str
        What it comes to in the game, in a formula or a sentence.
    game : class of a game, or str
        Of your own, or the name of one of the library's, or of the case that the claim is in.
    formal : str, SymPy Boolean, or a function that yields Claims
        What is judged. Text is read with the game's parameters and quantities by their names:
        ``"absolute_threshold > joining_threshold"``.
    condition : str or SymPy Boolean, optional
        What ``formal`` needs besides the game's assumptions, where it does not hold without.
    propositions : tuple of str
        Propositions of the theory that it comes to, by name: with ``formal``, or in its place.
        Of one part of a proposition after a slash: ``"5a-hurry/in rho_H"``.
    at : tuple of pairs of a game and a Calibration
        Where ``formal`` is judged if it does not hold throughout, and its condition besides.
    facts : tuple of Fact
        The figures in it.
    stipulation : str
        The assumption by which it is true, where it is true by construction.
    source : Source
        Of the formal statement.
    assumptions : tuple of SymPy Booleans
        See ``under``.

    Examples
    --------
    >>> claim = CaseClaim(1, "p. 3", "A stronger hegemon has more to fear from balancing.",
    ...     "P_abs > P_J", "BandwagoningContest", "absolute_threshold > joining_threshold",
    ...     "(tau - c)*(lam - tau)*(R + n*w) > tau*(lam - tau + c)*(R + w)")
    >>> claim.verdict
    'proved if'
    >>> claim.under("tau <= 2*c", "lam >= 8*c", "n == 2").verdict
    'refuted'
    """

    number: int
    place: str
    paraphrase: str
    statement: str = ""
    game: str | type[Game] = ""
    formal: str | Boolean | ClaimWriter | None = None
    condition: str | Boolean | None = None
    propositions: tuple[str, ...] = ()
    at: tuple[tuple[str | type[Game], Calibration], ...] = ()
    facts: tuple[Fact, ...] = ()
    stipulation: str = ""
    source: Source = Source("M")  # noqa: RUF009 - frozen
    assumptions: tuple[Boolean, ...] = ()
    values: Mapping[str, Expr] = FrozenMapping()

    def __post_init__(self) -> None:
        arg.integer("number", self.number, 1)
        for name in ("place", "paraphrase", "statement", "stipulation"):
            arg.text(name, getattr(self, name))
        arg.instance("source", self.source, Source, "a Source")
        object.__setattr__(self, "propositions", arg.texts("propositions", self.propositions))
        for fact in arg.sequence("facts", self.facts, "Facts"):
            arg.instance("fact", fact, Fact, "a Fact")
        object.__setattr__(self, "facts", tuple(self.facts))
        pairs = arg.sequence("at", self.at, _AT)
        if not all(isinstance(p, tuple) and len(p) == 2 for p in pairs):
            raise ParameterError("at", self.at, _AT)
        object.__setattr__(self, "at", pairs)
        object.__setattr__(self, "values", FrozenMapping(self.values))
        if not isinstance(self.game, (str, type)):
            raise ParameterError("game", self.game, "a game's class, or the name of one")
        formal: Any = self.formal
        is_readable = (
            formal is None
            or callable(formal)
            or isinstance(formal, (str, sp.logic.boolalg.Boolean))
        )
        if not is_readable:
            raise ParameterError(
                "formal", formal, "text, a Boolean, or a function that yields Claims"
            )
        is_empty = not (self.is_formal or self.facts or self.stipulation)
        if is_empty:
            raise GameTheoryError(
                f"claim {self.number} has nothing behind it; give it a formal statement, "
                "propositions, facts, or the stipulation by which it is true"
            )

    @property
    def is_formal(self) -> bool:
        """Whether there is a formal statement to be judged."""
        return self.formal is not None or bool(self.propositions)

    @property
    def game_class(self) -> type[Game] | None:
        """The class of its game."""
        if isinstance(self.game, str):
            return game_class(self.game) if self.game else None
        return self.game

    @property
    def game_name(self) -> str:
        """The name of its game's class."""
        return self.game if isinstance(self.game, str) else self.game.__name__

    @property
    def parts(self) -> tuple[Part, ...]:
        """The formal statements that it consists of, under its assumptions.

        Raises
        ------
        UnknownNameError
            A proposition or a game that is not there, or an assumption on an unknown symbol.
        """
        parts = [Part.of(c) for name in self.propositions for c in _proposition_claims(name)]
        if callable(self.formal):
            parts += [Part.of(c) for c in self.formal()]
        elif self.formal is not None:
            parts.append(read_formal(self.game_class, self.formal, self.condition, self.statement))
        if self.at:
            parts = [part.at(self.point) for part in parts]
        return tuple(part.under(self.assumptions, self.values) for part in parts)

    @property
    def point(self) -> Mapping[Symbol, Expr]:
        """The values at which it is judged if it does not hold throughout, by symbol."""
        values: dict[Symbol, Expr] = {}
        for game, calibration in self.at:
            values |= values_at(game, calibration)
        return FrozenMapping(values)

    def judge(self) -> ClaimJudgement:
        """The verdict with its proofs; computed once.

        Raises
        ------
        GameTheoryError
            Its assumptions contradict each other.
        """
        return _judge(self)

    @property
    def verdict(self) -> ClaimVerdict:
        """The verdict on it.

        - ``"fact"``: the text's sources say so. ``"stipulated"``: an assumption does.
        - ``"proved"``: for all parameters of the game.
        - ``"proved if"``: under a condition, without which there is a counterexample.
        - ``"holds at the calibration"``: at the values given, and not everywhere.
        - ``"refuted"``: there is a counterexample.
        - ``"unknown"``: none of these was established.
        """
        return self.judge().verdict

    def explain(self) -> Explanation:
        """Place, paraphrase, model, statement, verdict, proof, and what would make it fail."""
        return explain(self.judge())

    def robustness(self) -> Robustness:
        """Where it holds, the parameter it hangs on most, and the change that overturns it.

        Exactly, each parameter moved alone from the calibration: of a claim that holds there, and
        of the condition of one that is proved on a condition. What is proved has no margins.

        Examples
        --------
        >>> import gametheory_eeu as eeu
        >>> eeu.article.claims()[42].robustness()
        <robustness: hangs most on mu, which may move by 14.3%>
        """
        return robustness(self.judge())

    def under(self, *given: object, **values: object) -> CaseClaim:
        """The same claim with further assumptions, or with other values.

        Parameters
        ----------
        *given : str or SymPy relation
            ``"a_i == a_j"``; names are those of the claim's symbols.
        **values : number
            Parameters of its game, or symbols, by name: ``trust="1/2"``.

        Examples
        --------
        >>> import gametheory_eeu as eeu
        >>> claim = eeu.article.claims()[17]
        >>> claim.verdict, claim.under(power_ceiling=6).verdict
        ('holds at the calibration', 'refuted')
        """
        if not self.is_formal:
            raise GameTheoryError(
                f"claim {self.number} is {self.verdict}: it has no formal statement that could be "
                "judged under other assumptions"
            )
        symbols = {s.name: s for part in self.parts for s in part.symbols}
        symbols |= {s.name: s for s in self.point}
        named = dict(symbols)
        if self.game_class is not None:
            named |= {
                p.name: symbols[p.symbol.name]
                for p in self.game_class.parameters
                if p.symbol.name in symbols
            }
        relations = [_relation(item, named, self.number) for item in given]
        numbers: dict[str, Expr] = {}
        for name, value in values.items():
            arg.one_of(f"parameter of claim {self.number}", name, named)
            numbers[named[name].name] = exact(value)
        return replace(
            self,
            assumptions=(*self.assumptions, *relations),
            values={**self.values, **numbers},
        )

    def __repr__(self) -> str:
        text = self.paraphrase if len(self.paraphrase) < 70 else self.paraphrase[:67] + "..."
        return f"<claim {self.number} ({self.place}): {text}>"


def _relation(item: object, named: Mapping[str, Symbol], number: int) -> Boolean:
    if isinstance(item, str):
        item = parse(item, named)
    result = arg.condition("given", item)
    known = set(named.values())
    for symbol in sorted(result.free_symbols - known, key=str):
        raise UnknownNameError(f"symbol of claim {number}", symbol.name, named)
    return result


def _proposition_claims(name: str) -> list[Claim]:
    """The claims of a proposition; after a slash, of those the ones whose label starts so."""
    name, _, label = name.partition("/")
    claims: tuple[Claim, ...] = propositions()[name].claims
    selection = [claim for claim in claims if claim.label.startswith(label)]
    if not selection:
        raise UnknownNameError(f"claim of {name}", label, [claim.label for claim in claims])
    return selection


@dataclass(frozen=True, repr=False)
class ClaimJudgement(Displayable):
    """The verdict on a claim, with those on its parts.

    Parameters
    ----------
    claim : CaseClaim
    parts : tuple of PartJudgement
    """

    claim: CaseClaim
    parts: tuple[PartJudgement, ...]

    @property
    def verdict(self) -> ClaimVerdict:
        """See ``CaseClaim.verdict``: the weakest of the parts' verdicts."""
        if not self.claim.is_formal:
            return "stipulated" if self.claim.stipulation else "fact"
        verdicts = {part.verdict for part in self.parts}
        order: tuple[ClaimVerdict, ...] = (
            "refuted", "unknown", "holds at the calibration", "proved if", "proved",
        )  # fmt: skip
        return next(verdict for verdict in order if verdict in verdicts)

    @property
    def conditions(self) -> tuple[Boolean, ...]:
        """The conditions on which it is proved, where it is not throughout.

        Of a statement that was proved to hold exactly on a condition, that condition; of one that
        was proved on further assumptions, those.
        """
        parts = [p.part for p in self.parts]
        found = [p.part.condition for p in self.parts if p.verdict == "proved if"]
        for simple in (part for part in parts if part.naive):
            for part in (part for part in parts if not part.naive):
                if part.statement == simple.statement:
                    known = set(simple.space.constraints)
                    found.append(sp.And(*(c for c in part.space.constraints if c not in known)))
                sides = biconditional_sides(part.statement)
                for side, other in () if sides is None else (sides, sides[::-1]):
                    if side == simple.statement:
                        found.append(other)
        found = [condition for condition in found if condition not in (None, sp.true)]
        return tuple(dict.fromkeys(found))

    @property
    def counterexamples(self) -> tuple[Mapping[Symbol, Expr], ...]:
        """Points at which a statement of the claim fails without its condition."""
        points = [p.counterexample for p in self.parts if p.verdict != "proved"]
        return tuple(dict.fromkeys(point for point in points if point is not None))

    def recheck(self) -> bool:
        """Whether each proof is confirmed by another route; see ``Proof.recheck``."""
        return all(proof.recheck() is True for part in self.parts for proof in part.proofs)

    def __repr__(self) -> str:
        return f"<{self.verdict}: {self.claim!r}>"


@cache
def _judge(claim: CaseClaim) -> ClaimJudgement:
    parts = tuple(part.judge() for part in claim.parts)
    for proof in (proof for part in parts for proof in part.proofs if proof.vacuous):
        clash = " and ".join(map(str, proof.clash)) or "they leave no parameters"
        raise GameTheoryError(
            f"the assumptions of claim {claim.number} contradict each other: {clash}. Drop one"
        )
    return ClaimJudgement(claim, parts)


@dataclass(frozen=True, repr=False)
class Tension(Displayable):
    """Claims of a text that pull in different directions, and what reconciles them.

    Parameters
    ----------
    claims : tuple of CaseClaim
    text : str
        In which they differ.
    resolution : CaseClaim
        What reconciles them; its number is the tension's own.
    """

    claims: tuple[CaseClaim, ...]
    text: str
    resolution: CaseClaim

    def __post_init__(self) -> None:
        arg.text("text", self.text)
        for claim in (*self.claims, self.resolution):
            arg.instance("claim", claim, CaseClaim, "a CaseClaim")

    @property
    def verdict(self) -> ClaimVerdict:
        """The verdict on what reconciles them."""
        return self.resolution.verdict

    def __repr__(self) -> str:
        numbers = ", ".join(str(claim.number) for claim in self.claims)
        return f"<tension of {numbers}: {self.text}>"


@dataclass(frozen=True, repr=False)
class CaseClaims(Displayable):
    """The claims of a case, by number."""

    rows: tuple[CaseClaim, ...] = ()

    def __post_init__(self) -> None:
        rows = arg.sequence("claims", self.rows, "a list of CaseClaims")
        for row in rows:
            arg.instance("claim", row, CaseClaim, "a CaseClaim")
        numbers = [row.number for row in rows]
        for number in numbers:
            if numbers.count(number) > 1:
                raise ParameterError("claims", number, "numbers that differ", "Renumber one")
        object.__setattr__(self, "rows", rows)

    def __iter__(self) -> Iterator[CaseClaim]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, number: int | str) -> CaseClaim:
        """The claim of a number."""
        key: object = number
        if isinstance(key, bool) or not isinstance(key, (int, str)):
            raise ParameterError("claim", key, "the number of a claim")
        number = int(key) if isinstance(key, str) and key.isdecimal() and len(key) < 9 else key
        for row in self.rows:
            if row.number == number:
                return row
        raise UnknownNameError("claim", short_repr(number), [str(row.number) for row in self.rows])

    @arg.validate(verdict=arg.text, game=arg.text, place=arg.text)
    def where(self, *, verdict: str = "", game: str = "", place: str = "") -> CaseClaims:
        """The claims with a verdict, about a game, and at a place, the last two by their start."""
        if verdict:
            arg.one_of("verdict", verdict, get_args(ClaimVerdict))
        rows = [
            row
            for row in self.rows
            if row.game_name.startswith(game)
            and row.place.startswith(place)
            and (not verdict or row.verdict == verdict)
        ]
        return CaseClaims(tuple(rows))

    def __repr__(self) -> str:
        return f"<{len(self)} claims>"
