"""Games as a user writes them down: in normal form and in extensive form."""

from gametheory_eeu.forms.extensive_form import ExtensiveForm
from gametheory_eeu.forms.normal_form import NormalForm

__all__ = ["ExtensiveForm", "NormalForm"]
