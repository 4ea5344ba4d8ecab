"""Mutants that no test can catch, each with the reason; by :attr:`Mutant.key`."""

EQUIVALENT: dict[str, str] = {
    "logic/encode Encoder._relation: 0  ->  1": "any number is on the same side of infinity",
    "logic/encode Encoder._named: (TRUE, FALSE)  ->  (FALSE,)": "a name for what is true",
    "logic/encode Encoder._named: (TRUE, FALSE)  ->  (TRUE,)": "a name for what is false",
    "statics/motion _complete: r.default is not None and r.default.free_symbols <= set(found)"
    "  ->  r.default.free_symbols <= set(found)": "what is derived has a default",
    "solvers/linear_existence _without: for e, op in atoms if q in e.free_symbols"
    "  ->  for e, op in atoms": "an atom without the unknown is kept beside it anyway",
    "statics/pieces _more_than_a_corner: turns != zero and possible(Space.of(line, "
    "sp.Ne(turns, 0)))  ->  "
    "possible(Space.of(line, sp.Ne(turns, 0)))": "zero there is not unequal to zero",
}

__all__ = ["EQUIVALENT"]
