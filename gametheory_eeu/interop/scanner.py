"""Gambit's files as tokens, each with the line it is on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Literal, TextIO, TypeAlias

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.errors import GameFileError, shown

Source: TypeAlias = "str | PathLike[str] | TextIO"
Kind: TypeAlias = Literal["text", "word", "{", "}"]

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|([{}])|([^\s{},"]+)', re.DOTALL)
_NUMBER = re.compile(r"[+-]?(?:\d+/\d+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?)")
_LONGEST = 1000  # characters of a number
_WHOLE = re.compile(r"\d{1,9}")


@dataclass(frozen=True)
class Token:
    """A piece of a file: quoted text, a brace, or a word such as a number."""

    kind: Kind
    text: str
    line: int


def read_text(source: Source, head: str) -> str:
    """The text of a file: given itself, or by its path, or open.

    Raises
    ------
    GameFileError
        It cannot be read.
    """
    if hasattr(source, "read"):
        found = source.read()
        return found if isinstance(found, str) else bytes(found).decode("utf-8", "replace")
    if isinstance(source, str) and not source.strip():
        raise GameFileError(0, f"there is nothing to read: give a path, or text that starts {head}")
    if isinstance(source, str) and (source.lstrip().startswith(head) or "\n" in source):
        return source
    try:
        return Path(source).read_text("utf-8")
    except (OSError, ValueError, TypeError) as error:
        raise GameFileError(0, f"the file {shown(source)} cannot be read: {error}") from None


class Reader:
    """The tokens of a file, taken one after the other.

    Every method raises :class:`GameFileError`, with the line, where something else comes.
    """

    def __init__(self, text: str) -> None:
        self.tokens = _tokens(text)
        self.place = 0
        self.last_line = text.count("\n") + 1

    @property
    def line(self) -> int:
        """The line of the next token."""
        return self.tokens[self.place].line if self.more else self.last_line

    @property
    def more(self) -> bool:
        """Whether tokens are left."""
        return self.place < len(self.tokens)

    @property
    def left(self) -> int:
        """How many tokens are left."""
        return len(self.tokens) - self.place

    def fail(self, why: str) -> GameFileError:
        """The error for the next token."""
        return GameFileError(self.line, why)

    def sees(self, *kinds: Kind) -> bool:
        """Whether the next token is of one of these kinds."""
        return self.more and self.tokens[self.place].kind in kinds

    def take(self, kind: Kind, what: str) -> str:
        """The next token, of the kind that is due."""
        if not self.sees(kind):
            came = repr(self.tokens[self.place].text) if self.more else "the end of the file"
            raise self.fail(f"{what} was due, but {came} comes")
        self.place += 1
        return self.tokens[self.place - 1].text

    def text(self, what: str) -> str:
        """Quoted text."""
        return self.take("text", f"{what} in quotes")

    def number(self, what: str) -> Expr:
        """An exact rational number."""
        line, word = self.line, self.take("word", what)
        if not _NUMBER.fullmatch(word) or len(word) > _LONGEST:
            raise GameFileError(line, f"{what} was due, but {word[:50]!r} is no rational number")
        if re.search(r"/0+$", word):
            raise GameFileError(line, f"{what} is {word[:50]}: a division by zero")
        return sp.Rational(word)

    def whole(self, what: str) -> int:
        """A whole number, zero or more."""
        line, word = self.line, self.take("word", what)
        if not _WHOLE.fullmatch(word):
            raise GameFileError(line, f"{what} was due, but {word[:50]!r} is no whole number")
        return int(word)

    def texts(self, what: str) -> list[str]:
        """Quoted texts in braces."""
        self.take("{", f"the {what} in braces")
        found = []
        while not self.sees("}"):
            found.append(self.text(f"one of the {what}"))
        self.take("}", "a closing brace")
        return found

    def numbers(self, what: str) -> list[Expr]:
        """Numbers in braces."""
        self.take("{", f"the {what} in braces")
        found = []
        while not self.sees("}"):
            found.append(self.number(f"one of the {what}"))
        self.take("}", "a closing brace")
        return found

    def head(self, name: str, version: str) -> str:
        """The first line: the format's name, its version, the kind of numbers, the title."""
        for due in (name, version):
            line, word = self.line, self.take("word", f"{due!r} at the start")
            if word != due:
                raise GameFileError(
                    line, f"the file starts with {word[:50]!r}, not {name} {version}"
                )
        line, word = self.line, self.take("word", "R or D, the kind of numbers")
        if word not in ("R", "D"):
            raise GameFileError(line, f"the kind of numbers is R or D, not {word[:50]!r}")
        return self.text("the title")

    def end(self) -> None:
        """Nothing may follow."""
        if self.more:
            raise self.fail(f"{self.tokens[self.place].text[:50]!r} comes after the game's end")


def _tokens(text: str) -> list[Token]:
    found, line, place = [], 1, 0
    for match in _TOKEN.finditer(text):
        between = text[place : match.start()]
        line += between.count("\n")
        if '"' in between:
            raise GameFileError(line, "a quotation mark is not closed")
        quoted, brace, word = match.groups()
        if quoted is not None:
            found.append(Token("text", re.sub(r"\\(.)", r"\1", quoted, flags=re.DOTALL), line))
        elif brace is not None:
            found.append(Token("{" if brace == "{" else "}", brace, line))
        else:
            found.append(Token("word", word, line))
        line += match.group().count("\n")
        place = match.end()
    if '"' in text[place:]:
        raise GameFileError(line, "a quotation mark is not closed")
    return found


def distinct(labels: Sequence[str]) -> list[str]:
    """The labels, or their numbers where some are blank or one is used twice."""
    cleaned = [" ".join(label.split()) for label in labels]
    if all(cleaned) and len(set(cleaned)) == len(cleaned):
        return cleaned
    return [str(i + 1) for i in range(len(cleaned))]


def quoted(text: str) -> str:
    """Text as the files have it.

    Raises
    ------
    GameFileError
        A line break: a name stands on one line.
    """
    if len(text.splitlines()) > 1 or text != text.strip("\r\n"):
        raise GameFileError(
            0,
            f"{text!r} has a line break, which names in Gambit's files and in pygambit cannot have",
        )
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def written(number: Expr, what: str) -> str:
    """An exact rational as the files have it.

    Raises
    ------
    GameFileError
        A symbol or an irrational number: the files have neither.
    """
    if not number.is_Rational:
        raise GameFileError(
            0, f"{what} is {number}; Gambit's files hold rational numbers only: give values first, "
            "with game.at(...)"
        )  # fmt: skip
    return str(number)


__all__ = ["Reader", "Source", "distinct", "quoted", "read_text", "written"]
