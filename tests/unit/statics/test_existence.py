"""Where formulas exist, beyond what a space implies."""

import pytest
import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.statics.conditions import domain_conditions, unimplied_conditions

x, y, z = sp.symbols("x y z", real=True)


def space(*given: sp.Basic) -> Space:
    return Space.of(*given, symbols=[x, y, z])


@pytest.mark.parametrize(
    ("conditions", "given", "expected"),
    [
        ([], [], ()),
        ([x > 0, y > 0], [x > 0], (y > 0,)),
        ([x > 0], [x > 1], ()),
        ([sp.And(x > -1, y > 0), y > -1], [x > 0], (y > 0,)),  # the second follows from the first
        ([sp.Or(x > 0, y > 0)], [x > 0], ()),
        ([sp.Or(x > 0, y > 0)], [x > -1], (sp.Or(x > 0, y > 0),)),
        ([sp.Ne(x, y)], [x > y], ()),
        ([sp.Ne(x, y)], [x >= y], (sp.Ne(x, y),)),
        ([x * y > 0], [x > 0], (y > 0,)),  # in its shorter form
        ([sp.true], [], ()),
        ([sp.floor(x) > 0], [], (sp.floor(x) > 0,)),  # what nobody decides is kept
        ([sp.floor(x) > 0], [sp.floor(x) > 0], ()),
        # what is given need not all be readable
        ([x > 0], [x > 1, sp.floor(y) > 0], ()),
        ([x > 0], [x > 1, sp.Eq(y, sp.sin(z))], ()),
        ([x > 2], [x > 1, sp.sin(y) > 0], (x > 2,)),
    ],
    ids=str,
)
def test_what_a_space_does_not_imply(
    conditions: list[sp.Basic], given: list[sp.Basic], expected: tuple[sp.Basic, ...]
) -> None:
    assert unimplied_conditions(conditions, space(*given)) == expected


def test_where_formulas_have_a_value() -> None:
    assert domain_conditions((1 / y, sp.log(x)), space(x > 0)) == (sp.Ne(y, 0),)
    assert domain_conditions((sp.sqrt(x), sp.log(y)), space()) == (x >= 0, y > 0)
    assert domain_conditions((x + y,), space()) == domain_conditions((), space()) == ()
    with pytest.raises(UnsupportedError):
        domain_conditions((sp.acoth(x),), space())
