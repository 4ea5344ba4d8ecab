"""The sign of a polynomial from bounds on its symbols: a sum of products of their slacks."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from gametheory_eeu.core.conversions import to_fraction
from gametheory_eeu.prover.facts import coefficients, linear_coefficients
from gametheory_eeu.prover.rational_function import Polynomial
from gametheory_eeu.prover.rocq.ledger import (
    Fact,
    Ledger,
    NoCounterpartError,
    Powers,
    Weighted,
    combined,
    primitive,
    raised,
)

_MAX_CASES = 8
_STRONGEST = ("==", ">", ">=")


class Bound(NamedTuple):
    """A polynomial that is linear in a symbol, and whose sign is known."""

    fact: int
    polynomial: Polynomial


class Replacement(NamedTuple):
    """A symbol's place, and the slacks that it is expressed in: one, or two."""

    place: int
    bounds: tuple[Bound, ...]


class _UndecidedError(Exception):
    """A sign to tell apart first: that of this polynomial, which is not negative."""

    def __init__(self, polynomial: Polynomial) -> None:
        self.polynomial = polynomial


@dataclass
class ImageProof:
    """The proof that a polynomial has a sign, as its multiple is a sum of products of slacks.

    Of a symbol between two bounds, K = a x + b and L = c x + d with a > 0 > c, the multiple
    (a d - b c) x is K d - L b. So a polynomial of degree n in x, times the n-th power of
    a d - b c = a L - c K, is one in K and L; all slacks are put in like this, one after another.
    """

    ledger: Ledger
    target: Polynomial
    kind: str
    replacements: tuple[Replacement, ...]
    depth: int = 0

    def run(self) -> int:
        """Add the fact to the ledger, telling cases apart where that is needed."""
        try:
            return self.direct()
        except _UndecidedError as undecided:
            text = self.cases(undecided.polynomial)
            return self.ledger.lemma(Fact(self.target, self.kind), text)

    def cases(self, polynomial: Polynomial) -> str:
        """The proof by the cases that a polynomial, which is not negative, is positive or zero."""
        if self.depth >= _MAX_CASES:
            raise NoCounterpartError("a proof with too many cases")
        texts = []
        for fact in (Fact(polynomial, ">"), Fact(-polynomial, ">=")):
            ledger = self.ledger.branch(fact)
            if fact.kind == ">=":
                opposite, weak = len(ledger.facts) - 1, ledger.find(polynomial, (">=",))
                if weak is not None:
                    ledger.both(weak, opposite)
                self._separate(ledger, polynomial, opposite)
            case = ImageProof(ledger, self.target, self.kind, self.replacements, self.depth + 1)
            try:
                index = case.direct()
            except _UndecidedError as undecided:
                inner = case.cases(undecided.polynomial)
                texts.append(ledger.proof(inner))
            else:
                texts.append(ledger.proof(f"Fact {index}"))
        first, second = texts
        return f"Cases {self.ledger.polynomial(polynomial)} ({first}) ({second})"

    def _separate(self, ledger: Ledger, distance: Polynomial, opposite: int) -> None:
        """Where the distance of two bounds is not positive, both slacks are zero."""
        for step in self.replacements:
            if len(step.bounds) == 2 and self._distance(ledger, step)[0] == distance:
                first, second = step.bounds
                a, c = (self._slope(ledger, step.place, b.polynomial) for b in step.bounds)
                content = self._distance(ledger, step)[1]
                a, c = (abs(a[0]), a[1]), (abs(c[0]), c[1])
                parts = [(content, {opposite: 1}), (a[0], combined(a[1], {second.fact: 1}))]
                minus = ledger.sum(-first.polynomial, ">=", c, parts)
                ledger.both(first.fact, minus)

    def direct(self) -> int:
        """Add the fact by one sum, or say what is to be told apart."""
        ledger, image = self.ledger, self.target
        multiplier: Weighted = (Fraction(1), {})
        slacks: dict[int, int] = {}
        for step in self.replacements:
            degree = int(image.degrees()[step.place])
            if degree < 1:
                continue
            image, factor, used = self._replaced(image, step, degree)
            multiplier = (multiplier[0] * factor[0], combined(multiplier[1], factor[1]))
            slacks |= used
        terms, zeros = self._terms(image, slacks)
        if self.kind == ">" and not any(self._is_strict(powers) for _, powers in terms):
            for index in dict.fromkeys(slacks.values()):
                if ledger.facts[index].kind == ">=":
                    raise _UndecidedError(ledger.facts[index].polynomial)
            raise NoCounterpartError("a strict sign that the coefficients do not show")
        return ledger.sum(self.target, self.kind, multiplier, terms, zeros)

    def _terms(
        self, image: Polynomial, slacks: dict[int, int]
    ) -> tuple[list[Weighted], list[tuple[Polynomial, int]]]:
        """The monomials of the image as products of facts; apart, those with a zero and a symbol.

        Negative ones must contain a zero.
        """
        ledger, terms = self.ledger, []
        zeros: dict[int, Polynomial] = {}
        for powers, coefficient in image.to_dict().items():
            used = [(place, power) for place, power in enumerate(map(int, powers)) if power]
            product = combined({}, *({slacks[p]: k} for p, k in used if p in slacks))
            free = [(place, power) for place, power in used if place not in slacks]
            zero = next((i for i in product if ledger.facts[i].kind == "=="), None)
            if zero is not None and free:
                cofactor = ledger.context.constant(coefficient)
                for place, power in free:
                    cofactor *= ledger.context.gen(place) ** power
                for index, power in product.items():
                    cofactor *= ledger.facts[index].polynomial ** (power - (index == zero))
                zeros[zero] = zeros.get(zero, 0) + cofactor
                continue
            if any(power % 2 for _, power in free):
                raise NoCounterpartError("an odd power of a symbol that may have any sign")
            if coefficient < 0 and zero is None:
                raise NoCounterpartError("coefficients of two signs")
            squares = ({ledger.square(ledger.context.gen(p)): k // 2} for p, k in free)
            terms.append((to_fraction(coefficient), combined(product, *squares)))
        return terms, [(cofactor, index) for index, cofactor in zeros.items()]

    def _is_strict(self, powers: Powers) -> bool:
        return all(self.ledger.facts[i].kind == ">" for i, k in powers.items() if k)

    def _replaced(
        self, image: Polynomial, step: Replacement, degree: int
    ) -> tuple[Polynomial, Weighted, dict[int, int]]:
        """The image in a step's slacks, the multiplier, and the places of the slacks."""
        ledger, n = self.ledger, len(self.ledger.places)
        slots = n + 2 * step.place, n + 2 * step.place + 1
        s, t = (ledger.context.gen(slot) for slot in slots)
        is_between = len(step.bounds) == 2 and self._is_apart(step)
        factor = raised(self._distance_fact(step), degree) if is_between else (Fraction(1), {})
        bounds = [self._strongest(bound) for bound in step.bounds]
        if len(bounds) == 2 and not is_between and ledger.facts[bounds[0].fact].kind != "==":
            distance = self._distance(ledger, step)[0]
            opposite = ledger.find(-distance, (">=",))
            if opposite is not None:
                self._separate(ledger, distance, opposite)
                bounds = [self._strongest(bound) for bound in step.bounds]
        if not is_between:
            bounds = [min(bounds, key=lambda b: _STRONGEST.index(ledger.facts[b.fact].kind))]
        first = bounds[0]
        a, b = _linear(first.polynomial, step.place)
        slope = self._slope(ledger, step.place, first.polynomial)
        sign = 1 if slope[0] > 0 else -1
        if len(bounds) == 1:
            above, below = sign * (s - b), sign * a
            factor = raised((abs(slope[0]), slope[1]), degree)
            used = {slots[0]: first.fact}
        else:
            c, d = _linear(bounds[1].polynomial, step.place)
            above, below = sign * (t * d - s * b), sign * (s * a - t * c)
            used = {slots[1]: first.fact, slots[0]: bounds[1].fact}
        parts = coefficients(image, step.place).items()
        image = sum(p * above**k * below ** (degree - k) for k, p in parts)
        return image, factor, used

    def _strongest(self, bound: Bound) -> Bound:
        """The bound with the strongest fact about its polynomial that is known here."""
        for kind in _STRONGEST:
            index = self.ledger.find(bound.polynomial, (kind,))
            if index is not None:
                return Bound(index, self.ledger.facts[index].polynomial)
        return bound

    def _slope(self, ledger: Ledger, place: int, polynomial: Polynomial) -> Weighted:
        product = ledger.strict_product(_linear(polynomial, place)[0])
        if product is None:
            raise NoCounterpartError("a slope of unknown sign")
        return product

    def _distance(self, ledger: Ledger, step: Replacement) -> tuple[Polynomial, Fraction]:
        """What is positive where the bounds are apart: its primitive multiple, and the number."""
        first, second = (bound.polynomial for bound in step.bounds)
        (a, b), (c, d) = _linear(first, step.place), _linear(second, step.place)
        sign = 1 if self._slope(ledger, step.place, first)[0] > 0 else -1
        distance = sign * (a * d - b * c)
        if distance == 0:
            raise NoCounterpartError("two bounds that coincide")
        result, content = primitive(distance)
        return (result, content) if content > 0 else (-result, -content)

    def _is_apart(self, step: Replacement) -> bool:
        return self.ledger.find(-self._distance(self.ledger, step)[0], (">=",)) is None

    def _distance_fact(self, step: Replacement) -> Weighted:
        """The positive distance of two bounds as a product of facts."""
        ledger = self.ledger
        distance, content = self._distance(ledger, step)
        if distance.is_constant():
            if distance != 1:
                raise NoCounterpartError("bounds that contradict each other")
            self._strengthen(step, content, None)
            return content, {}
        index = ledger.find(distance, (">",))
        if index is None:
            first, second = map(self._strongest, step.bounds)
            kinds = {ledger.facts[b.fact].kind for b in (first, second)}
            if ">" not in kinds:
                raise _UndecidedError(distance)
            a, c = (self._slope(ledger, step.place, b.polynomial) for b in (first, second))
            terms = [(abs(a[0]), combined(a[1], {second.fact: 1})),
                     (abs(c[0]), combined(c[1], {first.fact: 1}))]  # fmt: skip
            index = ledger.sum(distance, ">", (content, {}), terms)
        self._strengthen(step, content, index)
        return content, {index: 1}

    def _strengthen(self, step: Replacement, content: Fraction, distance: int | None) -> None:
        """Where one slack is zero the other is positive."""
        ledger = self.ledger
        first, second = map(self._strongest, step.bounds)
        for zero, other in ((first, second), (second, first)):
            if ledger.facts[zero.fact].kind == "==" and ledger.facts[other.fact].kind == ">=":
                slope = self._slope(ledger, step.place, zero.polynomial)
                opposite = _linear(other.polynomial, step.place)[0]
                sign = 1 if self._slope(ledger, step.place, other.polynomial)[0] > 0 else -1
                total = (content, {} if distance is None else {distance: 1})
                ledger.sum(other.polynomial, ">", (abs(slope[0]), slope[1]), [total],
                           [(-sign * opposite, zero.fact)])  # fmt: skip


def _linear(polynomial: Polynomial, place: int) -> tuple[Polynomial, Polynomial]:
    pair = linear_coefficients(polynomial, place)
    if pair is None:
        raise NoCounterpartError("a bound that is not linear")
    return pair
