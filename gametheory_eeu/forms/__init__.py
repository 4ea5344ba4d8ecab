"""Games in normal, extensive and symmetric form, and with continuous choices."""

from gametheory_eeu.forms.cheap_talk import CheapTalk
from gametheory_eeu.forms.continuous_game import ContinuousGame
from gametheory_eeu.forms.continuous_tree import ContinuousTree
from gametheory_eeu.forms.correlated_equilibrium import CorrelatedEquilibrium
from gametheory_eeu.forms.extensive_form import ExtensiveForm
from gametheory_eeu.forms.normal_form import NormalForm
from gametheory_eeu.forms.signalling_game import SignallingGame
from gametheory_eeu.forms.symmetric_game import SymmetricGame

__all__ = [
    "CheapTalk",
    "ContinuousGame",
    "ContinuousTree",
    "CorrelatedEquilibrium",
    "ExtensiveForm",
    "NormalForm",
    "SignallingGame",
    "SymmetricGame",
]
