"""The table of ratios to the peers can be made, and all agree on the games."""

import pytest

from tests.benchmarks import peers


def test_the_table_is_made(capsys: pytest.CaptureFixture[str], monkeypatch) -> None:
    monkeypatch.setattr(peers, "REPEATS", 1)
    quick = [(name, solve, 20) for name, solve, _ in peers.PEERS if "warm" not in name]
    monkeypatch.setattr(peers, "PEERS", quick)
    monkeypatch.setattr(peers, "GAMES", {4: peers.GAMES[4]})
    peers.main(["--count", "100", "--points", "1000"])
    table = capsys.readouterr().out
    assert table.count("| 2x2 games, 4 parameters, regime and mixes |") == 3
    assert "| NumPy by hand |" in table


def test_growth_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "REPEATS", 1)
    monkeypatch.setattr(peers, "GAMES", {2: peers.GAMES[2]})
    title, _, games, *arguments = peers.growth([10**4, 10**5])
    assert "10^4 to 10^5 points" in title
    assert games.startswith("| 2x2 games, 2 parameters, everything | ")
    assert len(arguments) == 2
    assert all(argument.endswith(" ns |") for argument in arguments)
    assert peers.many_members(100).endswith(" s")
