"""What a game refuses, and that the refusal names the thing, the value and the fix."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu import interop
from gametheory_eeu.errors import (
    DoesNotExistError,
    GameTheoryError,
    ParameterError,
    SpaceError,
    UnknownNameError,
)

Contest, Commitment = eeu.BandwagoningContest, eeu.CredibleCommitment
Bargaining = eeu.AsymmetricBargaining


@dataclass(frozen=True)
class Case:
    what: str
    act: Callable[[], Any]
    error: type[Exception]
    message: str


def values(game: type[eeu.Game], **given: Any) -> Callable[[], Any]:
    return lambda: game(**given)


NAMES = [
    Case("unknown name", values(Commitment, trst=1), UnknownNameError,
         "no parameter of CredibleCommitment 'trst'. Did you mean 'trust'"),
    Case("unknown name, at", lambda: Commitment().at(encroachment_los=1), UnknownNameError,
         "'encroachment_los'. Did you mean 'encroachment_loss'"),
    Case("another game's name", values(Commitment, weights=1), UnknownNameError, "'weights'"),
    Case("members of a game without any", values(Commitment, members=2), UnknownNameError,
         "no parameter of CredibleCommitment 'members'"),
    Case("given twice", values(Commitment, mu=0.5, trust=0.5), GameTheoryError,
         "trust is given twice"),
    Case("given twice, at", lambda: Commitment().at(mu=0.5, trust=0.5), GameTheoryError,
         "trust is given twice"),
    Case("component given twice", values(Contest, **{"weights.A": 1, "w": {"A": 1}}),
         GameTheoryError, "weights.A is given twice"),
    Case("unknown concept", lambda: Commitment().solve("subgame perfect"), UnknownNameError,
         "no concept 'subgame perfect'"),
    Case("unknown concept, examined",
         lambda: Commitment().examine({"member": "join", "free opportunist": "honour"}, "Nahs"),
         UnknownNameError, "Did you mean 'Nash'"),
    Case("a name for a calibration", lambda: Commitment().at("2014"), ParameterError,
         "write CredibleCommitment.from_article"),
    Case("a section that is no text", lambda: eeu.propositions(3),
         ParameterError, "section = 3 is not allowed; allowed: text. Write section='3'"),
    Case("a string of actions",
         lambda: eeu.ExtensiveForm.builder("A").move("A", "lr"),
         ParameterError, "Write ['lr'] for one name"),
    Case("nothing to read", lambda: interop.read_nfg(""), GameTheoryError,
         "there is nothing to read: give a path, or text that starts NFG"),
    Case("a line break in a name",
         lambda: interop.write_nfg(eeu.NormalForm([[1], [2]], [[1], [2]],
                                                  actions=[["a\nb", "c"], ["d"]])),
         GameTheoryError, "has a line break"),
    Case("a limit that is none", lambda: eeu.prove("x > 0", rlimit=-1), ParameterError,
         "rlimit = -1"),
    Case("unknown equilibrium", lambda: Commitment().solve()["stay"], UnknownNameError,
         "no equilibrium 'stay'. Did you mean 'stay out'"),
    Case("unknown quantity", lambda: Commitment().quantities["trust_treshold"], UnknownNameError,
         "no quantity 'trust_treshold'. Did you mean 'trust_threshold'"),
    Case("unknown symbol", lambda: Commitment().symbols["mo"], UnknownNameError, "no symbol 'mo'"),
    Case("unknown symbol, attribute", lambda: Commitment().symbols.mo, AttributeError,
         "no symbol 'mo'"),
    Case("unknown calibration", lambda: Commitment.from_article("2016"), UnknownNameError,
         "no calibration '2016'. Did you mean '2015'"),
    Case("unknown year of data", lambda: Contest.from_data("2010"), UnknownNameError,
         "no year '2010'"),
    Case("game without data", lambda: Commitment.from_data("2014"), UnknownNameError,
         "no game with published data 'CredibleCommitment'"),
    Case("unknown player", lambda: Bargaining().payoff({"deal": "deal"}, "nobody"),
         UnknownNameError, "no player 'nobody'. Known: hegemon, member"),
    Case("unknown player, contest",
         lambda: Contest(members=2).payoff({"1": "Join", "2": "Wait"}, "3"), UnknownNameError,
         "no player '3'"),
    Case("unknown action", lambda: Contest().payoff({"member": "Hide"}, "member"),
         UnknownNameError, "no action of member 'Hide'. Known: Join, Wait, Balance"),
]  # fmt: skip
DOMAINS = [
    Case("out of domain", values(Commitment, mu=2), ParameterError,
         "trust = 2 is not allowed; allowed: probability that the hegemon is restrained, in [0"),
    Case("at an open end", values(Commitment, sigma=1), ParameterError, "in [0, 1)"),
    Case("out of domain, irrational", values(Commitment, mu="sqrt(2)"), ParameterError,
         "trust = 'sqrt(2)'"),
    Case("NaN", values(Commitment, mu=math.nan), ParameterError, "trust = nan"),
    Case("Decimal NaN", values(Commitment, mu=Decimal("sNaN")), ParameterError, "trust = Decimal"),
    Case("infinity", values(Commitment, b=math.inf), ParameterError, "membership_benefit = inf"),
    Case("SymPy infinity", values(Commitment, b=sp.oo), ParameterError, "membership_benefit = oo"),
    Case("bool", values(Commitment, mu=True), ParameterError, "Write 0 or 1"),
    Case("NumPy bool", values(Commitment, mu=np.bool_(True)), ParameterError, "Write 0 or 1"),
    Case("NumPy NaN", values(Commitment, mu=np.float64("nan")), ParameterError, "trust = "),
    Case("0-d array", values(Contest, w=np.array(0.5)), ParameterError, "weights = array(0.5)"),
    Case("bytes", values(Contest, w=b"12"), ParameterError, "weights = b'12'"),
    Case("None", values(Commitment, mu=None), ParameterError, "trust = None"),
    Case("complex", values(Commitment, b=1j), ParameterError, "membership_benefit = 1j"),
    Case("unreadable text", values(Commitment, mu="seven tenths"), ParameterError, "cannot read"),
    Case("hostile text", values(Commitment, mu="__import__('os').system('true')"), ParameterError,
         "text is never run"),
    Case("a condition", values(Commitment, mu="0 < 1"), ParameterError,
         "This is a condition, not a number"),
    Case("a stranger in text", values(Commitment, mu="tau/2"), ParameterError,
         "'tau' names nothing here; did you mean 'trust'?"),
    Case("list for one value", values(Commitment, mu=[0.1, 0.2]), ParameterError,
         "allowed: one value (probability"),
    Case("mapping for one value", values(Commitment, mu={"A": 1}), ParameterError, "one value"),
    Case("no members' count", values(Contest, n=0), ParameterError, "a whole number, 1 or more"),
    Case("half a member", values(Contest, n="3/2"), ParameterError, "a whole number, 1 or more"),
    Case("a count that need not be whole", values(Contest, n="w"), ParameterError, "whole number"),
    Case("negative weight", values(Contest, w=[1, -1]), ParameterError,
         "weights.2 = -1 is not allowed; allowed: a member's weight (2), > 0"),
    Case("no weight", values(Contest, w=[1, 0]), ParameterError, "weights.2 = 0"),
    Case("bad mix", lambda: Commitment().payoff({"member": {"join": 2}}, "member"),
         ParameterError, "probabilities that sum to one"),
    Case("negative mix", lambda: Contest().payoff({"member": {"Join": 2, "Wait": -1}}, "member"),
         ParameterError, "probabilities that sum to one"),
    Case("no strategy", lambda: Commitment().payoff({"member": "join"}, "member"), ParameterError,
         "profile['free opportunist'] = None"),
]  # fmt: skip
MEMBERS = [
    Case("none", values(Contest, members=0), ParameterError, "a whole number >= 1"),
    Case("bool", values(Contest, members=True), ParameterError, "members = True"),
    Case("a fraction", values(Contest, members=1.5), ParameterError, "a whole number >= 1"),
    Case("text", values(Contest, members="AB"), ParameterError, "a list of names"),
    Case("no names", values(Contest, members=[]), ParameterError, "names, each a single word"),
    Case("two spaces", values(Contest, members=["A  B"]), ParameterError, "each a single word"),
    Case("numbers as names", values(Contest, members=[1, 2]), ParameterError, "single word"),
    Case("duplicates", values(Contest, members=["A", "A"]), ParameterError, "names that differ"),
    Case("wrong length", values(Contest, members=3, w=[1, 2]), ParameterError,
         "3 values, one for each of 1, 2, 3. 2 came"),
    Case("wrong length, at", lambda: Contest(w=[1, 2, 3]).at(w=[1, 2]), ParameterError, "2 came"),
    Case("empty list", values(Contest, w=[]), ParameterError, "at least one member's value"),
    Case("empty array", values(Contest, w=np.array([])), ParameterError, "at least one member"),
    Case("unknown member", values(Contest, members=["A"], w={"B": 1}), UnknownNameError,
         "no member 'B'"),
    Case("unknown component", lambda: Contest(members=["A"]).at(**{"weights.B": 1}),
         UnknownNameError, "weights.B"),
    Case("another count", values(Contest, members=3, n=4), SpaceError,
         "member_count = 4 contradicts the 3 members"),
]  # fmt: skip
CLASHES = [
    Case("two numbers", values(Contest, c=0.5, tau=0.4), SpaceError,
         "c = 1/2, tau = 2/5 contradicts c < tau in BandwagoningContest; change c or tau"),
    Case("at", lambda: Contest(tau=0.4).at(c=0.5), SpaceError, "contradicts c < tau"),
    Case("equality", values(Commitment, r=1, g=1), SpaceError, "contradicts r < g"),
    Case("in terms of another", values(Contest, c="tau"), SpaceError, "contradicts c < tau"),
    Case("through another", values(Contest, c="1/2", tau="c/2"), SpaceError,
         "c = 1/2, tau = 1/4 contradicts c < tau"),
    Case("seen only together", values(Commitment, g=1, v=1), SpaceError,
         "1 < r and r < 1 contradict each other"),
    Case("by proof, partly symbolic", values(Contest, c="1/2", tau="lam - 1/2"), SpaceError,
         "lam <= 1 and 1/2 < lam - 1/2 contradict"),
    Case("by proof, a quadratic", values(Contest, c="tau^2 + tau/2 + 1/10"), SpaceError,
         "tau**2 + tau/2 + 1/10 < tau"),
    Case("control above loss", values(Bargaining, kappa=2, ell=1), SpaceError,
         "contradicts kappa < ell"),
    Case("weight against urgencies", values(Bargaining, gamma=0.5, rho_H=1, rho_i=2), SpaceError,
         "bargaining_weight = 1/2 contradicts gamma = rho_H/(rho_H + rho_i), which is 1/3 here"),
    Case("a circle", values(Contest, c="tau/2", tau="2*c"), SpaceError, "in a circle"),
    Case("in terms of itself", values(Contest, c="c/2"), SpaceError, "in a circle"),
    Case("two symbols of one name", values(Commitment, mu=sp.Symbol("b", positive=True)),
         SpaceError, "two different symbols are called b"),
]  # fmt: skip
EXISTENCE = [
    Case("a quantity out of its range", lambda: Bargaining(
        mu=0, b=1, ell=2, V=0, D=0, o=0, alpha=0, kappa=1, gamma=0.5).transfer,
        DoesNotExistError, "transfer does not exist at these values"),
    Case("a quantity without a formula", lambda: eeu.Participation(members=5).absolute_threshold,
        DoesNotExistError, "beyond 3 members, it is a maximum over too many sets of members for a "
        "formula; give values for resistance and complementarity"),
    Case("its comparative statics", lambda: eeu.Participation(members=4).comparative_statics(
        quantity="uniform_bill"), DoesNotExistError, "uniform_bill does not exist in this form of "
        "Participation: with symbols, beyond 3 members"),
    Case("its curve", lambda: eeu.curve(eeu.Participation(members=4), "absolute_threshold", "P"),
        DoesNotExistError, "give values for resistance and complementarity"),
    Case("a game is frozen", lambda: setattr(Commitment(), "trust", 1), AttributeError,
         "a game is frozen; use game.at(trust="),
    Case("and stays so", lambda: delattr(Commitment(mu=0.5), "given"), AttributeError, "frozen"),
    Case("an equilibrium is frozen", lambda: setattr(Commitment().solve()[0], "name", "x"),
         AttributeError, "cannot assign to field 'name'"),
    Case("a profile is frozen", lambda: setattr(Commitment().solve()[0].profile, "x", 1),
         AttributeError, "frozen"),
]  # fmt: skip
ALL = {"names": NAMES, "domains": DOMAINS, "members": MEMBERS, "clashes": CLASHES,
       "existence": EXISTENCE}  # fmt: skip


@pytest.mark.parametrize(
    "case", [pytest.param(c, id=f"{kind}: {c.what}") for kind, found in ALL.items() for c in found]
)
def test_refused(case: Case) -> None:
    with pytest.raises(case.error, match=re.escape(case.message)) as caught:
        case.act()
    assert isinstance(caught.value, (GameTheoryError, AttributeError))


@pytest.mark.parametrize("zero", ["alpha", "V", "D", "o"])
def test_a_closed_end_is_allowed(zero: str) -> None:
    assert Bargaining(**{zero: 0}).values[Bargaining().symbols[zero]] == 0


def test_number_types_are_accepted() -> None:
    for half in (0.5, "1/2", ".5", np.float32(0.5), Decimal("0.5"), sp.Rational(1, 2)):
        assert Commitment(mu=half) == Commitment(trust="1/2")
    arrays = (np.array([1, 2]), (1, 2), range(1, 3), {"1": 1, "2": 2}, (k for k in (1, 2)))
    assert len({Contest(members=2, w=given) for given in arrays}) == 1
    assert Contest(members=np.int64(2)) == Contest(members=2)
