"""Proofs, exact counterexamples, simplification and signs over a space of parameters.

The only room that knows a solver. Each question is a statement and a space; the answer is a
:class:`Proof`, which is never a guess and can be checked again.
"""

from gametheory_eeu.prover.cells import CellDecomposition, SamplePoints, TruthRegion
from gametheory_eeu.prover.certificate import CoefficientCertificate
from gametheory_eeu.prover.functions.declare import distribution, function
from gametheory_eeu.prover.functions.proofs import FunctionProof
from gametheory_eeu.prover.implication import (
    equivalent,
    implies,
    is_empty,
    is_satisfiable,
    prove_all,
    simplify,
    witness,
)
from gametheory_eeu.prover.point_search import is_true_at
from gametheory_eeu.prover.proof import Proof
from gametheory_eeu.prover.proof_search import prove
from gametheory_eeu.prover.sign_abstraction import Literals
from gametheory_eeu.prover.signs import Sign, sign

__all__ = [
    "CellDecomposition",
    "CoefficientCertificate",
    "FunctionProof",
    "Literals",
    "Proof",
    "SamplePoints",
    "Sign",
    "TruthRegion",
    "distribution",
    "equivalent",
    "function",
    "implies",
    "is_empty",
    "is_satisfiable",
    "is_true_at",
    "prove",
    "prove_all",
    "sign",
    "simplify",
    "witness",
]
