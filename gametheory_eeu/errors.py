"""Everything the library refuses, it refuses with one of these."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class GameTheoryError(Exception):
    """Root of every error the library raises on purpose."""


class ParameterError(GameTheoryError, ValueError):
    """A value that is not allowed: says which, what came, what is allowed, and the fix.

    Parameters
    ----------
    name : str
        What the user called the thing.
    value : object
        What came.
    allowed : str
        What would have been accepted.
    fix : str, optional
        What to write instead.
    """

    def __init__(self, name: str, value: object, allowed: str, fix: str = "") -> None:
        self.name, self.value, self.allowed, self.fix = name, value, allowed, fix
        shown = repr(value)
        if len(shown) > 200:
            shown = shown[:200] + "…"
        text = f"{name} = {shown} is not allowed; allowed: {allowed}"
        super().__init__(f"{text}. {fix}" if fix else f"{text}.")

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.name, self.value, self.allowed, self.fix)


class UnknownNameError(GameTheoryError, KeyError):
    """A name that nothing bears, with the nearest names that something does."""

    def __init__(self, kind: str, name: object, known: Iterable[str]) -> None:
        self.kind, self.name, self.known = kind, name, tuple(map(str, known))
        near = get_close_matches(str(name), self.known, n=3, cutoff=0.5)
        hint = f"Did you mean {' or '.join(map(repr, near))}? " if near else ""
        super().__init__(f"there is no {kind} {name!r}. {hint}Known: {', '.join(self.known)}.")

    def __str__(self) -> str:
        return str(self.args[0])

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.kind, self.name, self.known)


class TextError(GameTheoryError, ValueError):
    """Text outside the library's small grammar; it is never executed."""


class SpaceError(GameTheoryError, ValueError):
    """Constraints, or symbols, that cannot stand together."""


class GameFileError(GameTheoryError, ValueError):
    """A file of a game that cannot be read or written: the line, and what is wrong with it.

    Parameters
    ----------
    line : int
        Counted from one; zero where no line is to blame.
    why : str
    """

    def __init__(self, line: int, why: str) -> None:
        self.line, self.why = line, why
        super().__init__(f"line {line}: {why}" if line else why)

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.line, self.why)


class UnsupportedError(GameTheoryError, NotImplementedError):
    """A question outside what the library can decide, named as such."""


class TooLargeError(GameTheoryError, ValueError):
    """A problem too large for an exhaustive method: its size, the limit, the alternative."""


class DoesNotExistError(GameTheoryError, ArithmeticError):
    """A quantity asked for where it does not exist."""
