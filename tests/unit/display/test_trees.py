"""Game trees as they are drawn and told: nothing overlaps, everything is there."""

from itertools import combinations

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

import gametheory_eeu as eeu
from gametheory_eeu.display.figures import figure_bytes

builder = eeu.ExtensiveForm.builder


def horse() -> eeu.ExtensiveForm:
    tree = builder("1", "2", "3").move("1", ["D", "A"]).move("2", ["d", "a"], "A")
    tree.move("3", ["L", "R"], ["D", "A/d"]).payoffs("A/a", 1, 1, 1)
    return tree.payoffs("*/L", 3, 3, 2).payoffs("*/R", 0, 0, 0).payoffs("*/*/*", 4, 0, 1).build()


def signalling() -> eeu.ExtensiveForm:
    tree = builder("a sender", "the receiver", given="0 < p < 1")
    tree.chance({"strong": "p", "weak": "1 - p"}).move("a sender", ["beer", "quiche"], "strong")
    tree.move("a sender", ["beer", "quiche"], "weak").move("the receiver", ["duel", "no"], "*/beer")
    tree.move("the receiver", ["duel", "no"], "*/quiche")
    for kind in ("strong", "weak"):
        for meal in ("beer", "quiche"):
            own = int((kind == "strong") == (meal == "beer"))
            tree.payoffs(f"{kind}/{meal}/duel", own, int(kind == "weak"))
            tree.payoffs(f"{kind}/{meal}/no", own + 2, int(kind == "strong"))
    return tree.build()


def centipede() -> eeu.ExtensiveForm:
    tree = builder("1", "2")
    for k in range(6):
        at = "/".join(["pass"] * k)
        tree.move(str(k % 2 + 1), ["take", "pass"], at)
        tree.payoffs(f"{at}/take".lstrip("/"), 2**k, "x/(1 + y)")
    return tree.payoffs("/".join(["pass"] * 6), "1/7", 10_000).build()


def trust() -> eeu.ExtensiveForm:
    game = eeu.CredibleCommitment()
    return eeu.ExtensiveForm(game.tree, game.players, given=game.space, title=game.title)


def texts(figure: Figure) -> list[Text]:
    return [text for text in figure.axes[0].texts if text.get_text()]


@pytest.mark.parametrize("game", [horse, signalling, centipede, trust], ids=lambda f: f.__name__)
def test_no_two_texts_overlap_and_none_is_cut(game: type) -> None:
    figure = game().plot()
    renderer = FigureCanvasAgg(figure).get_renderer()
    boxes = {text: text.get_window_extent(renderer) for text in texts(figure)}
    for one, two in combinations(boxes, 2):
        assert not boxes[one].overlaps(boxes[two]), (one, two)
    for box in boxes.values():
        assert figure.bbox.x0 <= box.x0 <= box.x1 <= figure.bbox.x1
        assert figure.bbox.y0 <= box.y0 <= box.y1 <= figure.bbox.y1


def test_every_action_payoff_and_set_is_drawn() -> None:
    shown = [text.get_text() for text in texts(horse().plot())]
    assert sorted(shown) == sorted(
        ["D", "A", "d", "a", "L", "R", "L", "R", "1", "2", "3", "1", "2", "3"]
        + [f"${n}$" for n in (3, 3, 2, 0, 0, 0, 4, 0, 1, 4, 0, 1, 1, 1, 1)]
    )
    dashed = [line for line in horse().plot().axes[0].lines if line.get_linewidth() == 1.2]
    assert [(line.get_linestyle(), len(line.get_xdata())) for line in dashed] == [("--", 2)]


def test_an_equilibrium_is_highlighted_on_its_path_and_off_it() -> None:
    name = "beer, beer; no, duel"
    plain, marked = signalling().plot(), signalling().plot(equilibrium=name)
    thick = [line for line in marked.axes[0].lines if line.get_linewidth() == 2.2]
    assert all(line.get_linewidth() < 2 for line in plain.axes[0].lines)
    strong = [line for line in thick if line.get_alpha() == 1]
    assert (len(thick), len(strong)) == (8, 6)  # two of chance, two of the sender, two replies
    assert figure_bytes(marked, "svg") == figure_bytes(signalling().plot(equilibrium=name), "svg")


def test_a_mixed_action_shows_its_probability() -> None:
    figure = signalling().plot(equilibrium="beer, beer + quiche; duel + no, duel")
    assert "beer ($p/(1 - p)$)" in {text.get_text() for text in texts(figure)}


def test_the_tree_as_text() -> None:
    assert str(horse()).splitlines()[3:6] == [
        "1",
        "├─ D: 3 [3]",
        "│  ├─ L          3   3   2",
    ]
    table = horse().to_dataframe()
    assert table.loc[table["place"] == "A/d/R", "payoff of 3"].item() == 1
    assert r"\toprule" in horse().to_latex()
    assert "└─ a" in horse()._repr_html_()


@pytest.mark.parametrize("game", [horse, signalling, trust], ids=lambda f: f.__name__)
def test_json_builds_the_same_game(game: type) -> None:
    assert eeu.from_json(game().to_json()) == game()


def test_json_of_equilibria_solves_again() -> None:
    found = horse().solve()
    assert eeu.from_json(found.to_json()).names == found.names
    with pytest.raises(eeu.GameTheoryError, match="damaged"):
        eeu.from_json(horse().to_json().replace('"moves"', '"move"'))


def test_no_end_is_on_the_line_of_an_information_set() -> None:
    tree = builder("sender", "receiver", given="0 < q < 1").chance({"high": "q", "low": "1 - q"})
    tree.move("sender", ["act", "wait"], "high").move("sender", ["act", "wait"], "low")
    tree.move("receiver", ["yield", "resist"], "*/act").payoffs("*/wait", 0, 1)
    figure = tree.payoffs("*/act/yield", 1, 0).payoffs("*/act/resist", -1, -1).build().plot()
    (axes,) = figure.axes
    (line,) = (line for line in axes.lines if line.get_linestyle() == "--" and line.zorder == 3)
    (x, *_), (top, bottom) = line.get_data()
    ends = [line for line in axes.lines if line.get_marker() == "o" and line.get_markersize() < 3]
    between = [end for end in ends if bottom < end.get_ydata()[0] < top]
    assert len(between) == 3
    assert all(abs(end.get_xdata()[0] - x) > 8 for end in between)
