"""Source, Parameter and Calibration: the meaning and the origin of numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Literal

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, SetLike, Symbol
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.arguments import assumptions_text
from gametheory_eeu.core.exact import exact
from gametheory_eeu.core.results import Displayable, FrozenMapping, Picklable
from gametheory_eeu.core.space import assumptions_hold
from gametheory_eeu.errors import ParameterError

Mark = Literal["A", "L", "M", "D"]
MARKS: dict[str, str] = {
    "A": "said by the text under study",
    "L": "from the literature",
    "M": "a modelling choice",
    "D": "from published data",
}
_OWN_MARKS: dict[str, str] = {}
_MARK = "one capital letter and what it says: {'T': 'said by the treaty'}"
POSITIVE = sp.Interval.open(0, sp.oo)
NON_NEGATIVE = sp.Interval(0, sp.oo)
REAL = sp.S.Reals
PROBABILITY = sp.Interval(0, 1)
COUNT = sp.S.Naturals


def declare_marks(marks: object) -> Mapping[str, str]:
    """Let sources bear further marks, beside A, L, M and D: those of a case of one's own.

    Parameters
    ----------
    marks : mapping of one capital letter to its meaning

    Raises
    ------
    ParameterError
        No capital letter, or one that already says something else.

    Examples
    --------
    >>> declared = declare_marks({"T": "said by the treaty"})
    >>> print(Source("T", "art. 3"))
    [T] art. 3
    """
    for mark, meaning in arg.mapping("marks", marks, _MARK).items():
        arg.text("meaning of a mark", meaning)
        is_letter = isinstance(mark, str) and len(mark) == 1 and "A" <= mark <= "Z"
        if not is_letter or not meaning:
            raise ParameterError("marks", {mark: meaning}, _MARK)
        if ({**_OWN_MARKS, **MARKS}).get(mark, meaning) != meaning:
            known = MARKS.get(mark) or _OWN_MARKS[mark]
            raise ParameterError("marks", {mark: meaning}, f"another letter: {mark} says {known!r}")
    _OWN_MARKS.update({k: v for k, v in marks.items() if k not in MARKS})  # type: ignore[attr-defined]
    return FrozenMapping(marks)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Source:
    """The source of a number, an assumption or a claim.

    Parameters
    ----------
    mark : {"A", "L", "M", "D"}
        The text under study, the literature, a modelling choice, published data; or a letter of
        a case's own ``marks``.
    reference : str
        A key of a bibliography (``"Kydd2005"``), or any text of your own.
    note : str
        A chapter, a proposition, a unit, a caveat.

    Examples
    --------
    >>> print(Source("L", "Kydd2005", "ch. 2"))
    [L] Kydd2005, ch. 2
    """

    mark: Mark | str
    reference: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        for name in ("reference", "note"):
            arg.text(name, getattr(self, name))
        mark: object = self.mark
        if not isinstance(mark, str) or mark not in {**MARKS, **_OWN_MARKS}:
            allowed = ", ".join(f"{k!r} ({v})" for k, v in {**MARKS, **_OWN_MARKS}.items())
            raise ParameterError("mark", self.mark, allowed)

    def __str__(self) -> str:
        return f"[{self.mark}] " + ", ".join(filter(None, (self.reference, self.note)))


@dataclass(frozen=True)
class Parameter(Picklable):
    """One parameter of a game: its name, symbol, domain and meaning.

    Parameters
    ----------
    name : str
        The keyword, for example ``"trust"``.
    symbol : SymPy symbol
        For example ``Symbol("mu", real=True)``; signs live in the domain, not in the symbol.
    domain : SymPy set
        Of each single value; relations between parameters belong to the game.
    meaning : str
        One line.
    unit : str
        "share", "probability", "payoff", …
    source : Source
    default : SymPy expression, optional
        The parameter is then *derived*: it follows from the parameters in the expression
        unless it is given itself.
    index : {None, "member", "pair", "count"}
        One value; one for each member; one for each pair of members; the number of members.
    """

    name: str
    symbol: Symbol
    domain: SetLike
    meaning: str
    unit: str = "payoff"
    source: Source = field(default_factory=lambda: Source("M"))
    default: Expr | None = None
    index: Literal["member", "pair", "count"] | None = None

    def __post_init__(self) -> None:
        for name in ("name", "meaning", "unit"):
            arg.text(name, getattr(self, name))
        arg.instance("symbol", self.symbol, sp.Symbol, "a SymPy symbol")
        arg.instance("domain", self.domain, sp.Set, "a SymPy set, such as sp.Interval(0, 1)")
        arg.instance("source", self.source, Source, "a Source")
        arg.instance("default", self.default, (sp.Expr, type(None)), "a SymPy expression")
        if self.index is not None:
            arg.one_of("index", self.index, ("member", "pair", "count"))

    @property
    def condition(self) -> Boolean:
        """The domain as a condition on the symbol."""
        return _domain_condition(self.domain, self.symbol)

    @property
    def domain_text(self) -> str:
        """The domain as text: ``> 0``, ``in [0, 1)``, ``any real number``."""
        return domain_text(self.domain)

    def value(self, given: object, symbols: Mapping[str, Expr] | None = None) -> Expr:
        """The exact value of what a user gave; refused outside the domain."""
        value = exact(given, self.name, symbols)
        if value.is_number:
            is_inside = _is_inside(self.domain, self.symbol, value)
        else:  # Being whole is no constraint: the symbols that count have to be so themselves.
            is_inside = self.domain != COUNT or bool(value.is_integer)
        if not is_inside:
            assumptions = assumptions_text(self.symbol).replace("real=True", "").strip(", ")
            suffix = f", {assumptions}" if assumptions not in ("", "no assumption") else ""
            raise ParameterError(self.name, given, f"{self.meaning}, {self.domain_text}{suffix}")
        return value

    @arg.validate(member=arg.text)
    def component(self, member: str) -> Parameter:
        """This parameter for one member, named ``weights.North``, with a symbol of its own.

        For a pair, ``complementarity.North.South``. A space in a name is ``_`` in the symbol's.
        """
        stem = self.symbol.name.removesuffix("_i")
        names = member.split(".")
        label = "_".join([stem, *names]).replace(" ", "_")  # a symbol's name is one word
        symbol = sp.Symbol(label, **self.symbol._assumptions_orig)
        meaning = f"{self.meaning} ({', '.join(names)})"
        name = f"{self.name}.{member}"
        return replace(self, name=name, symbol=symbol, meaning=meaning, index=None)


@lru_cache(maxsize=4096)
def _is_inside(domain: SetLike, symbol: Symbol, number: Expr) -> bool:
    """Whether a number lies in a domain and is what the symbol says of itself."""
    return domain.contains(number) != sp.false and assumptions_hold(symbol, number)


@lru_cache(maxsize=4096)
def _domain_condition(domain: SetLike, symbol: Symbol) -> Boolean:
    if domain == COUNT:
        return sp.Ge(symbol, 1)
    return sp.true if domain == REAL else domain.as_relational(symbol)


@arg.validate(domain=arg.instance_of(sp.Set, "a SymPy set, such as sp.Interval(0, 1)"))
def domain_text(domain: SetLike) -> str:
    """A set of real numbers as text."""
    if domain == REAL:
        return "any real number"
    if domain == COUNT:
        return "a whole number, 1 or more"
    if isinstance(domain, sp.Interval) and domain.end == sp.oo:
        return f"{'>' if domain.left_open else '>='} {domain.start}"
    if isinstance(domain, sp.Interval):
        left, right = "(" if domain.left_open else "[", ")" if domain.right_open else "]"
        return f"in {left}{domain.start}, {domain.end}{right}"
    return str(domain)


@dataclass(frozen=True, repr=False)
class Calibration(Displayable):
    """Values for a game's parameters, each with its source.

    Parameters
    ----------
    name : str
        For example ``"after the shock"``.
    values : mapping of parameter name to (value, Source)
    description : str
        One sentence.

    Examples
    --------
    >>> mine = Calibration("mine", {"trust": ("7/10", Source("M", note="a guess"))})
    >>> mine["trust"]
    7/10
    """

    name: str
    values: Mapping[str, tuple[Expr, Source]]
    description: str = ""

    def __post_init__(self) -> None:
        arg.text("name", self.name)
        arg.text("description", self.description)
        arg.mapping(
            "values", self.values, "a mapping of parameters' names to pairs (value, Source)"
        )
        entries: dict[str, tuple[Expr, Source]] = {}
        entry: Any
        for name, entry in self.values.items():
            arg.text("name of a parameter", name)
            if not (isinstance(entry, tuple) and len(entry) == 2 and isinstance(entry[1], Source)):
                raise ParameterError(
                    name, entry, "a pair (value, Source)", 'Write ("7/10", Source("M", note="why"))'
                )
            entries[name] = (exact(entry[0], name), entry[1])
        object.__setattr__(self, "values", FrozenMapping(entries))

    def __getitem__(self, name: str) -> Expr:
        return self.values[name][0]

    def __repr__(self) -> str:
        return f"<calibration {self.name!r}: {', '.join(self.values)}>"

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)

    def sources(self) -> dict[str, Source]:
        """The source of every value, by parameter name."""
        return {name: source for name, (_, source) in self.values.items()}
