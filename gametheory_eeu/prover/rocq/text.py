"""Text of terms and formulas in Rocq: as a reader sees them, and as the checker reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from gametheory_eeu._types import Symbol
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover.rocq.formulas import (
    Comparison,
    Compound,
    Formula,
    Number,
    Operation,
    Term,
    Variable,
)

_ADD, _MULTIPLY, _NEGATE, _POWER, _APPLY, _ATOM = range(6)
_FUNCTIONS = {"max": "Rmax", "min": "Rmin", "abs": "Rabs", "sign": "sgn", "ln": "ln",
              "exp": "exp"}  # fmt: skip
_DECISIONS = {"<": "Rlt_dec", "<=": "Rle_dec", ">": "Rgt_dec", ">=": "Rge_dec", "=": "Req_EM_T"}
_KEYWORDS = [
    "as", "at", "by", "cofix", "else", "end", "exists", "exists2", "fix", "for", "forall", "fun",
    "if", "in", "let", "match", "mod", "return", "then", "using", "where", "with", "Prop", "Set",
    "Type", "SProp", "R", "Rmax", "Rmin", "Rabs", "ln", "sqrt", "nat", "pow", "INR", "IZR", "PI",
    "E", "exp", "sin", "cos", "tan", "True", "False", "and", "or", "not", "eq", "conj", "I", "O",
    "S", "Z", "N",
]  # fmt: skip


@cache
def prelude() -> str:
    """The checker and the proof that it is right."""
    return files(__package__).joinpath("prelude.v").read_text("utf-8")


@cache
def taken_names() -> frozenset[str]:
    """Names that a variable or a theorem may not bear."""
    pattern = r"^(?:Definition|Fixpoint|Lemma|Inductive|Record)\s+(\w+)|[|]\s+([ac-z]\w*)\b"
    found = (name for pair in re.findall(pattern, prelude(), re.MULTILINE) for name in pair)
    return frozenset([*_KEYWORDS, *found, "by_signs", "refine"])


def variable_names(symbols: Iterable[Symbol]) -> dict[Symbol, str]:
    """A name for each symbol: its own, as far as Rocq allows."""
    names: dict[Symbol, str] = {}
    for symbol in symbols:
        name = re.sub(r"[^A-Za-z0-9_]", "_", symbol.name)
        if not re.match(r"[A-Za-z]", name):
            name = f"x{name}"
        while name in taken_names() or re.fullmatch(r"[Hr]\d+", name) or name in names.values():
            name += "_"
        names[symbol] = name
    return names


def comment(text: str) -> str:
    """A comment; quotation marks and what would end it are taken out."""
    plain = text.replace('"', "'").replace("(*", "( *").replace("*)", "* )")
    return f"(* {plain} *)"


def chain(constructor: str, nil: str, items: Iterable[str]) -> str:
    """A list of the checker: ``(c a (c b nil))``."""
    text = nil
    for item in reversed(list(items)):
        text = f"({constructor} {item} {text})"
    return text


class Notation:
    """Formulas in Rocq's notation, for given names of variables."""

    def __init__(self, names: Mapping[Symbol, str]) -> None:
        self.names = names

    def formula(self, item: Formula) -> str:
        """A proposition."""
        if isinstance(item, Comparison):
            return f"{self.term(item.left)} {item.operator} {self.term(item.right)}"
        if not item.parts:
            return "True" if item.name == "and" else "False"
        if item.name == "if":
            condition, first, second = item.parts
            branches = f"then {self.formula(first)} else {self.formula(second)}"
            return f"(if {self.decision(condition)} {branches})"
        operands = [self.operand(part) for part in item.parts]
        if item.name == "not":
            return f"~ {operands[0]}"
        return {"and": " /\\ ", "or": " \\/ ", "implies": " -> "}[item.name].join(operands)

    def operand(self, item: Formula) -> str:
        """A proposition as part of another."""
        is_simple = isinstance(item, Comparison) or not item.parts or item.name == "if"
        return self.formula(item) if is_simple else f"({self.formula(item)})"

    def decision(self, item: Formula) -> str:
        """What decides a condition of an expression by cases."""
        if isinstance(item, Comparison):
            if item.operator == "<>":
                return f"(not_dec {self.decision(Comparison('=', item.left, item.right))})"
            operands = f"{self.term(item.left, _ATOM)} {self.term(item.right, _ATOM)}"
            return f"({_DECISIONS[item.operator]} {operands})"
        if item.name not in ("and", "or", "not") or not item.parts:
            raise UnsupportedError(f"a condition of cases that is not written: {item.name}")
        if item.name == "not":
            return f"(not_dec {self.decision(item.parts[0])})"
        first, *rest = item.parts
        others = rest[0] if len(rest) == 1 else Compound(item.name, tuple(rest))
        return f"({item.name}_dec {self.decision(first)} {self.decision(others)})"

    def term(self, item: Term, level: int = _ADD) -> str:
        """A term, in parentheses where it stands in another that binds closer."""
        text, own = self._term(item)
        return text if own >= level else f"({text})"

    def _term(self, item: Term) -> tuple[str, int]:
        if isinstance(item, Number):
            return str(item.value), _ATOM if item.value >= 0 else _ADD
        if isinstance(item, Variable):
            return self.names[item.symbol], _ATOM
        if item.name == "+":
            return self._sum(item), _ADD
        if item.name == "-":
            return f"- {self.term(item.parts[0], _POWER)}", _ADD
        if item.name == "*":
            first, *rest = item.parts
            factors = [self.term(first, _MULTIPLY), *(self.term(part, _NEGATE) for part in rest)]
            return " * ".join(factors), _MULTIPLY
        if item.name == "/":
            above, below = item.parts
            return f"{self.term(above, _MULTIPLY)} / {self.term(below, _NEGATE)}", _MULTIPLY
        if item.name == "^":
            return f"{self.term(item.parts[0], _APPLY)} ^ {item.number}", _POWER
        return self._application(item), _APPLY if item.name != "if" else _ATOM

    def _sum(self, item: Operation) -> str:
        first, *rest = item.parts
        text = self.term(first)
        for part in rest:
            is_negative = isinstance(part, Operation) and part.name == "-"
            operand = part.parts[0] if is_negative and isinstance(part, Operation) else part
            text += f" {'-' if is_negative else '+'} {self.term(operand, _MULTIPLY)}"
        return text

    def _application(self, item: Operation) -> str:
        if item.name == "if" and item.condition is not None:
            first, second = map(self.term, item.parts)
            return f"(if {self.decision(item.condition)} then {first} else {second})"
        arguments = [self.term(part, _ATOM) for part in item.parts]
        if item.name == "root":
            return (
                f"sqrt {arguments[0]}" if item.number == 2 else f"root {item.number} {arguments[0]}"
            )
        text, *others = reversed(arguments)
        for argument in others:
            text = f"{_FUNCTIONS[item.name]} {argument} {_parenthesized(text)}"
        return text if others else f"{_FUNCTIONS[item.name]} {text}"


def _parenthesized(text: str) -> str:
    return text if re.fullmatch(r"\w+|\(.*\)", text) and text.count("(") < 2 else f"({text})"


class Reification:
    """Terms as the checker's expressions; ``places`` numbers the variables and opaque terms."""

    def __init__(self, places: Mapping[Term, int]) -> None:
        self.places = places

    def comparison(self, item: Comparison) -> str:
        """A relation as an atom: greater is less with the sides exchanged."""
        left, right = self.term(item.left), self.term(item.right)
        if item.operator == ">":
            left, right = right, left
        name = {"<": "aLt", ">": "aLt", "<=": "aLe", ">=": "aGe", "=": "aEq", "<>": "aNe"}
        return f"{name[item.operator]} {left} {right}"

    def term(self, item: Term) -> str:
        """An expression of the checker, as an argument."""
        return f"({self._term(item)})"

    def _term(self, item: Term) -> str:
        if item in self.places:
            return f"eX {self.places[item]}"
        if isinstance(item, Number):
            return f"eC {item.value}" if item.value >= 0 else f"eC ({item.value})"
        if isinstance(item, Variable) or item.name not in ("+", "-", "*", "/", "^"):
            raise UnsupportedError("a term without a place")
        if item.name == "^":
            return f"eP {self.term(item.parts[0])} {item.number}"
        if item.name == "-":
            return f"eO {self.term(item.parts[0])}"
        if item.name == "/":
            return f"eD {self.term(item.parts[0])} {self.term(item.parts[1])}"
        first, *rest = item.parts
        text = self._term(first)
        for part in rest:
            is_negative = item.name == "+" and isinstance(part, Operation) and part.name == "-"
            operand = part.parts[0] if is_negative and isinstance(part, Operation) else part
            name = "eM" if item.name == "*" else "eS" if is_negative else "eA"
            text = f"{name} ({text}) {self.term(operand)}"
        return text
