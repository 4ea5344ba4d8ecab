"""Notebooks in a real JupyterLab, through Chromium: sliders that move, results that read well.

JupyterLab is in no extra, being large: ``nox -s notebooks`` installs it and runs this file. Where
it or Chromium is missing the checks are skipped, and the end of the run says so.
"""

from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from tests.interop import chromium, jupyter

pytestmark = [
    pytest.mark.jupyter,
    pytest.mark.skipif(find_spec("jupyterlab") is None, reason="no JupyterLab"),
    pytest.mark.skipif(chromium.CHROMIUM is None, reason="no chromium"),
]

CELLS = (
    """import gametheory_eeu as eeu
game = eeu.NormalForm([["(v - c)/2", "v"], [0, "v/2"]], [["(v - c)/2", 0], ["v", "v/2"]],
                      actions=[["Hawk", "Dove"]] * 2, given=["v > 0", "c > 0"])
game.explore()""",
    "game.solve()",
    "game.solve()[0].verify()",
    "game.space",
    "game.at(v=1, c=2).phase_portrait()",
    """tree = eeu.ExtensiveForm.builder("1", "2").move("1", ["L", "R"]).payoffs("*", 1, 2).build()
tree""",
)
OUTPUTS = "[...document.querySelectorAll('.jp-Notebook-cell .jp-OutputArea')]"
TEXTS = f"{OUTPUTS}.map(o => o.innerText)"
TABLES = "[...document.querySelectorAll('.jp-OutputArea table.gametheory-eeu')]"
CELLS_OF_TABLES = f"{TABLES}.flatMap(t => [...t.querySelectorAll('td, th')])"
STYLES = f"{CELLS_OF_TABLES}.map(c => getComputedStyle(c)).map(s => [s.textAlign, s.whiteSpace])"
HANDLE = "document.querySelectorAll('.widget-slider .noUi-handle')"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[chromium.Page]:
    """The notebook, run."""
    folder = tmp_path_factory.mktemp("lab")
    jupyter.write_notebook(folder / "explore.ipynb", CELLS)
    profile = tmp_path_factory.mktemp("profile")
    with jupyter.lab(folder) as address, chromium.page(profile) as page:
        jupyter.run_notebook(page, address, "explore.ipynb")
        page.wait_for(f"{HANDLE}.length === 2")
        yield page


def test_a_slider_moves_the_equilibria_the_map_and_the_thresholds(page: chromium.Page) -> None:
    first = "document.querySelector('.jp-OutputArea')"
    before = page.evaluate(f"{first}.innerText")
    image = page.evaluate(f"{first}.querySelector('img').src")
    assert "Hawk, Hawk" in before
    assert "Dove, Hawk" not in before
    threshold = f"Number({first}.innerText.match(/as v moves, at\\s+([0-9.]+)/)?.[1])"
    page.evaluate(f"{HANDLE}[0].focus()")
    page.press("End", 35)
    page.press("ArrowLeft", 37)
    page.wait_for(f"{first}.innerText.includes('Dove, Hawk')")
    page.wait_for(f"{first}.querySelector('img').src !== {image!r}")
    cost = "Number(document.querySelector('.widget-readout').innerText)"
    page.wait_for(f"({threshold}) === {cost} && {cost} > 2")


def test_results_read_well(page: chromium.Page) -> None:
    texts = page.evaluate(TEXTS)
    assert "Nash equilibria" in texts[1]
    assert "proved" in texts[2]
    assert page.evaluate(f"{OUTPUTS}[3].querySelector('mjx-container') !== null")
    styles = page.evaluate(STYLES)
    assert len(styles) > 40
    assert {tuple(style) for style in styles} == {("left", "pre-wrap")}
    size = page.evaluate(f"(i => [i.width, i.naturalWidth])({OUTPUTS}[4].querySelector('img'))")
    assert size == [640, 1280]  # sharp where a screen has two dots for one
    assert "L" in texts[5]
