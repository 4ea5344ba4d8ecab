"""The page of a report in a real browser: as wide as a phone, as a desk, dark, light, in print.

A page served from this machine holds the report in frames of both widths, measures it and writes
down what it found; Chromium prints that page. Where there is no Chromium the check is skipped, and
the end of the run says so.
"""

import re
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import gametheory_eeu as eeu
from gametheory_eeu import report
from gametheory_eeu.report.page import Page, PageFigure, PageSection, PageTable
from tests.interop.chromium import CHROMIUM, FLAGS, Quiet, measured, served

WIDTHS = (390, 1280)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium: the page was not looked at"),
]

MEASURE = """<!DOCTYPE html><meta charset="utf-8"><title>measure</title><body><script>
const found = {};
const luminance = c => c.match(/[0-9.]+/g).slice(0, 3).map(Number).reduce((a, b) => a + b) / 3;
function measure(frame) {
  const w = frame.contentWindow, d = w.document, all = s => [...d.querySelectorAll(s)];
  const right = e => e.getBoundingClientRect().right, wide = d.documentElement.clientWidth;
  const inBox = e => e.closest(".scroll");
  const skip = d.querySelector(".skip"); skip.focus();
  return {
    overflow: d.documentElement.scrollWidth - wide,
    outside: all("main *, nav *, header *, footer *").filter(
      e => !inBox(e) && right(e) > wide + 1).map(e => e.outerHTML.slice(0, 80)),
    scrolling: all(".scroll").filter(e => e.scrollWidth > e.clientWidth).length,
    tables: all("table").length,
    broken: all("img").filter(e => !e.complete || !e.naturalWidth).length,
    images: all("img").length,
    loaded: w.performance.getEntriesByType("resource").map(e => e.name).filter(
      n => !n.startsWith("data:")),
    small: Math.min(...all("main p, main td, main dd, main svg text, a").map(
      e => parseFloat(w.getComputedStyle(e).fontSize) * (
        e.ownerSVGElement ? e.ownerSVGElement.getScreenCTM().a : 1))),
    dark: luminance(w.getComputedStyle(d.body).backgroundColor) < 128,
    inkIsDark: luminance(w.getComputedStyle(d.body).color) < 128,
    skipShown: right(skip) > 0 && d.activeElement === skip,
    words: d.querySelector("#words").innerText,
    beside: d.querySelector("nav").getBoundingClientRect().bottom
      > d.querySelector("main").getBoundingClientRect().top,
  };
}
const jobs = PAGES.flatMap(name => WIDTHS.map(width => new Promise(done => {
  const frame = document.createElement("iframe");
  frame.style.cssText = `width: ${width}px; height: 800px; border: 0`;
  frame.onload = () => { found[`${name} ${width}`] = measure(frame); done(); };
  frame.src = name; document.body.append(frame);
})));
Promise.all(jobs).then(() => {
  const pre = document.createElement("pre"); pre.id = "found";
  pre.textContent = JSON.stringify(found); document.body.replaceChildren(pre);
});
</script>"""


def chromium(*arguments: str) -> str:
    assert CHROMIUM is not None
    command = [CHROMIUM, *FLAGS, "--virtual-time-budget=20000"]
    done = subprocess.run([*command, *arguments], capture_output=True, check=True, timeout=120)
    return done.stdout.decode()


def wide_page() -> str:
    """The worst that a page may hold: wide tables, long words and formulas, a wide picture."""
    case = eeu.article.CASE
    words = ("word" * 40, " ".join(["x_1**2*y_2/(a + b)"] * 30), "short")
    table = PageTable("Wide", tuple(f"column {k}" for k in range(30)), (("cell",) * 30,), words)
    record = PageTable("Record", (), tuple((word, word) for word in words))
    picture = PageFigure(_wide_picture(), "a red line", "A picture")
    section = PageSection("s", "w" * 60, words, (table, record), (picture,), (), ((words[0],) * 2,))
    pairs = (("2013", words[1]),)
    page = Page(case.title, words, (("Game", pairs),), case.drawn(), (section,), ("f" * 90,), "C")
    return page.html("manifest")


def _wide_picture() -> bytes:
    from io import BytesIO

    from matplotlib.figure import Figure

    figure = Figure((16, 1))
    figure.subplots().plot([0, 1], color="red")
    content = BytesIO()
    figure.savefig(content, format="png")
    return content.getvalue()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A folder with a report of one game and the widest page, and the address it is served at."""
    folder = tmp_path_factory.mktemp("site")
    assert report.main(["--quiet", "--game", "PowerShift", "-o", str(folder)]) == 0
    (folder / "wide.html").write_text(wide_page(), "utf-8")
    script = MEASURE.replace("PAGES", '["report.html", "wide.html"]')
    (folder / "measure.html").write_text(script.replace("WIDTHS", str(list(WIDTHS))), "utf-8")
    with served(partial(Quiet, directory=str(folder))) as address:
        yield folder, address


def seen(address: str, *arguments: str) -> dict[str, Any]:
    page = chromium("--dump-dom", "--window-size=1400,900", *arguments, f"{address}/measure.html")
    found = measured(page)
    assert found is not None, page[-2000:]
    return found


@pytest.fixture(scope="module")
def light(site: tuple[Path, str]) -> dict[str, Any]:
    """What was measured of each page at each width."""
    return seen(site[1])


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["report.html", "wide.html"])
def test_nothing_sticks_out_of_the_page(light: dict[str, Any], name: str, width: int) -> None:
    found = light[f"{name} {width}"]
    assert found["overflow"] <= 0
    assert found["outside"] == []
    assert found["tables"] > 1
    assert found["scrolling"] > 0 or width > 390
    assert found["small"] >= 10
    assert found["beside"] is (width > 1000)


def test_pictures_are_inside_and_nothing_is_loaded(light: dict[str, Any]) -> None:
    for found in light.values():
        assert found["images"] > 0
        assert found["broken"] == 0
        assert found["loaded"] == []


def test_it_can_be_read_by_keys_and_says_the_argument(light: dict[str, Any]) -> None:
    for name, found in light.items():
        assert found["skipShown"]
        assert not name.startswith("report") or "At P = " not in found["words"]
        assert "dominate neighbours" in found["words"] or name.startswith("wide")


def test_it_is_light_by_day_and_dark_by_night(
    site: tuple[Path, str], light: dict[str, Any]
) -> None:
    dark = seen(site[1], "--blink-settings=preferredColorScheme=0")
    assert all(not found["dark"] and found["inkIsDark"] for found in light.values())
    assert all(found["dark"] and not found["inkIsDark"] for found in dark.values())


def test_it_is_printed(site: tuple[Path, str], tmp_path: Path) -> None:
    target = tmp_path / "page.pdf"
    chromium(f"--print-to-pdf={target}", f"{site[1]}/report.html")
    content = target.read_bytes()
    assert content.startswith(b"%PDF")
    assert 1 < len(re.findall(rb"/Type\s*/Page\b", content)) < 20
