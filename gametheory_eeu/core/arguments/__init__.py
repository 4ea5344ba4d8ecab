"""Validation of arguments, in one place and with one wording of errors.

Each function returns the argument where it is of the kind asked for, and refuses it by the name of
its parameter where it is not, before anything is done with it. :func:`checks` puts them before a
function.

Examples
--------
>>> @validate(title=text, edges=flag)
... def drawn(title, edges=False):
...     return title, edges
>>> drawn("Chicken")
('Chicken', False)
>>> drawn(None)
Traceback (most recent call last):
...
gametheory_eeu.errors.ParameterError: title = None is not allowed; allowed: text.
"""

from gametheory_eeu.core.arguments.mathematical import (
    assumptions_text,
    condition,
    conditions,
    point,
    symbol_by_name,
    symbols,
    symbols_by_name,
)
from gametheory_eeu.core.arguments.plain import (
    Validator,
    call,
    flag,
    function,
    instance,
    instance_of,
    integer,
    lookup,
    mapping,
    names,
    one_of,
    optional,
    path,
    sequence,
    text,
    texts,
    validate,
    write_file,
)

__all__ = [
    "Validator",
    "assumptions_text",
    "call",
    "condition",
    "conditions",
    "flag",
    "function",
    "instance",
    "instance_of",
    "integer",
    "lookup",
    "mapping",
    "names",
    "one_of",
    "optional",
    "path",
    "point",
    "sequence",
    "symbol_by_name",
    "symbols",
    "symbols_by_name",
    "text",
    "texts",
    "validate",
    "write_file",
]
