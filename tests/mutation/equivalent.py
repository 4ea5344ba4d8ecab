"""Mutants that no test can catch, each with the reason; by :attr:`Mutant.key`."""

EQUIVALENT: dict[str, str] = {
    "logic/encode Encoder._relation: 0  ->  1": "any number is on the same side of infinity",
    "logic/encode Encoder._named: (TRUE, FALSE)  ->  (FALSE,)": "a name for what is true",
    "logic/encode Encoder._named: (TRUE, FALSE)  ->  (TRUE,)": "a name for what is false",
    "statics/motion _complete: r.default is not None and r.default.free_symbols <= set(found)"
    "  ->  r.default.free_symbols <= set(found)": "what is derived has a default",
}

__all__ = ["EQUIVALENT"]
