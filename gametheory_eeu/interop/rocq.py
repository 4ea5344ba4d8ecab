"""Many proofs in one file for the proof assistant Rocq."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TypeAlias

from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Picklable
from gametheory_eeu.errors import GameTheoryError, ParameterError
from gametheory_eeu.games.equilibrium import Verification
from gametheory_eeu.games.section import Judgement, Proposition
from gametheory_eeu.prover import Proof
from gametheory_eeu.prover.rocq import document, theorem_name, theorem_of

_LABEL = "proposition"
Named: TypeAlias = tuple[str, Proof]
_MAX_DEPTH = 50
_ALLOWED = (
    "proofs, a mapping of name to proofs, judged propositions, verifications, rows of comparative "
    "statics, or lists of them"
)


@dataclass(frozen=True)
class RocqFile(Picklable):
    """What was written to a file for Rocq, and what has no certificate for it.

    Parameters
    ----------
    path : str
    written : tuple of str
        The names of the theorems.
    without : tuple of (str, str)
        Names of claims that have no theorem, and why.
    """

    path: str
    written: tuple[str, ...]
    without: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        rest = f"; {len(self.without)} claims without a certificate for it" if self.without else ""
        return f"{len(self.written)} theorems for Rocq in {self.path}{rest}"


@arg.validate(path=arg.path)
def write_rocq(proofs: object, path: str | PathLike[str]) -> RocqFile:
    """Write proofs as theorems into one file, which ``coqc`` accepts or rejects.

    A claim that occurs several times is written once.

    Parameters
    ----------
    proofs : Proof, mapping of name to Proof, Propositions, Judgements, Verification, table of \
comparative statics, or lists of them
        Propositions that are not judged yet are.
    path : path
        Of the file, which ends in ``.v``.

    Returns
    -------
    RocqFile
        The theorems written, and which claims have no certificate.

    Raises
    ------
    ParameterError
        Something else than proofs; a file whose name Rocq does not allow.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> import gametheory_eeu as eeu
    >>> with TemporaryDirectory() as folder:
    ...     file = eeu.write_rocq(eeu.propositions("4a"), f"{folder}/trust.v")
    >>> len(file.written) > len(file.without)
    True
    """
    target = Path(path)
    if target.suffix != ".v" or not target.stem.isidentifier():
        raise ParameterError(
            "path", str(path), "a file that ends in .v, named by letters, digits and underscores"
        )
    theorems, without = rocq_theorems(proofs)
    arg.write_file("path", path, document(theorems.items()))
    return RocqFile(str(target), tuple(theorems), tuple(without.items()))


def rocq_theorems(proofs: object) -> tuple[dict[str, str], dict[str, str]]:
    """The theorems of proofs by name, and by name the reasons why there is none."""
    theorems: dict[str, str] = {}
    without: dict[str, str] = {}
    done = set()
    for label, proof in named_proofs(proofs, _LABEL):
        key = proof.statement, proof.space
        if key in done:
            continue
        done.add(key)
        name, number = label, 1
        while name in theorems or name in without:
            number += 1
            name = f"{label}_{number}"
        try:
            theorems[name] = theorem_of(proof, name)
        except GameTheoryError as error:
            without[name] = str(error)
    return theorems, without


def named_proofs(item: object, label: str, depth: int = 0) -> Iterator[Named]:
    """Every proof in a result, with a name for its theorem."""
    if depth > _MAX_DEPTH:
        raise ParameterError("proofs", "lists in lists", f"at most {_MAX_DEPTH} of them nested")
    if isinstance(item, Proof):
        yield theorem_name(label), item
        return
    if isinstance(item, Proposition):
        item = item.judge()
    if isinstance(item, Mapping):
        for name, part in item.items():
            yield from named_proofs(part, _joined(label, name), depth + 1)
        return
    for name, part in _named_parts(item, label):
        yield from named_proofs(part, name, depth + 1)


def _named_parts(item: object, label: str) -> Iterator[tuple[str, object]]:
    """The parts of a result, each with a name."""
    if isinstance(item, Judgement):
        yield from ((item.proposition.name, proof) for proof in item.proofs)
    elif isinstance(item, Verification):
        yield from ((_joined(label, o.where), proof) for o, proof in item.results)
    elif hasattr(item, "proofs"):  # a row of a table of comparative statics
        quantity, parameter = getattr(item, "quantity", label), getattr(item, "parameter", None)
        name = f"{quantity}_{parameter.name}" if parameter is not None else str(quantity)
        yield from ((_joined(label, name), proof) for proof in item.proofs)
    elif isinstance(item, Iterable) and not isinstance(item, (str, bytes)):
        yield from ((label, part) for part in item)
    else:
        raise ParameterError("proofs", item, _ALLOWED)


def _joined(label: str, name: object) -> str:
    return str(name) if label == _LABEL else f"{label}_{name}"
