"""Mutants that no test can catch, each with the reason; by :attr:`Mutant.key`."""

EQUIVALENT: dict[str, str] = {
    "prover/smt_encoding Encoder._read: 0  ->  1": "any number is on the same side of infinity",
    "prover/smt_encoding Encoder._named: (TRUE, FALSE)  ->  (FALSE,)": "a name for what is true",
    "prover/smt_encoding Encoder._named: (TRUE, FALSE)  ->  (TRUE,)": "a name for what is false",
    "statics/at_point _complete: r.default is not None and r.default.free_symbols <= set(found)"
    "  ->  r.default.free_symbols <= set(found)": "what is derived has a default",
    "solvers/linear_existence _without: for e, op in atoms if q in e.free_symbols"
    "  ->  for e, op in atoms": "an atom without the unknown is kept beside it anyway",
    "statics/piecewise _more_than_a_corner: turns != zero and possible(Space.of(line, "
    "sp.Ne(turns, 0)))  ->  "
    "possible(Space.of(line, sp.Ne(turns, 0)))": "zero there is not unequal to zero",
    "prover/point_search _allowed: True  ->  False": "what it leaves out is found by a query",
    "prover/certificate_check _Check.image: 0  ->  1 (2)": "nothing times a denominator is nothing",
    "prover/cells Cells._needed: True  ->  False": "the order in which pieces are tried",
    "prover/signs _factor: None if point is None else value(factor, point)  ->  "
    "value(factor, point) if point is None else None": "a sample only spares claims",
    "prover/indeterminates _is_polynomial: isinstance(n, known) or (n.is_Pow and n.exp.is_Integer "
    "and n.exp.is_positive)  ->  n.is_Pow and n.exp.is_Integer and "
    "n.exp.is_positive": "a product that is left as it is written is read alike",
    "solvers/symmetric_roots _around: '>=' if side > 0 else '>'  ->  "
    "'>' if side > 0 else '>='": "a double root is kept once, on either side",
    "prover/transcendentals _logarithm_closely: y - one  ->  "
    "y + one (2)": "below 1 the two bounds leave nothing between them",
    "prover/point_search module: 1  ->  2 (10)": "the order in which simple points are tried",
    "prover/orthant Domain._between: one.fact.kind == '>'  ->  "
    "one.fact.kind != '>'": "either order of two bounds maps onto the same interval",
}

__all__ = ["EQUIVALENT"]
