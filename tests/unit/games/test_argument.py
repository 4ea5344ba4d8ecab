"""Games joined in a chain: what is shared, what is linked, and chains that do not fit."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Mapping
from typing import Any

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

import gametheory_eeu as eeu
from gametheory_eeu.core import POSITIVE, REAL, Parameter
from gametheory_eeu.errors import (
    DoesNotExistError,
    GameTheoryError,
    ParameterError,
    SpaceError,
    UnknownAttributeError,
    UnknownNameError,
    UnsupportedError,
)
from gametheory_eeu.games import Game, declare, quantity
from gametheory_eeu.models import CLASSES, model_class

R = sp.Rational
a, b, c, x = sp.symbols("a b c x", real=True)


def row(name: str, symbol: sp.Symbol, domain: Any = REAL, meaning: str = "it") -> Parameter:
    return Parameter(name, symbol, domain, meaning)


class Small(Game):
    """A game of two numbers."""

    parameters = declare(row("first", a), row("second", b, POSITIVE))
    players = ("one",)

    def constraints(self) -> tuple[Any, ...]:
        return (self.symbols.a < self.symbols.b,)

    @quantity("s")
    def total(self) -> Any:
        """The sum."""
        return self.symbols.a + self.symbols.b

    @quantity("r", exists_when=lambda game: game.symbols.a >= 0)
    def root(self) -> Any:
        """The root."""
        return sp.sqrt(self.symbols.a)

    @quantity("p")
    def share(self) -> Any:
        """A positive number below one half, hard to see."""
        return self.symbols.b / (1 + self.symbols.b**2)


class Later(Game):
    """A game that needs a positive number below another."""

    parameters = declare(row("need", x, POSITIVE), row("limit", c), row("first", a))
    players = ("two",)

    def constraints(self) -> tuple[Any, ...]:
        return (self.symbols.x < self.symbols.c,)

    @quantity("y")
    def gap(self) -> Any:
        """The gap."""
        return self.symbols.c - self.symbols.x + self.symbols.a


BOTH = {"small": Small, "later": Later}


def joined(source: str, **named: Any) -> eeu.Argument:
    return eeu.Argument(BOTH, {"later.need": f"small.{source}"}, **named)


def test_a_quantity_takes_the_place_of_a_parameter() -> None:
    argument = joined("share")
    assert argument.parameters.names == ("first", "second", "limit")
    assert argument.quantities["later.gap"].expression == c - b / (1 + b**2) + a
    assert argument.gap == argument.later.gap == c - b / (1 + b**2) + a
    assert [link.verdict for link in argument.fit] == ["proved"]
    assert argument.at(first=1, second=2, limit=3).gap == R(18, 5)


def test_the_constraints_of_all_games_hold_in_terms_of_its_parameters() -> None:
    space = joined("share").space
    assert space.contains({a: 0, b: 1, c: 1})
    assert not space.contains({a: 0, b: 1, c: R(1, 2)})  # x < c, where x = 1/2
    assert not space.contains({a: 1, b: 1, c: 1})  # a < b


def test_a_quantity_exists_where_what_is_linked_into_its_game_does() -> None:
    argument = joined("root", given="a > 0")
    assert argument.quantities["later.gap"].exists_when == (a >= 0)
    apart = eeu.Argument(BOTH, {"later.limit": "small.root"})
    assert apart.quantities["later.gap"].exists_when == (a >= 0)
    assert apart.stages["later"].quantities["gap"].subs({a: sp.Integer(-1)}).exists_when == sp.false


def test_a_sum_that_may_be_negative_does_not_fit_where_it_has_to_be_positive() -> None:
    with pytest.raises(SpaceError) as refused:
        joined("total")
    message = str(refused.value)
    assert "the link later.need = small.total does not fit: at " in message
    assert "(it) has to be > 0" in message
    assert "given='0 < a + b'" in message
    fitting = joined("total", given="0 < a + b")
    assert fitting.fit[0].verdict == "proved"


def test_a_counterexample_is_a_point_of_the_source_s_space() -> None:
    with pytest.raises(SpaceError, match=r"at a = (-\d+), b = (\d+) small.total = a \+ b is") as no:
        joined("total")
    numbers = dict(part.split(" = ") for part in
                   str(no.value).split(" at ")[1].split(" small")[0].split(", "))  # fmt: skip
    assert sp.Rational(numbers["a"]) + sp.Rational(numbers["b"]) <= 0 < sp.Rational(numbers["b"])


class Odd(Small):
    """A game with a quantity that no solver of polynomials decides."""

    parameters = declare(row("first", a), row("second", b, POSITIVE))

    @quantity("g")
    def gamma(self) -> Any:
        """The gamma function."""
        return sp.gamma(self.symbols.b)


def test_what_the_prover_does_not_settle_is_stated_in_the_space() -> None:
    argument = eeu.Argument({"odd": Odd, "later": Later}, {"later.need": "odd.gamma"})
    assert [link.verdict for link in argument.fit] == ["stated"]
    assert any(condition.has(sp.gamma) for condition in argument.space.constraints)
    assert "unknown" in str(argument.fit[0].proof.verdict)


def test_a_constraint_with_parameters_of_its_own_is_stated() -> None:
    assert (b / (b**2 + 1) < c) in joined("share").space.constraints


class Strict(Later):
    """A game that needs less than a half."""

    def constraints(self) -> tuple[Any, ...]:
        return (self.symbols.x < R(1, 2),)


def test_a_constraint_on_what_is_linked_alone_has_to_follow() -> None:
    games = {"small": Small, "strict": Strict}
    with pytest.raises(SpaceError, match=r"into strict do not fit: .* fails at b = 1"):
        eeu.Argument(games, {"strict.need": "small.share"})
    assert eeu.Argument(games, {"strict.need": "small.share"}, given="b > 1").fit


def test_one_name_and_one_meaning_are_one_parameter() -> None:
    argument = eeu.Argument(BOTH)
    assert argument.parameters.names == ("first", "second", "need", "limit")
    kept_apart = eeu.Argument(BOTH, apart=["later.first"])
    assert kept_apart.parameters.names == ("first", "second", "need", "limit", "first_later")
    assert kept_apart.later.gap == c - x + sp.Symbol("a_later", real=True)


class Other(Game):
    """A game in which a symbol and a name mean something else."""

    parameters = declare(row("first", sp.Symbol("z", real=True), meaning="something else"),
                         row("third", b))  # fmt: skip
    players = ("three",)

    @quantity("w")
    def product(self) -> Any:
        """The product."""
        return self.symbols.z * self.symbols.b


def test_two_meanings_of_one_name_or_symbol_are_told_apart_by_the_game() -> None:
    argument = eeu.Argument({"small": Small, "other": Other})
    table = argument.parameters
    assert table.names == ("first", "second", "first_other", "third")
    assert [r.symbol.name for r in table] == ["a", "b", "z", "b_other"]
    assert argument.product == sp.Symbol("z", real=True) * sp.Symbol("b_other", real=True)
    assert table["third"].meaning == "it (other)"


def test_all_games_of_the_library_can_stand_in_one_argument() -> None:
    kinds = [kind for kind in map(model_class, CLASSES) if issubclass(kind, Game)]
    argument = eeu.Argument(kinds)
    names = [word for r in argument.parameters for word in {r.name, r.symbol.name}]
    assert len(kinds) > 15
    assert len(names) == len(set(names))
    for kind in kinds:
        for r in kind.parameters:
            own = argument.chain.rows[argument.chain.names[kind.__name__, r.name]]
            assert own.domain == r.domain


def test_without_links_a_stage_is_its_game() -> None:
    contest = eeu.BandwagoningContest()
    argument = eeu.Argument([contest, eeu.AsymmetricBargaining])
    for name, own in contest.quantities.items():
        found = argument.stages["BandwagoningContest"].quantities[name]
        assert (found.expression, found.exists_when) == (own.expression, own.exists_when)
    assert argument.stages["BandwagoningContest"].game == contest


def test_all_signs_of_an_argument() -> None:
    table = joined("share").comparative_statics()
    assert {row.quantity for row in table} == {
        "small.total", "small.root", "small.share", "later.gap"
    }  # fmt: skip
    assert table["later.gap", "limit"].sign == "+"
    assert table.recheck()


def test_values_that_games_came_with_stay_and_can_be_replaced() -> None:
    argument = eeu.Argument({"small": Small(second=2), "later": Later},
                            {"later.need": "small.share"}, limit=5)  # fmt: skip
    assert dict(argument.given) == {"second": 2, "limit": 5}
    assert argument.gap == a + R(23, 5)
    assert argument.at(second=1).gap == a + R(9, 2)
    assert eeu.Argument(BOTH, {"later.need": "small.share"}, second=1).gap == a + c - R(1, 2)


def test_a_stage_s_game_has_the_numbers() -> None:
    argument = joined("share", first=0, second=2, limit=3)
    assert argument.stages["later"].game == Later(need=R(2, 5), limit=3, first=0)
    assert joined("share", second=2).later.game == Later(need=R(2, 5))
    assert joined("share").later.game == Later()


def test_a_class_twice_under_two_names() -> None:
    games = {"before": Small, "after": Small}
    argument = eeu.Argument(games, {"after.first": "before.share"}, apart=["after.second"])
    other = sp.Symbol("b_after", real=True)
    assert argument.after.total == b / (1 + b**2) + other
    assert argument.before.total == a + b
    with pytest.raises(UnknownAttributeError, match=r"before\.total, after\.total"):
        argument.total  # noqa: B018


def test_a_default_that_only_one_game_has_is_lifted() -> None:
    games = [eeu.InstitutionalChoice, eeu.Hedging]  # trust is 1 in hedging unless it is given
    argument = eeu.Argument(games)
    assert argument.parameters["trust"].default is None
    mu = argument.symbols.mu
    assert mu in argument.quantity("Hedging.alignment").expression.free_symbols


def test_a_derived_parameter_follows_its_ingredients() -> None:
    games = {"recovery": eeu.TrustRecovery, "bargaining": eeu.AsymmetricBargaining}
    argument = eeu.Argument(games, {"bargaining.trust": "recovery.trust_after_violation"})
    known = argument.at(rho_H=1, rho_i=3, V=1, D=0, alpha=0, o=0, b=1, ell=1)
    mu = sp.Symbol("mu_1")
    posterior = argument.quantities["recovery.trust_after_violation"].expression
    expected = R(1, 4) - R(3, 4) * (mu - (1 - mu))
    assert sp.simplify(known.transfer - expected.subs(mu, posterior)) == 0
    linked = eeu.Argument(games, {"bargaining.gamma": "recovery.trust_after_violation"})
    assert not {"hegemon_urgency", "member_urgency"} & set(linked.parameters.names)
    urgent = eeu.Argument(games, {"bargaining.rho_H": "recovery.repair_periods"})
    assert "bargaining_weight" not in urgent.parameters.names
    assert urgent.symbols.rho_i in urgent.quantity("bargaining.transfer").expression.free_symbols


def test_what_is_derived_from_a_parameter_of_its_own_is_its_own() -> None:
    games = {"before": eeu.AsymmetricBargaining, "after": eeu.AsymmetricBargaining}
    argument = eeu.Argument(games, apart=["after.hegemon_urgency"])
    assert "bargaining_weight_after" in argument.parameters
    values = {"V": 1, "D": 0, "alpha": 0, "mu": 1, "b": 1, "o": 1, "kappa": 1, "ell": 2}
    known = argument.at(rho_H=1, rho_H_after=3, rho_i=1, **values)
    assert (known.before.transfer, known.after.transfer) == (R(1, 2), R(3, 4))
    assert known.after.game == eeu.AsymmetricBargaining(rho_H=3, rho_i=1, **values)
    rows = argument.comparative_statics("after.transfer", wrt="rho_H_after")
    assert [row.sign for row in rows] == [">=0"]


def test_a_linked_weight_is_not_that_of_another_game_s_urgencies() -> None:
    games = {"before": eeu.AsymmetricBargaining, "recovery": eeu.TrustRecovery,
             "after": eeu.AsymmetricBargaining}  # fmt: skip
    links = {"after.bargaining_weight": "recovery.trust_after_violation"}
    argument = eeu.Argument(games, links, apart=["recovery.trust"])
    values = {"V": 1, "D": 0, "alpha": 0, "mu": 1, "b": 1, "o": 1, "kappa": 1, "ell": 2}
    known = argument.at(rho_H=1, rho_i=3, mu_recovery="1/2", eps="1/4", phi="3/4", **values)
    assert (known.before.transfer, known.after.transfer) == (R(1, 4), R(1, 4))
    known = known.at(phi="1/2", rho_H=3)
    assert (known.before.transfer, known.after.transfer) == (R(1, 2), R(1, 3))
    assert known.after.game == eeu.AsymmetricBargaining(gamma="1/3", **values)


def test_signs_reach_through_the_links() -> None:
    games = {"recovery": eeu.TrustRecovery, "bargaining": eeu.AsymmetricBargaining}
    argument = eeu.Argument(games, {"bargaining.trust": "recovery.trust_after_violation"})
    table = argument.comparative_statics("bargaining.member_net_gain", wrt="phi")
    assert [(r.parameter.name, r.sign) for r in table] == [("opportunist_violation_rate", "-")]
    assert table.recheck()
    gain = argument.quantities["bargaining.member_net_gain"].expression
    bound = argument.symbols.b - argument.symbols.o
    assert eeu.prove(gain < bound, given=argument.space).verdict == "proved"


CHAIN = eeu.Argument(
    {"recovery": eeu.TrustRecovery, "institutions": eeu.InstitutionalChoice,
     "bargaining": eeu.AsymmetricBargaining, "depth": eeu.Depth},
    {"institutions.trust": "recovery.trust_after_violation",
     "bargaining.trust": "recovery.trust_after_quiet",
     "bargaining.binding": "institutions.binding",
     "depth.trust": "recovery.trust_after_violation"},
)  # fmt: skip
FRACTIONS = st.fractions(R(1, 20), R(19, 20), max_denominator=20)


@settings(max_examples=max(8, settings().max_examples // 12))
@given(st.tuples(*[FRACTIONS] * 9).filter(lambda v: v[1] != v[2]))
def test_a_chain_is_its_games_one_after_another(values: tuple[Any, ...]) -> None:
    mu, first, second, b, share, o, v, d, gamma = values
    eps, phi = sorted((first, second))
    ell, kappa = b + 1, share * (b + 1)
    recovery = eeu.TrustRecovery(mu=mu, eps=eps, phi=phi)
    deal = {"b": b, "ell": ell, "o": o, "kappa": kappa, "V": v, "D": d}
    institutions = eeu.InstitutionalChoice(mu=recovery.trust_after_violation, **deal)
    bargaining = eeu.AsymmetricBargaining(
        mu=recovery.trust_after_quiet, alpha=institutions.binding, gamma=gamma, **deal
    )
    depth = eeu.Depth(mu=recovery.trust_after_violation, b=b, ell=ell, q=1, h=1)
    whole = CHAIN.at(mu=mu, eps=eps, phi=phi, gamma=gamma, q=1, h=1, **deal)
    assert whole.quantity("bargaining.surplus").value == bargaining.surplus
    exists = whole.quantity("bargaining.transfer").exists_when
    assert exists == (bargaining.surplus >= 0)
    assert not exists or whole.transfer == bargaining.transfer
    assert whole.depth.depth == depth.depth
    assert whole.stages["bargaining"].game == bargaining


def test_a_link_to_what_each_member_has_is_one_value_for_all() -> None:
    union = eeu.HubBargaining(members=["A", "B"])
    argument = eeu.Argument({"small": Small, "union": union}, {"union.b": "small.share"})
    net = argument.quantity("union.member_net_gain.B").expression
    assert b / (1 + b**2) in sp.preorder_traversal(net) or net.has(b / (1 + b**2))
    fed = eeu.Argument({"union": union, "later": Later}, {"later.limit": "union.surplus.A"})
    assert argument.symbols.D.A in fed.later.gap.free_symbols
    assert argument.symbols.D.B not in fed.later.gap.free_symbols


def test_named_members_are_shared() -> None:
    names = ["A", "B"]
    union, contest = eeu.HubBargaining(members=names), eeu.BandwagoningContest(members=names)
    argument = eeu.Argument({"union": union, "contest": contest})
    known = argument.at(weights={"A": 1, "B": 2}, R=1, tau="1/2", c="1/4", lam="3/4")
    assert known.quantity("contest.absolute_threshold").value == 2
    surplus = argument.quantity("union.surplus.A").expression
    assert argument.symbols.D.A in surplus.free_symbols
    with pytest.raises(ParameterError, match="the same members in every game"):
        eeu.Argument({"union": union, "contest": eeu.BandwagoningContest})


def test_an_argument_of_arguments() -> None:
    inner = joined("share")
    outer = eeu.Argument({"inner": inner, "other": Other}, {"other.third": "inner.later.gap"})
    assert outer.quantity("other.product").expression == sp.Symbol("z", real=True) * inner.gap
    assert outer.at(first_other=2, first=0, second=1, limit=1).product == 1


def test_what_comes_back() -> None:
    argument = joined("share", given="c < 9", second=2).at(
        eeu.Calibration("mine", {"limit": ("3", eeu.Source("A", "here"))})
    )
    written = eeu.from_json(argument.to_json())
    for again in (pickle.loads(pickle.dumps(argument)), copy.copy(argument), written):  # noqa: S301
        assert again == argument
        assert hash(again) == hash(argument)
        assert again.space == argument.space
        assert str(again) == str(argument)
        assert again.calibration == "mine"
        assert again.parameters.source("limit").mark == "A"
    assert argument != joined("share", given="c < 8", second=2, limit=3)
    assert repr(argument) == "Argument([small, later], second=2, limit=3) at 'mine'"


def test_defaults_come_back_as_defaults() -> None:
    links = {"Hedging.trust": "TrustRecovery.trust_after_quiet"}
    games = [eeu.TrustRecovery(eps="1/4"), eeu.InstitutionalChoice, eeu.Hedging]
    lifted = eeu.Argument([*games[:2], eeu.Hedging(trust="mu")], links)
    for argument in (eeu.Argument(games, links), lifted, lifted.at(eta="eta")):
        for again in (pickle.loads(pickle.dumps(argument)), eeu.from_json(argument.to_json())):  # noqa: S301
            assert (again, again.given, again.values) == (argument, argument.given, argument.values)
    assert lifted.values[lifted.symbols.eta] == 0
    assert lifted.symbols.eta not in lifted.at(eta="eta").values


def test_signs_of_an_argument_come_back_from_json() -> None:
    table = joined("share").comparative_statics("later.gap")
    again = eeu.from_json(table.to_json())
    assert [(r.parameter.name, r.sign) for r in again] == [
        (r.parameter.name, r.sign) for r in table
    ]
    outer = eeu.Argument({"inner": joined("share"), "other": Other}, first_other=2)
    assert eeu.from_json(outer.to_json()) == outer


def test_an_argument_is_not_played() -> None:
    argument = joined("share")
    assert {"small", "later"} <= set(dir(argument))
    assert argument.players == ("one", "two")
    assert argument.concepts == ()
    questions: list[Callable[[], Any]] = [
        argument.solve,
        lambda: argument.payoff({}, "one"),
        lambda: argument.equilibria("Nash"),
        lambda: argument.completeness("Nash"),
        lambda: argument.obligations(eeu.CredibleCommitment().solve()[0]),
    ]
    for question in questions:
        with pytest.raises(UnsupportedError, match=r"argument\.stages\['small'\]\.game\.solve"):
            question()


BAD: list[tuple[Any, Any, Mapping[str, Any], type[GameTheoryError], str]] = [
    ((), None, {}, ParameterError, "one or more"),
    (["Small"], None, {}, ParameterError, "a Game, or the class of one"),
    ([eeu.Game], None, {}, ParameterError, "a Game, or the class of one"),
    ([Small, Small], None, {}, ParameterError, "Name them"),
    ({"a b": Small}, None, {}, ParameterError, "a single word"),
    ({"solve": Small}, None, {}, ParameterError, "a single word that is nothing an argument has"),
    (BOTH, {"later": "small.share"}, {}, ParameterError, "'small.later'"),
    (BOTH, {"latter.need": "small.share"}, {}, UnknownNameError, "Did you mean 'later'"),
    (BOTH, {"later.needs": "small.share"}, {}, UnknownNameError, "Did you mean 'need'"),
    (BOTH, {"later.need": "small.shares"}, {}, UnknownNameError, "Did you mean 'share'"),
    (BOTH, {"later.need": "share"}, {}, ParameterError, "'small.share'"),
    (BOTH, {"later.need.A": "small.share"}, {}, ParameterError, "a parameter of all members"),
    (BOTH, {"later.need": 1}, {}, ParameterError, "text"),
    (BOTH, [1], {}, ParameterError, "bargaining.trust"),
    (BOTH, {"later.need": "small.share", "later.x": "small.root"}, {}, ParameterError, "one link"),
    (BOTH, {"small.first": "later.gap"}, {}, ParameterError, "List later before small"),
    (BOTH, {"later.need": "later.gap"}, {}, ParameterError, "later -> later"),
    (BOTH, {"later.need": "small.share", "small.first": "later.gap"}, {}, ParameterError,
     "later -> small -> later"),
    ({"small": Small, "later": Later(need=1)}, {"later.need": "small.share"}, {}, ParameterError,
     "need is 1 in later"),
    ({"small": Small, "deal": eeu.AsymmetricBargaining(rho_H=1)}, {"deal.gamma": "small.share"}, {},
     ParameterError, "hegemon_urgency is 1 in deal"),
    (BOTH, None, {"apart": ["later.nothing"]}, UnknownNameError, "nothing"),
    (BOTH, None, {"apart": "later.first"}, ParameterError, "a list"),
    (BOTH, None, {"given": "q > 0"}, SpaceError, "q is no symbol of the argument"),
    (BOTH, None, {"given": ["b > 1", "b < 1"]}, SpaceError, "contradict each other"),
    (BOTH, None, {"second": -1}, ParameterError, "> 0"),
    (BOTH, None, {"first": 2, "second": 1}, SpaceError, "contradicts a < b"),
    (BOTH, None, {"nothing": 1}, UnknownNameError, "nothing"),
    (BOTH, None, {"title": 1}, ParameterError, "text"),
    (BOTH, {"later.need": "small.share"}, {"need": 1}, GameTheoryError, "follows from small.share"),
    ({"small": Small(first=0), "later": Later(first=1)}, None, {}, SpaceError, "one value"),
    ([eeu.TrustRecovery, eeu.BandwagoningContest],
     {"BandwagoningContest.n": "TrustRecovery.repair_periods"}, {}, SpaceError, "a whole number"),
]  # fmt: skip


@pytest.mark.parametrize(("games", "links", "named", "error", "message"), BAD, ids=range(len(BAD)))
def test_chains_that_do_not_fit_are_refused_by_name(
    games: Any, links: Any, named: Mapping[str, Any], error: type[GameTheoryError], message: str
) -> None:
    with pytest.raises(error) as refused:
        eeu.Argument(games, links, **named)
    assert message in str(refused.value)


def test_what_an_argument_does_not_have() -> None:
    argument = joined("share")
    with pytest.raises(UnknownAttributeError, match="no game or quantity 'gaps'"):
        argument.gaps  # noqa: B018
    with pytest.raises(UnknownAttributeError, match="no quantity of later 'gaps'"):
        argument.later.gaps  # noqa: B018
    with pytest.raises(UnknownNameError, match=r"later\.gap"):
        argument.quantity("gap")
    with pytest.raises(GameTheoryError, match=r"need of later follows from small\.share"):
        argument.at(need=1)
    with pytest.raises(ParameterError, match="one value"):
        argument.at(limit=[1, 2])
    with pytest.raises(DoesNotExistError):
        eeu.Argument(BOTH, first=-1).root  # noqa: B018
    with pytest.raises(AttributeError, match="frozen"):
        argument.first = 1
