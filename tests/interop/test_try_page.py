"""What the page "Try it" asks of the library; tests/try_check.py looks at it in Chromium."""

from importlib import import_module
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

EXTENSIONS = Path(__file__).parents[2] / "docs" / "_ext"
STAG_HUNT = {
    "ask": "game",
    "payoffs": [[["s", "s"], ["0", "t"]], [["t", "0"], ["t", "t"]]],
    "actions": [["stag", "hare"]] * 2,
    "given": "0 < t; t < s",
}


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(EXTENSIONS))
    answers = import_module("answers").answers
    return lambda fields: list(answers(fields))


def test_a_game_is_solved_mapped_and_moved(answers: Any) -> None:
    equilibria, regimes, statics, code = answers(STAG_HUNT)
    assert "<td>all: stag (t/s), hare ((s - t)/s)</td>" in equilibria
    assert "The cells cover the space." in regimes
    assert "Each sign is proved" in statics
    lines = code.partition("<pre>")[2].partition("</pre>")[0].replace("&#x27;", "'")
    names: dict[str, Any] = {}
    exec(lines.replace("&lt;", "<"), names)  # noqa: S102 - the page's own lines
    assert names["game"].solve()._repr_html_() == equilibria


def test_a_game_in_numbers_has_no_map(answers: Any) -> None:
    payoffs = [[["3", "3"], ["0", "5"]], [["5", "0"], ["1", "1"]]]
    equilibria, code = answers({**STAG_HUNT, "payoffs": payoffs, "given": ""})
    assert "<td>hare, hare</td>" in equilibria
    assert "given" not in code


def test_conditions_are_parted_but_not_inside_brackets(answers: Any) -> None:
    fields = {"ask": "proof", "statement": "x*y > 0", "given": "min(x, y) > 1, x < 9\ny < 9"}
    proof, certificate, code = answers(fields)
    assert "<b>Proved</b>" in proof
    assert "<pre>" in certificate
    assert (
        "given=[&#x27;min(x, y) &gt; 1&#x27;, &#x27;x &lt; 9&#x27;, &#x27;y &lt; 9&#x27;]" in code
    )


@pytest.mark.parametrize("fields", [
    {"ask": "proof", "statement": "<b> >", "given": ""},
    {**STAG_HUNT, "given": "s < t, t < s"},
    {**STAG_HUNT, "actions": [["stag", "stag"]] * 2},
], ids=["grammar", "contradiction", "names"])  # fmt: skip
def test_an_error_is_said(answers: Any, fields: dict[str, Any]) -> None:
    (error,) = answers(fields)
    assert error.startswith('<p class="try-error" role="alert">')
    assert "<b>" not in error


def test_the_library_is_packed_with_all_it_reads(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.syspath_prepend(str(EXTENSIONS))
    import_module("browser_parts").pack_library(tmp_path / "library.zip")
    names = set(ZipFile(tmp_path / "library.zip").namelist())
    assert {"answers.py", "gametheory_eeu/__init__.py"} <= names
    assert any(name.endswith("references.bib") for name in names)
    assert not any("__pycache__" in name for name in names)


def test_the_page_holds_the_fields_that_are_read() -> None:
    form = (EXTENSIONS / "try_form.html").read_text("utf-8")
    sides = [f"{side}{i}" for side in ("row", "column") for i in (1, 2)]
    payoffs = [f"{side}-payoff{i}{j}" for side in ("row", "column") for i in (1, 2) for j in (1, 2)]
    for name in [*sides, *payoffs, "given", "statement", "premises", "example"]:
        assert form.count(f'name="{name}"') == 1, name
