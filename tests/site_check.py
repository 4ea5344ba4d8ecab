"""What is wrong with the built site: ``python -m tests.site_check FOLDER``.

Every link leads somewhere, nothing is loaded from elsewhere, no page scrolls sideways at 390 and
1280 pixels, dark or light, and the search finds by itself. What needs a browser is left out, and
said, where there is no chromium.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache, partial
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

from tests.interop.chromium import CHROMIUM, FLAGS, Quiet, measured, served

WIDTHS = (390, 1280)
LOADED = {("img", "src"), ("script", "src"), ("link", "href"), ("iframe", "src")}
NOT_LOADED = {"canonical", "author", "index", "search", "next", "prev", "license"}
MEASURE = """<!doctype html><meta charset="utf-8"><body><script>
const found = {}, jobs = PAGES.flatMap(name => WIDTHS.map(width => [name, width]));
async function look([name, width]) {
  const frame = document.createElement("iframe");
  frame.style.cssText = `width: ${width}px; height: 800px; border: 0`;
  frame.src = name; document.body.append(frame);
  await new Promise(done => { frame.onload = done; });
  await new Promise(done => setTimeout(done, 400));
  const d = frame.contentDocument, page = d.scrollingElement;
  const colour = getComputedStyle(d.body).backgroundColor.match(/\\d+/g).slice(0, 3);
  found[`${name} ${width}`] = {
    overflow: page.scrollWidth - page.clientWidth,
    wide: [...d.querySelectorAll("main :is(h1, h2, h3, p, li, dt, img)")]
      .filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== "inline"
        && getComputedStyle(e).overflowX === "visible")
      .slice(0, 3).map(e => `${e.tagName} ${e.textContent.slice(0, 40)}`),
    dark: colour.reduce((sum, part) => sum + Number(part), 0) < 384,
    broken: [...d.images].filter(i => i.complete && i.naturalWidth === 0).map(i => i.src),
    results: d.querySelectorAll("#search-results li").length,
  };
  frame.remove();
}
(async () => {
  for (let k = 0; k < jobs.length; k += 6) await Promise.all(jobs.slice(k, k + 6).map(look));
  const pre = document.createElement("pre"); pre.id = "found";
  pre.textContent = JSON.stringify(found); document.body.replaceChildren(pre);
})();
</script>"""


class _Links(HTMLParser):
    """The links of a page, what it loads, and the places in it."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.places: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.places |= {given[name] for name in ("id", "name") if name in given}
        for name, value in given.items():
            is_loaded = (tag, name) in LOADED and given.get("rel") not in NOT_LOADED
            if is_loaded:
                self.loaded.append(value)
            if is_loaded or (tag == "a" and name == "href"):
                self.links.append(value)


@cache
def read(page: Path) -> _Links:
    """The links of a page."""
    reader = _Links()
    reader.feed(page.read_text("utf-8"))
    return reader


def pages(site: Path) -> list[Path]:
    """Every page of the site."""
    return [path for path in sorted(site.rglob("*.html")) if "_static" not in path.parts]


def dead_links(site: Path) -> Iterator[str]:
    """Links and pictures that lead nowhere, and what is loaded from elsewhere."""
    for page in pages(site):
        reader = read(page)
        yield from (
            f"{page.name} loads {url}" for url in reader.loaded if re.match("(https?:)?//", url)
        )
        for url in dict.fromkeys(reader.links):
            address, place = urldefrag(url)
            if re.match(r"[a-z]+:|//", url):
                continue
            target = (
                page if not address else (page.parent / unquote(address.split("?")[0])).resolve()
            )
            if not target.exists():
                yield f"{page.relative_to(site)}: {url} leads nowhere"
            elif place and target.suffix == ".html" and unquote(place) not in read(target).places:
                yield f"{page.relative_to(site)}: {url} has no such place"


def looked_at(site: Path, browser: str, *arguments: str) -> dict[str, Any]:
    """What a browser measures of every page at every width, and of one search."""
    names = [page.relative_to(site).as_posix() for page in pages(site)]
    names = [name for name in names if name != "search.html"] + ["search.html?q=commitment"]
    script = MEASURE.replace("PAGES", json.dumps(names)).replace("WIDTHS", str(list(WIDTHS)))
    measure = site / "measure.html"
    measure.write_text(script, "utf-8")
    command = [browser, *FLAGS, "--virtual-time-budget=200000", "--dump-dom",
               "--window-size=1400,900", *arguments]  # fmt: skip
    try:
        with served(partial(Quiet, directory=str(site))) as address:
            done = subprocess.run([*command, f"{address}/measure.html"], capture_output=True,
                                  check=True, timeout=300)  # fmt: skip
    finally:
        measure.unlink()
    return measured(done.stdout.decode()) or {}


def sights(site: Path, browser: str) -> Iterator[str]:
    """What is seen to be wrong."""
    light = looked_at(site, browser)
    if not light:
        yield "the browser measured nothing"
    for name, page in light.items():
        if page["overflow"] > 0 or page["wide"]:
            yield f"{name} scrolls sideways by {page['overflow']}: {page['wide']}"
        yield from (f"{name}: {source} is no picture" for source in page["broken"])
        if name.startswith("search") and page["results"] == 0:
            yield f"{name} finds nothing"
        if page["dark"]:
            yield f"{name} is dark by day"


def main(site: Path) -> int:
    """Print what is wrong; the number of lines, at most 1, is the exit status."""
    wrong = list(dead_links(site))
    if CHROMIUM is None:
        print("There is no chromium: the site was not looked at.")
    else:
        wrong += sights(site, CHROMIUM)
    print("\n".join(wrong) or f"{len(pages(site))} pages are as they should be.")
    return min(len(wrong), 1)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
