"""A game that says its finite form has everything else from it."""

import pickle
from typing import ClassVar

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu import display
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.errors import ParameterError, SpaceError, UnsupportedError
from gametheory_eeu.forms import ContinuousGame, ExtensiveForm, NormalForm, SymmetricGame
from gametheory_eeu.forms.game_form import GameForm
from gametheory_eeu.games import Game, declare, quantity
from gametheory_eeu.games.families import have_common_point
from gametheory_eeu.models import vocabulary as v


class Neighbours(Game):
    """Two neighbours cooperate or stay apart; cooperation pays if it is mutual."""

    parameters = declare(v.MEMBERSHIP_BENEFIT, v.ENCROACHMENT_LOSS, v.OUTSIDE_OPTION)

    def constraints(self) -> tuple[Boolean, ...]:
        """Being let down is worse than staying apart."""
        return (-self.symbols.ell < self.symbols.o,)

    @quantity("p^*", eeu.Source("M"))
    def tipping_point(self) -> Expr:
        """The probability of the other's cooperation at which cooperating pays."""
        s = self.symbols
        return (s.ell + s.o) / (s.b + s.ell)

    def form(self) -> GameForm:
        """Rows and columns cooperate or stay apart."""
        s = self.symbols
        row, column = [[s.b, -s.ell], [s.o, s.o]], [[s.b, s.o], [-s.ell, s.o]]
        actions = ["cooperate", "apart"]
        return NormalForm(row, column, players=["1", "2"], actions=[actions] * 2)

    names: ClassVar = {"cooperate, cooperate": "both", "apart, apart": "neither"}
    notes: ClassVar = {"both": "a word kept on both sides"}


class EntryGame(Game):
    """An entrant meets an incumbent that fights or yields."""

    parameters = declare(v.MEMBERSHIP_BENEFIT, v.ENCROACHMENT_LOSS)

    def form(self) -> GameForm:
        s = self.symbols
        tree = ExtensiveForm.builder("entrant", "incumbent").move("entrant", ["in", "out"])
        tree = tree.move("incumbent", ["fight", "yield"], after="in").payoffs("out", 0, 2)
        return tree.payoffs("in/fight", -s.ell, 0).payoffs("in/yield", s.b - s.ell, 1).build()

    @quantity("b - l", eeu.Source("M"))
    def gain(self) -> Expr:
        """What entry brings where the incumbent yields."""
        return self.symbols.b - self.symbols.ell


class Bystanders(Game):
    """Five who could help; one is enough."""

    parameters = declare(v.MEMBERSHIP_BENEFIT, v.ENCROACHMENT_LOSS)

    def constraints(self) -> tuple[Boolean, ...]:
        return (self.symbols.ell < self.symbols.b,)

    def form(self) -> GameForm:
        s = self.symbols
        wait = [sp.Integer(0), *[s.b] * 4]
        return SymmetricGame({"help": [s.b - s.ell] * 5, "wait": wait}, players=5)


GAMES = [Neighbours(), EntryGame(), Bystanders()]


def test_equilibria_come_under_the_games_names_in_its_symbols() -> None:
    game = Neighbours()
    solution = game.solve()
    assert solution.names == ("both", "neither", "cooperate + apart, cooperate + apart")
    assert solution["both"].condition == sp.Ge(game.symbols.b, game.symbols.o)
    assert solution["both"].note == "a word kept on both sides"
    assert solution[2].strategies["1"][0] == game.tipping_point
    assert solution.game == game
    assert all(e.game == game for e in solution)
    assert game.players == ("1", "2")
    assert (solution.complete_where, "every pair of supports" in solution.why) == (sp.true, True)


def test_a_relation_is_a_bound_by_a_quantity() -> None:
    game = EntryGame()
    conditions = {e.name: e.condition for e in game.solve()}
    assert conditions["in; yield"] == sp.Ge(game.gain, 0)
    assert conditions["out; yield"] == sp.Le(game.gain, 0)


@pytest.mark.parametrize("game", GAMES, ids=repr)
def test_every_equilibrium_is_verified(game: Game) -> None:
    for concept in game.concepts:
        for verification in game.solve(concept).verify().values():
            assert verification.verdict == "proved"
            assert not verification.vacuous


@pytest.mark.parametrize("game", GAMES, ids=repr)
def test_payoffs_are_those_of_the_profile(game: Game) -> None:
    for equilibrium in game.solve():
        for player, payoff in equilibrium.payoffs.items():
            assert sp.simplify(payoff - game.payoff(equilibrium.profile, player)) == 0


@pytest.mark.parametrize("game", GAMES, ids=repr)
def test_at_values_the_form_and_its_equilibria_are_those_at_values(game: Game) -> None:
    values = {"b": 2, "ell": 1} | ({"o": 0} if "o" in game.parameters else {})
    at, form = game.at(**values), game.form().at(**values)
    assert at.form() == form
    assert not at.space.symbols
    for ours, theirs in zip(at.solve(), form.solve(), strict=True):
        assert have_common_point(ours, theirs)
    families = game.solve().families_at(**values)
    assert families == {name: (name,) for name in at.solve().names}


@pytest.mark.parametrize("game", GAMES, ids=repr)
def test_results_travel(game: Game) -> None:
    solution = game.solve()
    assert eeu.from_json(solution.to_json()) == solution
    assert pickle.loads(pickle.dumps(solution)) == solution  # noqa: S301
    for result in (game, solution, solution[0], eeu.regimes(game), game.comparative_statics()):
        assert result.to_latex()
        assert str(result)


def test_regimes_uniqueness_and_statics_follow() -> None:
    game = Neighbours()
    names = {regime.equilibria for regime in eeu.regimes(game).cells}
    mixed = "cooperate + apart, cooperate + apart"
    assert names == {("neither",), ("both", "neither", mixed)}
    assert eeu.prove_unique(game, given=[game.symbols.b < game.symbols.o]).verdict == "unique"
    signs = {(r.quantity, r.parameter.name): r.sign for r in game.comparative_statics().rows}
    assert signs["payoff of 1 at both", "membership_benefit"] == "+"
    monotone = {r.parameter.name: r.sign for r in eeu.monotone_statics(Bystanders(), wrt="b")}
    assert set(monotone) <= {"b"}


def test_monotone_statics_read_the_actions_of_the_form() -> None:
    assert str(eeu.monotone_statics(Neighbours(), title="Neighbours"))


def test_a_tree_is_drawn() -> None:
    assert EntryGame().plot(equilibrium="in; yield").axes
    with pytest.raises(UnsupportedError, match="Neighbours has no figure"):
        display.figure(Neighbours())


class Narrow(EntryGame):
    """It takes as given what its parameters do not say."""

    def form(self) -> GameForm:
        s = self.symbols
        return NormalForm([[s.b]], [[s.ell]], given=[s.b > s.ell])


class Shapeless(EntryGame):
    """Its form is none."""

    def form(self) -> GameForm:
        return [[self.symbols.b]]  # type: ignore[return-value]


def test_a_form_s_own_note_stays() -> None:
    assert Bystanders().solve("pure Nash")[0].note.startswith("stands for 5 equilibria")


def test_names_are_a_mapping() -> None:
    with pytest.raises(ParameterError, match=r"names = .*a mapping of text to text"):
        type("Misnamed", (EntryGame,), {"names": ["in"]})


def test_a_misspelt_name_of_an_equilibrium_is_refused() -> None:
    class Misspelt(Neighbours):
        names: ClassVar[dict[str, str]] = {"apart, aprt": "apart"}

    with pytest.raises(ParameterError, match=r"names of Misspelt = 'apart, aprt'.*mean 'apart'"):
        Misspelt().solve()


def test_what_is_no_form_of_the_game_is_refused() -> None:
    with pytest.raises(SpaceError, match=r"Narrow takes b > ell as given.*constraints\(\)"):
        Narrow().solve()
    with pytest.raises(ParameterError, match=r"form of Shapeless.*NormalForm"):
        Shapeless().solve()


class Wide(Game):
    """Twelve actions each: too many supports with symbols, and none too many in numbers."""

    parameters = declare(v.MEMBERSHIP_BENEFIT)

    def form(self) -> GameForm:
        b = self.symbols.b
        rows = [[b * int(i == j) - i * j for j in range(12)] for i in range(12)]
        return NormalForm(rows, rows)


def test_where_the_general_form_is_too_large_its_values_are_solved() -> None:
    with pytest.raises(eeu.errors.GameTheoryError):
        Wide().solve()
    assert len(Wide(b=1).solve()) >= 1


class Effort(Game):
    """One chooses an effort, which may be worth nothing."""

    parameters = declare(v.MEMBERSHIP_BENEFIT, v.OUTSIDE_OPTION)
    names: ClassVar[dict[str, str]] = {"y = 0": "idle", "interior": "any", "y = 1": "busy"}
    closed_ties = True

    def form(self) -> GameForm:
        """Effort between nothing and all, worth more or less than it costs."""
        s = self.symbols
        form: GameForm = eeu.ContinuousGame({"A": f"y*({s.b} - {s.o})"}, {"A": "0 <= y <= 1"})
        return form


def test_a_form_may_have_continuous_choices() -> None:
    game = Effort()
    assert game.players == ("A",)
    solution = game.solve()
    assert {check.verdict for check in solution.verify().values()} == {"proved"}
    found = {e.name: (dict(e.choices), e.condition) for e in solution}
    b, o, y = game.symbols.b, game.symbols.o, sp.Symbol("y", real=True)
    assert found["any"] == ({"y": y}, sp.Eq(b, o))
    assert game.payoff({"y": "1/2"}, "A") == b / 2 - o / 2
    assert game.at(b=2, o=1).solve().names == ("busy",)
    assert len(eeu.regimes(game).cells) == 2


def test_a_continuum_of_choices_takes_the_end_that_is_its_own() -> None:
    """At the tie each of the two ends belongs to one equilibrium, with the choice it has there."""
    game = Effort().at(b=1, o=1)
    members: list[sp.Expr] = []
    for equilibrium in game.solve():
        (choice,) = equilibrium.choices.values()
        ends = [0, 1] if equilibrium.free else [choice]
        members += [x for x in ends if equilibrium.where.subs(choice, x) == sp.true] if (
            equilibrium.free) else ends  # fmt: skip
    assert sorted(members) == [0, 1]


def test_choices_have_comparative_statics() -> None:
    game = eeu.Depth(mu="1/2", zeta=0)
    rows = game.comparative_statics("choice of y at depth, some precaution", "b")
    assert (rows[0].sign, rows[0].verdict) == ("+", "proved")
    table = eeu.Depth().comparative_statics("choice", "depth_cost")
    found = {r.quantity.partition(" at ")[0]: r.sign for r in table if r.sign != "0"}
    assert found == {"choice of y": "-"}


def test_monotone_statics_read_a_continuous_form() -> None:
    table = eeu.monotone_statics(eeu.InstitutionalChoice(binding_delivery=0), wrt="mu")
    assert {row.sign for row in table} == {"<=0"}


def test_a_name_of_something_that_is_not_chosen_is_refused() -> None:
    class Effort(Game):
        parameters = Neighbours.parameters
        names: ClassVar[dict[str, str]] = {"y = 0": "none"}

        def form(self) -> GameForm:
            return ContinuousGame({"A": "x - x**2"}, {"A": "x >= 0"})

    with pytest.raises(ParameterError, match=r"names of Effort = 'y = 0'.*interior"):
        Effort().solve()
