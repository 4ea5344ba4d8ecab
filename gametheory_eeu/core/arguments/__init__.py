"""What kind of thing came: the one place where an argument is looked at, with one wording.

Each function returns the argument where it is of the kind asked for, and refuses it by the name of
its parameter where it is not, before anything is done with it. :func:`checks` puts them before a
function.

Examples
--------
>>> @checks(title=text, edges=flag)
... def drawn(title, edges=False):
...     return title, edges
>>> drawn("Chicken")
('Chicken', False)
>>> drawn(None)
Traceback (most recent call last):
...
gametheory_eeu.errors.ParameterError: title = None is not allowed; allowed: text.
"""

from gametheory_eeu.core.arguments.decorator import Kind, a, checks, optional
from gametheory_eeu.core.arguments.mathematical import (
    assumed,
    condition,
    conditions,
    point,
    symbol_named,
    symbols,
    symbols_by_name,
)
from gametheory_eeu.core.arguments.plain import (
    called,
    flag,
    function,
    instance,
    mapping,
    names,
    one_of,
    path,
    row,
    sequence,
    text,
    texts,
    whole,
    written,
)

__all__ = [
    "Kind",
    "a",
    "assumed",
    "called",
    "checks",
    "condition",
    "conditions",
    "flag",
    "function",
    "instance",
    "mapping",
    "names",
    "one_of",
    "optional",
    "path",
    "point",
    "row",
    "sequence",
    "symbol_named",
    "symbols",
    "symbols_by_name",
    "text",
    "texts",
    "whole",
    "written",
]
