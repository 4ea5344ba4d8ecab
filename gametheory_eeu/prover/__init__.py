"""What is true on a space of parameters: proofs, exact counterexamples, simplification, signs.

The only room that knows a solver. Each question is a statement and a space; the answer is a
:class:`Proof`, which is never a guess and can be checked again.
"""

from gametheory_eeu.prover.cells import Cells, Region
from gametheory_eeu.prover.certificate import CoefficientCertificate
from gametheory_eeu.prover.conjunction import prove_in_parts
from gametheory_eeu.prover.evaluate import true_at
from gametheory_eeu.prover.implication import (
    equivalent,
    implies,
    is_empty,
    satisfiable,
    simplify,
    witness,
)
from gametheory_eeu.prover.proof import Proof
from gametheory_eeu.prover.proof_search import prove
from gametheory_eeu.prover.sample_point import Nearby
from gametheory_eeu.prover.sign_formula import Literals
from gametheory_eeu.prover.signs import Sign, sign

__all__ = [
    "Cells", "CoefficientCertificate", "Literals", "Nearby", "Proof", "Region", "Sign",
    "equivalent", "implies", "is_empty", "prove", "prove_in_parts", "satisfiable", "sign",
    "simplify", "true_at", "witness",
]  # fmt: skip
