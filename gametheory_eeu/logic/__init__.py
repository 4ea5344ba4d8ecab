"""What is true on a space of parameters: proofs, exact counterexamples, simplification, signs.

The only room that knows a solver. Each question is a statement and a space; the answer is a
:class:`Proof`, which is never a guess and can be checked again.
"""

from gametheory_eeu.logic.derived import (
    equivalent,
    implies,
    is_empty,
    satisfiable,
    simplify,
    witness,
)
from gametheory_eeu.logic.proof import Proof
from gametheory_eeu.logic.proving import prove
from gametheory_eeu.logic.signs import Sign, sign

__all__ = [
    "Proof", "Sign", "equivalent", "implies", "is_empty", "prove", "satisfiable", "sign",
    "simplify", "witness",
]  # fmt: skip
