"""Results as HTML, for notebooks."""

from __future__ import annotations

from html import escape
from typing import Any

from gametheory_eeu.display.as_text import cell_text
from gametheory_eeu.display.notation import symbol_text
from gametheory_eeu.display.result_tables import summary
from gametheory_eeu.display.tables import Table


def html(result: Any) -> str:
    """A result as an HTML table."""
    table = summary(result)
    parts = [f"<caption>{escape(table.caption)}</caption>"] if table.caption else []
    if not table.is_record:
        parts.append(f"<thead>{_row('th', [symbol_text(name) for name in table.columns])}</thead>")
    parts += ["<tbody>", *_body(table), "</tbody>"]
    if table.note:
        note = escape(cell_text(table.note)).replace("\n", "<br>")
        cell = f'<td colspan="{len(table.columns)}"><em>{note}</em></td>'
        parts.append(f"<tfoot><tr>{cell}</tr></tfoot>")
    return "\n".join(['<table class="gametheory-eeu">', *parts, "</table>"])


def _body(table: Table) -> list[str]:
    lines = [[cell_text(cell) for cell in row] for row in table.rows]
    if not table.is_record:
        return [_row("td", line) for line in lines]
    return [f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in lines]


def _row(tag: str, cells: list[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"
