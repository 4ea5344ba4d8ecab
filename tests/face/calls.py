"""Every public call, with arguments that it takes."""

# ruff: noqa: ARG005, E501, PLR0915 - a table, a line a call

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu import (
    cases,
    core,
    display,
    interop,
    models,
    prover,
    solvers,
    statics,
    testing,
)  # fmt: skip
from gametheory_eeu import (
    games as game_types,
)
from gametheory_eeu.cases import eeu as article
from gametheory_eeu.games import declare
from gametheory_eeu.games.tree import Move, Outcome
from gametheory_eeu.models import registry, vocabulary
from gametheory_eeu.models.hedging import CommonAgency
from gametheory_eeu.models.publication import Publication

x, y = sp.symbols("x y", real=True)


@dataclass(frozen=True)
class Call:
    """A function with arguments that it takes."""

    name: str
    function: Callable[..., Any]
    args: tuple[Any, ...] = ()
    named: Mapping[str, Any] = field(default_factory=dict)
    refuses: bool = False
    """Whether it refuses, by name, whatever comes."""

    def __call__(self) -> Any:
        return self.function(*self.args, **self.named)

    def with_odd(self, place: int | str, odd: object) -> Any:
        """The call with one argument in the place of another."""
        args, named = list(self.args), dict(self.named)
        if isinstance(place, int):
            args[place] = odd
        else:
            named[place] = odd
        return self.function(*args, **named)

    @property
    def places(self) -> list[int | str]:
        """Where an argument stands."""
        return [*range(len(self.args)), *self.named]


def coordination() -> eeu.NormalForm:
    return eeu.NormalForm(
        [["a", 0], [0, 1]], [["a", 0], [0, 1]],
        players=["1", "2"], actions=[["L", "R"], ["L", "R"]], given="a > 0",
    )  # fmt: skip


def in_numbers() -> eeu.NormalForm:
    return eeu.NormalForm(
        [[3, 0], [0, 1]], [[2, 0], [0, 1]], players=["1", "2"], actions=[["L", "R"], ["L", "R"]]
    )


def symmetric() -> eeu.SymmetricGame:
    return eeu.SymmetricGame({"L": ["a", 0], "R": [0, 1]}, 2, given="a > 0")


def continuous() -> eeu.ContinuousGame:
    return eeu.ContinuousGame(
        {"A": "x*(a - x - y)", "B": "y*(a - x - y)"}, {"A": "x >= 0", "B": "y >= 0"}, given="a > 0"
    )


def tree() -> eeu.ExtensiveForm:
    builder = eeu.ExtensiveForm.builder("1", "2", given="a > 0")
    builder = builder.move("1", ["L", "R"]).move("2", ["l", "r"], after="L")
    return builder.payoffs("R", 1, 1).payoffs("L/l", "a", 2).payoffs("L/r", 0, 0).build()


def offer() -> eeu.ContinuousTree:
    builder = eeu.ExtensiveForm.builder("A", "B", given="0 < a < 1")
    tree = builder.choose("A", "x", between=(0, 1)).move("B", ["yes", "no"], after="x")
    return tree.payoffs("x/yes", "x", "1 - x").payoffs("x/no", 0, "a").build()


def in_curve() -> eeu.CredibleCommitment:
    return eeu.CredibleCommitment(b=1, sigma=0)


MIX = {"1": {"L": "1/2", "R": "1/2"}, "2": "L"}
FORMS: dict[str, tuple[Any, Mapping[str, Any], str]] = {
    "NormalForm": (coordination(), MIX, "1"),
    "ContinuousGame": (continuous(), {"x": 1, "y": "1/2"}, "A"),
    "ContinuousTree": (offer(), {"x": "1/2", "B": "yes"}, "A"),
    "SymmetricGame": (symmetric(), {"each player": "L"}, "each player"),
    "ExtensiveForm": (tree(), {"1": "L", "2": "l"}, "1"),
}
GAMES: dict[str, dict[str, Any]] = {
    "AlternatingOffers": {"d_1": "1/2", "d_2": "1/2"},
    "AsymmetricBargaining": {},
    "BandwagoningContest": {},
    "CredibleCommitment": {},
    "Depth": {},
    "ElectoralCycle": {"electoral_weight": "q"},
    "GlobalGame": {},
    "Hedging": {},
    "HubBargaining": {"members": 2},
    "InstitutionalChoice": {},
    "Participation": {},
    "PowerShift": {},
    "Pressure": {},
    "RegimeChange": {},
    "RepeatedCommitment": {},
    "Reputation": {"member_count": 2},
    "TrustRecovery": {},
}


def of_forms() -> Iterator[Call]:
    """What a game that a user writes can be asked."""
    several = [[1, 0], [0, 1]]
    yield Call("NormalForm", eeu.NormalForm, (several, several), {
        "players": ["1", "2"], "actions": [["L", "R"]] * 2, "given": "a > 0", "title": "T"})  # fmt: skip
    yield Call("NormalForm, a function", eeu.NormalForm, (lambda p: [1, 2],), {
        "actions": {"1": ["L", "R"], "2": ["l", "r"]}})  # fmt: skip
    yield Call("NormalForm, cells", lambda cell: eeu.NormalForm([[cell, 0], [0, 1]], several), (1,))
    yield Call("SymmetricGame", eeu.SymmetricGame, ({"L": [1, 0], "R": [0, 1]}, 2), {
        "given": "a > 0", "title": "T"})  # fmt: skip
    yield Call("SymmetricGame, cells",
               lambda cell: eeu.SymmetricGame({"L": [cell, 0], "R": [0, 1]}, 2), (1,))  # fmt: skip
    yield Call("SymmetricGame, function",
               lambda: eeu.SymmetricGame({"L": lambda k: k, "R": lambda k: 1}, 2))  # fmt: skip
    yield Call("ContinuousGame", eeu.ContinuousGame, (
        {"A": "x*(1 - x - y)"}, {"A": "x >= 0"}), {
        "others": {"x": "y"}, "given": "a > 0", "title": "T"})  # fmt: skip
    yield Call("ContinuousGame, range", lambda choice: eeu.ContinuousGame({"A": "x"}, {"A": choice}),
               ("0 <= x <= 1",))  # fmt: skip
    yield Call("ContinuousGame.best_response", continuous().best_response, ("A",))
    yield Call("ContinuousGame.with_types", continuous().with_types, ({"A": {"low": 1}},))
    yield Call("ContinuousGame, types", eeu.ContinuousGame, (
        {"A": "x*(1 - x)"}, {"A": "x >= 0"}), {"types": {"A": {"low": 1}}})  # fmt: skip
    yield Call("ContinuousGame.second_order", continuous().second_order, ("A",))
    yield Call("ContinuousTree", eeu.ContinuousTree, (offer().nodes, ["A", "B"]), {
        "given": "a > 0", "title": "T"})  # fmt: skip
    yield Call("ContinuousTree.known", offer().known, ("B",))
    yield Call("ContinuousTree.history_space", offer().history_space, ("B",), {
        "condition": sp.true})  # fmt: skip
    yield Call("ContinuousTree.range_of", offer().range_of, ("x",))
    yield Call("TreeBuilder.choose", lambda *a, **k: eeu.ExtensiveForm.builder("1").choose(*a, **k), (
        "1", "x"), {"between": (0, 1), "after": "", "information_set": "1"})  # fmt: skip
    yield Call("TreeBuilder.draw", lambda *a, **k: eeu.ExtensiveForm.builder("1").draw(*a, **k), (
        "t",), {"on": (0, 1), "density": "2*t", "known_to": "1", "after": ""})  # fmt: skip
    root = Move(
        "1", "1", (("L", Outcome({"1": sp.Integer(1)})), ("R", Outcome({"1": sp.Integer(0)}))), "n"
    )
    yield Call("ExtensiveForm", eeu.ExtensiveForm, (root, ["1"]), {"given": "a > 0", "title": "T"})
    for name in ("player", "information_set", "actions", "node"):
        parts = {"player": "1", "information_set": "1", "actions": root.actions, "node": "n"}
        yield Call(f"ExtensiveForm, {name}", lambda value, name=name, parts=parts:
                   eeu.ExtensiveForm(Move(**(parts | {name: value})), ["1"]), (parts[name],))  # fmt: skip
    yield Call(
        "ExtensiveForm.builder", eeu.ExtensiveForm.builder, ("1", "2"), {"given": (), "title": ""}
    )
    yield Call("TreeBuilder.move", lambda *a, **k: eeu.ExtensiveForm.builder("1").move(*a, **k), (
        "1", ["L", "R"]), {"after": "", "information_set": "1"})  # fmt: skip
    yield Call("TreeBuilder.chance", lambda *a, **k: eeu.ExtensiveForm.builder("1").chance(*a, **k), (
        {"H": "1/2", "T": "1/2"},), {"after": ""})  # fmt: skip
    yield Call(
        "TreeBuilder.payoffs", lambda *a: eeu.ExtensiveForm.builder("1").payoffs(*a), ("", 1)
    )
    yield Call("TreeBuilder.build", lambda pay, chance, given: (
        eeu.ExtensiveForm.builder("1", given=given).chance({"H": chance, "T": "1/2"})
        .move("1", ["a", "b"], "H").payoffs("T", pay).payoffs("H/*", 1).build()), (1, "1/2", ()))  # fmt: skip
    for name, (game, profile, player) in FORMS.items():
        yield from shared(name, game, profile, player, "a")
    game, numbers, whole = coordination(), in_numbers(), tree()
    yield Call("NormalForm.payoff, a pure profile", numbers.payoff, (["L", "R"], "1"))
    yield Call(
        "NormalForm.payoff, a mix",
        lambda value: numbers.payoff({"1": value, "2": "L"}, "1"),
        ("L",),
    )
    yield Call("NormalForm.payoff, a probability", lambda value: numbers.payoff(
        {"1": {"L": value, "R": 0}, "2": "L"}, "1"), (1,))  # fmt: skip
    yield Call("NormalForm.best_responses", game.best_responses, ("1", {"2": "L"}))
    yield Call("NormalForm.correlated_device", numbers.correlated_device, ({("L", "L"): 1},))
    yield Call("NormalForm.correlated_device, a probability",
               lambda value: numbers.correlated_device({("L", "L"): value}), (1,))  # fmt: skip
    yield Call("NormalForm.correlated_equilibrium", numbers.correlated_equilibrium, ("welfare",))
    yield Call("NormalForm.correlated_equilibrium, weights",
               lambda value: numbers.correlated_equilibrium({"1": value, "2": 1}), (1,))  # fmt: skip
    yield Call("NormalForm.dominated", game.dominated, ("strict",), {"mixed": True})
    yield Call("NormalForm.eliminate", game.eliminate, ("strict",), {"mixed": True})
    yield Call("NormalForm.maximin", numbers.maximin, ("1",))
    yield Call("NormalForm.payoff_dominates", game.payoff_dominates, (("L", "L"), ("R", "R")))
    yield Call("NormalForm.risk_dominates", game.risk_dominates, (("L", "L"), ("R", "R")))
    yield Call("NormalForm.restricted", game.restricted, ({"1": ["L"]},))
    yield Call("NormalForm.over", game.over, (game.space,))
    yield from of_dynamics()
    yield Call("SymmetricGame.by_counts", symmetric().by_counts, ("L",))
    yield Call("SymmetricGame.worth", symmetric().worth, ("L", {"L": 1, "R": 0}))
    yield Call("ExtensiveForm.bayesian_beliefs", whole.bayesian_beliefs, ({"1": "L", "2": "l"},))
    yield Call("ExtensiveForm.behaviour", whole.behaviour, ({"1": "L", "2": "l"},))
    yield Call("ExtensiveForm.best_replies", whole.best_replies, ({"1": "L", "2": "l"}, "1"))
    yield Call("ExtensiveForm.mixes", whole.mixes, ({"1": "L", "2": "l"},))
    yield Call("ExtensiveForm.mixture", whole.mixture, ({"1": "L", "2": "l"},))
    yield Call("ExtensiveForm.normal_form", whole.normal_form, (), {"reduced": True})
    yield Call("ExtensiveForm.player_at", whole.player_at, ("1",))
    yield Call("ExtensiveForm.verify_assessment", whole.verify_assessment, (
        {"1": "L", "2": "l"},), {"beliefs": None, "concept": "Nash"})  # fmt: skip
    yield Call("ExtensiveForm.verify_assessment, beliefs",
               lambda value: whole.verify_assessment({"1": "L", "2": "l"}, {"2": value}), ({"L": 1},))  # fmt: skip


def of_dynamics() -> Iterator[Call]:
    """Paths of the dynamics of a normal form."""
    game = eeu.NormalForm([[3, 1], [2, 2]], [[3, 2], [1, 2]])
    yield Call("NormalForm.replicator", game.replicator, ({"1": "1/3", "2": "2/3"},), {
        "until": 2, "count": 3})  # fmt: skip
    rng = np.random.default_rng(1)
    yield Call("NormalForm.fictitious_play", game.fictitious_play, (5,), {"rng": rng})
    yield Call("NormalForm.moran", game.moran, ({"1": 2, "2": 2},), {"steps": 5, "rng": rng})
    yield Call("NormalForm.moran, numbers", lambda n: game.moran({"1": n, "2": 2}, steps=5), (2,))
    yield Call("NormalForm.fixation_probability", game.fixation_probability, ("1",), {
        "population": 3, "initial": 1})  # fmt: skip


def shared(name: str, game: Any, profile: Any, player: str, symbol: str) -> Iterator[Call]:
    """What any game can be asked."""
    first = game.solve().equilibria[0]
    yield Call(f"{name}.at", game.at, (None,), {symbol: 2 if name == "Reputation" else "1/2"})
    refuses = name == "RegimeChange"
    yield Call(f"{name}.payoff", game.payoff, (profile, player), refuses=refuses)
    yield Call(f"{name}.payoff, an action", lambda value: game.payoff(
        {**profile, next(iter(profile)): value}, player), (next(iter(profile.values())),),
        refuses=refuses)  # fmt: skip
    yield Call(f"{name}.solve", game.solve, (game.concepts[0],))
    yield Call(f"{name}.strategies", game.strategies, (first.profile,))
    yield Call(f"{name}.obligations", game.obligations, (first,))
    yield Call(f"{name}.explore", game.explore, (), {"x": None, "y": None}, refuses=True)
    if name in ("ExtensiveForm", "AlternatingOffers"):
        yield Call(f"{name}.plot", game.plot)


@cache
def game_of(name: str) -> Any:
    """A game of the library."""
    return getattr(eeu, name)(**GAMES[name])


def of_games() -> Iterator[Call]:
    """What a game of the library can be asked."""
    for name, given in GAMES.items():
        kind, game = getattr(eeu, name), game_of(name)
        parameter = next(p.name for p in game.parameters if p.name not in game.given)
        yield Call(name, kind, (), {**given, parameter: 2 if name == "Reputation" else "1/2"})
        first = game.solve().equilibria[0]
        player = game.players[0]
        yield from shared(name, game, dict(first.choices or first.profile), player, parameter)
        yield Call(
            f"{name}.equilibria", lambda c, game=game: list(game.equilibria(c)), (game.concepts[0],)
        )
        yield Call(f"{name}.completeness", game.completeness, (game.concepts[0],))
    offers, hub = game_of("AlternatingOffers"), game_of("HubBargaining")
    yield Call("Game.comparative_statics", offers.comparative_statics, (
        "proposer_share",), {"wrt": "p", "at": None})  # fmt: skip
    yield Call("AlternatingOffers.with_basis", offers.with_basis, (None,))
    yield Call("Game.missing_quantity", offers.missing_quantity, ("x",), refuses=True)
    yield Call("Game.from_case", eeu.CredibleCommitment.from_case, (article.CASE, "2014"))
    yield Call("Game.from_article", eeu.CredibleCommitment.from_article, ("2014",))
    yield Call("Game.from_data", eeu.BandwagoningContest.from_data, ("2014",))
    yield Call("AlternatingOffers.finite", offers.finite, (3,))
    yield Call(
        "AlternatingOffers.from_urgency", eeu.AlternatingOffers.from_urgency, ("1/5", "1/10", 1)
    )
    contest = game_of("BandwagoningContest")
    yield Call("BandwagoningContest.cost", contest.cost, ("Join", 1, 1), {"at": None})
    yield Call("CredibleCommitment.examine",
               eeu.CredibleCommitment(mu="1/4", sigma=0, b=1, ell=1, r=1, g=2, v=0).examine,
               ({"member": "join", "free opportunist": "exploit"}, "Nash"))  # fmt: skip
    yield Call("GlobalGame.cutoffs", eeu.GlobalGame(resistance=1, complementarity=1).cutoffs, (), {
        "prior_mean": 0, "prior_precision": 1, "signal_precision": 10})  # fmt: skip
    spoke = next(iter(hub.spokes)) if hasattr(hub, "spokes") else None
    yield Call("HubBargaining.closed_price", hub.closed_price, (spoke,))
    yield Call("HubBargaining.general_price", hub.general_price, (spoke,))
    yield Call("HubBargaining.total", hub.total, (lambda s: s.gain,))
    yield Call("HubBargaining.outcome", eeu.HubBargaining(
        members=["A", "B"], mu=1, b=1, ell=1, o=1, alpha=0, kappa="1/2", V=0, D=0, Z=0, gamma="1/2").outcome,
        ("one table", None))  # fmt: skip
    some = eeu.Participation(hegemon_power=1, resistance=[1, 2, 3], complementarity=1)
    for method, args in {
        "bill": (None,), "cascade": ("nobody",), "equilibrium_sizes": ("join",),
        "least_equilibrium": ("join",), "pure_equilibria": ("join",), "without": ("1",),
        "gain": (0, 1), "gains": (0, [1]),
    }.items():  # fmt: skip
        yield Call(f"Participation.{method}", getattr(some, method), args)
    yield Call("Participation, lists", lambda r, b: eeu.Participation(
        hegemon_power=1, resistance=r, complementarity=b), ([1, 2], [[0, 1], [1, 0]]))  # fmt: skip
    yield Call("Participation, many", lambda r, b: eeu.Participation(
        hegemon_power=1, resistance=r, complementarity=b), (range(40), 1))  # fmt: skip
    yield Call("Participation.on_network", eeu.Participation.on_network, (2,), {"hegemon_power": 1})
    yield Call(
        "Participation.of_continuum",
        eeu.Participation.of_continuum,
        (sp.Piecewise((0, x < 1), (x - 1, x < 2), (1, True)), 1, 1),
    )
    shift = eeu.PowerShift(discount_factor="1/2", hegemon_strength="1/2", breakdown_cost="1/10",
                           power_shift="1/10")  # fmt: skip
    yield Call(
        "PowerShift.path", shift.path, (["1/2", "3/5"], ["1/2", "2/5"]), {"offers_by": "hegemon"}
    )
    change = eeu.RegimeChange(attack_cost="1/2", prior_mean="1/2", a="27/10", s=1)
    yield Call("RegimeChange.attacking_payoff", change.attacking_payoff, ("1/2", "1/2"))
    yield Call("RegimeChange.prior_mean_at", change.prior_mean_at, (0.5,))
    repeated = eeu.RepeatedCommitment(r=2, g=3, v=0)
    for method in ("critical_discount_factor_under", "punishment"):
        yield Call(f"RepeatedCommitment.{method}", getattr(repeated, method), (), {
            "length": 2, "punishers": None, "members": None})  # fmt: skip
    yield from of_voting()
    yield from of_arguments()
    yield Call("Hedging.joint_choice", game_of("Hedging").joint_choice, ("hegemon",))
    yield from of_principals()
    cycle = eeu.ElectoralCycle(B=1, c=1, d="1/2")
    yield Call("ElectoralCycle.calendar", cycle.calendar, ([2], 3))
    yield Call("ElectoralCycle.signalling", eeu.ElectoralCycle.signalling, (), {"prize": 1})
    member = eeu.Depth(mu="7/10", b=1, ell=1, q=1, h=1)
    yield Call("Depth.union_depth", member.union_depth, ([member],))
    trust = eeu.TrustRecovery(mu="7/10", eps="1/200", phi="1/20", mu_T="1/2", rho="1/2")
    yield Call("TrustRecovery.walk", trust.walk, (["violation"],))
    yield Call("TrustRecovery.simulate", trust.simulate, (2, np.random.default_rng(1)), {
        "paths": 1, "restrained": None, "reform": False})  # fmt: skip


def of_arguments() -> Iterator[Call]:
    """Games joined in a chain, and the article's whole argument."""
    games = {"recovery": eeu.TrustRecovery(), "deal": eeu.AsymmetricBargaining()}
    links = {"deal.trust": "recovery.trust_after_violation"}
    yield Call("Argument", eeu.Argument, (games, links), {
        "given": "mu < 1/2", "apart": ["deal.trust"][:0], "title": "T", "b": 1})  # fmt: skip
    yield Call("Argument, a link", lambda source: eeu.Argument(games, {"deal.trust": source}), (
        "recovery.trust_after_violation",))  # fmt: skip
    argument = eeu.Argument(games, links)
    yield Call("Argument.at", argument.at, (None,), {"trust": "1/2"})
    yield Call("Argument.quantity", argument.quantity, ("deal.surplus",))
    yield Call("Argument.comparative_statics", argument.comparative_statics, ("deal.surplus",), {
        "wrt": "phi", "at": None})  # fmt: skip
    for method in ("solve", "equilibria", "completeness"):
        yield Call(f"Argument.{method}", getattr(argument, method), ("Nash",), refuses=True)
    yield Call("Argument.payoff", argument.payoff, ({}, "member"), refuses=True)
    equilibrium = game_of("CredibleCommitment").solve()[0]
    yield Call("Argument.obligations", argument.obligations, (equilibrium,), refuses=True)
    yield Call("Stage", game_types.Stage, ("deal", games["deal"], argument.deal.quantities))
    yield Call("Link", game_types.Link, ("a.b", "c.d", x, argument.fit[0].proof))
    yield Call("EurasianArgument", eeu.EurasianArgument, (), {
        "members": ["Belarus"], "trust": "3/4", "exit_loss": {"later": 1}})  # fmt: skip
    yield Call("EurasianArgument, a member's value", lambda value: eeu.EurasianArgument(
        members={"A": {"outside_option": value}}), (0,))  # fmt: skip
    whole = eeu.EurasianArgument()
    yield Call("EurasianArgument.at", whole.at, (), {"trust": "3/4"})
    yield Call("EurasianArgument.argument_in", whole.argument_in, ("later",), {
        "trust_shock": False, "urgency_shock": True})  # fmt: skip
    yield Call("EurasianArgument.calibration", whole.calibration, ("later",), {
        "urgency_shock": True})  # fmt: skip
    yield Call("EurasianArgument.states", whole.states, (), {
        "trust_shock": True, "urgency_shock": True})  # fmt: skip
    yield Call("EurasianArgument.path", whole.path, (3,), {
        "trust_shock": True, "urgency_shock": True, "decay": "4/5", "hurry": 2})  # fmt: skip
    states = whole.states()
    yield Call("States[]", states.__getitem__, ("later",))
    members = eeu.EurasianArgument(members=["Belarus"]).states().members
    yield Call("MemberTable[]", members.__getitem__, (("later", "Belarus"),))
    yield Call("Recovery[]", whole.recovery().__getitem__, ("any depth",))


def of_principals() -> Iterator[Call]:
    """What hedging between many principals can be asked."""
    options = {"adjustment_cost": 1, "natural_alignment": "1/2"}
    for name, function in (("Hedging.among", eeu.Hedging.among),
                           ("CommonAgency", CommonAgency)):  # fmt: skip
        yield Call(name, function, (["A"], ["B"]), options)
        yield Call(f"{name}, stakes", lambda a, b, f=function: f({"A": a}, {"B": b}), (1, 2))
    many = eeu.Hedging.among({"A": 1, "B": 1}, {"C": 1}, **options)
    yield Call("CommonAgency.at", many.at, (), {"k": 2, "stakes": {"A": 1, "B": 2, "C": 1}})
    for method in ("joint_payoff", "least_transfer", "transfers"):
        yield Call(f"CommonAgency.{method}", getattr(many, method), ("A", "B"))
    yield Call("CommonAgency.worth", many.worth, ("A", "1/2"))
    yield Call("CommonAgency.offer", many.offer, ("A", "1/2"))
    yield Call("CommonAgency.is_truthful", many.is_truthful, (many.transfers(),))


def of_voting() -> Iterator[Call]:
    """What a voting body can be asked."""
    yield Call("VotingBody", eeu.VotingBody, ([2, 1, 1], 3), {
        "members": ["A", "B", "C"], "hegemon": "A", "masking": "1/2", "bargaining_weight": ["1/2", "1/3"]})  # fmt: skip
    yield Call("VotingBody, a vote", lambda vote: eeu.VotingBody([vote, 1], 1), (1,))
    yield Call("VotingBody, chambers", lambda votes, quota: eeu.VotingBody(
        {"a": votes, "b": [1, 2]}, {"a": quota, "b": 3}), ([1, 0], 1))  # fmt: skip
    body = eeu.VotingBody({"A": 2, "B": 1}, 2)
    yield Call("VotingBody.at", body.at, (), {"masking": "1/2", "bargaining_weight": "1/3"})
    yield Call("VotingBody.comparative_statics", body.comparative_statics, ("A",), {"wrt": "m"})
    yield Call("PowerIndex[]", body.banzhaf.__getitem__, ("A",))
    yield Call("PowerIndex ==", body.banzhaf.__eq__, ((1, 0),))


def of_testing() -> Iterator[Call]:
    """What users' own tests ask."""
    game, space = in_numbers(), coordination().space
    yield Call("assert_equilibria_complete", testing.assert_equilibria_complete, (game,), {
        "solution": None})  # fmt: skip
    yield Call("spaces", testing.spaces, (["a", "b"], 3))
    yield Call("points", testing.points, (space,))
    yield Call("normal_forms", testing.normal_forms, ((2, 2), None), {
        "symbols": ["a"], "space": None, "symmetric": True})  # fmt: skip
    yield Call("trees", testing.trees, (2, 3, 4, None), {
        "symbols": ["a"], "space": None, "chance": True, "hidden": False})  # fmt: skip


def of_functions() -> Iterator[Call]:
    """Declarations of unspecified functions."""
    shape: dict[str, Any] = {"increasing": True, "concave": "weakly", "on": (0, 1)}
    yield Call(
        "prover.function",
        prover.function,
        ("u",),
        {**shape, "positive": False, "signs": {3: ">"}, "at": {0: 0}, "bounded": (0, 1)},
    )
    yield Call(
        "prover.function, of two variables",
        prover.function,
        ("f",),
        {"variables": 2, "homogeneous": 1, "signs": {(1, 1): ">"}, "convex": False},
    )
    yield Call(
        "prover.function, with an Inada end",
        prover.function,
        ("u",),
        {"increasing": True, "concave": True, "on": (0, "oo"), "inada": "both"},
    )
    yield Call(
        "prover.distribution",
        prover.distribution,
        ("F", (0, 1)),
        {"increasing_hazard": True, "log_concave": True, "signs": {2: ">="}},
    )
    proof: Any = prover.prove(prover.function("u", increasing=True)(x + 1) > 0)
    yield Call("FunctionProof.to_latex", proof.to_latex, (str,))


def of_questions() -> Iterator[Call]:
    """Proofs, spaces, numbers and text."""
    for name in ("equivalent", "implies"):
        yield Call(f"prover.{name}", getattr(prover, name), ("x > 0", "x > 1"), {"given": "x < 3"})
    yield Call("prover.is_empty", prover.is_empty, ("x > 0",))
    yield Call("prover.is_satisfiable", prover.is_satisfiable, ("x > 0",))
    yield Call("prover.witness", prover.witness, ("x > 0",))
    yield Call("prover.sign", prover.sign, ("x + 1",), {"given": "x > 0"})
    yield Call("prover.simplify", prover.simplify, ("x > 0 or x > 1",), {"given": "x < 3"})
    yield Call("prover.is_true_at", prover.is_true_at, (x > 0, {x: sp.Integer(1)}))
    yield Call("prover.prove", prover.prove, ("x > 0",), {
        "given": "x > 1", "symbols": None, "rlimit": 10_000, "solver": "any"})  # fmt: skip
    yield from of_functions()
    yield Call("prover.prove, by symbols", lambda s: prover.prove("x**2 >= 0", symbols=s), ([x],))
    yield Call("prover.prove_all", prover.prove_all, ([x > 0],), {"given": "x > 1"})
    yield Call("exact", core.exact, ("1/2",), {"name": "n", "symbols": None})
    yield Call("parse", core.parse, ("x",), {"symbols": None, "known": None})
    yield Call("parse, symbols", core.parse, ("x", {"x": x}))
    yield Call("parse, a symbol", lambda s: core.parse("x + 1", {"x": s}), (x,))
    yield Call("Space", core.Space, ((x,), (x > 0,)))
    yield Call("Space.of", core.Space.of, ("x > 0", y > 0), {"symbols": [x]})
    some = core.Space.of("x > 0")
    yield Call("Space.contains", some.contains, ({"x": 1},))
    yield Call("Space.contains, a value", lambda v: some.contains({"x": v}), (1,))
    yield Call("Space.point", some.point, ({"x": 1},))
    yield Call("Space.subs", some.subs, ({x: sp.Integer(1)},))
    yield Call("Space.subs, a value", lambda v: some.subs({x: v}), (1,))
    source = core.Source("M", "r", "n")
    yield Call("Source", core.Source, ("M", "r", "n"))
    yield Call("Calibration", core.Calibration, ("c", {"trust": ("1/2", source)}, "d"))
    yield Call(
        "Calibration, an entry", lambda e: core.Calibration("c", {"trust": e}), (("1/2", source),)
    )
    parameter = core.Parameter("size", x, core.REAL, "how many")
    yield Call("Parameter", core.Parameter, ("size", x, core.REAL, "how many"), {
        "unit": "payoff", "source": source, "default": None, "index": None})  # fmt: skip
    yield Call("Parameter.value", parameter.value, (1,), {"symbols": None})
    yield Call("Parameter.component", parameter.component, ("A",))
    yield Call("check_symbols", core.check_symbols, ([x],))
    yield Call("check_assumptions", core.check_assumptions, ({x: sp.Integer(1)},))
    yield Call("assumptions_hold", core.assumptions_hold, (x, sp.Integer(1)))
    yield Call("condition_at", core.condition_at, (x > 0, {x: sp.Integer(1)}))
    yield Call("core.nonreal_constant", core.nonreal_constant, (x + 1,))
    yield Call("core.rationalize_floats", core.rationalize_floats, (x + 1,))
    yield Call("domain_text", core.domain_text, (core.REAL,))
    yield Call("core.fresh_symbols", core.fresh_symbols, ([x], {y: x}))
    proof: Any = prover.prove("x > 0", given="x > 1")
    yield Call("CoefficientCertificate.to_latex", proof.certificate.to_latex, (), {"write": None})
    yield Call("Proof.to_latex", proof.to_latex, (str,))
    yield Call("Proof.to_rocq", proof.to_rocq, ("share",))
    yield Call(
        "CoefficientCertificate.recheck", proof.certificate.recheck, (proof.statement, proof.space)
    )
    yield Call(
        "prover.CellDecomposition", prover.CellDecomposition, ([x > 1], some), {"edges": False}
    )


def of_results() -> Iterator[Call]:
    """What is asked of games and formulas, and of the answers."""
    game = coordination()
    solution = game.solve()
    for kind, each in (("EquilibriumSet", solution), ("Equilibrium", solution.equilibria[0])):
        asked = each.comparative_statics
        yield Call(f"{kind}.comparative_statics", asked, (), {"quantity": "payoff", "wrt": "a"})
    yield Call("EquilibriumSet.at", solution.at, (), {"a": 1})
    yield Call("EquilibriumSet.families_at", solution.families_at, (), {"a": 1})
    yield Call("EquilibriumSet[]", solution.__getitem__, (0,))
    one = solution.equilibria[0]
    yield Call("Equilibrium.subs", one.subs, ({game.symbols[0]: sp.Integer(1)}, game))
    yield Call("Equilibrium", eeu.Equilibrium, (), {
        f.name: getattr(one, f.name) for f in fields(one)})  # fmt: skip
    yield Call("regimes", statics.regimes, (game, "Nash"), {"given": "a < 9", "edges": False})
    division = statics.regimes(game)
    yield Call("Partition.at", division.at, ({"a": 1},))
    yield Call("Partition.at, by keyword", division.at, (None,), {"a": 1})
    yield Call("Partition[]", division.__getitem__, (0,))
    yield Call("Partition.plot", division.plot, (), {
        "x": "a", "y": None, "at": None, "xlim": (0, 2), "ylim": None, "compare": ()})  # fmt: skip
    yield Call("statics.curve", statics.curve, (in_curve(), "trust_threshold", "ell"), {
        "between": (0, 2), "count": 3})  # fmt: skip
    yield Call("display.compare", display.compare, (in_numbers(), in_numbers()), {
        "concept": "Nash", "differences": False})  # fmt: skip
    yield Call("Curve.plot", statics.curve(in_curve(), "trust_threshold", "ell").plot)
    yield Call("StaticsTable.plot", game_of("AlternatingOffers").comparative_statics(
        "proposer_share", "p").plot)  # fmt: skip
    yield Call("prove_unique", statics.prove_unique, (in_numbers(), (), "Nash"))
    yield Call("comparative_statics", statics.comparative_statics, ({"f": "a*x"}, "f", "a"), {
        "given": "x > 0", "at": None, "title": "T"})  # fmt: skip
    yield Call("comparative_statics, a formula", statics.comparative_statics, ("a*x",))
    yield Call(
        "comparative_statics, a form", statics.comparative_statics, (symmetric(),), {"wrt": "a"}
    )
    rows = statics.comparative_statics({"f": "a*x"})
    yield Call("StaticsTable[]", rows.__getitem__, (("f", "a"),))
    yield Call(
        "StaticsTable.at_calibration", rows.at_calibration, (None,), {"step": 1, "a": 1, "x": 1}
    )
    yield Call("statics.recheck", statics.recheck, (rows[0],))
    yield Call(
        "MonotoneTable[]", statics.monotone_statics(game).__getitem__, (("least equilibrium", "a"),)
    )
    yield Call("LocalEffectTable[]", rows.at_calibration(a=1, x=1).__getitem__, (("f", "a"),))
    yield Call("monotone_statics", statics.monotone_statics, ({"1": "(a - p)*p"}, {"1": "p"}), {
        "given": ["0 <= p", "p <= 1", "a > 0"], "wrt": "a", "title": "T"})  # fmt: skip
    yield Call("monotone_statics, a game", statics.monotone_statics, (game,), {"wrt": "a"})
    duel = eeu.ContinuousGame(
        {"1": "a*x - x**2 + x*y/2", "2": "y - y**2 - x*y/3"},
        choices={"1": "0 <= x <= 5", "2": "0 <= y <= 5"}, given="0 < a < 1",
    )  # fmt: skip
    yield Call("interior_statics", statics.interior_statics, (duel, ()), {"wrt": "a"})
    interior = statics.interior_statics(duel)
    yield Call("ContinuousGame.first_order_conditions", duel.first_order_conditions)
    first = duel.first_order_conditions()
    yield Call("FirstOrderConditions[]", first.__getitem__, (("1", "interior"),))
    yield Call("FirstOrderConditions.verify", first.verify)
    yield Call("InteriorStatics[]", interior.__getitem__, (("x", "a"),))
    yield Call("implicit", statics.implicit, ("x**3 + a*x == b", "x", "x > 0"))
    root = statics.implicit("x**3 + a*x == b", "x")
    yield Call("ImplicitRoot.subs", root.subs, ({sp.Symbol("a", real=True): sp.Integer(1)},))
    offers = game_of("AlternatingOffers")
    yield Call("QuantityTable[]", offers.quantities.__getitem__, ("proposer_share",))
    yield Call("QuantityTable.get", offers.quantities.get, ("proposer_share",), {"default": None})
    yield Call(
        "Quantity.subs",
        offers.quantities["proposer_share"].subs,
        ({offers.symbols.p: sp.Integer(0)},),
    )
    table = offers.parameters
    yield Call("ParameterTable[]", table.__getitem__, ("hegemon_discount",))
    yield Call("ParameterTable.position", table.position, ("hegemon_discount",))
    yield Call("ParameterTable.source", table.source, ("hegemon_discount",))
    yield Call("ParameterTable.expand", table.expand, (["A", "B"],))
    yield Call("Symbols[]", offers.symbols.__getitem__, ("p",))
    yield Call("Symbols.of", game_types.Symbols.of, (table, ["A", "B"]))
    yield Call("declare", declare, (table["hegemon_discount"],))
    yield Call("games.title_of", game_types.title_of, (game,))
    yield Call("games.join_names", game_types.join_names, (["a", "b"],))
    claim = game_types.Claim.of(x > 0, "x > 1", "it is")
    yield Call("Claim.of", game_types.Claim.of, (x > 0,), {"given": "x > 1", "label": "it is"})
    yield Call("Claim.refutation", game_types.Claim.refutation, (x > 2,), {
        "given": "x > 1", "label": "naive", "fails_at": {x: 2}})  # fmt: skip
    yield Call(
        "Claim.is_confirmed_by", claim.is_confirmed_by, (prover.prove("x > 0", given="x > 1"),)
    )
    yield Call(
        "Verification.of",
        game_types.Verification.of,
        ((game_types.Obligation("w", x > 0),), core.Space.of("x > 1")),
    )
    every = eeu.propositions()
    yield Call("Judgements.where", game_types.Judgements(()).where, (), {"verdict": "proved"})
    yield Call("propositions", eeu.propositions, ("",), {"game": "", "kind": "", "scope": ""})
    yield Call(
        "Propositions.where", every.where, (), {"section": "", "game": "", "kind": "", "scope": ""}
    )
    yield Call("Propositions[]", every.__getitem__, (0,))
    yield Call("classic", eeu.classic, ("Prisoner's Dilemma",))
    for name in ("calibration", "data_calibration"):
        yield Call(f"article.{name}", getattr(article, name), ("BandwagoningContest", "2014"))
    yield Call("article.calibrations", article.calibrations, ("BandwagoningContest",))
    yield Call("article.cite", article.cite, ("Kydd2005",))
    signals = eeu.SignallingGame(
        {"low": "w - e", "high": "w - e/2"}, {"low": "-w**2", "high": "-(w - 1)**2"},
        signal="e >= 0", reply="w", prior={"low": "1/2", "high": "1/2"},
    )  # fmt: skip
    kinds = ("low", "high")
    yield Call(
        "SignallingGame", eeu.SignallingGame,
        ({kinds[0]: "w - e", kinds[1]: "w - e/2"}, {kinds[0]: "-w**2", kinds[1]: "-(w - 1)**2"}),
        {"signal": "e >= 0", "reply": "w", "prior": dict.fromkeys(kinds, "1/2")},
    )  # fmt: skip
    yield Call("SignallingGame.solve", signals.solve)
    answer = signals.solve()[0]
    yield Call("SignallingGame.payoff", signals.payoff, (dict(answer.choices), "sender, low"))
    yield Call("SignallingGame.obligations", signals.obligations, (answer,))
    talk = eeu.CheapTalk(
        "-(y - s - b)**2", "-(y - s)**2", state="0 <= s <= 1", action="y", given="b > 0")  # fmt: skip
    yield Call("CheapTalk", eeu.CheapTalk, ("-(y - s - b)**2", "-(y - s)**2"), {
        "state": "0 <= s <= 1", "action": "y", "messages": 2, "given": "b > 0",
        "title": "T"})  # fmt: skip
    yield Call("CheapTalk.solve", talk.solve)
    parted = talk.solve()[1]
    yield Call("CheapTalk.payoff", talk.payoff, (dict(parted.choices), "sender"))
    yield Call("CheapTalk.obligations", talk.obligations, (parted,))
    yield Call("CheapTalk.any_steps", talk.any_steps, ("N",))
    even = game_types.ChoiceDistribution(x, x / 2, sp.Integer(0), sp.Integer(2))
    yield Call("ChoiceDistribution.probability", even.probability, (1,))
    yield Call("ChoiceDistribution.subs", even.subs, ({x: sp.Integer(1)},))
    chosen = eeu.ContinuousGame(
        {"1": "Piecewise((1 - x_1, x_1 > x_2), (1/2 - x_1, x_1 == x_2), (-x_1, True))",
         "2": "Piecewise((v - x_2, x_2 > x_1), (v/2 - x_2, x_1 == x_2), (-x_2, True))"},
        choices={"1": "x_1 >= 0", "2": "x_2 >= 0"}, given="0 < v < 1",
    ).solve("mixed")  # fmt: skip
    yield Call("EquilibriumSet.plot", chosen.plot, (), {"v": "1/2"})
    yield Call("Equilibrium.plot", chosen[0].plot, (), {"v": "1/2"})
    yield Call("declare_marks", core.declare_marks, ({"T": "said by the treaty"},))
    claims = article.claims()
    yield Call("CaseClaims[]", claims.__getitem__, (17,))
    yield Call(
        "CaseClaims.where", claims.where, (), {"verdict": "fact", "game": "Hub", "place": "X"}
    )
    yield Call("CaseClaim.under", claims[17].under, ("P_max < 3",), {"power_ceiling": 2})
    yield Call(
        "Robustness.share", claims[17].robustness().share, (), {"within": 1, "size": 9, "seed": 0}
    )
    yield Call("Facts[]", article.facts().__getitem__, ("treaty_signed",))


def of_files(folder: Any) -> Iterator[Call]:
    """What is shown, written and read."""
    game, numbers, whole = coordination(), in_numbers(), tree()
    for name in ("csv", "dataframe", "html", "json_text", "latex", "text", "summary", "table"):
        yield Call(f"display.{name}", getattr(display, name), (game,))
    yield Call("display.dataframe, flat", display.dataframe, (game,), {"flat": True})
    yield Call("EquilibriumSet.to_dataframe", numbers.solve().to_dataframe, (), {"flat": True})
    yield Call("display.escape", display.escape, ("a",))
    yield Call("display.space_latex", display.space_latex, (game.space,))
    yield Call("display.symbol_text", display.symbol_text, ("mu",))
    yield Call("display.decimal", display.decimal, (sp.Rational(1, 3),))
    yield Call("display.is_short", display.is_short, (sp.Rational(1, 3),))
    yield Call("display.figure", display.figure, (whole,))
    yield Call("display.mapping_latex", display.mapping_latex, ({"x": x},))
    yield Call("display.explore", display.explore, (whole,), {"x": None, "y": None}, refuses=True)
    yield Call("display.Explorer", display.Explorer, (coordination(),), {"x": "a", "y": None})
    yield Call("display.has_figure", display.has_figure, (whole,))
    drawn = display.figure(whole)
    yield Call("display.figure_bytes", display.figure_bytes, (drawn, "svg"))
    yield Call("display.save", display.save, (drawn, folder / "tree.svg"))
    yield Call("display.game_tree", display.game_tree, (whole,))
    offers = game_of("AlternatingOffers")
    statics_table = offers.comparative_statics("proposer_share", "p")
    yield Call("display.matrix", display.matrix, (statics_table,), {"symbols": True})
    yield Call("display.proposition", display.proposition, (statics.regimes(game),))
    yield Call("display.renderable", display.renderable, (display.table(game),), {"width": 80})
    at_values = eeu.CredibleCommitment.from_article("2014")
    yield Call("display.sentence", display.sentence, (at_values,))
    yield from of_cases()
    yield Call("Table.without", display.table(game).without, ())
    yield Call("Table.shortened", display.table(game).shortened, (4,))
    yield Call("from_json", eeu.from_json, (game.to_json(),))
    yield Call("from_arrays", interop.from_arrays, ([[1, 0], [0, 1]], [[1, 0], [0, 1]]), {
        "players": ["1", "2"], "actions": None, "title": "T"})  # fmt: skip
    yield Call("to_arrays", interop.to_arrays, (numbers,), {"dtype": object})
    for name in ("nashpy", "quantecon", "pygambit"):
        yield Call(f"to_{name}", getattr(interop, f"to_{name}"), (numbers,))
        yield Call(
            f"from_{name}",
            getattr(interop, f"from_{name}"),
            (getattr(interop, f"to_{name}")(numbers),),
        )
    yield Call("write_nfg", interop.write_nfg, (numbers, folder / "game.nfg"))
    written = whole.at(a=1)
    yield Call("write_efg", interop.write_efg, (written, folder / "game.efg"))
    problem = interop.read_smtlib("(declare-const x Real)(assert (> x 0))")
    yield Call("read_smtlib", interop.read_smtlib, (problem.text,))
    yield Call("SmtProblem", interop.SmtProblem, ((x,), (x > 0,)))
    yield Call("SmtProblem.prove", problem.prove, (x > 1,))
    u = eeu.function("u", increasing=True)
    general = eeu.prove(u(x + 1) > u(x))
    yield Call("FunctionProof.to_rocq", general.to_rocq, ("rises",))
    yield Call("write_rocq", interop.write_rocq, (eeu.prove("x > 0", "x > 1"), folder / "proofs.v"))
    yield Call("read_nfg", interop.read_nfg, (interop.write_nfg(numbers),))
    yield Call("read_efg", interop.read_efg, (interop.write_efg(written),))


def of_cases() -> Iterator[Call]:
    """A case, and the files that it is read from."""
    folder = Path(mkdtemp())
    values, program, works = folder / "v.csv", folder / "c.py", folder / "r.bib"
    values.write_text("name,calibration,value,mark\n")
    program.write_text("import gametheory_eeu as eeu\nCASE = eeu.article.CASE\n")
    works.write_text("@misc{A, year = 1999}")
    case = article.CASE
    yield Call("models.model_class", models.model_class, ("HubBargaining",))
    yield Call("model", eeu.model, ("tullock 1980",))
    yield Call("models", eeu.models, ("contest",))
    yield Call("PublishedModels[]", eeu.models().__getitem__, (0,))
    yield Call("models.vocabulary.parameter", vocabulary.parameter, ("a", "a", "> 0", "it"))
    yield Call("propositions_of", registry.propositions_of, (eeu.PowerShift,))
    yield Call("Publication", Publication, ("a 1990", "b", ("contest",), "c"))
    yield Call("cases.load_case", eeu.load_case, (program,))
    yield Call("Case", eeu.Case, ("T", ["CredibleCommitment"], {}))
    yield Call("Case.from_csv", eeu.Case.from_csv, ("T", ["CredibleCommitment"], values, works))
    yield Call("Chapter", eeu.Chapter, ("CredibleCommitment", ("mu", "ell"), {}))
    yield Call("Case.chapter", case.chapter, ("HubBargaining",))
    yield Call("Case.calibration", case.calibration, ("HubBargaining", "2014"))
    yield Call("Case.cite", case.cite, ("Kydd2005",))
    yield Call("Bibliography.cite", eeu.Bibliography((works,)).cite, ("A",))
    steps = [cases.Step("a", "A", "text"), cases.Step("b", "B")]
    drawn = cases.Diagram(steps, [cases.Arrow("a", "b", "mu")])
    yield Call("Step", cases.Step, ("a", "A", "text"))
    yield Call("Arrow", cases.Arrow, ("a", "b", "mu"))
    yield Call("Diagram", cases.Diagram, (steps, [cases.Arrow("a", "b")]))
    yield Call("Diagram.into", drawn.into, ("b",))
    yield Call("Diagram.of_chapters", cases.Diagram.of_chapters, (case.chapters,))
    yield Call("Diagram.of_argument", cases.Diagram.of_argument, (
        eeu.Argument({"a": game_of("Depth")}),))  # fmt: skip
    yield Call("Exhibit", cases.Exhibit, ("a", "A", "text"), {
        "table": lambda: drawn, "figure": lambda: None, "alt": "what it shows", "brief": lambda: drawn, "is_main": True})  # fmt: skip
    yield Call("Bibliography.work", eeu.Bibliography((works,)).work, ("A",), {"note": "p. 1"})
    yield Call("cite", eeu.cite, ("Kydd2005", case), {"bibliography": eeu.Bibliography((works,))})
    yield Call("Work", core.Work, ("A", "A. 1999.", "p. 1", "@misc{A}"))
    cited = eeu.cite("A", bibliography=eeu.Bibliography((works,)))
    yield Call("Citation", core.Citation, ("T", cited.rows))
    yield Call("Citation.to_bibtex", cited.to_bibtex, (folder / "cited.bib",))
    yield Call("Figure", cases.Figure, ("2014", ("2013",), {}))


def of_sweeps() -> Iterator[Call]:
    """Sweeps, and the points they go over."""
    grids = {"trust": [0.1, 0.5], "outputs": ["trust_threshold"]}
    game = eeu.CredibleCommitment(
        membership_benefit=1, encroachment_loss=1, opportunist_restraint=0
    )
    general = eeu.CredibleCommitment()
    yield Call("sweep", eeu.sweep, (game, eeu.points(trust=[0.1])), {
        "outputs": ["trust_threshold"], "equilibria": None, "concept": None, "given": (),
        "exact": True,
        "chunks": None, "client": None, "out": None, "progress": False})  # fmt: skip
    games = [[[1.0, 0.0], [0.0, 1.0]]]
    yield Call("bimatrix_games", eeu.sweeps.bimatrix_games, (games, games))
    yield Call("sweep of an expression", eeu.sweep, ("x**2",), {"given": "x > 0", "x": [1, 2]})
    yield Call("sweep in parts", eeu.sweep, (game,), {**grids, "chunks": 1})
    yield Call("sweep into a file", eeu.sweep, (game,), {
        **grids, "out": Path(mkdtemp()) / "a.nc"})  # fmt: skip
    yield Call("points", eeu.points, ([{"x": 1}],), {"dimension": "year"})
    yield Call("points drawn", eeu.points, (4,), {"method": "halton", "rng": 1, "x": (0, 1)})
    yield Call("Points", eeu.Points, ({"x": [1, 2]}, "point", "given"))
    yield Call("Quantity.sweep", general.quantities["trust_threshold"].sweep, (), {
        "sigma": [0.5], "b": 1, "ell": [1]})  # fmt: skip
    yield from of_uncertainty(game)


def of_uncertainty(game: eeu.CredibleCommitment) -> Iterator[Call]:
    """Priors on parameters, and figures of a sweep."""
    square = {"x": (0, 1), "y": (0, 1)}
    options = {"given": "y < 1", "game": None, "size": 256, "rng": 1}
    yield Call("probability", eeu.probability, ("x < y", square), {**options, "method": "exact"})
    yield Call("probability, sampled", eeu.probability, ("x*x + y*y < 1", square), options)
    yield Call("probability of an equilibrium", eeu.probability, (
        game.solve()["join"], {"trust": (0, 1)}))  # fmt: skip
    yield Call("quantiles", eeu.quantiles, (game, {"trust": (0, 1)}), {
        "q": [0.5], "outputs": ["expected_loss"], "given": (), "size": 64, "rng": 1})  # fmt: skip
    yield Call("sensitivity", eeu.sensitivity, ("x < y", square), options)
    yield Call("sensitivity of a quantity", eeu.sensitivity, (game, {"trust": (0, 1)}), {
        "outputs": ["expected_loss"], "size": 256})  # fmt: skip
    yield Call("boxes", eeu.boxes, ("x < y", square), {
        "given": "y < 1", "game": None, "width": "1/2", "proofs": 9})  # fmt: skip
    parts = eeu.boxes("x < 1/3", {"x": (0, 1)}, width="1/4")
    yield Call("BoxPartition.of", parts.of, ("true",))
    yield Call("BoxPartition.share", parts.share, ("true",))
    table = eeu.sweep("x*y", x=[0, 1], y=[1, 2])
    yield Call("plot_sweep", eeu.plot_sweep, (table,), {
        "x": "x", "y": None, "variable": "value", "columns": "y"})  # fmt: skip


def of_solvers() -> Iterator[Call]:
    """Methods that stand on their own."""
    yield Call("solvers.pure_nash", lambda *a: list(solvers.pure_nash(*a)), (
        [["L", "R"], ["l", "r"]], lambda p, i: 1, None))  # fmt: skip
    yield Call("solvers.backward_induction", solvers.backward_induction, (3, ("1/2", "1/2"), 0))
    yield Call("solvers.renegotiated", solvers.renegotiated, (
        ["A", "B"], len, [1, 1], ["1/2", "1/2"]))  # fmt: skip
    yield Call(
        "solvers.renegotiated_by_number", solvers.renegotiated_by_number, ([0, 1, 2], 2, 1, "1/2")
    )
    yield Call("solvers.HullFrontier", solvers.HullFrontier, ([(0, 1), (1, 0)], (0, 0)))
    yield Call("HullFrontier.nash", solvers.HullFrontier([(0, 1), (1, 0)], (0, 0)).nash, ("1/2",))
    u = sp.Symbol("u", real=True)
    yield Call("solvers.SmoothFrontier", solvers.SmoothFrontier, (1 - u**2, (0, 0), u))
    yield Call("SmoothFrontier.nash", solvers.SmoothFrontier(1 - u, (0, 0), u).nash, ("1/2",))
