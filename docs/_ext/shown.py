"""Directives that run a few lines when the site is built, and show the lines with what they give.

The lines of one page share their names. A line that fails stops the build, as a failing test would.
"""

from __future__ import annotations

import ast
import posixpath
import re
from html import escape
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

import gametheory_eeu as eeu
from gametheory_eeu.display import figure_bytes

logger = logging.getLogger(__name__)
FOLDER = "_images/shown"
_ITEM = re.compile(r"^\\item ", re.MULTILINE)


def run_lines(code: str, names: dict[str, Any]) -> Any:
    """Run lines of Python and return the value of the last one, which is an expression."""
    tree = ast.parse(code)
    last = tree.body.pop()
    if not isinstance(last, ast.Expr):
        raise ValueError(f"the last line is to be shown, and is no expression: {code}")
    exec(compile(tree, "<page>", "exec"), names)  # noqa: S102 - the site's own pages
    return eval(compile(ast.Expression(last.value), "<page>", "eval"), names)  # noqa: S307


def markdown_of_latex(tex: str) -> str:
    """A proposition or a proof in LaTeX as Markdown, which MathJax and the page set."""
    text = re.sub(r"\\(begin|end)\{(itemize|proposition)\}(\[[^]]*\])?", "", tex)
    text = re.sub(r"\\emph\{([^{}]*)\}", r"*\1*", _ITEM.sub("- ", text))
    lines = (line.strip() for line in text.replace(r"\_", "_").split("\n"))
    return "\n\n".join(line for line in lines if line)


class Shown(SphinxDirective):
    """The lines of the directive, run in the names of its page."""

    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {
        "alt": directives.unchanged,
        "name": directives.unchanged,
        "hide-code": directives.flag,
        "width": directives.nonnegative_int,
    }

    def run(self) -> list[nodes.Node]:
        """The lines and what they give, side by side with nothing else."""
        kept: Any = self.env.temp_data  # forgotten at the end of the page
        names: dict[str, Any] = kept.setdefault("shown names", {"eeu": eeu})
        code = "\n".join(self.content)
        result = self.nodes_of(run_lines(code, names))
        if "hide-code" in self.options:
            return result
        block = nodes.literal_block(code, code, language="python")
        return [block, *result]

    def nodes_of(self, value: Any) -> list[nodes.Node]:
        """What is shown of a value."""
        raise NotImplementedError


class FigureOf(Shown):
    """The picture of a figure, under a name that other pages may use."""

    def nodes_of(self, value: Any) -> list[nodes.Node]:
        """An image beside the other files of the site."""
        name = self.options["name"]
        target = Path(self.env.app.outdir) / FOLDER / f"{name}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(figure_bytes(value, "png"))
        width = round(100 * value.get_figwidth())
        return [picture(self.env.docname, name, self.options["alt"], width)]


def picture(docname: str, name: str, alt: str, width: int | None = None) -> nodes.Node:
    """An image of the folder of figures, as wide as it is drawn where there is room."""
    path = posixpath.relpath(f"{FOLDER}/{name}.png", posixpath.dirname(docname) or ".")
    size = f' width="{width}"' if width else ""
    html = f'<img class="shown" src="{path}" alt="{escape(alt)}"{size} loading="lazy">'
    return nodes.raw(html, f'<p class="shown">{html}</p>', format="html")


class PictureOf(SphinxDirective):
    """A picture that another page draws."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The image; that it was drawn is checked when all is built."""
        name = self.arguments[0]
        borrowed_pictures(self.env)[name] = self.env.docname
        return [picture(self.env.docname, name, name.replace("-", " "))]


def borrowed_pictures(env: Any) -> dict[str, str]:
    """The pictures that pages show and others draw, with a page that shows each."""
    borrowed: dict[str, str] = env.__dict__.setdefault("borrowed_pictures", {})
    return borrowed


def merge_pictures(_app: Sphinx, env: Any, _names: set[str], other: Any) -> None:
    """Join what two processes have read."""
    borrowed_pictures(env).update(borrowed_pictures(other))


def check_pictures(app: Sphinx, error: Exception | None) -> None:
    """Warn of a picture that no page has drawn."""
    if error is None and app.builder.format == "html":
        for name, docname in borrowed_pictures(app.env).items():
            if not (Path(app.outdir) / FOLDER / f"{name}.png").exists():
                logger.warning("no page draws the picture %s", name, location=docname)


class TableOf(Shown):
    """A result as its HTML, which scrolls by itself where it is wide."""

    def nodes_of(self, value: Any) -> list[nodes.Node]:
        """The table in a box of its own."""
        html = f'<div class="shown-table">{value._repr_html_()}</div>'
        return [nodes.raw(html, html, format="html")]


class LatexOf(Shown):
    """A result's LaTeX, set."""

    def nodes_of(self, value: Any) -> list[nodes.Node]:
        """The proposition or the proof as paragraphs."""
        box = nodes.container(classes=["shown-latex"])
        box += self.parse_text_to_nodes(markdown_of_latex(value.to_latex()))
        return [box]


class TextOf(Shown):
    """A result as it is printed."""

    def nodes_of(self, value: Any) -> list[nodes.Node]:
        """The text as it stands in a terminal."""
        text = str(value)
        return [nodes.literal_block(text, text, language="text")]


def setup(app: Sphinx) -> dict[str, bool]:
    """Tell Sphinx about the directives."""
    app.add_directive("figure-of", FigureOf)
    app.add_directive("picture-of", PictureOf)
    app.add_directive("table-of", TableOf)
    app.add_directive("latex-of", LatexOf)
    app.add_directive("text-of", TextOf)
    app.connect("build-finished", check_pictures)
    app.connect("env-merge-info", merge_pictures)
    return {"parallel_read_safe": True}
