"""The symbol table: one name, one symbol, one meaning, package-wide.

A file for each family of games; here is the whole, in the order of the theory.
"""

# A parameter is written in its family's file, and nowhere a second time.
# ruff: noqa: F403

from __future__ import annotations

from gametheory_eeu.core import Parameter
from gametheory_eeu.models.vocabulary import (
    deal,
    global_games,
    mechanisms,
    offers,
    over_time,
    participation,
    power,
    reputation,
    trust,
    voting,
)
from gametheory_eeu.models.vocabulary.deal import *
from gametheory_eeu.models.vocabulary.global_games import *
from gametheory_eeu.models.vocabulary.mechanisms import *
from gametheory_eeu.models.vocabulary.offers import *
from gametheory_eeu.models.vocabulary.over_time import *
from gametheory_eeu.models.vocabulary.participation import *
from gametheory_eeu.models.vocabulary.power import *
from gametheory_eeu.models.vocabulary.reputation import *
from gametheory_eeu.models.vocabulary.rows import SHARE as SHARE
from gametheory_eeu.models.vocabulary.rows import each as each
from gametheory_eeu.models.vocabulary.rows import with_default as with_default
from gametheory_eeu.models.vocabulary.trust import *
from gametheory_eeu.models.vocabulary.voting import *

_FAMILIES = (
    power,
    participation,
    trust,
    deal,
    over_time,
    reputation,
    global_games,
    offers,
    voting,
    mechanisms,
)

VOCABULARY: tuple[Parameter, ...] = tuple(
    row for family in _FAMILIES for row in vars(family).values() if isinstance(row, Parameter)
)
