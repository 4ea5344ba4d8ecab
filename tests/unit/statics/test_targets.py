"""What comparative statics is of: quantities, roots, and payoffs at equilibria."""

from types import SimpleNamespace
from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import UnknownNameError
from gametheory_eeu.games import Equilibrium, ImplicitRoot
from gametheory_eeu.statics.derivatives import MAX_PAYOFF_EQUILIBRIA, Target, targets

x, y, z, s = sp.symbols("x y z s", real=True)
ROOT = ImplicitRoot(x, x**2 - s * y, x > 0)


def test_the_parts_of_a_target() -> None:
    plain = Target("f", "F", y + 1, y > 0)
    assert (plain.parts, plain.branch) == ((y + 1,), sp.true)
    assert plain.constrained_symbols == frozenset()
    assert Target("f", "F", y).exists_when == sp.true
    root = Target("r", "R", x, sp.And(y > 0, sp.Eq(s, 2 * z)), ROOT)
    assert (root.parts, root.branch) == ((x, x**2 - s * y, x > 0), x > 0)
    assert root.constrained_symbols == {s, z}
    assert Target("f", "F", y, sp.Or(sp.Eq(y, 1), sp.Eq(s, z))).constrained_symbols == {y, s, z}


def test_a_target_at_values() -> None:
    at = Target("f", "F", y + z, sp.And(y > 0, z > 1)).at({y: sp.Integer(3)})
    assert (at.name, at.symbol, at.expression, at.exists_when, at.implicit) == (
        "f", "F", z + 3, z > 1, None)  # fmt: skip
    root = Target("r", "R", x + y, y > 0, ROOT).at({y: sp.Integer(4)})
    assert root.implicit == ImplicitRoot(x, x**2 - 4 * s, x > 0)
    assert (root.expression, root.exists_when) == (x + 4, sp.true)


def equilibrium(name: str, payoff: sp.Expr, *, free: bool = False, mixture: str = "ab") -> Any:
    """A pure equilibrium of two players, each of whom plays one letter."""
    profile = {str(k): {action: 1} for k, action in enumerate(mixture, 1)}
    return Equilibrium(name, profile, {"1": payoff, "2": 2 * payoff}, s > 0, "Nash",
                       free=(z,) if free else ())  # fmt: skip


def game(
    *equilibria: Any, members: Any = None, quantities: Any = (), roots: dict[str, Any] | None = None
) -> Any:
    found = SimpleNamespace(
        concepts=("Nash",),
        members=members,
        quantities={q.name: q for q in quantities},
        roots=roots or {},
        solve=lambda: list(equilibria),
    )
    found.general = found
    return found


def names(*arguments: Any) -> list[str]:
    return [target.name for target in targets(*arguments)]


QUANTITY = SimpleNamespace(name="q", symbol="Q", expression=y, exists_when=y > 0, implicit=None)
FIRST, FAMILY = equilibrium("a, b", y), equilibrium("all", s, free=True)
PAYOFFS = ["payoff of 1 at a, b", "payoff of 2 at a, b"]


def test_quantities_then_roots_then_payoffs_at_what_is_isolated() -> None:
    one = game(FIRST, FAMILY, quantities=[QUANTITY], roots={"r": ("R", ROOT)})
    assert names(one) == ["q", "r", *PAYOFFS]
    quantity, root, first, second = targets(one)
    assert quantity == Target("q", "Q", y, y > 0)
    assert root == Target("r", "R", x, implicit=ROOT)
    assert first == Target(PAYOFFS[0], r"u_{\text{1}}(\text{a, b})", y, s > 0)
    assert second.expression == 2 * y


@pytest.mark.parametrize(
    ("requested", "at", "expected"),
    [
        (None, None, ["q", *PAYOFFS]),
        ("q", None, ["q"]),
        ("payoff", None, PAYOFFS),
        ("payoff of 1 at a, b", None, PAYOFFS),
        (None, "a, b", PAYOFFS),
        ("payoff", "a, b", PAYOFFS),
        ("q", "a, b", []),
    ],
)
def test_what_is_asked_for(requested: str | None, at: str | None, expected: list[str]) -> None:
    one = game(FIRST, FAMILY, quantities=[QUANTITY])
    assert names(one, requested, at) == expected


def test_an_equilibrium_is_found_by_name_among_those_that_are_isolated() -> None:
    two = game(FIRST, equilibrium("c, d", s), FAMILY)
    assert names(two, None, "c, d") == ["payoff of 1 at c, d", "payoff of 2 at c, d"]
    for missing in ("all", "e, f"):
        with pytest.raises(UnknownNameError, match="c, d"):
            names(two, None, missing)


def test_with_named_members_payoffs_are_given_when_asked_for() -> None:
    few = game(
        FIRST, equilibrium("b, b", s, mixture="bb"), members=("1", "2"), quantities=[QUANTITY]
    )
    assert names(few) == ["q"]
    assert len(names(few, "payoff")) == 4
    assert names(few, None, "a, b") == PAYOFFS


def test_of_many_equilibria_with_named_members_only_the_symmetric_have_payoffs() -> None:
    def many(count: int) -> list[Any]:
        others = [equilibrium(f"e{k}", y) for k in range(count - 2)]
        return [equilibrium("c, c", y, mixture="cc"), *others, equilibrium("d, d", s, mixture="dd")]

    most = MAX_PAYOFF_EQUILIBRIA
    assert len(names(game(*many(most), members=("1", "2")), "payoff")) == 2 * most
    more = game(*many(most + 1), members=("1", "2"))
    assert names(more, "payoff") == [
        f"payoff of {k} at {name}" for name in ("c, c", "d, d") for k in (1, 2)]  # fmt: skip
    assert names(more, "payoff", "e0") == ["payoff of 1 at e0", "payoff of 2 at e0"]
    assert len(names(game(*many(most + 1)), "payoff")) == 2 * (most + 1)


def test_a_game_of_the_library() -> None:
    found = names(eeu.Participation())
    assert found[0] == "equilibrium_threshold"
    assert found[-1] == "payoff of member at all-Join"
