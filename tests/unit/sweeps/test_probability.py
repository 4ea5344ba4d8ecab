"""Probabilities: exact ones against values by hand and against samples, and what is refused."""

import pickle

import numpy as np
import pytest
import sympy as sp
from scipy import stats
from scipy.spatial import ConvexHull, HalfspaceIntersection

import gametheory_eeu as eeu
from gametheory_eeu.errors import GameTheoryError, ParameterError, UnsupportedError

w, x, y, z = sp.symbols("w x y z", real=True)
n = sp.Symbol("n", integer=True, positive=True)
half, log = sp.Rational(1, 2), sp.log


def unit(*symbols: sp.Symbol) -> dict[sp.Symbol, tuple[int, int]]:
    return dict.fromkeys(symbols, (0, 1))


def commitment(**values: object) -> eeu.CredibleCommitment:
    return eeu.CredibleCommitment(opportunist_restraint=0, **values)


BY_HAND = {
    "a half-line": (x < sp.Rational(1, 3), unit(x), sp.Rational(1, 3)),
    "no parameter": (x > 2, {x: 3}, sp.Integer(1)),
    "a parameter that does not matter": (x < half, unit(x, y), half),
    "a simplex of 2": (x + y < 1, unit(x, y), half),
    "a simplex of 4": (w + x + y + z < 1, unit(w, x, y, z), sp.Rational(1, 24)),
    "an order of 3": ((x < y) & (y < z), unit(x, y, z), sp.Rational(1, 6)),
    "a union": ((x < half) | (y < half), unit(x, y), sp.Rational(3, 4)),
    "an equation": (sp.Eq(x, y), unit(x, y), sp.Integer(0)),
    "a rectangle": (x < 2 * y, {x: (0, 2), y: (0, 1)}, half),
    "a square's product": (x * y < half, unit(x, y), half + log(2) / 2),  # 1/2 + ∫ dx/(2x)
    "a quotient": (x / (x + y) < half, {x: (1, 2), y: (1, 2)}, half),
    "a parabola": (x**2 < y, unit(x, y), sp.Rational(2, 3)),
    "a cubic": (x < y**3, unit(x, y), sp.Rational(1, 4)),
    "an arc": (x * (1 + y**2) > sp.Rational(3, 4), unit(x, y), 1 - 3 * sp.pi / 16),  # arctan
    "a root": (x**2 < half, unit(x), sp.sqrt(2) / 2),
    "two roots": (x * (1 - x) > sp.Rational(1, 8), unit(x), sp.sqrt(2) / 2),
    "a pole": (1 / (x - half) > 4, unit(x), sp.Rational(1, 4)),  # 1/2 < x < 3/4
}


@pytest.mark.parametrize("name", BY_HAND)
def test_exact_values_by_hand(name: str) -> None:
    condition, priors, value = BY_HAND[name]
    found = eeu.probability(condition, priors)
    assert found.exact
    assert sp.simplify(found.value - value) == 0
    assert found.error == 0


@pytest.mark.parametrize("name", [name for name in BY_HAND if name != "no parameter"])
def test_a_sample_agrees_within_its_error(name: str) -> None:
    condition, priors, value = BY_HAND[name]
    found = eeu.probability(condition, priors, method="quasi-Monte Carlo", size=2**12, rng=3)
    assert abs(float(found) - float(value)) <= 5 * float(found.error)
    assert found.error < 0.01


@pytest.mark.parametrize("seed", range(6))
def test_the_volume_of_a_polytope_is_that_of_its_hull(seed: int) -> None:
    generator = np.random.default_rng(seed)
    faces = generator.integers(-4, 5, (3, 3))
    middle = np.full(3, 0.5)
    bounds = [int(row @ [1, 1, 1]) * half + half / 3 for row in faces]  # the middle is inside
    condition = sp.And(*(
        sum(int(a) * s for a, s in zip(row, (x, y, z), strict=True)) < b
        for row, b in zip(faces, bounds, strict=True)
    ))  # fmt: skip
    cube = np.hstack([np.vstack([np.eye(3), -np.eye(3)]), [[-1]] * 3 + [[0]] * 3])
    own = np.hstack([faces, -np.array(bounds, dtype=float)[:, None]])
    corners = HalfspaceIntersection(np.vstack([cube, own[np.any(faces, axis=1)]]), middle)
    found = eeu.probability(condition, unit(x, y, z), method="exact")
    assert float(found) == pytest.approx(ConvexHull(corners.intersections).volume, abs=1e-9)
    assert found.value.is_Rational


@pytest.mark.parametrize("seed", range(4))
def test_a_condition_and_its_negation_make_one(seed: int) -> None:
    generator = np.random.default_rng(seed)
    lines = [sum(int(a) * s for a, s in zip(generator.integers(-3, 4, 3), (x, y, z), strict=True))
             - sp.Rational(int(generator.integers(-3, 4)), 3) for _ in range(4)]  # fmt: skip
    condition = sp.Or(sp.And(lines[0] > 0, lines[1] < 0), sp.And(lines[2] >= 0, lines[3] > 0))
    first, second = (
        eeu.probability(c, unit(x, y, z), method="exact") for c in (condition, sp.Not(condition))
    )
    assert first.value + second.value == 1


def test_the_regimes_of_a_game_make_one() -> None:
    hawks = [["(v - c)/2", "v"], [0, "v/2"]]
    doves = [["(v - c)/2", 0], ["v", "v/2"]]
    game = eeu.NormalForm(hawks, doves, given=["v > 0", "c > 0"])
    shares = [eeu.probability(cell, {"v": (0, 1), "c": (0, 3)}).value for cell in eeu.regimes(game)]
    assert sorted(shares) == [sp.Rational(1, 6), sp.Rational(5, 6)]


def test_a_regime_is_read_in_its_game_s_names() -> None:
    game = commitment(membership_benefit=1)
    cells = eeu.regimes(game)
    priors = {"trust": (0, 1), "encroachment_loss": 2}
    shares = {c.equilibria: eeu.probability(c, priors, game=game).value for c in cells}
    assert shares == {("join",): sp.Rational(1, 3), ("stay out",): sp.Rational(2, 3)}


def test_an_equilibrium_knows_its_game_s_names_and_domain() -> None:
    join = commitment().solve()["join"]  # mu > ell/(b + ell)
    found = eeu.probability(join, {"trust": (0, 1), "b": (1, 2), "encroachment_loss": 1})
    assert sp.simplify(found.value - (1 - log(3) + log(2))) == 0
    wide = eeu.probability(join, {"trust": (-1, 1), "b": 1, "ell": 1})
    assert (wide.value, wide.domain) == (half, half)  # of what lies in the domain
    with pytest.raises(GameTheoryError, match="no parameter 'trusst'"):
        eeu.probability(join, {"trusst": (0, 1)})


def test_text_names_a_game_s_parameters_and_quantities() -> None:
    game = commitment(membership_benefit=1)
    priors = {"trust": (0, 1), "encroachment_loss": (1, 3)}
    found = eeu.probability("trust > trust_threshold", priors, game=game)
    assert sp.simplify(found.value - log(2) / 2) == 0  # the mean of 1/(1 + ell)
    fixed = {"trust": (0, 1), "ell": 1}
    assert eeu.probability("trust > trust_threshold", fixed, game=game).value == half


def test_a_quantity_that_does_not_exist_makes_no_condition_true() -> None:
    game = eeu.CredibleCommitment(membership_benefit=2, encroachment_loss=1)
    # The threshold (1 - 3 sigma)/(3 (1 - sigma)) exists while sigma <= 1/3.
    found = eeu.probability("trust_threshold < 1", {"sigma": (0, "9/10")}, game=game)
    assert found.value == sp.Rational(10, 27)


def test_a_claim_keeps_its_calibrated_values() -> None:
    claim = eeu.article.claims()[17]
    assert eeu.probability(claim, {}).value == 1
    found = eeu.probability(claim, {"power_ceiling": (5, 9)})
    assert found.exact
    assert 0 < found.value < 1
    theorem, conditional = (eeu.article.claims()[number] for number in (8, 9))
    assert eeu.probability(theorem, {}).value == 1
    with pytest.raises(GameTheoryError, match=r"a_i, a_j, .* have no prior"):
        eeu.probability(conditional, {})
    with pytest.raises(GameTheoryError, match="no formal statement"):
        eeu.probability(next(c for c in eeu.article.claims() if not c.is_formal), {})


def test_it_is_conditional_on_what_is_given() -> None:
    found = eeu.probability("x + y < 1", {"x": (0, 1), "y": (0, 1)}, given="x < y")
    assert (found.value, found.domain) == (half, half)
    sampled = eeu.probability(
        "x + y < 1", {"x": (0, 1), "y": (0, 1)}, given="x < y", method="quasi-Monte Carlo"
    )
    assert abs(float(sampled) - 0.5) <= 5 * float(sampled.error)
    assert float(sampled.domain) == pytest.approx(0.5, abs=1e-3)


def test_distributions_of_scipy() -> None:
    uniform = eeu.probability(x < sp.Rational(2, 5), {x: stats.uniform(0.1, 0.6)})
    assert uniform.value == half  # its ends are read exactly
    normal = eeu.probability(x > y + 1, {x: stats.norm(1, 3), y: stats.norm(0, 4)})
    assert normal.method == "quasi-Monte Carlo"
    assert abs(float(normal) - 0.5) <= 5 * float(normal.error)
    die = eeu.probability(n > 4, {n: stats.randint(1, 7)})
    assert abs(float(die) - 1 / 3) <= 5 * float(die.error)


def test_one_seed_is_one_value_and_another_another() -> None:
    values = [
        eeu.probability("x**2 + y**2 < 1", {"x": (0, 1), "y": (0, 1)}, size=1024, rng=seed)
        for seed in (1, 1, 2)
    ]
    assert values[0] == values[1] != values[2]
    assert all(abs(float(v) - np.pi / 4) <= 5 * float(v.error) for v in values)


def test_a_unanimous_sample_has_the_error_of_one_point() -> None:
    found = eeu.probability(x < 9, {x: stats.norm(0, 1)}, size=1024)
    assert (found.value, float(found.error)) == (1, 1 / 1024)


def test_a_result_shows_itself_and_travels() -> None:
    found = eeu.probability("x < 1/3", {"x": (0, 1)})
    assert repr(found) == "<probability 1/3>"
    assert "1/3" in str(found)
    assert "1/3" in found.to_json()
    assert found.to_dataframe()["value"][0] == sp.Rational(1, 3)
    for result in (found, eeu.probability("x*x*x + y*y < 1", {"x": (0, 1), "y": (0, 1)}, size=256)):
        again = pickle.loads(pickle.dumps(result))  # noqa: S301 - our own
        assert (again, hash(again)) == (result, hash(result))


REFUSED = {
    "no prior": (lambda: eeu.probability(x < y, {x: (0, 1)}), "y has no prior"),
    "ends in the wrong order": (lambda: eeu.probability(x < 1, {x: (1, 0)}), "low < high"),
    "no distribution": (lambda: eeu.probability(x < 1, {x: "a < b"}), "x = 'a < b'"),
    "no condition": (lambda: eeu.probability(x, unit(x)), "a condition"),
    "no statement": (lambda: eeu.probability(3, unit(x)), "statement = 3"),
    "two priors": (lambda: eeu.probability(commitment().solve()["join"],
                                           {"trust": (0, 1), "mu": (0, 1)}), "two priors"),
    "an empty domain": (lambda: eeu.probability(x < 1, unit(x), given=x > 2), "probability zero"),
    "an empty sample": (lambda: eeu.probability(x < 1, unit(x), given=x > 2,
                                                method="quasi-Monte Carlo"), "no point"),
    "fractions of a whole": (lambda: eeu.probability(n > 4, {n: (1, 6)}), "whole numbers"),
    "a size": (lambda: eeu.probability(x < 1, unit(x), size=1000), "a power of two. Write 1024"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(name: str) -> None:
    call, message = REFUSED[name]
    with pytest.raises(GameTheoryError, match=message):
        call()


def test_exact_is_refused_where_it_is_out_of_reach() -> None:
    for condition in (x**2 + y**2 < 1, sp.sqrt(x) < y, x * y < z):
        with pytest.raises(UnsupportedError, match="is not found exactly"):
            eeu.probability(condition, unit(*condition.free_symbols), method="exact")
    with pytest.raises(ParameterError):
        eeu.probability(x < 1, unit(x), game=3)
