"""Statements of all kinds with their verdicts, to compare ``prove`` with the bare solvers on."""

from collections.abc import Iterator
from typing import NamedTuple

PROVED, REFUTED = "proved", "refuted"


class Case(NamedTuple):
    """A statement, where it is claimed, and the right verdict."""

    kind: str
    statement: str
    given: tuple[str, ...]
    verdict: str


FIRM = (
    "p > 0", "w > 0", "r > 0", "L > 0", "K > 0", "f_L > 0", "f_K > 0", "f_LL < 0", "f_KK < 0",
    "f_LL*f_KK - f_LK**2 > 0", "p*f_L == w", "p*f_K == r",
)  # fmt: skip
"""A firm with two inputs: f_L is the marginal product of L, f_LL its slope."""
WAGE = ("p*(f_LL*L_w + f_LK*K_w) == 1", "p*(f_LK*L_w + f_KK*K_w) == 0")
"""What a higher price of L does to both inputs."""
PRICE = ("f_L + p*(f_LL*L_p + f_LK*K_p) == 0", "f_K + p*(f_LK*L_p + f_KK*K_p) == 0")
RENT = ("p*(f_LL*L_r + f_LK*K_r) == 0", "p*(f_LK*L_r + f_KK*K_r) == 1")
ALL = (*FIRM, *WAGE, *PRICE, *RENT)
CONSTANT_RETURNS = (
    "L > 0", "K > 0", "w > 0", "r > 0", "m > 0", "f_L > 0", "f_K > 0", "f_LL < 0", "f_KK < 0",
    "f_LL*L + f_LK*K == 0", "f_LK*L + f_KK*K == 0", "w == m*f_L", "r == m*f_K",
    "y == f_L*L + f_K*K", "f_L*L_w + f_K*K_w == 0", "1 == m_w*f_L + m*(f_LL*L_w + f_LK*K_w)",
    "0 == m_w*f_K + m*(f_LK*L_w + f_KK*K_w)",
)  # fmt: skip
DERIVED_DEMAND = (
    "0 < s < 1", "sig > 0", "eta > 0", "e > 0", "q == -eta*P", "P == s*W + (1 - s)*R",
    "l == q - (1 - s)*sig*(W - R)", "k == q + s*sig*(W - R)", "k == e*R", "W > 0",
)  # fmt: skip
THREE_INPUTS = (
    "a < 0", "b < 0", "c < 0", "a*b - d**2 > 0", "a*c - e**2 > 0", "b*c - f**2 > 0",
    "a*b*c + 2*d*e*f - a*f**2 - b*e**2 - c*d**2 < 0",
    "a*x + d*y + e*z == 1", "d*x + b*y + f*z == 0", "e*x + f*y + c*z == 0",
)  # fmt: skip
TEN_SYMBOLS = (
    "v1 > 0", "v2 > 0", "v3 > 0", "v4 > 0", "v5 < 0", "v6 < 0", "v5*v6 > v7**2",
    "v1*v3 + v2*v4 == v8", "v8 > 0", "v1 < 1", "v2 < 1", "v3 != v4", "v9*v5 + v10*v7 == v1",
    "v9*v7 + v10*v6 == v2", "v9 != 0", "v10 != 0", "v1*v9 + v2*v10 < 0", "v3*v9 <= v8",
    "v4*v10 <= v8", "v5 + v6 < -1", "v7 < v1 + v2", "v8 < 10", "v8*v5 > -100", "v8*v6 > -100",
    "v3 + v4 > 1",
)  # fmt: skip
"""Two goods and their prices, as 25 relations."""
CUBES = tuple(f"{s} > 0" for s in "xyz")
BOX = tuple(f"0 < x_{i} < 1" for i in range(12))
CHAIN = tuple(f"x_{i} < x_{i + 1}" for i in range(15))


def sum_of(text: str, count: int) -> str:
    return " + ".join(text.format(i, i + 1) for i in range(count))


def far(bound: int) -> str:
    """One of three symbols is far from zero."""
    return " or ".join(f"{s} > {bound}" for s in "xyz") + f" or x < -{bound} or y < -{bound}"


def cases() -> Iterator[Case]:
    for kind, found in TABLE.items():
        for statement, given, verdict in found:
            yield Case(kind, statement, given, verdict)


Row = tuple[str, tuple[str, ...], str]
TABLE: dict[str, list[Row]] = {
    "production": [
        ("L_w < 0", (*FIRM, *WAGE), PROVED),
        ("K_w < 0", (*FIRM, *WAGE), REFUTED),
        ("K_w < 0", (*FIRM, *WAGE, "f_LK > 0"), PROVED),
        ("L + w*L_w < 0", (*FIRM, *WAGE), REFUTED),
        ("f_L*L_p + f_K*K_p > 0", (*FIRM, *PRICE), PROVED),
        ("L_p > 0 and K_p > 0", (*FIRM, *PRICE), REFUTED),
        ("L_p > 0 or K_p > 0", (*FIRM, *PRICE), PROVED),
        ("L_r == K_w", ALL, PROVED),
        ("L_p == -(f_L*L_w + f_K*K_w)", ALL, PROVED),
        ("f_L*L_w + f_K*K_w < 0", ALL, REFUTED),
        ("L_w <= S", (*FIRM, *WAGE, "p*f_LL*S == 1"), PROVED),
        ("L_w < S", (*FIRM, *WAGE, "p*f_LL*S == 1"), REFUTED),
    ],
    "constant returns": [
        ("f_LK > 0", CONSTANT_RETURNS, PROVED),
        ("L_w < 0", CONSTANT_RETURNS, PROVED),
        ("m_w*y == L", CONSTANT_RETURNS, PROVED),
        ("w*L_w + L > 0", CONSTANT_RETURNS, REFUTED),
    ],
    "derived demand": [
        ("l*W < 0", DERIVED_DEMAND, PROVED),
        ("k < 0", DERIVED_DEMAND, REFUTED),
        ("(k < 0 => eta > sig) and (eta > sig => k < 0)", DERIVED_DEMAND, PROVED),
        ("l/W < -s*eta", DERIVED_DEMAND, REFUTED),
        ("W + l > P + q", DERIVED_DEMAND, REFUTED),
    ],
    "three inputs": [
        ("x < 0", THREE_INPUTS, PROVED),
        ("x < 0 and y < 0 and z < 0", (*THREE_INPUTS, "d > 0", "e > 0", "f > 0"), PROVED),
        ("y < 0", THREE_INPUTS, REFUTED),
        ("y < 0 and z < 0", (*THREE_INPUTS, "d > 0", "e > 0"), REFUTED),
    ],
    "ten symbols": [
        ("v9*v3 + v10*v4 < 0", TEN_SYMBOLS, REFUTED),
        ("v9 < 0", TEN_SYMBOLS, REFUTED),
        ("v9 < 0 or v10 < 0", TEN_SYMBOLS, PROVED),
        (" and ".join(f"({c})" for c in TEN_SYMBOLS) + " => v9*v3 + v10*v4 < 0", (), REFUTED),
        (" and ".join(f"({c})" for c in ALL) + " => f_L*L_w + f_K*K_w < 0", (), REFUTED),
    ],
    "polynomials": [
        ("x**3 + y**3 + z**3 >= 3*x*y*z", CUBES, PROVED),
        ("x**4*y**2 + x**2*y**4 - 3*x**2*y**2 + 1 >= 0", (), PROVED),
        ("x*(x-y)*(x-z) + y*(y-x)*(y-z) + z*(z-x)*(z-y) >= 0", CUBES, PROVED),
        ("x*(x-y)*(x-z) + y*(y-x)*(y-z) + z*(z-x)*(z-y) >= 0", CUBES[:2], REFUTED),
        ("(x + y)**30 > x**30", CUBES[:2], PROVED),
        ("(x + y)**30 > 2*x**30", CUBES[:2], REFUTED),
        ("x**40 + y**40 >= x**20*y**20", (), PROVED),
        ("x**40 + y**40 >= 3*x**20*y**20", (), REFUTED),
        ("(a*x + b*y + c*z)**2 <= (a**2 + b**2 + c**2)*(x**2 + y**2 + z**2)", (), PROVED),
    ],
    "many symbols": [
        ("x_0 < x_15", CHAIN, PROVED),
        ("x_0 > x_15 - 1", CHAIN, REFUTED),
        (sum_of("x_{0}", 12) + " < 12", BOX, PROVED),
        (sum_of("x_{0}", 12) + " > 1", BOX, REFUTED),
        (sum_of("x_{0}*x_{1}", 20) + " > 1", tuple(f"x_{i} > 0" for i in range(21)), REFUTED),
    ],
    "quotients": [
        ("x/(y + z) + y/(x + z) + z/(x + y) >= 3/2", CUBES, PROVED),
        ("x/(y + z) + y/(x + z) + z/(x + y) > 3/2", CUBES, REFUTED),
        ("1/(x - 1) + 1/(y - 1) > 0", ("x > 0", "y > 1"), REFUTED),
        (sum_of("1/(x + {1})", 10) + " > 0", ("x > 0",), PROVED),
        ("(y + z)/(x + y + z)**2*v > c", (*CUBES, "v > 0", "c > 0"), REFUTED),
    ],
    "equations": [
        ("x_8 == 256*x_0", tuple(f"x_{i + 1} == 2*x_{i}" for i in range(8)), PROVED),
        ("x_8 > x_0", tuple(f"x_{i + 1} == 2*x_{i}" for i in range(8)), REFUTED),
        ("x + y < 1", ("x**2 + y**2 == 1",), REFUTED),
        ("b < 0", ("x**3 + b*x + c == 0", "y**3 + b*y + c == 0", "x > y",
                   "z**3 + b*z + c == 0", "y > z"), PROVED),
        ("x + y == -b", ("x**2 + b*x + c == 0", "y**2 + b*y + c == 0", "x != y"), PROVED),
    ],
    "roots": [
        ("sqrt(x*y) <= (x + y)/2", CUBES, PROVED),
        ("sqrt(x) + sqrt(y) > sqrt(x + y)", ("x >= 0", "y >= 0"), REFUTED),
        ("x + y <= sqrt(2)", ("x**2 + y**2 == 1",), PROVED),
    ],
    "by cases": [
        ("max(a, b, c, d, f) >= (a + b + c + d + f)/5", (), PROVED),
        (" + ".join(f"abs({s})" for s in "abcdfg") + " >= abs(a + b + c + d + f + g)", (), PROVED),
        ("abs(abs(abs(a - b) - c) - d) <= abs(a) + abs(b) + abs(c)", (), REFUTED),
        ("max(max(min(a, b), c), min(max(a, c), d)) <= max(a, b, c, d)", (), PROVED),
        ("Piecewise((x**2, x > 1), (x, True)) <= x**2 + 1/4", (), PROVED),
    ],
    "or": [
        ("x**2 + y**2 + z**2 > 0", tuple(far(i) for i in range(6)), PROVED),
        ("x + y + z > 0", tuple(far(i) for i in range(8)), REFUTED),
    ],
    "no point": [
        ("x*y > 5", ("x**2 + y**2 + z**2 < x*y + y*z + x*z",), PROVED),
        ("x > 5", ("x > 0", "x < 0"), PROVED),
    ],
    "logarithms": [
        ("log(x) <= x - 1", ("x > 0",), PROVED),
        ("log(x) <= x/3", ("x > 0",), REFUTED),
        ("x**a*y**(1 - a) > x", (*CUBES[:2], "0 < a < 1"), REFUTED),
    ],
}  # fmt: skip
