"""A row is checked by routes that did not make it: what a test plants in it is caught."""

from dataclasses import replace
from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.statics import ComparativeStatic
from gametheory_eeu.statics.recheck import _check_statement


def one(game: eeu.Game, quantity: str, wrt: str) -> ComparativeStatic:
    found: ComparativeStatic = game.comparative_statics(quantity, wrt)[0]
    return found


ROWS = {
    "strict": one(eeu.CredibleCommitment(), "trust_threshold", "ell"),
    "weak": one(eeu.CredibleCommitment(), "joining_payoff", "ell"),
    "depends": one(eeu.AsymmetricBargaining(), "surplus", "alpha"),
    "through a weight": one(eeu.AsymmetricBargaining(), "transfer", "rho_H"),
    "a root": one(eeu.BandwagoningContest(), "balancing_threshold", "c"),
    "branches": one(eeu.Participation(), "uniform_bill", "theta"),
    "a whole number": one(eeu.BandwagoningContest(), "absolute_threshold", "n"),
}


def with_branch(row: ComparativeStatic, **changes: Any) -> ComparativeStatic:
    first, *rest = row.branches
    return replace(row, branches=(replace(first, **changes), *rest))


@pytest.mark.parametrize("name", ROWS)
def test_rows_stand(name: str) -> None:
    assert ROWS[name].recheck() is True


@pytest.mark.parametrize("name", ["strict", "weak", "through a weight", "a root"])
def test_a_planted_sign_is_caught(name: str) -> None:
    row = ROWS[name]
    result = row.branches[0].result
    wrong: Any = {"+": "-", "-": "+", ">=0": "-", "<=0": "+"}[result.sign]
    assert with_branch(row, result=replace(result, sign=wrong)).recheck() is False


@pytest.mark.parametrize("name", ROWS)
def test_a_planted_derivative_is_caught(name: str) -> None:
    row = ROWS[name]
    wrong = row.branches[0].derivative + 1
    assert with_branch(row, derivative=wrong).recheck() is False


def test_a_planted_witness_is_caught() -> None:
    row = ROWS["depends"]
    result = row.branches[0].result
    twice = replace(result, witnesses=(result.witnesses[0],) * 2)
    assert with_branch(row, result=twice).recheck() is False


def test_a_table_is_as_good_as_its_rows() -> None:
    table = eeu.comparative_statics("x*y", given=["x > 0", "y > 0"])
    assert table.recheck() is True
    bad = with_branch(table[0], derivative=sp.Integer(-1))
    assert replace(table, rows=(bad, *table.rows[1:])).recheck() is False


def test_what_was_left_open_claims_no_sign() -> None:
    (row,) = eeu.comparative_statics({"f": sp.sin(sp.Symbol("x", real=True))}).rows
    (branch,) = row.branches
    assert branch.result.verdict == "unknown"
    assert _check_statement(branch) is True
    planted = replace(branch, result=replace(branch.result, sign="+"))
    assert _check_statement(planted) is False
