"""Drawing of an argument's diagram: boxes below one another, arrows beside them, in SVG."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gametheory_eeu.cases import Arrow, Diagram
from gametheory_eeu.display import symbol_text
from gametheory_eeu.display.as_text import wrap

BOX_WIDTH, LINE, PADDING, GAP = 320, 19, 10, 26
LANE, FIRST_LANE = 13, 18
_CHARACTERS = 37
"""How many fit into a line of a box."""


@dataclass(frozen=True)
class Line:
    """A line of text in a box, and its look: ``title``, ``text`` or ``takes``."""

    look: str
    text: str
    y: int


@dataclass(frozen=True)
class Box:
    """A step, drawn."""

    number: int
    top: int
    height: int
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Drawing:
    """A diagram with the place of everything in it; arrows are SVG paths."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    paths: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """A step in words: what it is, and what it takes from earlier steps."""

    title: str
    text: str
    takes: tuple[str, ...]


def readings(diagram: Diagram) -> tuple[Reading, ...]:
    """The diagram as a list, for those who do not see it."""
    titles = {step.name: step.title for step in diagram.steps}
    return tuple(
        Reading(
            step.title,
            step.text,
            tuple(f"{_symbols(a) or 'what follows'} from {titles[a.source]}"
                  for a in diagram.into(step.name)),
        )
        for step in diagram.steps
    )  # fmt: skip


def draw(diagram: Diagram) -> Drawing:
    """The places of boxes, lines and arrows."""
    boxes = list(_boxes(diagram))
    place = {step.name: k for k, step in enumerate(diagram.steps)}
    lanes = _lanes([(place[a.source], place[a.target]) for a in diagram.arrows])
    paths = tuple(
        _path(boxes[place[arrow.source]], boxes[place[arrow.target]], lane)
        for arrow, lane in zip(diagram.arrows, lanes, strict=True)
    )
    width = BOX_WIDTH + FIRST_LANE + LANE * (max(lanes, default=0) + 1)
    height = boxes[-1].top + boxes[-1].height + 2 if boxes else 0
    return Drawing(width, height, tuple(boxes), paths)


def _boxes(diagram: Diagram) -> Iterator[Box]:
    numbers = {step.name: k for k, step in enumerate(diagram.steps, 1)}
    top = 1
    for number, step in enumerate(diagram.steps, 1):
        texts = [("title", f"{number}  {step.title}")]
        texts += [("text", line) for line in wrap(step.text, _CHARACTERS) if line]
        takes = [f"{_symbols(a)} from {numbers[a.source]}".strip() for a in diagram.into(step.name)]
        if takes:
            texts += [("takes", line) for line in wrap(f"takes {'; '.join(takes)}", _CHARACTERS)]
        lines = [Line(*pair, top + PADDING + LINE * k - 5) for k, pair in enumerate(texts, 1)]
        height = LINE * len(lines) + 2 * PADDING
        yield Box(number, top, height, tuple(lines))
        top += height + GAP


def _symbols(arrow: Arrow) -> str:
    names = (name.strip() for name in arrow.label.split(","))
    return ", ".join(symbol_text(name) if name.isidentifier() else name for name in names)


def _lanes(spans: list[tuple[int, int]]) -> list[int]:
    """A lane for every arrow, so that no two in one lane overlap; short arrows are nearest."""
    lanes: dict[int, int] = {}
    taken: list[list[tuple[int, int]]] = []
    for k in sorted(range(len(spans)), key=lambda i: (spans[i][1] - spans[i][0], spans[i])):
        start, end = spans[k]
        free = (
            n for n, used in enumerate(taken)
            if all(end <= a or b <= start for a, b in used)
        )  # fmt: skip
        lane = next(free, len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append(spans[k])
        lanes[k] = lane
    return [lanes[k] for k in range(len(spans))]


def _path(source: Box, target: Box, lane: int) -> str:
    """A line out of the lower right of a box, down its lane, into the upper right of another."""
    x, out = BOX_WIDTH + 1, BOX_WIDTH + FIRST_LANE + LANE * lane
    start = source.top + source.height - 12 - 3 * (lane % 3)
    end = target.top + 13 + 4 * (lane % 4)
    down = f"M{x} {start}H{out - 5}Q{out} {start} {out} {start + 5}V{end - 5}"
    return f"{down}Q{out} {end} {out - 5} {end}H{x + 1}"
