"""Conversion of games from and to nashpy, Gambit, QuantEcon and arrays; SMT-LIB statements.

Numbers stay exact wherever the other side has exact numbers. A library that is not installed is
asked for by name, with the line that installs it.
"""

from gametheory_eeu.interop.gambit import read_efg, read_nfg, write_efg, write_nfg
from gametheory_eeu.interop.libraries import (
    from_arrays,
    from_nashpy,
    from_pygambit,
    from_quantecon,
    to_arrays,
    to_nashpy,
    to_pygambit,
    to_quantecon,
)
from gametheory_eeu.interop.rocq import RocqFile, write_rocq
from gametheory_eeu.interop.smtlib import SmtProblem, read_smtlib

__all__ = [
    "RocqFile",
    "SmtProblem",
    "from_arrays",
    "from_nashpy",
    "from_pygambit",
    "from_quantecon",
    "read_efg",
    "read_nfg",
    "read_smtlib",
    "to_arrays",
    "to_nashpy",
    "to_pygambit",
    "to_quantecon",
    "write_efg",
    "write_nfg",
    "write_rocq",
]
