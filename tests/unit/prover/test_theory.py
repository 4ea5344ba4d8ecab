"""Statements of the theory, true and false: two solvers agree on every proof.

Fiammenghi 2011 and Powell 1999 (contest), Kreps 1990 and Kydd 2005 (trust), Friedman 1971 (repeated
commitment), Nash 1950 and Kalai 1977 (bargaining), Bayes (slow trust).
"""

import pytest
import sympy as sp

from gametheory_eeu.core import parse
from gametheory_eeu.prover import prove, sign
from gametheory_eeu.prover.proof_search import iff

CONTEST = ("0 < c < tau < lam <= 1", "R > 0", "w > 0", "W >= w")
P_J = "tau*(R + w)/(lam - tau)"
P_ABS = "(tau - c)*(R + W)/(lam - tau + c)"
LINEAR = "(c*(2*R + w + W) - lam*(W - w))"
DISCRIMINANT = f"({LINEAR}^2 - 4*c^2*(R + w)*(R + W))"
P_REL, P_HI = (f"((-{LINEAR} {s} sqrt({DISCRIMINANT}))/(2*c))" for s in "-+")
BALANCING = f"c*P^2 + {LINEAR}*P + c*(R + w)*(R + W)"
REAL_ROOTS = "lam*(W - w) >= c*(sqrt(R + w) + sqrt(R + W))^2"
TRUST = ("0 <= mu <= 1", "b > 0", "ell > 0", "0 <= sigma < 1")
MU_STAR = "(ell - sigma*(b + ell))/((1 - sigma)*(b + ell))"
REPEATED = ("v < r < g", "0 < delta < 1", "d >= 0", "k > 0",
            "0 < (1 - delta)*g + delta*v - r <= (1 - delta)*k - d")  # fmt: skip
BINDING = "((1 - delta)*g + delta*v - r)/((1 - delta)*k - d)"
DEAL = ("0 < gamma < 1", "0 <= mu <= 1", "b > 0", "ell > 0", "V >= 0", "D >= 0",
        "0 <= alpha <= 1", "0 < kappa < ell")  # fmt: skip
GAIN = "(mu*b - (1 - mu)*(1 - alpha)*ell - o)"
TRANSFER = f"gamma*(V + D - kappa*alpha) - (1 - gamma)*{GAIN}"
SURPLUS = f"V + D - kappa*alpha + {GAIN}"
FALL = "mu - mu*eps/(mu*eps + (1 - mu)*phi)"


def slope(text, name):
    return parse(text).diff(sp.Symbol(name, real=True))


def same(a, b):
    return iff(parse(a) if isinstance(a, str) else a, parse(b))


TRUE = {
    "P_abs > P_J iff": (
        same(f"{P_ABS} > {P_J}", "(tau-c)*(lam-tau)*(R+W) > tau*(lam-tau+c)*(R+w)"),
        CONTEST,
    ),
    "roots real and positive iff": (
        same(f"{DISCRIMINANT} >= 0 and {LINEAR} < 0", REAL_ROOTS),
        CONTEST,
    ),
    "no balancing alone": (f"not {REAL_ROOTS}", (*CONTEST, "W == w")),
    "product of the roots": (
        f"{P_REL}*{P_HI} == (R + w)*(R + W)",
        (*CONTEST, f"{DISCRIMINANT} >= 0"),
    ),
    "soft dominance, order": (
        f"{P_REL} < {P_J} and {P_J} < {P_ABS} and {P_ABS} < {P_HI}",
        (*CONTEST, f"{P_J} < {P_ABS}"),
    ),
    "balance iff quadratic": (
        same("c + lam*P/(P + R + W) <= lam*P/(P + R + w)", f"{BALANCING} <= 0"),
        (*CONTEST, "P > 0"),
    ),
    "balance iff between the roots": (
        same(f"{BALANCING} <= 0", f"{P_REL} <= P <= {P_HI}"),
        (*CONTEST, "P > 0", REAL_ROOTS),
    ),
    "join iff": (same("tau <= lam*P/(P + R + w)", f"P >= {P_J}"), (*CONTEST, "P > 0")),
    "trust threshold": (
        same("mu*b + (1-mu)*(sigma*b - (1-sigma)*ell) >= 0", f"mu >= {MU_STAR}"),
        TRUST,
    ),
    "trust threshold below 1": (f"{MU_STAR} < 1", TRUST),
    "always join iff": (same(f"{MU_STAR} <= 0", "sigma >= ell/(b + ell)"), TRUST),
    "patience, weak bite": (slope(BINDING, "delta") < 0, (*REPEATED, "k < g - v")),
    "patience iff": (
        same(slope(BINDING, "delta") < 0, "k*(r - v) > d*(g - v)"),
        (*REPEATED, "k >= g - v"),
    ),
    "weight helps iff surplus": (same(slope(TRANSFER, "gamma") > 0, f"{SURPLUS} > 0"), DEAL),
    "loss helps iff": (same(slope(TRANSFER, "ell") > 0, "alpha < 1 and mu < 1"), DEAL),
    "fall in trust iff": (
        same(slope(FALL, "mu") > 0, "mu < 1/(1 + sqrt(eps/phi))"),
        ("0 < eps < phi < 1", "0 < mu < 1"),
    ),
}
FALSE = {
    "P_abs > P_J always": (f"{P_ABS} > {P_J}", CONTEST),
    "P_abs rises in c": (slope(P_ABS, "c") > 0, CONTEST),
    "patience always lowers binding": (slope(BINDING, "delta") < 0, REPEATED),
    "transfer always positive": (f"{TRANSFER} > 0", (*DEAL, f"{SURPLUS} >= 0")),
    "fall in trust grows with mu": (slope(FALL, "mu") > 0, ("0 < eps < phi < 1", "0 < mu < 1")),
    "one clean period never undoes": ("eps/phi*(1 - eps)/(1 - phi) < 1", ("0 < eps < phi < 1",)),
}
SIGNS = [
    *((P_J, CONTEST, s) for s in ("R+", "w+", "tau+", "lam-")),
    *((P_ABS, CONTEST, s) for s in ("R+", "W+", "tau+", "c-", "lam-")),
    *((MU_STAR, TRUST, s) for s in ("ell+", "b-", "sigma-")),
    *((TRANSFER, DEAL, s) for s in ("D+", "V+", "o+", "mu-", "alpha-")),
]


@pytest.mark.parametrize("name", TRUE)
def test_true_statements_are_proved_and_confirmed_by_the_second_solver(name):
    proof = prove(*TRUE[name])
    assert (proof.verdict, proof.vacuous) == ("proved", False)
    assert proof.recheck() is True


@pytest.mark.parametrize("name", FALSE)
def test_false_statements_are_refuted(name):
    proof = prove(*FALSE[name])
    assert proof.verdict == "refuted"
    assert proof.recheck() is True


@pytest.mark.parametrize(("text", "given", "claim"), SIGNS)
def test_signs(text, given, claim):
    found = sign(slope(text, claim[:-1]), given)
    assert (found.sign, found.verdict) == (claim[-1], "proved")


def test_the_sign_of_the_bargaining_weight_turns_on_the_surplus():
    found = sign(slope(TRANSFER, "gamma"), DEAL)
    assert found.verdict == "depends"
    assert sp.expand(found.deciding - parse(SURPLUS)) == 0
