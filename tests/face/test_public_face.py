"""Every public call with odd values in every place: a result or an error of the library, no crash.

By default each place meets a part of the odd values, all of them in turn;
``GAMETHEORY_EEU_HYPOTHESIS=thorough`` puts every odd value in every place.
"""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from inspect import getattr_static, isclass, isfunction, ismodule, signature, unwrap
from pathlib import Path
from types import FunctionType
from typing import Any, NoReturn

import pytest

import gametheory_eeu as eeu
from gametheory_eeu.errors import GameTheoryError
from tests.face import calls
from tests.face.calls import Call
from tests.face.odd_values import ODD

EVERY = 1 if os.environ.get("GAMETHEORY_EEU_HYPOTHESIS") == "thorough" else 5
SECONDS = 20
"""An odd value that keeps a call busy for so long has started work it should not have."""
PARTS: dict[str, Callable[[Path], Iterator[Call]]] = {
    "forms": lambda _: calls.of_forms(),
    "games": lambda _: calls.of_games(),
    "questions": lambda _: calls.of_questions(),
    "results": lambda _: calls.of_results(),
    "sweeps": lambda _: calls.of_sweeps(),
    "files": calls.of_files,
    "solvers": lambda _: calls.of_solvers(),
    "testing": lambda _: calls.of_testing(),
}


class TooLongError(Exception):
    """A call did not end."""


@contextmanager
def a_limit() -> Iterator[None]:
    def stop(*_: object) -> NoReturn:
        raise TooLongError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def outcome(call: Call, place: int | str, odd: Callable[[], object]) -> str:
    """What went wrong; nothing where the library answered or refused in its own words."""
    try:
        with a_limit():
            call.with_odd(place, odd())
    except GameTheoryError as error:
        return "" if str(error) else "an error that says nothing"
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        inside = [f"{f.filename}:{f.lineno}" for f in frames if "gametheory_eeu/" in f.filename]
        return f"{type(error).__name__} at {inside[-1] if inside else 'the signature'}"
    return ""


@pytest.mark.parametrize("part", PARTS)
def test_no_odd_value_crashes_a_call(
    part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "agg")
    failures, count = [], 0
    for call in PARTS[part](tmp_path):
        for place in call.places:
            names = list(ODD)[count % EVERY :: EVERY]
            count += 1
            for name in names:
                wrong = outcome(call, place, ODD[name])
                failures += [f"{call.name}, {place} = {name}: {wrong}"] if wrong else []
    assert count > 0
    assert failures == []


@pytest.mark.parametrize("part", PARTS)
def test_the_arguments_it_starts_from_are_good(part: str, tmp_path: Path) -> None:
    for call in PARTS[part](tmp_path):
        if call.refuses:
            with pytest.raises(GameTheoryError):
                call()
        else:
            call()


def public(module: Any) -> Iterator[tuple[str, Any]]:
    """The names that a module exports, rooms opened."""
    for name in getattr(module, "__all__", ()):
        value = getattr(module, name)
        if ismodule(value):
            yield from public(value)
        elif isclass(value) or isfunction(value):
            yield name, value


@cache
def walked() -> frozenset[str]:
    """The calls by name, without what is said after a comma."""
    folder = Path(__file__).parent
    found = {call.name.partition(",")[0] for part in PARTS.values() for call in part(folder)}
    return frozenset(name.split(".")[-1] if name[0].islower() else name for name in found)


def asked(function: Any) -> bool:
    """Whether a function takes an argument besides the object it belongs to."""
    return bool([name for name in signature(function).parameters if name not in ("self", "cls")])


NOT_WALKED = {
    "figure": "options are those of the drawing functions, walked as plot",
    "quantity": "a decorator in a class",
    "substitute": "for the rooms above, whose expressions have been looked at; it calls itself",
    "SamplePoints": "made by the library from what it has taken apart",
    "Symbols": "made by a game",
    "QuantityTable": "made by a game",
    "Game": "walked by its games",
    "AbstractGame": "walked by its games",
}


def test_every_public_function_is_walked(tmp_path: Path) -> None:
    names = {name for name, value in public(eeu) if isfunction(value) and asked(value)}
    made = {name for name, value in public(eeu) if isclass(value) and "__init__" in vars(value)
            and isinstance(vars(value)["__init__"], FunctionType)
            and not hasattr(value, "__dataclass_fields__")}  # fmt: skip
    assert sorted((names | made) - walked() - NOT_WALKED.keys() - {"GameTheoryError"}) == []


METHODS_NOT_WALKED = {
    "plot": "options are those of the drawing functions; walked of a partition",
    "increments": "of no arguments",
    "items": "of a mapping",
    "keys": "of a mapping",
    "values": "of a mapping",
    "propositions": "of no arguments",
}


def is_question(kind: type, name: str) -> bool:
    """Whether a class has a public method of this name that takes arguments."""
    static = getattr_static(kind, name)
    if name.startswith("_") or name in METHODS_NOT_WALKED:
        return False
    return isinstance(static, (FunctionType, classmethod, staticmethod)) and asked(
        getattr(kind, name)
    )


def test_every_public_method_is_walked() -> None:
    kinds = {value for _, value in public(eeu) if isclass(value)}
    owned = {k.__name__: k for kind in kinds for k in kind.__mro__}
    done = set()
    for name in walked():
        kind, _, method = name.partition(".")
        if method and kind in owned and hasattr(owned[kind], method):
            done.add(unwrap(getattr(owned[kind], method)).__qualname__)
    missing = {
        f"{kind.__name__}.{name}"
        for kind in kinds
        if kind.__module__.startswith("gametheory_eeu")
        for name in dir(kind)
        if is_question(kind, name) and unwrap(getattr(kind, name)).__qualname__ not in done
    }
    of_bases = {name for name in missing if name.startswith(("AbstractGame.", "Game."))}
    assert sorted(missing - of_bases) == ["SamplePoints.point", "quantity.of"]  # the library's own
