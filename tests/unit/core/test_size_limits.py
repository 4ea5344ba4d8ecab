"""The size of what is given is counted before any work: every refusal says size and alternative."""

from collections.abc import Callable

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.core.size_limits import digit_count, expansion_size
from gametheory_eeu.errors import GameTheoryError, TooLargeError

x, y, z = sp.symbols("x y z", real=True)
MANY = "+".join(f"x{k}" for k in range(200))
MORE = "+".join(f"x{k}" for k in range(800))


def two_by_two(payoff: object) -> eeu.NormalForm:
    return eeu.NormalForm([[payoff, 0], [0, 1]], [[1, 0], [0, 1]])


def three(payoff: object) -> eeu.SymmetricGame:
    return eeu.SymmetricGame({"a": [payoff, 0, 0], "b": [0, 1, 1]}, 3)


def tower(levels: int) -> sp.Expr:
    """x(x(x(… + 1) + 1) + 1)."""
    found = x
    for _ in range(levels):
        found = x * (found + 1)
    return found


REFUSED = [
    (lambda: two_by_two("(x+1)**1000").solve(), "1000 as its degree, above the limit of 200"),
    (lambda: two_by_two("(x+1)**1000").dominated(), "1000 as its degree"),
    (lambda: two_by_two("(x+y+z)**60").solve(), "1891 terms once it is multiplied out"),
    (lambda: two_by_two((x + 1) ** 10**9).solve(), "1000000000 as its degree"),
    (lambda: two_by_two(MANY).solve(), "200 symbols, above the limit of 60"),
    (lambda: two_by_two(MANY).eliminate(), "200 symbols"),
    (lambda: two_by_two(MORE).solve(), "800 terms"),
    (lambda: two_by_two(MORE).solve("pure Nash"), "800 terms"),
    (lambda: two_by_two(10**100_000), "100001 digits, above the limit of 4000"),
    (lambda: two_by_two(sp.Integer(10) ** 100_000 * x), "100001 digits"),
    (lambda: two_by_two(tower(200)), "levels of nesting, above the limit of 150"),
    (lambda: two_by_two("1" * 10**6), "1000000 characters"),
    (lambda: two_by_two("(" * 9000 + "x" + ")" * 9000), "nested too deeply"),
    (lambda: two_by_two("2**1000000000"), "power is too large"),
    (lambda: three("(x+1)**1000").solve(), "1000 as its degree"),
    (lambda: three(MANY).solve(), "200 symbols"),
    (lambda: eeu.NormalForm(lambda _: (0, 0), actions=[[str(k) for k in range(1000)]] * 2),
     "2000000 payoffs, above the limit of 500000"),
    (lambda: eeu.NormalForm(lambda _: (0,), actions=[["a", "b"]] * 40), r"about 10\^13 payoffs"),
    (lambda: eeu.HubBargaining(members=10**30), r"about 10\^30 names.*leave members= out"),
    (lambda: eeu.BandwagoningContest(members=10**30), "above the limit of 200"),
    (lambda: eeu.BandwagoningContest(weights=range(10**9)), "1000000000 names"),
    (lambda: eeu.BandwagoningContest(members=[f"m{k}" for k in range(10**6)]), "1000000 names"),
    (lambda: eeu.prove(x >= 10**100_000), "100001 digits"),
    (lambda: eeu.prove(sp.Gt(tower(200), 0, evaluate=False)), "levels of nesting"),
    (lambda: eeu.prove(MORE + " > 0"), "800 symbols, above the limit of 100"),
    (lambda: eeu.comparative_statics(MORE), "800 symbols"),
    (lambda: eeu.prove("x > 0", given=[f"x > {k}" for k in range(3000)]), "3000 conditions"),
]  # fmt: skip


@pytest.mark.parametrize(("ask", "match"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_too_large_is_refused_at_once(ask: Callable[[], object], match: str) -> None:
    with pytest.raises(GameTheoryError, match=match) as caught:
        ask()
    assert len(str(caught.value)) < 400


def test_a_long_number_is_solved_exactly() -> None:
    """1 - p is about 10^-1000: the others' choice between a and b is nearly certain."""
    (found,) = three(10**2000).solve()
    mix = found.profile["each player"]
    gain = sp.Poly(10**2000 * (1 - z) ** 2 - 2 * z * (1 - z) - z**2, z)
    assert gain.eval(1 - sp.Rational(10) ** -999) > 0 > gain.eval(1 - sp.Rational(10) ** -1001)
    assert isinstance(mix["a"], sp.CRootOf)
    assert gain.rem(sp.Poly(mix["a"].poly.as_expr(z), z)) == 0
    assert two_by_two(10**2000).solve().names == ("1, 1", "2, 2", "1 + 2, 1 + 2")


def test_long_numbers_and_short_ones_have_the_same_roots(monkeypatch: pytest.MonkeyPatch) -> None:
    from gametheory_eeu.solvers import polynomial_zeros

    polynomials = [(-2, 0, 1), (1, -3, 0, 1), (1, 1, -5, 0, 7, 1), (1, 0, 1), (5, -3)]
    expected = [polynomial_zeros.real_roots(p) for p in polynomials]
    polynomial_zeros.real_roots.cache_clear()
    monkeypatch.setattr(polynomial_zeros, "_MAX_BITS", 0)
    found = [polynomial_zeros.real_roots(p) for p in polynomials]
    polynomial_zeros.real_roots.cache_clear()
    assert [len(roots) for roots in found] == [2, 3, 3, 0, 1]
    for mine, theirs in zip(found, expected, strict=True):
        assert all(a.overlaps(b) for a, b in zip(mine, theirs, strict=True))


def test_powers_that_are_squares_are_still_proved() -> None:
    assert eeu.prove("(x+1)**1000 >= 0").verdict == "proved"
    assert eeu.prove("(x+y+z)**60 >= 0").verdict == "proved"


@pytest.mark.parametrize(
    "expression",
    [(x + y + 1) ** 5, x * (x + y) ** 3 - z, (x + 2) ** 4 / (y + 1) ** 2, x * y * z, sp.Integer(3)],
)
def test_the_bound_on_terms_is_a_bound(expression: sp.Expr) -> None:
    above = sp.fraction(sp.together(expression))[0]
    found = expansion_size(expression)
    assert found.terms >= len(sp.Add.make_args(sp.expand(above)))
    assert found.degree >= max(map(sum, sp.Poly(above, x, y, z).monoms()))


def test_digits_are_counted_without_being_written() -> None:
    for number in (0, 1, 9, 10, -999, 10**30, 7 * 10**4000):
        assert digit_count(number) == len(str(abs(number)))
    assert digit_count(10**6000) == 6001


def test_pure_equilibria_of_many_symbols_are_not_refused() -> None:
    game = two_by_two("+".join(f"x{k}" for k in range(70)))
    with pytest.raises(TooLargeError, match=r"70 symbols.*\.at\("):
        game.solve()
    assert game.solve("pure Nash").names == ("1, 1", "2, 2")
