"""Nothing is cut: at every width each cell stands in the text, broken at spaces only."""

from unicodedata import combining

import pytest

import gametheory_eeu as eeu
from gametheory_eeu import display
from gametheory_eeu.display import Table
from gametheory_eeu.display.as_text import cell_text
from gametheory_eeu.display.printers import symbol_text
from tests.unit.display.results import NAMES, USERS, results

WIDTHS = (40, 60, 80, 120)


def bare(text: str) -> str:
    """Without accents that take no room, so that a character is a column."""
    return "".join(c for c in text if not combining(c))


def words(text: str) -> list[str]:
    return text.replace("─", " ").split()


def stands_in(cell: str, lines: list[str]) -> bool:
    """Whether the cell's words follow each other in one column of the text."""
    wanted = words(cell)
    joined = " ".join(word for line in lines for word in words(line))
    if " ".join(wanted) in joined:
        return True
    return _down_a_column(wanted, lines)


def _down_a_column(wanted: list[str], lines: list[str]) -> bool:
    """From some place in a line on, the words go on at the same place of the lines below."""
    for start, line in enumerate(lines):
        for place in range(len(line)):
            if line[place:].startswith(wanted[0]) and (place == 0 or line[place - 1] == " "):
                taken: list[str] = []
                for below in lines[start:]:
                    here = below[place:].split("   ")[0]
                    taken += words(here)
                    if taken[: len(wanted)] == wanted:
                        return True
                    if taken != wanted[: len(taken)]:
                        break
    return False


@pytest.mark.parametrize("name", [*NAMES, *USERS])
def test_every_cell_is_whole_at_every_width(name: str) -> None:
    for result in results(name):
        table = display.summary(result)
        cells = [cell_text(cell) for row in table.rows for cell in row]
        heads = [symbol_text(head) for head in table.columns]
        for width in WIDTHS:
            lines = bare(display.text(result, width)).splitlines()
            longest = max(len(word) for line in lines for word in line.split())
            assert max(map(len, lines)) <= max(width, longest + 2)
            for cell in filter(None, [*cells, *heads, table.caption, cell_text(table.note)]):
                assert stands_in(bare(cell), lines), (cell, width)


def test_below_its_width_a_table_stacks() -> None:
    table = Table(("state", "why"), (("Belarus", "promises were cheap"), ("Armenia", "")), "Votes")
    assert display.text(table, 17).splitlines() == [
        "Votes", "", "state: Belarus", "why: promises", "  were cheap", "", "state: Armenia",
    ]  # fmt: skip
    assert display.text(table, 40).splitlines()[1].split() == ["state", "why"]


def test_digits_and_heads_are_not_cut() -> None:
    numbers = Table(
        ("parameter", "data 2013", "data 2014", "meaning"),
        (("joining_cost", "93/185 ≈ 0.5027", "93/185 ≈ 0.5027", "autonomy given up"),),
    )
    for width in (30, 50, 80):
        text = display.text(numbers, width)
        assert " ".join(text.split()).count("0.5027") == 2
        assert "data 2013" in text
        assert "data 2014" in text


def test_print_is_as_wide_as_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    game = eeu.CredibleCommitment()
    monkeypatch.setenv("COLUMNS", "60")
    assert max(map(len, str(game).splitlines())) <= 60
    assert "parameter: trust" in str(game)
    monkeypatch.setenv("COLUMNS", "120")
    assert 100 < max(map(len, str(game).splitlines())) <= 120
    monkeypatch.delenv("COLUMNS")
    assert 60 < max(map(len, str(game).splitlines())) <= 100


def test_a_tree_keeps_its_lines() -> None:
    text = display.text(results("tree")[0], 80)
    assert "│  ├─ bind: member [member after bind]" in text
