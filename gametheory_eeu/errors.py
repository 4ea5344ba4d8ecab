"""Exceptions of the library, all derived from GameTheoryError."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from reprlib import Repr


class GameTheoryError(Exception):
    """Root of every error the library raises on purpose."""


_MAX_CHARACTERS, _MAX_ITEMS, _MAX_NAMES = 200, 40, 60


def short_repr(value: object) -> str:
    """One-line representation of any value for a message, cut to a maximal length.

    A value that cannot show itself is named by its type: one whose ``repr`` raises, or a whole
    number of more digits than Python writes.

    Examples
    --------
    >>> short_repr([1, 2]), short_repr(10**5000)
    ('[1, 2]', 'a whole number of about 5001 digits')
    """
    try:
        text = _limited_repr.repr(value) if _is_long(value) else repr(value)
        text = " ".join(text.split()) if "\n" in text else text
    except Exception:
        return _type_text(value)
    return text if len(text) <= _MAX_CHARACTERS else text[:_MAX_CHARACTERS] + "…"


def _is_long(value: object) -> bool:
    """Whether a string or a collection has more items than are shown."""
    collections = (str, bytes, bytearray, list, tuple, set, frozenset, dict)
    return isinstance(value, collections) and len(value) > _MAX_ITEMS


def _type_text(value: object) -> str:
    if isinstance(value, int):
        return f"a whole number of about {int(value.bit_length() * 0.30103) + 1} digits"
    return f"<{type(value).__name__} that cannot be shown>"


_limited_repr = Repr()
_limited_repr.maxlist = _limited_repr.maxtuple = _limited_repr.maxset = (
    _limited_repr.maxfrozenset
) = _limited_repr.maxdict = 20
_limited_repr.maxstring = _limited_repr.maxother = _MAX_CHARACTERS + 1


def nearest(word: str, known: Iterable[str], count: int = 3, cutoff: float = 0.5) -> str:
    """The known words that are spelt almost like a word, as a hint says them.

    Examples
    --------
    >>> nearest("prise", ["price", "prize", "union"])
    "'prize' or 'price'"
    """
    return " or ".join(map(repr, get_close_matches(word, known, count, cutoff)))


class ParameterError(GameTheoryError, ValueError):
    """A value outside a parameter's domain; the message names the domain and the fix.

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
        raw_name: object = name
        label = raw_name if isinstance(raw_name, str) else short_repr(raw_name)
        text = f"{label} = {short_repr(value)} is not allowed; allowed: {allowed}"
        super().__init__(f"{text}. {fix}" if fix else f"{text}.")

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.name, self.value, self.allowed, self.fix)


class UnknownNameError(GameTheoryError, KeyError):
    """An unknown name; the message suggests the nearest known names.

    Parameters
    ----------
    kind : str
        What bears such names.
    name : object
        What came.
    known : iterable of str
        The names there are; of many the message has the nearest few.
    fix : str, optional
        What to do instead.
    """

    def __init__(self, kind: str, name: object, known: Iterable[str], fix: str = "") -> None:
        self.kind, self.name, self.known, self.fix = kind, name, tuple(map(str, known)), fix
        word = short_repr(name) if isinstance(name, int) else name if isinstance(name, str) else ""
        word = word if len(word) <= _MAX_CHARACTERS else ""
        matches = nearest(word, self.known)
        hint = f"Did you mean {matches}? " if matches else ""
        super().__init__(
            f"there is no {kind} {short_repr(name)}. {hint}Known: {self._known_text(word)}."
            + (f" {fix}" if fix else "")
        )

    def _known_text(self, word: str) -> str:
        if len(self.known) <= _MAX_NAMES:
            return ", ".join(self.known) or "none"
        few = get_close_matches(word, self.known, n=5, cutoff=0.0)
        return f"{len(self.known)}, such as {', '.join(few)}"

    def __str__(self) -> str:
        return str(self.args[0])

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.kind, self.name, self.known, self.fix)


class UnknownAttributeError(UnknownNameError, AttributeError):  # type: ignore[misc]
    """An unknown name, read as an attribute."""


class PositionError(GameTheoryError, IndexError):
    """An index out of range.

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
        super().__init__(f"there is no {kind} at {short_repr(position)}; allowed: {allowed}.")

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.kind, self.position, self.count)


class TextError(GameTheoryError, ValueError):
    """Text outside the library's small grammar; it is never executed."""


class SpaceError(GameTheoryError, ValueError):
    """Inconsistent constraints or symbols."""


class GameFileError(GameTheoryError, ValueError):
    """A game file that cannot be read or written: the line and the error.

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
    """A problem that the library cannot decide."""


class TooLargeError(GameTheoryError, ValueError):
    """A problem above a size limit: its size, the limit and an alternative."""


class DoesNotExistError(GameTheoryError, ArithmeticError):
    """A quantity at parameter values where it does not exist."""
