"""What the page "Try it" answers in a browser: ``python -m tests.try_check SITE``.

Chromium opens the page at 390 pixels, fills its forms and presses its buttons; the library is asked
the same here. What cannot be had, Chromium or the parts that run in it, is said aloud.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.interop.chromium import CHROMIUM, WITH_SCROLLBARS, Quiet, served

ROOT = Path(__file__).parents[1]
PARTS = "/_static/try/parts/"
TYPES = {".mjs": "text/javascript", ".wasm": "application/wasm"}
SECONDS = 180
DRIVE = """<!doctype html><meta charset="utf-8"><body><script>
const frame = document.createElement("iframe"), found = [];
frame.style.cssText = "width: 390px; height: 800px; border: 0";
const wait = (ready) => new Promise(done => {
  const timer = setInterval(() => { if (ready()) { clearInterval(timer); done(); } }, 50);
});
async function work() {
  const d = frame.contentDocument, page = d.getElementById("try");
  const state = () => page.dataset.state;
  await wait(() => state() !== "starting");
  for (const { ask, fields } of state() === "ready" ? QUESTIONS : []) {
    const form = page.querySelector(`form[data-ask=${ask}]`);
    for (const [name, value] of Object.entries(fields)) form.elements[name].value = value;
    await fetch("/asked", { method: "POST" });
    form.querySelector("button").click();
    await wait(() => state() !== "busy");
    found.push([...form.querySelectorAll(".try-answer > div")].map(e => e.textContent));
  }
  const scrolling = d.scrollingElement;
  const body = { found, status: d.querySelector(".try-status").textContent, state: state(),
                 overflow: scrolling.scrollWidth - scrolling.clientWidth };
  await fetch("/found", { method: "POST", body: JSON.stringify(body) });
}
frame.onload = work; frame.src = "/try.html"; document.body.append(frame);
</script>"""
GAME = {
    "row1": "up", "row2": "down", "column1": "left", "column2": "right",
    "row-payoff11": "a", "column-payoff11": "1", "row-payoff12": "0", "column-payoff12": "0",
    "row-payoff21": "1/3", "column-payoff21": "0", "row-payoff22": "b", "column-payoff22": "2",
    "given": "a > 1/3, b > 0",
}  # fmt: skip
PROVED = {"statement": "x/y + y/x >= 2", "premises": "x > 0; y > 0"}
REFUTED = {"statement": "x^3 > x", "premises": "x > 0"}
WRONG = {"statement": "x > 0 )", "premises": ""}
QUESTIONS = [("game", GAME), ("proof", PROVED), ("proof", REFUTED), ("proof", WRONG)]


def asked(form: str, fields: dict[str, str]) -> dict[str, Any]:
    """What the page makes of a form's fields."""
    if form == "proof":
        return {"ask": form, "statement": fields["statement"], "given": fields["premises"]}
    sides = ("row", "column")
    return {
        "ask": form,
        "given": fields["given"],
        "actions": [[fields[f"{side}{i}"] for i in "12"] for side in sides],
        "payoffs": [
            [[fields[f"{side}-payoff{i}{j}"] for side in sides] for j in "12"] for i in "12"
        ],
    }


def expected() -> list[list[str]]:
    """The texts of the answers, from the library as it runs here."""
    sys.path.insert(0, str(ROOT / "docs" / "_ext"))
    answers = import_module("answers").answers
    return [
        [unescape(re.sub(r"<[^>]*>", "", html)) for html in answers(asked(form, fields))]
        for form, fields in QUESTIONS
    ]


@dataclass
class Visit:
    """What the server saw: each request of the page, and what the browser found at the end."""

    paths: list[str] = field(default_factory=list)
    found: dict[str, Any] = field(default_factory=dict)
    ended: threading.Event = field(default_factory=threading.Event)


@contextmanager
def driven(site: Path, *, parts: bool) -> Iterator[tuple[Visit, str]]:
    """The site with a page that drives it, with or without what runs in the browser."""
    visit, questions = Visit(), [{"ask": form, "fields": fields} for form, fields in QUESTIONS]

    class Handler(Quiet):
        extensions_map = Quiet.extensions_map | TYPES

        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(site))

        def do_GET(self) -> None:
            visit.paths.append(self.path)
            if self.path == "/drive.html":
                self.reply(DRIVE.replace("QUESTIONS", json.dumps(questions)))
            elif self.path.startswith(PARTS) and not parts:
                self.send_error(404)
            else:
                super().do_GET()

        def do_POST(self) -> None:
            visit.paths.append(self.path)
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.reply("")
            if self.path == "/found":
                visit.found = json.loads(content)
                visit.ended.set()

        def reply(self, text: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(text.encode())

    with served(Handler) as address:
        yield visit, f"{address}/drive.html"


def visited(site: Path, browser: str, *, parts: bool) -> Visit:
    """A visit by a browser that can reach nothing but this machine."""
    # Chromium's own children may write into its profile a moment longer than it runs.
    folder = TemporaryDirectory(ignore_cleanup_errors=True)
    with driven(site, parts=parts) as (visit, address), folder as profile:
        command = [browser, *WITH_SCROLLBARS, f"--user-data-dir={profile}", "--no-first-run",
                   "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                   "--remote-debugging-port=0", address]  # fmt: skip
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            visit.ended.wait(SECONDS)
        finally:
            process.terminate()
            process.wait()
    return visit


def wrong_without_parts(site: Path, browser: str) -> Iterator[str]:
    """What is wrong with the page where nothing runs in it."""
    found = visited(site, browser, parts=False).found
    if found.get("state") != "missing" or "browser_parts.py" not in found["status"]:
        yield f"without its parts the page does not say how to add them: {found}"


def wrong_with_parts(site: Path, browser: str) -> Iterator[str]:
    """What is wrong with the answers, and what was loaded after the first."""
    visit = visited(site, browser, parts=True)
    if not visit.found:
        yield f"no answer within {SECONDS} seconds"
        return
    found = [[_words(text) for text in texts] for texts in visit.found["found"]]
    for question, here, there in zip(QUESTIONS, expected(), found, strict=False):
        if there != [_words(text) for text in here]:
            yield f"{question}: the page says {there}, the library {here}"
    if len(found) != len(QUESTIONS) or visit.found["state"] != "ready":
        yield f"{len(found)} answers: {visit.found['status']}"
    later = visit.paths[visit.paths.index("/asked") + 1 :]
    if "/asked" not in later or set(later[later.index("/asked") :]) != {"/asked", "/found"}:
        yield f"something was loaded after the first answer: {later}"
    if visit.found["overflow"] > 0:
        yield f"the answers scroll sideways by {visit.found['overflow']}"


def _words(text: str) -> str:
    return " ".join(text.split())


def main(site: Path) -> int:
    """Print what is wrong; the number of lines, at most 1, is the exit status."""
    if CHROMIUM is None:
        print("! There is no chromium: the page that runs Python was NOT tried.")
        return 0
    wrong, verdict = list(wrong_without_parts(site, CHROMIUM)), "The page answers as it should."
    if (site / PARTS.strip("/") / "parts.json").exists():
        wrong += wrong_with_parts(site, CHROMIUM)
    else:
        verdict = "! The site has no Python for browsers: the page that runs it was NOT tried."
    print("\n".join(wrong) or verdict)
    return min(len(wrong), 1)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
