"""Single faults in a module's source: a mutant is a place in its tree and what is there instead.

The faults are those that were found to live on in this library: a relation turned, weakened or
made strict, "and" for "or" (also as functions and as SMT-LIB), a part left out of a conjunction,
two arguments exchanged, a sign, a constant off by one, a condition denied, a result that is None.
"""

from __future__ import annotations

import ast
import copy
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

Slot = tuple[ast.AST, str, int | None]
"""A node's parent, the field, and the place in it where the field is a list."""

COMPARISONS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
OPERATIONS = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
NAMES = {
    "conj": "disj", "disj": "conj", "any": "all", "all": "any", "min": "max", "max": "min",
    "And": "Or", "Or": "And", "Ge": "Gt", "Gt": "Ge", "Le": "Lt", "Lt": "Le", "Eq": "Ne",
    "Ne": "Eq", "Max": "Min", "Min": "Max", "true": "false", "false": "true",
    "TRUE": "FALSE", "FALSE": "TRUE",
}  # fmt: skip
TEXTS = {
    ">": ">=", ">=": ">", "<": "<=", "<=": "<", "==": "!=", "!=": "==", "=": ">", "+": "-",
    "-": "+", "0": "+", "and": "or", "or": "and", ">=0": "+", "<=0": "-",
}  # fmt: skip
JOINED = {"conj", "disj", "And", "Or", "of"}
"""Functions of any number of conditions, one of which may be left out."""
SYMMETRIC = {"Eq", "Ne", "Max", "Min", "max", "min", "gcd", "Add", "Mul"}
"""Functions whose two arguments may be exchanged."""


_NONE = -1


@dataclass(frozen=True)
class Mutant:
    """One fault in one module.

    Parameters
    ----------
    path : Path
    line : int
    inside : str
        The class and function.
    change : str
        The line's expression, before and after.
    index : int
        Its number among the module's mutants.
    """

    path: Path
    line: int
    inside: str
    change: str
    index: int

    @property
    def key(self) -> str:
        """What stays the same when other lines of the module change."""
        return f"{self.path.parent.name}/{self.path.stem} {self.inside}: {self.change}"

    def rank(self, seed: str) -> str:
        """Its place in a sample: it moves only when the mutant itself does."""
        return hashlib.sha256(f"{seed} {self.key}".encode()).hexdigest()

    def __str__(self) -> str:
        return f"{self.path}:{self.line} in {self.inside}: {self.change}"


def mutants(path: Path) -> list[Mutant]:
    """Every mutant of a module."""
    tree = ast.parse(path.read_text("utf-8"))
    found, seen = [], Counter[tuple[str, str]]()
    for index, (slot, inside, new) in enumerate(_changes(tree)):
        old = _get(slot)
        change = f"{_text(old)}  ->  {_text(new)}"
        seen[inside, change] += 1
        again = f" ({seen[inside, change]})" if seen[inside, change] > 1 else ""
        line = getattr(old, "lineno", 0)
        found.append(Mutant(path, line, inside, change + again, index))
    return found


def unchanged(path: Path) -> Mutant:
    """A module without a fault, which the tests must let live."""
    return Mutant(path, 0, "module", "nothing", _NONE)


def mutated(path: Path, index: int) -> ast.Module:
    """The module's tree with one fault."""
    tree = ast.parse(path.read_text("utf-8"))
    if index == _NONE:
        return tree
    slot, _, new = next(c for k, c in enumerate(_changes(tree)) if k == index)
    _put(slot, ast.copy_location(new, _get(slot)))
    return ast.fix_missing_locations(tree)


def _changes(tree: ast.Module) -> Iterator[tuple[Slot, str, ast.AST]]:
    for slot, inside in _slots(tree, "module"):
        node = _get(slot)
        for kinds, alternatives in _OPERATORS:
            if isinstance(node, kinds):
                for new in alternatives(node):
                    yield slot, inside, new


def _slots(parent: ast.AST, inside: str) -> Iterator[tuple[Slot, str]]:
    """Everything that runs and is no text for a reader, with the function that it is in."""
    for field, value in ast.iter_fields(parent):
        for place, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(node, ast.AST) and not _is_left_alone(parent, field, node):
                yield (parent, field, place), inside
                within = inside
                if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                    within = node.name if inside == "module" else f"{inside}.{node.name}"
                yield from _slots(node, within)


def _is_left_alone(parent: ast.AST, field: str, node: ast.AST) -> bool:
    """Annotations, decorators, messages, limits, names of exports and how a result shows itself."""
    if field in ("annotation", "returns", "decorator_list", "slice", "bases"):
        return field != "slice" or isinstance(node, ast.Tuple)
    if isinstance(node, (ast.Raise, ast.Assert, ast.JoinedStr, ast.Import, ast.ImportFrom)):
        return True
    if isinstance(node, ast.Compare):
        return "MAX_" in ast.unparse(node)
    if isinstance(node, ast.FunctionDef):
        return node.name == "__repr__"
    if isinstance(node, ast.keyword):
        return node.arg in ("strict", "key", "maxsize", "effort")
    if isinstance(node, ast.Assign | ast.AnnAssign):
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        text = ast.unparse(target)
        alias = isinstance(node, ast.AnnAssign) and "TypeAlias" in ast.unparse(node.annotation)
        limit = text.isupper() and node.value is not None and _is_limit(node.value)
        return alias or limit or text == "__all__"
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_limit(value: ast.AST) -> bool:
    """Whether a constant in capitals says how much is tried, not what is true."""
    budget = isinstance(value, ast.Call) and "Budget" in ast.unparse(value.func)
    return budget or (isinstance(value, ast.Constant) and isinstance(value.value, int))


# The operators: each gives what may stand in the place of a node.


def _compare(node: ast.Compare) -> Iterator[ast.AST]:
    for place, op in enumerate(node.ops):
        new = copy.deepcopy(node)
        new.ops[place] = COMPARISONS[type(op)]()
        yield new


def _operation(node: ast.BinOp) -> Iterator[ast.AST]:
    if type(node.op) in OPERATIONS:
        yield ast.BinOp(node.left, OPERATIONS[type(node.op)](), node.right)


def _step(node: ast.AugAssign) -> Iterator[ast.AST]:
    if type(node.op) in OPERATIONS:
        yield ast.AugAssign(node.target, OPERATIONS[type(node.op)](), node.value)


def _connective(node: ast.BoolOp) -> Iterator[ast.AST]:
    yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    for rest in _without_one(node.values):
        yield ast.BoolOp(node.op, rest) if len(rest) > 1 else rest[0]


def _unary(node: ast.UnaryOp) -> Iterator[ast.AST]:
    if isinstance(node.op, (ast.Not, ast.USub)):
        yield node.operand


def _constant(node: ast.Constant) -> Iterator[ast.AST]:
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield ast.Constant(value + 1)
    elif isinstance(value, str) and value in TEXTS:
        yield ast.Constant(TEXTS[value])


def _choice(node: ast.IfExp) -> Iterator[ast.AST]:
    yield ast.IfExp(node.test, node.orelse, node.body)


def _condition(node: ast.If | ast.While) -> Iterator[ast.AST]:
    new = copy.copy(node)
    new.test = ast.UnaryOp(ast.Not(), node.test)
    yield new


def _filter(node: ast.comprehension) -> Iterator[ast.AST]:
    for rest in _without_one(node.ifs):
        yield ast.comprehension(node.target, node.iter, rest, node.is_async)


def _result(node: ast.Return) -> Iterator[ast.AST]:
    if node.value is not None and not _is_false(node.value):
        yield ast.Return(ast.Constant(None))


def _name(node: ast.Name) -> Iterator[ast.AST]:
    if node.id in NAMES and isinstance(node.ctx, ast.Load):
        yield ast.Name(NAMES[node.id], ast.Load())


def _attribute(node: ast.Attribute) -> Iterator[ast.AST]:
    if node.attr in NAMES and isinstance(node.value, ast.Name) and node.value.id == "sp":
        yield ast.Attribute(node.value, NAMES[node.attr], ast.Load())


def _call(node: ast.Call) -> Iterator[ast.AST]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else _text(node.func)
    if name in JOINED and len(node.args) > 1:
        for rest in _without_one(node.args):
            yield ast.Call(node.func, rest, node.keywords)
    elif name in ("neg", "Not") and len(node.args) == 1:
        yield node.args[0]
    elif len(node.args) == 2 and name not in SYMMETRIC and not _is_unpacked(node.args):
        yield ast.Call(node.func, node.args[::-1], node.keywords)


def _elements(node: ast.List | ast.Set | ast.Tuple) -> Iterator[ast.AST]:
    if len(node.elts) > 1 and not isinstance(getattr(node, "ctx", None), ast.Store):
        for rest in _without_one(node.elts):
            new = copy.copy(node)
            new.elts = rest
            yield new


def _statement(node: ast.Expr) -> Iterator[ast.AST]:
    if isinstance(node.value, ast.Call):
        yield ast.Pass()


def _jump(node: ast.Break | ast.Continue) -> Iterator[ast.AST]:
    yield ast.Continue() if isinstance(node, ast.Break) else ast.Break()


_OPERATORS: tuple[tuple[type | tuple[type, ...], Callable[..., Iterator[ast.AST]]], ...] = (
    (ast.Compare, _compare), (ast.BinOp, _operation), (ast.AugAssign, _step),
    (ast.BoolOp, _connective), (ast.UnaryOp, _unary), (ast.Constant, _constant),
    (ast.IfExp, _choice), ((ast.If, ast.While), _condition), (ast.comprehension, _filter),
    (ast.Return, _result), (ast.Name, _name), (ast.Attribute, _attribute), (ast.Call, _call),
    ((ast.List, ast.Set, ast.Tuple), _elements), (ast.Expr, _statement),
    ((ast.Break, ast.Continue), _jump),
)  # fmt: skip


def _without_one(parts: list[ast.expr]) -> Iterator[list[ast.expr]]:
    for place in range(len(parts)):
        yield parts[:place] + parts[place + 1 :]


def _is_unpacked(arguments: list[ast.expr]) -> bool:
    return any(isinstance(a, ast.Starred) for a in arguments)


def _is_false(node: ast.AST) -> bool:
    """Whether None in its place reads alike: None, and False, which mypy does not let be None."""
    return isinstance(node, ast.Constant) and (node.value is None or node.value is False)


def _get(slot: Slot) -> ast.AST:
    parent, field, place = slot
    value = getattr(parent, field)
    found: ast.AST = value if place is None else value[place]
    return found


def _put(slot: Slot, new: ast.AST) -> None:
    parent, field, place = slot
    if place is None:
        setattr(parent, field, new)
    else:
        getattr(parent, field)[place] = new


def _text(node: ast.AST) -> str:
    if isinstance(node, (ast.If, ast.While)):
        return f"if {ast.unparse(node.test)}"
    return " ".join(ast.unparse(node).split()) or "nothing"


__all__ = ["Mutant", "mutants", "mutated", "unchanged"]
