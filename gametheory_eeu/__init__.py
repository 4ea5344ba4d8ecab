"""Formal games that make an argument executable.

A model is written once, with symbols; its equilibria, the conditions under which each exists, the
signs of its comparative statics with their proofs, its figures and its tables are readings of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from gametheory_eeu._registry import provide
from gametheory_eeu.models import CLASSES, LITERATURE

if TYPE_CHECKING:
    from gametheory_eeu.models import ModelsModule

    models: ModelsModule
    """The models' room, which lists the published ones where it is called."""

__version__ = "0.3.0"

_HOME = {
    "errors": ("GameTheoryError",),
    "cases": ("Case", "CaseClaim", "Chapter", "cite", "load_case"),
    "core": ("Bibliography", "Calibration", "Parameter", "Source", "Space", "exact", "parse"),
    "prover": ("Proof", "distribution", "equivalent", "function", "prove", "simplify"),
    "games": ("Argument", "Equilibrium", "EquilibriumSet", "Game", "Partition", "Quantity"),
    "forms": (
        "CheapTalk",
        "ContinuousGame",
        "ContinuousTree",
        "ExtensiveForm",
        "NormalForm",
        "SignallingGame",
        "SymmetricGame",
    ),
    "statics": (
        "comparative_statics",
        "curve",
        "implicit",
        "interior_statics",
        "monotone_statics",
        "prove_unique",
        "regimes",
    ),
    "classics": ("classic", "classic_games"),
    "sweeps": (
        "Points",
        "Probability",
        "boxes",
        "points",
        "probability",
        "quantiles",
        "sensitivity",
        "sweep",
    ),
    "display": ("compare", "from_json", "plot_sweep"),
    "interop": ("write_rocq",),
    "cases.eeu.whole_argument": ("EurasianArgument",),
    "models.listing": ("model",),
    "models.registry": ("propositions",),
    **{f"models.{folder}": (name,) for name, folder in CLASSES.items()},
}
_ROOM = {name: room for room, names in _HOME.items() for name in names}
_ROOMS = {
    name: name
    for name in (
        "cases",
        "classics",
        "core",
        "display",
        "errors",
        "forms",
        "interop",
        "games",
        "models",
        "prover",
        "solvers",
        "statics",
        "sweeps",
        "testing",
    )
} | {"article": "cases.eeu"}

for _name, _place in {
    "comparative statics": "statics:comparative_statics",
    "nashpy game": "interop:to_nashpy",
    "own case": "cases.eeu:CASE",
    "propositions": "models.registry:propositions_of",
    "published data": "cases.eeu:data_calibration",
    "set statics": "statics.api:set_statics",
    "solution statics": "statics.api:solution_statics",
    "sweep": "sweeps:sweep",
}.items():
    provide(_name, f"{__name__}.{_place}")

__all__ = sorted([*_ROOM, *_ROOMS, "__version__"])


def __getattr__(name: str) -> Any:
    """Load a room when something in it is first asked for (PEP 562)."""
    if name in _ROOMS:
        return import_module(f"{__name__}.{_ROOMS[name]}")
    if name in _ROOM:
        value = getattr(import_module(f"{__name__}.{_ROOM[name]}"), name)
        globals()[name] = value
        return value
    if name in LITERATURE:  # of many published models only the classes that are asked for
        return getattr(import_module(f"{__name__}.models.literature.{LITERATURE[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}{_nearest(name)}")


def _nearest(name: str) -> str:
    """A hint at the public names that are spelt almost like this one."""
    from difflib import get_close_matches

    known = {} if name.startswith("_") else dict.fromkeys([*__all__, *LITERATURE])
    matches = get_close_matches(name, known, n=3, cutoff=0.7)
    return f". Did you mean {' or '.join(map(repr, matches))}?" if matches else ""


def __dir__() -> list[str]:
    return __all__
