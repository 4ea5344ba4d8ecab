"""The prover: what made naive ones unsound, and what each verdict comes with."""

import os
import pickle
import subprocess
import sys

import pytest
import sympy as sp

from gametheory_eeu.core import Space, evaluate
from gametheory_eeu.errors import GameTheoryError, SpaceError, TextError, UnsupportedError
from gametheory_eeu.models.credible_commitment import CredibleCommitment
from gametheory_eeu.prover import Proof, proof_search, prove
from gametheory_eeu.prover.budget import Budget

x, y = sp.symbols("x y", real=True)
n, m = sp.symbols("n m", integer=True, positive=True)
HALF = sp.Rational(1, 2)
OPEN_PIECEWISE = sp.Piecewise((x, x > 0))


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        (1 / x > 0, x > 0),
        (x + 1 / x >= 2, x > 0),
        (sp.Abs(x) + sp.Abs(y) >= sp.Abs(x + y), ()),
        (sp.sqrt(x * y) <= (x + y) / 2, [x >= 0, y >= 0]),
        (sp.Max(x, y) + sp.Min(x, y) >= x + y, ()),
        (x * sp.sign(x) >= 0, ()),
        (sp.Piecewise((1 / x, x > 0), (1, True)) > 0, ()),  # 1/x counts only in its own branch
        (sp.Or(x <= 0, sp.Piecewise((1 / x, x > 0), (-1, True)) > 0), ()),
        (sp.Implies(x > 0, 1 / x > 0), ()),  # Kleene: false implies what is undefined
        (sp.ITE(x > 0, 1 / x > 0, x <= 0), ()),
        (OPEN_PIECEWISE > 0, x > 0),
        (x > -1, sp.sqrt(x) < 2),  # a given excludes the points where it is undefined
        (sp.cbrt(x) <= x, x >= 1),
        (sp.CRootOf(y**5 - y - 1, 0) * x > x, x > 0),
        (n >= 1, ()),
        (n * (m + 1) > m, ()),
        (sp.Symbol("plain") ** 2 + x**2 > -1, ()),
        ("x*y > 0", "x > 0 and y > 0"),
        (x * sp.Float(0.1) < HALF, x < 5),
        (sp.Ne(x, 0), sp.Symbol("p", positive=True) * x > 0),
    ],
)
def test_proved(statement, given):
    proof = prove(statement, given)
    assert proof.verdict == "proved"
    assert not proof.vacuous
    assert proof.recheck() is True


@pytest.mark.parametrize(
    ("statement", "given", "witness"),
    [
        (sp.Piecewise((1 / x, x > 0), (-1, True)) > 0, x >= 0, {x: 0}),
        (x**2 > x, x > 0, {x: 1}),
        (sp.Ne(x**2, 2), x > 0, {x: sp.sqrt(2)}),
        (sp.Ne(x**5 - x, 1), (), {x: sp.CRootOf(y**5 - y - 1, 0)}),
        (sp.Ne(n**2, 49), (), {n: 7}),
        (sp.Ne(n**2 + m**2, 25), n > m, {n: 4, m: 3}),
        (n < 25, (), None),
        (x < y, ["0 < x", "y < 1"], {x: 1, y: 0}),
        ("y > 0", "x > 1", {x: 2, y: 0}),  # the part of the space that is not spoken of counts too
        (sp.false, x > 3, {x: 4}),
        ("a*b*c*d <= ((a + b + c + d)/4)^4 - 1/10", ["a >= 0", "b >= 0", "c >= 0", "d >= 0"], None),
    ],
)
def test_refuted_by_a_small_exact_point(statement, given, witness):
    proof = prove(statement, given)
    assert proof.verdict == "refuted"
    assert not proof.undefined_at
    assert proof.recheck() is True
    if witness is not None:
        assert dict(proof.witnesses[0]) == witness


@pytest.mark.parametrize(
    ("statement", "given", "where"),
    [
        (1 / x > 0, x >= 0, {x: 0}),
        (sp.sqrt(x) < sp.sqrt(y), [x < y, y >= 0], {x: -1, y: 0}),
        (1 / sp.sqrt(x) > 0, x >= 0, {x: 0}),
        (OPEN_PIECEWISE > 0, x >= 0, {x: 0}),
        (sp.Or(x > 0, 1 / x < 0), (), {x: 0}),
        (sp.Ge(sp.Max(x, 1 / x), 0), x >= 0, {x: 0}),
    ],
)
def test_refuted_where_undefined(statement, given, where):
    proof = prove(statement, given)
    assert (proof.verdict, proof.witnesses) == ("refuted", ())
    assert dict(proof.undefined_at[0]) == where
    assert "undefined" in str(proof)
    assert proof.recheck() is True


def test_a_false_point_comes_before_an_undefined_one():
    assert prove(1 / x > 0, given=x > -1).witnesses


def test_many_symbols_still_give_a_point():
    a, b = sp.symbols("a:9", real=True), sp.symbols("b:9", real=True)
    proof = prove(
        sum(p * q for p, q in zip(a, b, strict=True)) > 1, given=[s > 0 for s in (*a, *b)]
    )
    assert (proof.verdict, proof.recheck()) == ("refuted", True)


def test_an_empty_space_is_a_vacuous_proof_that_names_the_clash():
    proof = prove(y > 0, [x > 1, y < 5, x < 3, x < 1])
    assert (proof.verdict, proof.vacuous, set(proof.clash)) == ("proved", True, {x > 1, x < 1})
    assert "vacuously" in str(proof)
    assert prove(sp.true, [x > 1, x < 0]).vacuous
    assert prove(x > 0, given=False).clash == (sp.false,)


def test_the_clash_leaves_out_what_is_not_needed():
    clash = prove(x > 5, [x + y > 2, x < y, y < HALF, x < 7]).clash
    assert set(clash) == {x + y > 2, x < y, y < HALF}


def test_integers_are_relaxed_and_never_guessed():
    assert prove(n > 2, given=[n > 2, n < 3]).verdict == "proved"
    left_open = prove(sp.Ne(3 * n, 2 * m * n + 5), given=[n > 20, m < 40])
    assert left_open.verdict in ("proved", "unknown")
    none = prove(x > 0, given=[n > 2, n < 3])
    assert (none.verdict, none.vacuous, set(none.clash)) == ("proved", True, {n > 2, n < 3})
    unknown = prove(x > 0, given=sp.Eq(n**2, 2 * m**2))
    assert (unknown.verdict, unknown.witnesses) == ("unknown", ())


def test_a_limit_is_unknown_and_says_so():
    hard = "x^3*y + y^3*z + z^3*x >= x*y*z*(x + y + z)"
    proof = prove(hard, ["x > 0", "y > 0", "z > 0"], rlimit=1)
    assert proof.verdict == "unknown"
    assert "limit" in str(proof)
    assert proof.recheck() is None
    assert prove(hard, ["x > 0", "y > 0", "z > 0"]).verdict == "proved"


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        (sp.sin(x) <= y, "sin"),
        (sp.erf(x) < 2, "erf"),
        (sp.log(sp.gamma(x)) > 0, "gamma"),
        (sp.Function("payoff")(x) > 0, "payoff"),
        (sp.Integral(x, (x, 0, y)) >= 0, "Integral"),
    ],
)
def test_an_unsupported_function_is_named(statement, name):
    with pytest.raises(UnsupportedError, match=f"does not decide {name}"):
        prove(statement)


def test_what_is_no_statement_is_refused():
    with pytest.raises(SpaceError, match="not a statement"):
        prove(x + 1)
    with pytest.raises(SpaceError, match="two different symbols are called x"):
        prove(sp.Symbol("x", positive=True) > y, given=x > 0)
    with pytest.raises(UnsupportedError, match="not a condition"):
        prove(sp.Or(x > 0, sp.Symbol("p")))
    with pytest.raises(TextError, match="did you mean 'tau'"):
        prove("ta > 0", symbols=[sp.Symbol("tau", real=True)])
    with pytest.raises(GameTheoryError, match="'z3' or 'cvc5'"):
        prove(x > y, solver="yices")


def test_text_speaks_of_the_symbols_of_the_space():
    p = sp.Symbol("p", positive=True)
    assert prove("p*x > 0", given=[x > 0, p < 1]).verdict == "proved"
    assert prove(p * x > 0, given="x*p > 0").verdict == "proved"


def test_a_proof_is_no_truth_value():
    with pytest.raises(GameTheoryError, match=r"proof\.verdict"):
        bool(prove(x > y))


def test_a_proof_is_a_value():
    for proof in (prove(x**2 > x, given=x > 1), prove(sp.Ne(x**3, 2)), prove(1 / x > 0, x >= 0)):
        assert pickle.loads(pickle.dumps(proof)) == proof  # noqa: S301 - our own
        assert hash(proof) == hash(pickle.loads(pickle.dumps(proof)))  # noqa: S301


def test_a_proof_reads_as_a_proposition():
    proved, refuted = prove(x > 0, given=x > 1), prove(sp.Eq(x, y), given=[x > 0, y > 0])
    assert str(proved) == "Proved: x > 0 for all x with x > 1."
    assert str(refuted).endswith("It fails at x = 1, y = 2.")
    assert "x = y" in str(refuted)
    assert proved._repr_html_().startswith("<p><b>Proved</b>: x &gt; 0")
    assert "$x > 1$" in proved.to_latex()
    assert repr(proved) == f"<{proved}>"


def test_what_an_inequality_turns_on():
    proof = prove("tau*(x - 1)/(1 + y^2) > 0", given="tau > 0")
    assert proof.deciding == x - 1
    assert prove(x**2 > -1).deciding is None


def test_the_certificate_is_a_file_for_any_solver():
    text = prove(sp.sqrt(x) < sp.sqrt(y), given=[x >= 0, x < y]).to_smtlib()
    assert "(declare-const $x Real)" in text
    assert "sqrt(y)" in text
    assert text.endswith("(check-sat)\n")
    assert "(set-info :status sat)" in prove(x > 0).to_smtlib()
    with pytest.raises(GameTheoryError, match="no answer to write down"):
        prove(x > 0, given=sp.Eq(n**2, 2 * m**2)).to_smtlib()


def test_odd_names_cannot_break_the_certificate():
    odd = sp.Symbol("вес |\r(assert false)\n", real=True)
    assert prove(odd**2 > 0).verdict == "refuted"
    assert prove(odd**4 + odd + 1 > 0).recheck() is True
    reserved = sp.symbols("and let pi sqrt u0 _x", real=True)
    assert prove(sum(s**2 for s in reserved) + sp.sqrt(reserved[0] ** 2 + 1) > 0).recheck() is True


@pytest.mark.parametrize(
    "planted",
    [
        Proof(x > 1, Space.of(x > 0), "proved", "z3", "(assert false)"),
        Proof(x > 1, Space.of(x > 2), "refuted", "z3", witnesses=({x: sp.Integer(3)},)),
        Proof(x > 1, Space.of(x > 2), "refuted", "z3", witnesses=({x: sp.Integer(0)},)),
        Proof(1 / x > 1, Space.of(x > 0), "refuted", "z3", undefined_at=({x: sp.Integer(1)},)),
        Proof(x > 1, Space.of(x > 0), "refuted", "z3"),
    ],
)
def test_a_planted_verdict_is_caught(planted):
    assert planted.recheck() is False


def test_a_solvers_answer_without_a_certificate_says_so():
    """None is found for what logarithms are known by; the text and the LaTeX say who settled it."""
    proof = prove("ln(x) < x/2", given="x > 20 and y > 0")
    assert proof.method == "z3"
    assert proof.certified() == proof
    assert str(proof.certificate).startswith("; Settled by z3; no certificate.")
    assert proof.to_latex().endswith("Settled by z3; no certificate.")


def test_without_the_second_solver_a_recheck_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "cvc5", None)
    with pytest.raises(GameTheoryError, match=r"pip install .*\[cvc5\]"):
        prove(x**4 + 3 > x, given=x > -17).recheck()


def test_verdicts_do_not_depend_on_what_was_asked_before():
    code = (
        "from gametheory_eeu.prover import prove; import sys;"
        "print(*(prove(s, ['a > 0', 'b > 0']) for s in sys.argv[1:]), sep='|')"
    )
    claims = ["a*b > a - b", "a^2 + b^2 > a*b", "sqrt(a) > b"]

    def run(order):
        ran = subprocess.run(
            [sys.executable, "-c", code, *order], check=True, capture_output=True, text=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )  # fmt: skip
        return dict(zip(order, ran.stdout.strip().split("|"), strict=True))

    assert run(claims) == run(claims[::-1])


def test_the_room_opens_without_a_solver():
    code = "import sys, gametheory_eeu.prover; assert not {'z3', 'cvc5'} & set(sys.modules)"
    subprocess.run(
        [sys.executable, "-c", code], check=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "x/x == 1",
        "0/x == 0",
        "1/(1/x) == x",
        "sqrt(x)^2 == x",
        "1/x - 1/x == 0",
        "-(1/x - 1/x) == 0",
        "2*(x/x) == 2",
        "1/x > 0 => 1/x > 0",
    ],
)
def test_text_keeps_where_it_is_undefined(text):
    refuted = prove(text)
    assert refuted.verdict == "refuted"
    assert refuted.undefined_at
    assert refuted.recheck() is True
    assert prove(text, given="x > 0").verdict == "proved"
    assert pickle.loads(pickle.dumps(refuted)) == refuted  # noqa: S301


@pytest.mark.parametrize("kind", ["rational", "integer", "algebraic"])
def test_a_point_must_be_known_to_obey_the_assumptions(kind):
    r = sp.Symbol("r", real=True, **{kind: True})
    expected = {"algebraic": "refuted", "rational": "unknown", "integer": "proved"}[kind]
    assert prove(sp.Ne(r**3 - r - 1, 0)).verdict == expected
    assert Space((r,), (sp.Eq(r**3 - r, 1),)).empty.verdict == expected


def test_an_irrational_root_obeys_irrational():
    r = sp.Symbol("r", irrational=True)
    assert prove(sp.Ne(r**5 - r, 1)).recheck() is True


def test_a_root_that_is_a_multiple_of_another_can_be_fixed():
    given = [sp.Eq(x**5 - 64 * x - 1024, 0), y > x]
    proof = prove(y < x + 1, given)
    assert proof.verdict == "refuted"
    assert proof.recheck() is True


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        (sp.Ne(x ** (10**9), 1), "up to degree 200"),
        (x ** sp.Rational(1, 10**7) >= 0, "up to degree 200"),
        ((x + y) ** 150 * (x - y) ** 101 > 0, "up to degree 200"),
        (sum(sp.symbols("a:12", real=True)) ** 61 > 0, "too many terms"),
    ],
)
def test_what_would_hang_is_refused(statement, message):
    with pytest.raises(UnsupportedError, match=message):
        prove(statement)


def test_a_claim_has_one_guard_for_all_its_queries():
    u, v = sp.symbols("u_guarded v_guarded", real=True)  # of which no other test has asked
    claim = u**4 * v**2 + u**2 * v**4 + 1 >= 3 * u**2 * v**2
    with Budget(claim_seconds=0).guard():
        proof = proof_search.prove_on_space(claim, Space((u, v)))
    assert proof.verdict == "unknown"
    assert "guard" in proof.why
    assert prove(claim).verdict == "proved"  # no cache keeps an answer that was not given


def test_a_sum_of_many_roots_is_left_undecided():
    roots = sum(sp.sqrt(p) for p in sp.primerange(40))
    near = sp.Rational(str(roots.evalf(200)))
    with pytest.raises(evaluate.UndecidedError):
        evaluate.sign_of(roots - near)


def test_pickling_keeps_what_was_not_evaluated():
    claim = sp.Implies(x > y, x > y, evaluate=False)
    given = Space((x, y), (sp.Eq(x, x, evaluate=False),))
    proof = proof_search.prove_on_space(claim, given)
    assert pickle.loads(pickle.dumps(proof)) == proof  # noqa: S301
    assert pickle.loads(pickle.dumps(given)) == given  # noqa: S301
    table = CredibleCommitment().comparative_statics()
    assert pickle.loads(pickle.dumps(table)) == table  # noqa: S301


@pytest.mark.parametrize("solver", ["any", "z3", "cvc5"])
def test_a_symbol_that_is_zero_by_its_own_assumptions(solver):
    """What holds of it is asked of zero, and is not empty."""
    zero = sp.Symbol("zero", zero=True)
    assert prove(sp.Gt(x + zero, x, evaluate=False), solver=solver).verdict == "refuted"
    same = prove(sp.Ge(x + zero, x, evaluate=False), solver=solver)
    assert (same.verdict, same.vacuous) == ("proved", False)


def test_a_high_power_stands_beside_other_symbols() -> None:
    assert prove("x**40 - x**20 + y**2 + z > 0", given="z > 1").verdict == "proved"
    assert prove("x**40 - x**20 + y**2 + z > 0", given="z > 0").verdict == "refuted"
