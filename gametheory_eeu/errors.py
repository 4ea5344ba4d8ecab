"""Everything the library refuses, it refuses with one of these."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from reprlib import Repr


class GameTheoryError(Exception):
    """Root of every error the library raises on purpose."""


_MOST_SHOWN, _MOST_PARTS = 200, 40


def shown(value: object) -> str:
    """A value as a message shows it: on one line, in so many characters, whatever it is.

    A value that cannot show itself is named by its type: one whose ``repr`` raises, or a whole
    number of more digits than Python writes.

    Examples
    --------
    >>> shown([1, 2]), shown(10**5000)
    ('[1, 2]', 'a whole number of about 5001 digits')
    """
    try:
        text = _short.repr(value) if _is_long(value) else repr(value)
        text = " ".join(text.split()) if "\n" in text else text
    except Exception:
        return _kind(value)
    return text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + "…"


def _is_long(value: object) -> bool:
    """Whether it has more parts, or characters, than are shown."""
    kinds = (str, bytes, bytearray, list, tuple, set, frozenset, dict)
    return isinstance(value, kinds) and len(value) > _MOST_PARTS


def _kind(value: object) -> str:
    if isinstance(value, int):
        return f"a whole number of about {int(value.bit_length() * 0.30103) + 1} digits"
    return f"<{type(value).__name__} that cannot be shown>"


_short = Repr()
_short.maxlist = _short.maxtuple = _short.maxset = _short.maxfrozenset = _short.maxdict = 20
_short.maxstring = _short.maxother = _MOST_SHOWN + 1


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
        given: object = name
        label = given if isinstance(given, str) else shown(given)
        text = f"{label} = {shown(value)} is not allowed; allowed: {allowed}"
        super().__init__(f"{text}. {fix}" if fix else f"{text}.")

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.name, self.value, self.allowed, self.fix)


class UnknownNameError(GameTheoryError, KeyError):
    """A name that nothing bears, with the nearest names that something does."""

    def __init__(self, kind: str, name: object, known: Iterable[str]) -> None:
        self.kind, self.name, self.known = kind, name, tuple(map(str, known))
        short = shown(name) if isinstance(name, int) else name if isinstance(name, str) else ""
        short = short if len(short) <= _MOST_SHOWN else ""
        near = get_close_matches(short, self.known, n=3, cutoff=0.5)
        hint = f"Did you mean {' or '.join(map(repr, near))}? " if near else ""
        super().__init__(
            f"there is no {kind} {shown(name)}. {hint}Known: {', '.join(self.known) or 'none'}."
        )

    def __str__(self) -> str:
        return str(self.args[0])

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.kind, self.name, self.known)


class UnknownAttributeError(UnknownNameError, AttributeError):  # type: ignore[misc]
    """A name that nothing bears, asked for as an attribute."""


class PositionError(GameTheoryError, IndexError):
    """A place in a sequence at which there is nothing.

    Parameters
    ----------
    kind : str
        What the sequence holds.
    position : object
        What was asked for.
    count : int
        How many there are.
    """

    def __init__(self, kind: str, position: object, count: int) -> None:
        self.kind, self.position, self.count = kind, position, count
        allowed = f"a place from 0 to {count - 1}, or from the end as in [-1]" if count else "none"
        super().__init__(f"there is no {kind} at {shown(position)}; allowed: {allowed}.")

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.kind, self.position, self.count)


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
