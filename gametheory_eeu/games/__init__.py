"""Types of models and of their solutions: games, equilibria, partitions, propositions."""

from gametheory_eeu.games.argument import Argument, Stage
from gametheory_eeu.games.chain import Link
from gametheory_eeu.games.choice_distribution import ChoiceDistribution
from gametheory_eeu.games.equilibrium import (
    Equilibrium,
    EquilibriumSet,
    Obligation,
    Profile,
    Verification,
    join_names,
)
from gametheory_eeu.games.game import Game, QuantityTable
from gametheory_eeu.games.parameters import ParameterTable, Symbols, declare
from gametheory_eeu.games.partition import Partition, Regime
from gametheory_eeu.games.quantity import ImplicitRoot, Quantity, quantity
from gametheory_eeu.games.section import Claim, Judgement, Judgements, Proposition, Propositions
from gametheory_eeu.games.solvable import AbstractGame, Increment, title_of

__all__ = [
    "AbstractGame",
    "Argument",
    "ChoiceDistribution",
    "Claim",
    "Equilibrium",
    "EquilibriumSet",
    "Game",
    "ImplicitRoot",
    "Increment",
    "Judgement",
    "Judgements",
    "Link",
    "Obligation",
    "ParameterTable",
    "Partition",
    "Profile",
    "Proposition",
    "Propositions",
    "Quantity",
    "QuantityTable",
    "Regime",
    "Stage",
    "Symbols",
    "Verification",
    "declare",
    "join_names",
    "quantity",
    "title_of",
]
