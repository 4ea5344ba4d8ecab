"""The publication that a model formalises: its name, its mechanisms, its reference."""

from __future__ import annotations

from dataclasses import dataclass

from gametheory_eeu.core import Source
from gametheory_eeu.core import arguments as arg

MECHANISMS = (
    "agency",
    "agenda setting",
    "bargaining",
    "collective action",
    "commitment",
    "competition",
    "contest",
    "coordination",
    "deterrence",
    "private information",
    "reputation",
    "signalling",
    "trust",
    "voting",
)
"""What a model may be about, by the field's nouns."""


@dataclass(frozen=True)
class Publication:
    """What a model's class says of the work that it formalises.

    Parameters
    ----------
    name : str
        Authors and year: ``"barro and gordon 1983"``.
    about : str
        One plain line.
    mechanisms : tuple of str
        Each one of ``MECHANISMS``.
    reference : str
        A key of the package's bibliography.
    """

    name: str
    about: str
    mechanisms: tuple[str, ...]
    reference: str

    def __post_init__(self) -> None:
        for field in ("name", "about", "reference"):
            arg.text(field, getattr(self, field))
        for mechanism in arg.names("mechanisms", self.mechanisms):
            arg.one_of("mechanism", mechanism, MECHANISMS)

    @property
    def source(self) -> Source:
        """The reference as a source."""
        return Source("L", self.reference)


__all__ = ["MECHANISMS", "Publication"]
