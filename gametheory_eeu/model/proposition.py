"""Proposition: what is claimed of a model, in which scope, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Source, Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.frozen_mapping import Frozen
from gametheory_eeu.core.pickling import Stored
from gametheory_eeu.core.representation import Shown
from gametheory_eeu.errors import UnknownNameError, shown

Verdict: TypeAlias = Literal["proved", "corrected", "refuted", "unknown"]


@dataclass(frozen=True, repr=False)
class Claim(Stored):
    """One formal statement over a space of parameters, and whether it is claimed or denied.

    Parameters
    ----------
    says : str
        What it is for: "base", "step", "naive", or in words.
    statement : SymPy Boolean
    space : Space
    naive : bool
        It is false, and stands here to be refuted.
    counterexample : mapping of symbol to exact value, optional
        A point at which a naive claim is known to fail; confirmed besides the prover's own.
    """

    says: str
    statement: Boolean
    space: Space
    naive: bool = False
    counterexample: Mapping[Symbol, Expr] | None = None

    @classmethod
    @arg.checks(statement=arg.condition, says=arg.text)
    def of(cls, statement: Boolean, given: object = (), says: str = "") -> Claim:
        """A claim to be proved, over whatever a space may be written as."""
        space = Space.of(given)
        free = sorted(statement.free_symbols - set(space.symbols), key=str)
        return cls(says, statement, Space.of(space, symbols=(*space.symbols, *free)))

    @classmethod
    @arg.checks(statement=arg.condition, says=arg.text)
    def denied(
        cls,
        statement: Boolean,
        given: object = (),
        says: str = "naive",
        fails_at: Mapping[Any, object] | None = None,
    ) -> Claim:
        """A naive claim to be refuted, with the point at which it is known to fail."""
        found = cls.of(statement, given, says)
        point = None if fails_at is None else Frozen(found.space.point(fails_at))
        return replace(found, naive=True, counterexample=point)

    def judge(self) -> prover.Proof:
        """Prove or refute it."""
        return prover.prove(self.statement, given=self.space)

    @arg.checks(proof=arg.a(prover.Proof, "a proof"))
    def as_claimed(self, proof: prover.Proof) -> bool:
        """Whether it came out as claimed: proved on a space with points, or, if naive, refuted.

        A naive claim must fail at its stated counterexample too, by exact evaluation.
        """
        if not self.naive:
            return proof.verdict == "proved" and not proof.vacuous
        if proof.verdict != "refuted" or self.counterexample is None:
            return proof.verdict == "refuted"
        stated = replace(proof, witnesses=(self.counterexample,), undefined_at=())
        return stated.recheck() is True

    def __repr__(self) -> str:
        return f"<{'naive ' if self.naive else ''}claim: {self.statement}>"


@dataclass(frozen=True, repr=False)
class Proposition(Shown):
    """A claim about a model, with the formal claims it consists of; nothing is proved until asked.

    Parameters
    ----------
    name : str
        Stable.
    statement : str
        The claim in words.
    scope : str
        Where it is claimed: "all parameters", "n = 3", "every n, by induction", "limit", …
    written : tuple of Claim, or a function that writes them
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
    written: tuple[Claim, ...] | Callable[[], Iterable[Claim]]
    kind: str = "claim"
    section: str = ""
    game: str = ""
    source: Source = Source("M")  # noqa: RUF009 - frozen

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The formal claims: the proposition is theirs together."""
        return self.written if isinstance(self.written, tuple) else tuple(self.written())

    def judge(self) -> Judgement:
        """Prove or refute every claim. What was settled before is remembered."""
        claims = self.claims
        return Judgement(self, claims, tuple(claim.judge() for claim in claims))

    @property
    def proofs(self) -> tuple[prover.Proof, ...]:
        """What came of each claim."""
        return self.judge().proofs

    @property
    def verdict(self) -> Verdict:
        """``"proved"``, ``"corrected"``, ``"refuted"`` or ``"unknown"``; see Judgement."""
        return self.judge().verdict

    def __repr__(self) -> str:
        return f"<{self.kind}, {self.scope}: {self.statement}>"


@dataclass(frozen=True, repr=False)
class Judgement(Shown):
    """What came of a proposition.

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
        """``"proved"``: every claim is. ``"corrected"``: and each naive one among them is refuted.

        Otherwise ``"refuted"``, or ``"unknown"`` where some claim was not settled. Claims over a
        space without points count for nothing.
        """
        pairs = list(zip(self.claims, self.proofs, strict=True))
        if all(claim.as_claimed(proof) for claim, proof in pairs):
            return "corrected" if any(claim.naive for claim in self.claims) else "proved"
        open_ = any(proof.verdict == "unknown" or proof.vacuous for _, proof in pairs)
        return "unknown" if open_ else "refuted"

    @property
    def witnesses(self) -> tuple[Mapping[Symbol, Expr], ...]:
        """Counterexamples to the naive claims: those stated, and those the prover found."""
        stated = [c.counterexample for c in self.claims if c.counterexample is not None]
        found = [w for p in self.proofs for w in p.witnesses]
        return tuple(dict.fromkeys([*stated, *found]))

    def recheck(self) -> bool:
        """Whether each proof is confirmed by another route; see ``Proof.recheck``."""
        return all(proof.recheck() is True for proof in self.proofs)

    def __repr__(self) -> str:
        return f"<{self.verdict}, {self.proposition.scope}: {self.proposition.statement}>"


class _Rows:
    """What a list of propositions and a list of judgements share: looking up and choosing."""

    rows: tuple[Any, ...]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, key: int | str) -> Any:
        """By position or name."""
        return arg.row("proposition", self.rows, key, lambda row: (_proposition(row).name,))


@dataclass(frozen=True, repr=False)
class Propositions(_Rows, Shown):
    """Propositions, listed without being proved."""

    rows: tuple[Proposition, ...]

    def where(
        self, *, section: str = "", game: str = "", kind: str = "", scope: str = ""
    ) -> Propositions:
        """Those of a section (``"3"`` takes in ``"3a"``), a game, a kind, a scope (by its start).

        Raises
        ------
        UnknownNameError
            None is like that: the nearest that some are.
        ParameterError
            Something else than text.
        """
        wanted = {"section": section, "game": game, "kind": kind, "scope": scope}
        for field, given in wanted.items():
            arg.text(field, given, fix=f"Write {field}={shown(shown(given))}")
        kept = self.rows
        for field, value in wanted.items():
            kept = tuple(row for row in kept if getattr(row, field).startswith(value))
            if not kept:
                raise UnknownNameError(field, value, dict.fromkeys(
                    getattr(row, field) for row in self.rows))  # fmt: skip
        return Propositions(kept)

    def judge(self) -> Judgements:
        """Prove or refute them all, one after another."""
        return Judgements(tuple(row.judge() for row in self.rows))

    def __repr__(self) -> str:
        return f"<{len(self)} propositions>"


@dataclass(frozen=True, repr=False)
class Judgements(_Rows, Shown):
    """Propositions with what came of each."""

    rows: tuple[Judgement, ...]

    @arg.checks(verdict=arg.text)
    def where(self, *, verdict: str) -> Judgements:
        """Those that came out so."""
        return Judgements(tuple(row for row in self.rows if row.verdict == verdict))

    def __repr__(self) -> str:
        verdicts = [row.verdict for row in self.rows]
        counts = {v: verdicts.count(v) for v in ("proved", "corrected", "refuted", "unknown")}
        told = ", ".join(f"{count} {v}" for v, count in counts.items() if count)
        return f"<{len(self)} propositions: {told}>"


def _proposition(row: Proposition | Judgement) -> Proposition:
    return row.proposition if isinstance(row, Judgement) else row


__all__ = ["Claim", "Judgement", "Judgements", "Proposition", "Propositions", "Verdict"]
