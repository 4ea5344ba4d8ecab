"""Mutants that no test can catch, each with the reason; by :attr:`Mutant.key`."""

EQUIVALENT: dict[str, str] = {
    "prover/smt_encoding Encoder._compare: 0  ->  1": "any number is on the same side of infinity",
    "prover/smt_encoding Encoder._definition_name: (TRUE, FALSE)  ->  (FALSE,)": "a name for what is true",
    "prover/smt_encoding Encoder._definition_name: (TRUE, FALSE)  ->  (TRUE,)": "a name for what is false",
    "statics/at_point _with_derived: parameter.default is not None and parameter.default.free_symbols <= set(values)  ->  parameter.default.free_symbols <= set(values)": "what is derived has a default",
    "solvers/linear_existence _eliminate: for e, op in atoms if q in e.free_symbols  ->  for e, op in atoms": "an atom without the unknown is kept beside it anyway",
    "statics/piecewise _is_facet: difference != zero and is_satisfiable(Space.of(zero_set, sp.Ne(difference, 0)))  ->  is_satisfiable(Space.of(zero_set, sp.Ne(difference, 0)))": "zero there is not unequal to zero",
    "prover/point_search _is_allowed: True  ->  False": "what it leaves out is found by a query",
    "prover/certificate_check _Checker.image: 0  ->  1 (2)": "nothing times a denominator is nothing",
    "prover/certificate_check _inverse_map: 1  ->  2 (2)": "where both bounds are zero, any positive parameter serves",
    "prover/certificate_check _Checker.is_sound: False  ->  True": "what rests on itself has no hash",
    "prover/certificate_check _Checker._adds_no_zero: zip(proportional, definite, strict=True)  ->  zip(definite, proportional, strict=True)": "either of the two is enough",
    "prover/cells CellDecomposition._irredundant: True  ->  False": "the order in which pieces are tried",
    "prover/signs _factor_sign: None if point is None else value(factor, point)  ->  value(factor, point) if point is None else None": "a sample only spares claims",
    "prover/indeterminates _is_polynomial: isinstance(n, types) or (n.is_Pow and n.exp.is_Integer and n.exp.is_positive)  ->  n.is_Pow and n.exp.is_Integer and n.exp.is_positive": "a product that is left as it is written is read alike",
    "solvers/symmetric_roots _shifted_roots: '>=' if side > 0 else '>'  ->  '>' if side > 0 else '>='": "a double root is kept once, on either side",
    "prover/transcendentals _logarithm_bounds: y - one  ->  y + one (2)": "below 1 the two bounds leave nothing between them",
    "prover/point_search module: 1  ->  2 (10)": "the order in which simple points are tried",
    "prover/orthant Domain._between: first.fact.kind == '>'  ->  first.fact.kind != '>'": "either order of two bounds maps onto the same interval",
}

__all__ = ["EQUIVALENT"]
