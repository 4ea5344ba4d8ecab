"""Tokens of Gambit's files, each with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Literal, TextIO, TypeAlias, TypeVar

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.errors import GameFileError, short_repr

T = TypeVar("T")
Source: TypeAlias = "str | PathLike[str] | TextIO"
TokenKind: TypeAlias = Literal["text", "word", "{", "}"]

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|([{}])|([^\s{},"]+)', re.DOTALL)
_NUMBER = re.compile(r"[+-]?(?:\d+/\d+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?)")
_MAX_NUMBER_LENGTH = 1000  # characters of a number
_INTEGER = re.compile(r"\d{1,9}")


@dataclass(frozen=True)
class Token:
    """A token of a file: quoted text, a brace, or a word such as a number."""

    kind: TokenKind
    text: str
    line: int


def read_text(source: Source, head: str) -> str:
    """The text of a file, from the text itself, a path or an open file."""
    if hasattr(source, "read"):
        content = source.read()
        return content if isinstance(content, str) else bytes(content).decode("utf-8", "replace")
    if isinstance(source, str) and not source.strip():
        raise GameFileError(0, f"there is nothing to read: give a path, or text that starts {head}")
    if isinstance(source, str) and (source.lstrip().startswith(head) or "\n" in source):
        return source
    try:
        return Path(source).read_text("utf-8")
    except (OSError, ValueError, TypeError) as error:
        raise GameFileError(0, f"the file {short_repr(source)} cannot be read: {error}") from None


class TokenReader:
    """A reader of a file's tokens, one after the other.

    Every method raises :class:`GameFileError`, with the line, where something else comes.
    """

    def __init__(self, text: str) -> None:
        self.tokens = _tokenize(text)
        self.place = 0
        self.last_line = text.count("\n") + 1

    @property
    def line(self) -> int:
        """The line of the next token."""
        return self.tokens[self.place].line if self.has_more else self.last_line

    @property
    def has_more(self) -> bool:
        """Whether tokens remain."""
        return self.place < len(self.tokens)

    @property
    def left(self) -> int:
        """The number of tokens that remain."""
        return len(self.tokens) - self.place

    def fail(self, reason: str) -> GameFileError:
        """The error for the next token."""
        return GameFileError(self.line, reason)

    def sees(self, *kinds: TokenKind) -> bool:
        """Whether the next token is of one of these kinds."""
        return self.has_more and self.tokens[self.place].kind in kinds

    def take(self, kind: TokenKind, noun: str) -> str:
        """Take the next token, of the expected kind."""
        if not self.sees(kind):
            actual = repr(self.tokens[self.place].text) if self.has_more else "the end of the file"
            raise self.fail(f"{noun} was due, but {actual} comes")
        self.place += 1
        return self.tokens[self.place - 1].text

    def text(self, noun: str) -> str:
        """Read quoted text."""
        return self.take("text", f"{noun} in quotes")

    def number(self, noun: str) -> Expr:
        """Read an exact rational number."""
        line, word = self.line, self.take("word", noun)
        if not _NUMBER.fullmatch(word) or len(word) > _MAX_NUMBER_LENGTH:
            raise GameFileError(line, f"{noun} was due, but {word[:50]!r} is no rational number")
        if re.search(r"/0+$", word):
            raise GameFileError(line, f"{noun} is {word[:50]}: a division by zero")
        return sp.Rational(word)

    def whole(self, noun: str) -> int:
        """Read a nonnegative integer."""
        line, word = self.line, self.take("word", noun)
        if not _INTEGER.fullmatch(word):
            raise GameFileError(line, f"{noun} was due, but {word[:50]!r} is no whole number")
        return int(word)

    def texts(self, noun: str) -> list[str]:
        """Read quoted texts in braces."""
        return self.items(noun, self.text)

    def numbers(self, noun: str) -> list[Expr]:
        """Read numbers in braces."""
        return self.items(noun, self.number)

    def items(self, noun: str, read: Callable[[str], T]) -> list[T]:
        """Read items in braces, each by a function of what it is called."""
        self.take("{", f"the {noun} in braces")
        items = []
        while not self.sees("}"):
            items.append(read(f"one of the {noun}"))
        self.take("}", "a closing brace")
        return items

    def head(self, name: str, version: str) -> str:
        """Read the header: the format's name, its version, the kind of numbers, the title."""
        for expected in (name, version):
            line, word = self.line, self.take("word", f"{expected!r} at the start")
            if word != expected:
                raise GameFileError(
                    line, f"the file starts with {word[:50]!r}, not {name} {version}"
                )
        line, word = self.line, self.take("word", "R or D, the kind of numbers")
        if word not in ("R", "D"):
            raise GameFileError(line, f"the kind of numbers is R or D, not {word[:50]!r}")
        return self.text("the title")

    def end(self) -> None:
        """Check that no token follows."""
        if self.has_more:
            raise self.fail(f"{self.tokens[self.place].text[:50]!r} comes after the game's end")


def _tokenize(text: str) -> list[Token]:
    tokens, line, position = [], 1, 0
    for match in _TOKEN.finditer(text):
        between = text[position : match.start()]
        line += between.count("\n")
        if '"' in between:
            raise GameFileError(line, "a quotation mark is not closed")
        string, brace, word = match.groups()
        if string is not None:
            tokens.append(Token("text", re.sub(r"\\(.)", r"\1", string, flags=re.DOTALL), line))
        elif brace is not None:
            tokens.append(Token("{" if brace == "{" else "}", brace, line))
        else:
            tokens.append(Token("word", word, line))
        line += match.group().count("\n")
        position = match.end()
    if '"' in text[position:]:
        raise GameFileError(line, "a quotation mark is not closed")
    return tokens


def distinct_labels(labels: Sequence[str]) -> list[str]:
    """The labels, or numbers in their place where some are blank or repeated."""
    names = [" ".join(label.split()) for label in labels]
    if all(names) and len(set(names)) == len(names):
        return names
    return [str(i + 1) for i in range(len(names))]


def quote(text: str) -> str:
    """Text in quotes as in Gambit's files."""
    if len(text.splitlines()) > 1 or text != text.strip("\r\n"):
        raise GameFileError(
            0,
            f"{text!r} has a line break, which names in Gambit's files and in pygambit cannot have",
        )
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def rational_text(number: Expr, noun: str) -> str:
    """A rational number as text in Gambit's files."""
    if not number.is_Rational:
        raise GameFileError(
            0, f"{noun} is {number}; Gambit's files hold rational numbers only: give values first, "
            "with game.at(...)"
        )  # fmt: skip
    return str(number)
