"""Statements in SMT-LIB 2: the fragment of QF_NRA, nonlinear arithmetic over real numbers.

Read with :func:`read_smtlib`. ``python -m gametheory_eeu.interop.smtlib_trial FOLDER`` runs every
file of a folder through the library's prover, and beside it through z3 and cvc5 alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial, reduce
from itertools import combinations, pairwise
from typing import Any, Literal, TypeAlias

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.conversions import to_sympy
from gametheory_eeu.core.results import Picklable
from gametheory_eeu.errors import GameFileError, short_repr
from gametheory_eeu.interop.scanner import Source, read_text
from gametheory_eeu.prover import Proof, prove

Status: TypeAlias = Literal["sat", "unsat", "unknown"]
_TOKEN = re.compile(r'[()]|\|[^|]*\||"(?:[^"]|"")*"|[^\s()|";]+')
_COMMENT = re.compile(r";[^\n]*")
_NUMBER = re.compile(r"\d+(\.\d+)?")
_IGNORED = ("set-logic", "set-option", "get-model", "get-info", "check-sat", "exit", "get-value",
            "get-unsat-core", "get-proof")  # fmt: skip


class Word(str):
    """A word of a file, with its line."""

    __slots__ = ("line",)
    line: int


class List(list[Any]):
    """A list of a file, with its line and its text."""

    line: int = 0
    text: str = ""


@dataclass(frozen=True)
class Quotient(Picklable):
    """A quotient that SMT-LIB gives some value where the divisor is zero."""

    symbol: Symbol
    dividend: Expr
    divisor: Expr


@dataclass(frozen=True)
class SmtProblem(Picklable):
    """Assertions over real numbers, of which it is asked whether they can hold together.

    Parameters
    ----------
    symbols : tuple of SymPy symbols
    assertions : tuple of SymPy Booleans
    quotients : tuple of Quotient
        Divisions by what may be zero, each a symbol of its own.
    status : {"sat", "unsat", "unknown"}
        What the file says of itself.
    text : str
        Its declarations and assertions, as they were written.
    """

    symbols: tuple[Symbol, ...]
    assertions: tuple[Boolean, ...]
    quotients: tuple[Quotient, ...] = ()
    status: Status = "unknown"
    text: str = ""

    @property
    def space(self) -> Space:
        """The points at which all assertions hold."""
        return Space.of(*self.assertions, *self._definitions, symbols=self.symbols)

    @property
    def _definitions(self) -> tuple[Boolean, ...]:
        return tuple(
            sp.Or(sp.Eq(q.divisor, 0), sp.Eq(q.symbol * q.divisor, q.dividend))
            for q in self.quotients
        )

    def prove(self, *given: Boolean) -> Proof:
        """The proof that the last assertion contradicts the others, or a point where all hold.

        Parameters
        ----------
        *given : SymPy Booleans
            What else is assumed.

        Examples
        --------
        >>> text = "(declare-fun x () Real)(assert (> x 0))(assert (< (* x x) 0))"
        >>> read_smtlib(text).prove().verdict
        'proved'
        """
        *others, last = self.assertions or (sp.true,)
        negation = sp.Not(last, evaluate=False) if last not in (sp.true, sp.false) else sp.Not(last)
        space = Space.of(*others, *self._definitions, *given, symbols=self.symbols)
        return prove(negation, given=space)

    def decide(self) -> Status:
        """Whether the assertions can hold together: unsat where it is proved that they cannot.

        A point at which a divisor is zero settles nothing.

        Examples
        --------
        >>> read_smtlib("(declare-const x Real)(assert (= (* x x) 2.0))").decide()
        'sat'
        """
        proof = self.prove()
        if proof.verdict == "proved":
            return "unsat"
        if self.quotients:
            proof = self.prove(*(sp.Ne(q.divisor, 0) for q in self.quotients))
        return "sat" if proof.verdict == "refuted" else "unknown"


def read_smtlib(source: Source) -> SmtProblem:
    """Read a file of SMT-LIB 2 in the fragment of QF_NRA.

    Parameters
    ----------
    source : path, text or open file
        Constants of sort ``Real``; ``+ - * /``, comparisons, ``and or not => xor = distinct ite``,
        ``let``, ``define-fun``.

    Raises
    ------
    GameFileError
        What is outside of the fragment, with its line and the reason.

    Notes
    -----
    Barrett, Fontaine and Tinelli (2017), The SMT-LIB Standard, version 2.6. A division by zero has
    some value there; it is no value of the library's, so that a divisor which may be zero makes
    a symbol of its own.

    Examples
    --------
    >>> problem = read_smtlib('''(set-logic QF_NRA)
    ... (declare-fun x () Real)
    ... (assert (let ((y (* x x))) (< y (- 1.5))))
    ... (check-sat)''')
    >>> problem.assertions
    (x**2 < -3/2,)
    >>> problem.decide()
    'unsat'
    """
    reader = _Reader()
    for command in _commands(read_text(source, "(")):
        reader.run(command)
    names = {k: v for k, v in reader.names.items() if isinstance(v, sp.Symbol)}
    symbols = (*names.values(), *(q.symbol for q in reader.quotients))
    return SmtProblem(
        symbols,
        tuple(reader.assertions),
        tuple(reader.quotients),
        reader.status,
        "\n".join(reader.texts),
    )


def _commands(text: str) -> list[List]:
    """The commands of a file as nested lists; without recursion, for terms may be deep."""
    plain = _COMMENT.sub(lambda match: " " * len(match[0]), text)
    stack: list[tuple[List, int]] = []
    commands: list[List] = []
    line, last = 1, 0
    for match in _TOKEN.finditer(plain):
        line += plain.count("\n", last, match.start())
        last = match.start()
        token = match[0]
        if token == "(":
            opened = List()
            opened.line = line
            stack.append((opened, match.start()))
        elif not stack:
            raise GameFileError(line, f"{short_repr(token)} stands outside of a command")
        elif token == ")":
            closed, start = stack.pop()
            (stack[-1][0] if stack else commands).append(closed)
            if not stack:
                closed.text = plain[start : match.end()]
        else:
            word = Word(token.strip("|") if token.startswith("|") else token)
            word.line = line
            stack[-1][0].append(word)
    if stack:
        raise GameFileError(stack[-1][0].line, "a parenthesis is not closed")
    return commands


def _line(term: Any) -> int:
    return getattr(term, "line", 0)


def _chain(relation: Callable[..., Boolean]) -> Callable[..., Boolean]:
    return lambda *terms: sp.And(*(relation(a, b, evaluate=False) for a, b in pairwise(terms)))


def _distinct(*terms: Expr) -> Boolean:
    pairs = combinations(terms, 2)
    return sp.And(*(sp.Not(sp.Equivalent(a, b)) if _is_boolean(a) else sp.Ne(a, b, evaluate=False)
                    for a, b in pairs))  # fmt: skip


def _equal(*terms: Expr) -> Boolean:
    if _is_boolean(terms[0]):
        return sp.And(*(sp.Equivalent(a, b) for a, b in pairwise(terms)))
    return _chain(sp.Eq)(*terms)


def _difference(*terms: Expr) -> Expr:
    return -terms[0] if len(terms) == 1 else terms[0] - sp.Add(*terms[1:])


def _implies(*terms: Boolean) -> Boolean:
    *premises, conclusion = terms
    return reduce(lambda result, premise: sp.Or(sp.Not(premise), result),
                  reversed(premises), conclusion)  # fmt: skip


def _is_boolean(term: Expr) -> bool:
    return isinstance(term, sp.logic.boolalg.Boolean) and not isinstance(term, sp.Symbol)


_REAL: Mapping[str, Callable[..., Expr]] = {
    "+": sp.Add, "*": sp.Mul, "-": _difference,
    "<": _chain(sp.Lt), "<=": _chain(sp.Le), ">": _chain(sp.Gt), ">=": _chain(sp.Ge),
}  # fmt: skip
_BOOLEAN: Mapping[str, Callable[..., Boolean]] = {
    "and": sp.And, "or": sp.Or, "not": sp.Not, "xor": sp.Xor, "=>": _implies,
}  # fmt: skip
_EITHER: Mapping[str, Callable[..., Boolean]] = {"=": _equal, "distinct": _distinct}


class _Reader:
    """What the commands of a file have said so far."""

    def __init__(self) -> None:
        self.names: dict[str, Expr] = {"true": sp.true, "false": sp.false}
        self.functions: dict[str, tuple[list[str], Any]] = {}
        self.assertions: list[Boolean] = []
        self.quotients: list[Quotient] = []
        self.status: Status = "unknown"
        self.texts: list[str] = []

    def run(self, command: List) -> None:
        """Take in one command."""
        if not command or not isinstance(command[0], Word):
            raise GameFileError(_line(command), "a command without a name")
        kind, *parts = command
        if kind in _IGNORED:
            return
        if kind == "set-info":
            if parts[:1] == [":status"] and parts[1:] in (["sat"], ["unsat"]):
                self.status = str(parts[1])  # type: ignore[assignment]
            return
        known: dict[str, Callable[..., None]] = {
            "declare-fun": self._declare, "declare-const": self._declare,
            "define-fun": self._define, "define-const": self._define, "assert": self._assert,
        }  # fmt: skip
        if kind not in known:
            raise GameFileError(_line(kind), f"the command {kind} is outside of the fragment")
        known[kind](command)
        self.texts.append(command.text)

    def _declare(self, command: List) -> None:
        _, name, *signature = command
        if signature and isinstance(signature[0], List):
            if signature[0]:
                raise GameFileError(command.line, f"{name} takes arguments")
            signature = signature[1:]
        if signature != ["Real"]:
            sort = short_repr(" ".join(map(str, signature)))
            raise GameFileError(command.line, f"{name} is of sort {sort}; only Real is read")
        self.names[str(name)] = sp.Symbol(str(name), real=True)

    def _define(self, command: List) -> None:
        _, name, *rest = command
        parameters = [str(pair[0]) for pair in rest[0]] if isinstance(rest[0], List) else []
        body = rest[-1]
        if parameters:
            self.functions[str(name)] = parameters, body
        else:
            self.names[str(name)] = self.term(body, self.names)

    def _assert(self, command: List) -> None:
        if len(command) != 2:
            raise GameFileError(command.line, "assert takes one term")
        assertion = self.term(command[1], self.names)
        if not _is_boolean(assertion):
            raise GameFileError(command.line, "what is asserted is a number, not a condition")
        self.assertions.append(assertion)

    def term(self, term: Any, names: Mapping[str, Expr]) -> Expr:
        """A term as a SymPy expression or Boolean."""
        try:
            return self._term(term, names)
        except RecursionError:
            raise GameFileError(_line(term), "the term is nested too deeply") from None

    def _term(self, term: Any, names: Mapping[str, Expr]) -> Expr:
        if isinstance(term, Word):
            return self._atom(term, names)
        if not term or not isinstance(term[0], Word):
            raise GameFileError(_line(term), "a term that starts with no operator")
        operator, *parts = term
        if operator == "let":
            bound = {str(pair[0]): self._term(pair[1], names) for pair in parts[0]}
            return self._term(parts[1], {**names, **bound})
        if operator == "!":
            return self._term(parts[0], names)
        values = [self._term(part, names) for part in parts]
        if operator in self.functions:
            parameters, body = self.functions[operator]
            if len(parameters) != len(values):
                raise GameFileError(term.line, f"{operator} takes {len(parameters)} arguments")
            return self._term(body, {**self.names, **dict(zip(parameters, values, strict=True))})
        return self._application(operator, values, term.line)

    def _application(self, operator: Word, values: list[Expr], line: int) -> Expr:
        if not values:
            raise GameFileError(line, f"{operator} has no argument")
        if operator == "/":
            return reduce(partial(self._quotient, line), values)
        if operator == "ite":
            return self._cases(values, line)
        for table, boolean in ((_REAL, False), (_BOOLEAN, True)):
            if operator in table:
                if any(_is_boolean(v) is not boolean for v in values):
                    kind = "conditions" if boolean else "numbers"
                    raise GameFileError(line, f"{operator} takes {kind}")
                return table[operator](*values)
        if operator in _EITHER:
            if len({_is_boolean(v) for v in values}) > 1:
                raise GameFileError(line, f"{operator} takes either numbers or conditions")
            return _EITHER[operator](*values)
        raise GameFileError(line, f"the function {operator} is outside of the fragment")

    def _cases(self, values: list[Expr], line: int) -> Expr:
        if len(values) != 3 or not _is_boolean(values[0]):
            raise GameFileError(line, "ite takes a condition and two terms")
        condition, first, second = values
        if _is_boolean(first):
            return sp.Or(sp.And(condition, first), sp.And(sp.Not(condition), second))
        return sp.Piecewise((first, condition), (second, True))

    def _quotient(self, line: int, dividend: Expr, divisor: Expr) -> Expr:
        if _is_boolean(dividend) or _is_boolean(divisor):
            raise GameFileError(line, "/ takes numbers")
        if divisor.is_Rational and divisor != 0:
            return dividend / divisor
        same = (q for q in self.quotients if (q.dividend, q.divisor) == (dividend, divisor))
        known = next(same, None)
        if known is None:
            symbol = sp.Symbol(f"quotient_{len(self.quotients) + 1}", real=True)
            known = Quotient(symbol, dividend, divisor)
            self.quotients.append(known)
        return known.symbol

    def _atom(self, word: Word, names: Mapping[str, Expr]) -> Expr:
        if word in names:
            return names[word]
        if _NUMBER.fullmatch(word):
            return to_sympy(Fraction(word))
        raise GameFileError(_line(word), f"{short_repr(str(word))} is not declared")
