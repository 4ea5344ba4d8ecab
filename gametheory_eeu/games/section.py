"""Propositions of a model, the claims that they are made of, and their sections."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from inspect import getdoc
from typing import Any, Literal, TypeAlias

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Source, Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.rational_forms import factorization
from gametheory_eeu.core.results import Displayable, FrozenMapping, Picklable
from gametheory_eeu.core.signs import sign_claim
from gametheory_eeu.errors import ParameterError, UnknownNameError, short_repr
from gametheory_eeu.games.equilibrium import EquilibriumSet
from gametheory_eeu.prover import Proof
from gametheory_eeu.prover.proof_search import iff as iff  # noqa: PLC0414 - for propositions

Verdict: TypeAlias = Literal["proved", "corrected", "refuted", "unknown"]


@dataclass(frozen=True, repr=False)
class Claim(Picklable):
    """One formal statement over a space of parameters, and whether it is claimed or denied.

    Parameters
    ----------
    label : str
        What it is for: "base", "step", "naive", or in words.
    statement : SymPy Boolean
    space : Space
    naive : bool
        It is false, and stands here to be refuted.
    counterexample : mapping of symbol to exact value, optional
        A point at which a naive claim is known to fail; confirmed besides the prover's own.
    """

    label: str
    statement: Boolean
    space: Space
    naive: bool = False
    counterexample: Mapping[Symbol, Expr] | None = None

    @classmethod
    @arg.validate(statement=arg.condition, label=arg.text)
    def of(cls, statement: Boolean, given: object = (), label: str = "") -> Claim:
        """A claim to be proved, over whatever a space may be written as."""
        space = Space.of(given)
        free = sorted(statement.free_symbols - set(space.symbols), key=str)
        return cls(label, statement, Space.of(space, symbols=(*space.symbols, *free)))

    @classmethod
    @arg.validate(statement=arg.condition, label=arg.text)
    def refutation(
        cls,
        statement: Boolean,
        given: object = (),
        label: str = "naive",
        fails_at: Mapping[Any, object] | None = None,
    ) -> Claim:
        """A naive claim to be refuted, with the point at which it is known to fail."""
        claim = cls.of(statement, given, label)
        point = None if fails_at is None else FrozenMapping(claim.space.point(fails_at))
        return replace(claim, naive=True, counterexample=point)

    def judge(self) -> prover.Proof:
        """Prove or refute it."""
        return prover.prove(self.statement, given=self.space)

    @arg.validate(proof=arg.instance_of(prover.Proof, "a proof"))
    def is_confirmed_by(self, proof: prover.Proof) -> bool:
        """Whether a proof confirms the claim: proved, not vacuously; or refuted, if naive.

        A naive claim must fail at its stated counterexample too, by exact evaluation.
        """
        if not self.naive:
            return proof.verdict == "proved" and not proof.vacuous
        if proof.verdict != "refuted" or self.counterexample is None:
            return proof.verdict == "refuted"
        stated_proof = replace(proof, witnesses=(self.counterexample,), undefined_at=())
        return stated_proof.recheck() is True

    def __repr__(self) -> str:
        return f"<{'naive ' if self.naive else ''}claim: {self.statement}>"


@dataclass(frozen=True, repr=False)
class Proposition(Displayable):
    """A claim about a model, with its formal claims, proved on demand.

    Parameters
    ----------
    name : str
        Stable.
    statement : str
        The claim in words.
    scope : str
        Where it is claimed: "all parameters", "n = 3", "every n, by induction", "limit", …
    claim_source : tuple of Claim, or a function that writes them
        A function is called when the claims are first asked for.
    kind : str
        "sign", "ordering", "equilibrium", "optimum", …; "false" where a naive form is refuted and
        a corrected one proved.
    section : str
        Of the theory it belongs to.
    game : str
        The game it is about, by its class's name.
    source : Source
    """

    name: str
    statement: str
    scope: str
    claim_source: tuple[Claim, ...] | Callable[[], Iterable[Claim]]
    kind: str = "claim"
    section: str = ""
    game: str = ""
    source: Source = Source("M")  # noqa: RUF009 - frozen

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The formal claims: the proposition is theirs together."""
        source = self.claim_source
        written: Any = source if isinstance(source, tuple) else source()
        claims = tuple(written) if isinstance(written, Iterable) else (written,)
        if not claims or not all(isinstance(claim, Claim) for claim in claims):
            raise ParameterError(
                f"claims of {self.name}",
                written if written is None else claims,
                "one or more Claims",
                "Write yield Claim.of(statement, game.space), or Claim.refutation of a naive one",
            )
        return claims

    def judge(self) -> Judgement:
        """Prove or refute every claim."""
        claims = self.claims
        return Judgement(self, claims, tuple(claim.judge() for claim in claims))

    @property
    def proofs(self) -> tuple[prover.Proof, ...]:
        """The proof of each claim."""
        return self.judge().proofs

    @property
    def verdict(self) -> Verdict:
        """``"proved"``, ``"corrected"``, ``"refuted"`` or ``"unknown"``; see Judgement."""
        return self.judge().verdict

    def __repr__(self) -> str:
        return f"<{self.kind}, {self.scope}: {self.statement}>"


@dataclass(frozen=True, repr=False)
class Judgement(Displayable):
    """The verdict on a proposition, with the proofs of its claims.

    Parameters
    ----------
    proposition : Proposition
    claims : tuple of Claim
    proofs : tuple of Proof
        One for each claim.
    """

    proposition: Proposition
    claims: tuple[Claim, ...]
    proofs: tuple[prover.Proof, ...]

    @property
    def verdict(self) -> Verdict:
        """``"proved"``: every claim is. ``"corrected"``: and each naive one beside them is refuted.

        Otherwise ``"refuted"``, also where naive claims are refuted and no other is made in their
        place, or ``"unknown"`` where some claim was not settled. Claims over a space without points
        count for nothing.
        """
        pairs = list(zip(self.claims, self.proofs, strict=True))
        if all(claim.is_confirmed_by(proof) for claim, proof in pairs):
            naive = {claim.naive for claim in self.claims}
            return "proved" if True not in naive else "corrected" if False in naive else "refuted"
        is_open = any(proof.verdict == "unknown" or proof.vacuous for _, proof in pairs)
        return "unknown" if is_open else "refuted"

    @property
    def witnesses(self) -> tuple[Mapping[Symbol, Expr], ...]:
        """Counterexamples to the naive claims: those stated, and those the prover found."""
        stated_points = [c.counterexample for c in self.claims if c.counterexample is not None]
        proof_witnesses = [w for p in self.proofs for w in p.witnesses]
        return tuple(dict.fromkeys([*stated_points, *proof_witnesses]))

    def recheck(self) -> bool:
        """Whether each proof is confirmed by another route; see ``Proof.recheck``."""
        return all(proof.recheck() is True for proof in self.proofs)

    def __repr__(self) -> str:
        return f"<{self.verdict}, {self.proposition.scope}: {self.proposition.statement}>"


class _LookupList:
    """Base class of lists of propositions and of judgements: lookup by position or name."""

    rows: tuple[Any, ...]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, key: int | str) -> Any:
        """By position or name."""
        return arg.lookup(
            "proposition", self.rows, key, lambda row: (getattr(row, "proposition", row).name,)
        )


@dataclass(frozen=True, repr=False)
class Propositions(_LookupList, Displayable):
    """Propositions, listed without being proved."""

    rows: tuple[Proposition, ...]

    def where(
        self, *, section: str = "", game: str = "", kind: str = "", scope: str = ""
    ) -> Propositions:
        """The propositions of a section, a game, a kind and a scope, each matched by prefix.

        Raises
        ------
        UnknownNameError
            None is like that: the nearest that some are.
        ParameterError
            Something else than text.
        """
        filters = {"section": section, "game": game, "kind": kind, "scope": scope}
        for name, prefix in filters.items():
            arg.text(name, prefix, fix=f"Write {name}={short_repr(short_repr(prefix))}")
        selection = self.rows
        for name, value in filters.items():
            selection = tuple(row for row in selection if getattr(row, name).startswith(value))
            if not selection:
                raise UnknownNameError(name, value, dict.fromkeys(
                    getattr(row, name) for row in self.rows))  # fmt: skip
        return Propositions(selection)

    def judge(self) -> Judgements:
        """Prove or refute them all, one after another."""
        return Judgements(tuple(row.judge() for row in self.rows))

    def __repr__(self) -> str:
        return f"<{len(self)} propositions>"


@dataclass(frozen=True, repr=False)
class Judgements(_LookupList, Displayable):
    """Judgements of propositions, one for each."""

    rows: tuple[Judgement, ...]

    @arg.validate(verdict=arg.text)
    def where(self, *, verdict: str) -> Judgements:
        """The judgements with this verdict."""
        return Judgements(tuple(row for row in self.rows if row.verdict == verdict))

    def __repr__(self) -> str:
        verdicts = [row.verdict for row in self.rows]
        counts = {
            verdict: verdicts.count(verdict)
            for verdict in ("proved", "corrected", "refuted", "unknown")
        }
        summary = ", ".join(f"{count} {verdict}" for verdict, count in counts.items() if count)
        return f"<{len(self)} propositions: {summary}>"


ALL_PARAMETERS = "all parameters"
BY_INDUCTION = "every n, by induction"
ANY_N = "every n"
LIMIT = "limit"
EXAMPLE = "at the example"
SIZES = (2, 3, 4, 5, 6)
ClaimWriter: TypeAlias = Callable[..., Iterable[Claim]]


@dataclass(frozen=True)
class Section:
    """A section of the theory: its mark, its game and its source."""

    mark: str
    game: str
    source: Source
    propositions: list[Proposition] = field(default_factory=list)

    def proposition(
        self,
        name: str,
        kind: str,
        scope: str = ALL_PARAMETERS,
        *,
        sizes: tuple[int, ...] = (),
        source: Source | None = None,
        game: str = "",
    ) -> Callable[[ClaimWriter], ClaimWriter]:
        """Register a proposition: the docstring is its statement, the yielded claims its content.

        With ``sizes`` the function takes a number of members, and each number is a proposition of
        its own. ``game`` is another one than the section's.
        """

        def decorator(writer: ClaimWriter) -> ClaimWriter:
            statement = " ".join((getdoc(writer) or "").split())
            for n in sizes or (0,):
                full_name = f"{self.mark}-{name}" + (f"-n{n}" if n else "")
                self.propositions.append(
                    Proposition(
                        full_name,
                        statement.replace(" n members", f" {n} members") if n else statement,
                        f"n = {n}" if n else scope,
                        _SizedWriter(writer, n) if n else writer,
                        kind,
                        self.mark,
                        game or self.game,
                        source or self.source,
                    )
                )
            return writer

        return decorator


@dataclass(frozen=True)
class _SizedWriter:
    """A writer of claims for one number of members; equal writers compare equal."""

    write: ClaimWriter
    n: int

    def __call__(self) -> Iterable[Claim]:
        return self.write(self.n)


def sign_claims(expression: Expr, given: object, /, **directions: str) -> Iterator[Claim]:
    """Claims that the derivatives of an expression in the named symbols have the given signs."""
    space = Space.of(given)
    by_name = {s.name: s for s in space.symbols}
    for name, direction in directions.items():
        derivative = factorization(sp.diff(expression, by_name[name]))
        claim = sign_claim(derivative, direction)
        yield Claim.of(claim, space, f"in {name}: {direction}")


def equality(left: object, right: object) -> Boolean:
    """An unevaluated equation."""
    return sp.Eq(sp.sympify(left), sp.sympify(right), evaluate=False)


def implication(condition: Boolean, consequence: Boolean) -> Boolean:
    """An unevaluated implication."""
    return sp.Implies(condition, consequence, evaluate=False)


def conjunction(*claims: Boolean) -> Boolean:
    """An unevaluated conjunction."""
    return sp.And(*claims, evaluate=False)


def equilibrium_claims(solutions: EquilibriumSet) -> Iterator[Claim]:
    """Claims that each equilibrium of a set satisfies its conditions where it exists."""
    for equilibrium in solutions:
        for obligation in solutions.game.obligations(equilibrium):
            label = f"{equilibrium.name}: {obligation.where}"
            yield Claim.of(obligation.statement, equilibrium.space, label)


def real_symbols(names: str) -> Any:
    """Real symbols."""
    return sp.symbols(names, real=True)


def rounds_to(value: Expr, decimal: str) -> Boolean:
    """The condition that a value rounds to a decimal."""
    digits = len(decimal.partition(".")[2])
    unit = sp.Rational(1, 2 * 10**digits)
    center = sp.Rational(decimal)
    low, high = center - unit, center + unit
    return conjunction(sp.Ge(value, low, evaluate=False), sp.Le(value, high, evaluate=False))


def claims_by_name(propositions: Iterable[Proposition], *names: str) -> Iterator[Claim]:
    """The claims of a game's lemmas, by name."""
    by_name = {proposition.name: proposition for proposition in propositions}
    for name in names:
        yield from (replace(c, label=c.label or name) for c in by_name[name].claims)


def lemma_claims(proofs: Iterable[Proof]) -> Iterator[Claim]:
    """The lemmas of a game as claims."""
    for proof in proofs:
        yield Claim.of(proof.statement, proof.space, "lemma")
