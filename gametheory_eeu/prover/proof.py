"""Proof: a statement, its space, the verdict, and how to check it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import Literal

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.evaluate import UndecidedError, truth_value
from gametheory_eeu.core.results import Picklable
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.prover.certificate import CoefficientCertificate
from gametheory_eeu.prover.point_search import contains
from gametheory_eeu.prover.proof_text import Writer, formula, sentence, validate_writer

Verdict = Literal["proved", "refuted", "unknown"]
CASES = "cases and products"
"""The method of a certificate that was found for a solver's answer."""


@dataclass(frozen=True, repr=False)
class Proof(Picklable):
    """The answer to a claim: at every point of the space the statement is defined and true.

    Parameters
    ----------
    statement : SymPy Boolean
    space : Space
    verdict : {"proved", "refuted", "unknown"}
        Never a guess: a refutation has an exact point, a proof a certificate.
    method : str
        How it was settled.
        "evaluation", "coefficient certificate", "z3", "cvc5", or "exact evaluation" at a point;
        of :meth:`certified`, "cases and products".
    certificate : CoefficientCertificate or str
        A proof that a reader can check; or, for a solver's proof, the SMT-LIB question "is there a
        point of the space where the statement is not true?", whose answer was no. Otherwise empty.
    witnesses : tuple of mappings of symbol to exact value
        Points of the space where the statement is defined and false.
    undefined_at : tuple of mappings of symbol to exact value
        Points of the space where the statement is undefined.
    vacuous : bool
        The space is empty, so that everything is true of all its points.
    clash : tuple of SymPy Booleans
        Where the space is empty, constraints that clash, none of which can be spared.
    why : str
        One sentence.

    Examples
    --------
    >>> from gametheory_eeu.prover import prove
    >>> print(prove("x + 1/x >= 2", given="x > 0"))
    Proved: x + 1/x >= 2 for all x with x > 0.
    >>> print(prove("x**2 > x", given="x > 0"))
    Refuted: x**2 > x for all x with x > 0. It fails at x = 1.
    """

    statement: Boolean
    space: Space
    verdict: Verdict
    method: str
    certificate: CoefficientCertificate | str = ""
    witnesses: tuple[Mapping[Symbol, Expr], ...] = ()
    undefined_at: tuple[Mapping[Symbol, Expr], ...] = ()
    vacuous: bool = False
    clash: tuple[Boolean, ...] = ()
    why: str = ""

    @property
    def deciding(self) -> Expr | None:
        """The expression that decides the inequality: it holds iff this is positive (or >= 0).

        None where the statement is proved, or is not an inequality.
        """
        from gametheory_eeu.prover.signs import deciding

        return None if self.verdict == "proved" else deciding(self.statement, self.space)

    def recheck(self) -> bool | None:
        """Check the verdict again by a route that shares no code with the first.

        A refutation is evaluated exactly at its points, in SymPy's own objects; a coefficient
        certificate is expanded again in SymPy; a solver's proof is asked again, from the
        statement, of the other solver.

        Returns
        -------
        bool or None
            True where confirmed, False where contradicted or where a certificate does not show
            what it should, None where the other route does not settle it, or where the verdict is
            "unknown".

        Raises
        ------
        GameTheoryError
            The other solver is cvc5, and it is not installed.
        """
        if self.verdict == "unknown":
            return None
        if isinstance(self.certificate, CoefficientCertificate):
            return self.verdict == "proved" and self.certificate.recheck(self.statement, self.space)
        if self.verdict == "proved":
            from gametheory_eeu.prover.proof_search import prove_on_space

            other_solver = "z3" if self.method == "cvc5" else "cvc5"
            second_proof = prove_on_space(self.statement, self.space, solver=other_solver)
            if second_proof.verdict == "proved":
                return second_proof.vacuous == self.vacuous
            return None if second_proof.verdict == "unknown" else False
        try:
            return self._is_refuted_at_points()
        except UndecidedError:
            return None

    def _is_refuted_at_points(self) -> bool:
        expected = [(p, False) for p in self.witnesses] + [(p, None) for p in self.undefined_at]
        return bool(expected) and all(
            contains(self.space, point) and truth_value(self.statement, point) is value
            for point, value in expected
        )

    def certified(self) -> Proof:
        """The proof with a certificate, where only a solver's answer stands and one is found.

        Roots, logarithms and maxima become symbols of which bounds are known; the statement's
        relations are told apart, true or not; and where nothing obeys what is assumed, products of
        constraints, squares and multiples of equations add up to zero while one of them is
        positive (Handelman 1988, Schmüdgen 1991, Stengle 1974). The search takes up to some
        seconds, and counts its steps. What it does not find stays the solver's.

        Returns
        -------
        Proof
            By the method "cases and products"; or the same proof.

        Examples
        --------
        >>> from gametheory_eeu.prover import prove
        >>> proof = prove("x**2 > y or x < y", given="y > 2")
        >>> proof.method, proof.certified().method
        ('z3', 'cases and products')
        >>> str(proof.certified().certificate).splitlines()[:3]
        ['Either x < y or x >= y.', 'Suppose x < y.', 'Hence x < y or x**2 > y.']
        """
        is_open = isinstance(self.certificate, str) and self.method != "evaluation"
        if self.verdict != "proved" or not (is_open or self.vacuous):
            return self
        from gametheory_eeu.prover.budget import OutOfTimeError
        from gametheory_eeu.prover.decision_search import certified
        from gametheory_eeu.prover.smt_query import Part, split

        whole = Part(frozenset(self.space.symbols), self.space.constraints)
        part = whole if self.vacuous else split(self.space, self.statement.free_symbols)[0]
        try:
            found = certified(self.statement, part)
        except OutOfTimeError:
            return self
        return self if found is None else replace(self, method=CASES, certificate=found)

    def to_smtlib(self) -> str:
        """The question "is the statement untrue anywhere?" as a file for any SMT solver.

        It must answer ``unsat`` where the claim is proved, ``sat`` where it is refuted.

        Raises
        ------
        GameTheoryError
            The claim was left open.
        UnsupportedError
            A function the prover does not decide.
        """
        from gametheory_eeu.prover.smt_query import script

        return script(self)

    @arg.validate(name=arg.text)
    def to_rocq(self, name: str = "proposition") -> str:
        r"""A file for the proof assistant Rocq (Coq): the claim as a theorem, with its proof.

        It is self-contained and uses the standard library only. ``coqc`` accepts it, or rejects
        it; at its end it lists the axioms that it rests on, those of Rocq's real numbers. Integers
        are real numbers there, as in the proof.

        Parameters
        ----------
        name : str
            Of the theorem.

        Raises
        ------
        GameTheoryError
            The claim is not proved; or no certificate is found for it, or one that is not written
            for Rocq: which, and why.

        Examples
        --------
        >>> from gametheory_eeu.prover import prove
        >>> text = prove("x/y < 1", given="0 < x and x < y").to_rocq("share")
        >>> print(text[text.index("Theorem share") : text.index("Proof.", text.index("share"))])
        Theorem share :
          forall x y : R,
          0 < x ->
          x < y ->
          (y <> 0 /\ x / y < 1).
        <BLANKLINE>
        """
        from gametheory_eeu.prover.rocq import document, theorem_name, theorem_of

        label = theorem_name(name)
        return document([(label, theorem_of(self, label))])

    def to_json(self) -> str:
        """JSON: the claim, the verdict, the points; ``from_json`` finds the proof again."""
        from gametheory_eeu import display

        return display.json_text(self)

    def __bool__(self) -> bool:
        raise GameTheoryError(
            "a proof is not true or false: it may also be unknown, or vacuous. "
            'Compare proof.verdict with "proved", "refuted" or "unknown"'
        )

    def __str__(self) -> str:
        return sentence(self)

    def __repr__(self) -> str:
        return f"<{self}>"

    def _repr_html_(self) -> str:
        verdict, rest = str(self).split(":", 1)
        return f"<p><b>{escape(verdict)}</b>:{escape(rest)}</p>"

    def to_latex(self, write: Writer = formula) -> str:
        """The proposition in LaTeX and, where there is a certificate or one is found, its proof.

        Parameters
        ----------
        write : callable, optional
            What writes a formula; SymPy's LaTeX between dollars unless given.
        """
        write = formula if write is formula else validate_writer(write)
        proof = self.certified()
        claim, certificate = sentence(proof, write), proof.certificate
        if isinstance(certificate, str):
            return f"{claim}\nSettled by {proof.method}; no certificate." if certificate else claim
        return f"{claim}\n{certificate.to_latex(write)}"
