"""Items of results: by position, by name, several at once."""

from collections.abc import Sequence
from typing import Any

import pytest

import gametheory_eeu as eeu
from gametheory_eeu.errors import ParameterError, PositionError, UnknownNameError

GAME = eeu.CredibleCommitment()
LISTS: dict[str, Any] = {
    "equilibria": GAME.solve(),
    "signs": GAME.comparative_statics(),
    "regimes": eeu.regimes(GAME),
    "symbols": GAME.symbols,
    "propositions": GAME.propositions(),
    "published models": eeu.models(),
}


@pytest.mark.parametrize("items", LISTS.values(), ids=LISTS)
def test_items_are_had_by_position_and_by_slice(items: Sequence[object]) -> None:
    every = tuple(items)
    assert items[0] == every[0]
    assert items[-1] == every[-1]
    assert items[:2] == every[:2]
    assert items[::-1] == every[::-1]
    with pytest.raises(PositionError, match=f"from 0 to {len(every) - 1}"):
        items[len(every)]
    odd_slices: Any = (slice(None, None, 0), slice("a", "b"), slice(1.5))
    for odd in odd_slices:
        with pytest.raises(ParameterError, match=r"slice = .* whole numbers"):
            items[odd]


@pytest.mark.parametrize("items", [LISTS["equilibria"], LISTS["propositions"]])
def test_an_unknown_name_lists_the_known(items: Any) -> None:
    with pytest.raises(UnknownNameError, match="Known: "):
        items["nowhere"]
    with pytest.raises(UnknownNameError, match="there is no"):
        items[None]
