"""What is true on a space of parameters: proofs, exact counterexamples, simplification, signs.

The only room that knows a solver. Each question is a statement and a space; the answer is a
:class:`Proof`, which is never a guess and can be checked again.
"""

from gametheory_eeu.logic.cells import Cells, Region
from gametheory_eeu.logic.certificate import CoefficientCertificate
from gametheory_eeu.logic.derived import (
    equivalent,
    implies,
    is_empty,
    satisfiable,
    simplify,
    witness,
)
from gametheory_eeu.logic.evaluate import true_at
from gametheory_eeu.logic.in_parts import prove_in_parts
from gametheory_eeu.logic.nearby import Nearby
from gametheory_eeu.logic.patterns import Literals
from gametheory_eeu.logic.proof import Proof
from gametheory_eeu.logic.proving import prove
from gametheory_eeu.logic.signs import Sign, sign

__all__ = [
    "Cells", "CoefficientCertificate", "Literals", "Nearby", "Proof", "Region", "Sign",
    "equivalent", "implies", "is_empty", "prove", "prove_in_parts", "satisfiable", "sign",
    "simplify", "true_at", "witness",
]  # fmt: skip
