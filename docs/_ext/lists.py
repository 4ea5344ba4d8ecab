"""Directives that list what the package holds: propositions, claims, example scripts."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import gametheory_eeu as eeu
from gametheory_eeu.games import Proposition

EXAMPLES = Path(__file__).parents[2] / "examples"
PICTURES = {
    "an_offer_and_an_answer": ("offer-tree",),
    "bargaining": ("alternating-offers", "hub"),
    "continuous_choices": ("best-responses",),
    "fearon_1995": ("fearon-regimes",),
    "global_games": ("global-game", "regime-change"),
    "participation": ("participation",),
    "power_shift": ("power-shift",),
    "price_of_a_hurried_union": ("bargaining",),
    "regimes_of_a_game": ("regimes", "regimes-contest"),
    "repeated_commitment": ("repeated-commitment",),
    "reputation_and_trust": ("reputation", "trust-recovery"),
    "signalling_game": ("signalling-tree",),
    "soft_dominance": ("contest",),
    "the_whole_argument": ("whole-argument",),
    "why_promises_failed": ("commitment",),
}
"""The pictures of a script; the gallery draws them, under these names."""
_FAMILIES = {"3": "power", "4": "trust", "5": "price", "6": "further mechanisms", "7": "the whole"}


def cell(text: str) -> str:
    """Text as a cell of a Markdown table."""
    return " ".join(text.split()).replace("|", r"\|").replace("*", r"\*").replace("_", r"\_")


def codes(propositions: Iterator[Proposition]) -> Iterator[tuple[str, str, list[Proposition]]]:
    """Each code with its game's title and its propositions."""
    ordered = sorted(propositions, key=lambda p: p.section)
    for code, group in groupby(ordered, key=lambda p: p.section):
        members = list(group)
        titles = dict.fromkeys(getattr(eeu, p.game).title for p in members)
        yield code, ", ".join(titles), members


class CodeTable(SphinxDirective):
    """What the codes of the propositions mean."""

    def run(self) -> list[nodes.Node]:
        """One row a code."""
        lines = ["| code | game | family | propositions |", "| --- | --- | --- | --- |"]
        for code, title, members in codes(iter(eeu.propositions())):
            family = _FAMILIES[code[0]]
            lines.append(f"| `{code}` | {title} | {family} | {len(members)} |")
        return self.parse_text_to_nodes("\n".join(lines))


class PropositionList(SphinxDirective):
    """Every proposition of the theory, by code."""

    def run(self) -> list[nodes.Node]:
        """One section a code, one row a proposition."""
        lines: list[str] = []
        for code, title, members in codes(iter(eeu.propositions())):
            lines += ["", f"## {code}: {title}", ""]
            lines += ["| name | what is claimed | scope | kind |", "| --- | --- | --- | --- |"]
            for p in members:
                lines.append(f"| `{p.name}` | {cell(p.statement)} | {p.scope} | {p.kind} |")
        return self.parse_text_to_nodes("\n".join(lines), allow_section_headings=True)


class ModelList(SphinxDirective):
    """Every published model, by mechanism."""

    def run(self) -> list[nodes.Node]:
        """One row a model."""
        lines = ["| name | what it is about | mechanisms | class | propositions |"]
        lines += ["| --- | --- | --- | --- | --- |"]
        for row in eeu.models():
            mechanisms, number = ", ".join(row.mechanisms), len(row.propositions)
            lines.append(
                f"| {row.name} | {cell(row.about)} | {mechanisms} | `{row.game_class}` | {number} |"
            )
        return self.parse_text_to_nodes("\n".join(lines))


class ClaimList(SphinxDirective):
    """Every claim of the article in the order of the text."""

    def run(self) -> list[nodes.Node]:
        """One row a claim."""
        lines = ["| number | place | in words | game |", "| --- | --- | --- | --- |"]
        for claim in eeu.article.claims():
            game = claim.game_name or ""
            lines.append(f"| {claim.number} | {claim.place} | {cell(claim.paraphrase)} | {game} |")
        return self.parse_text_to_nodes("\n".join(lines))


class ExampleList(SphinxDirective):
    """Every script of the examples with its story, its pictures and its lines."""

    def run(self) -> list[nodes.Node]:
        """One section a script."""
        lines: list[str] = []
        for path in sorted(EXAMPLES.glob("*.py")):
            source = path.read_text("utf-8")
            story = ast.get_docstring(ast.parse(source)) or ""
            title, _, rest = story.partition("\n")
            lines += ["", f"## {title.rstrip('.')}", "", rest.strip(), ""]
            for name in PICTURES.get(path.stem, ()):
                lines += [f"```{{picture-of}} {name}\n```", ""]
            lines += [f":::{{dropdown-lines}} {path.name}\n:::", ""]
        return self.parse_text_to_nodes("\n".join(lines), allow_section_headings=True)


class Lines(SphinxDirective):
    """The lines of a script, folded."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """A box that opens."""
        name = self.arguments[0]
        source = (EXAMPLES / name).read_text("utf-8")
        self.env.note_dependency(str(EXAMPLES / name))
        opening = f"<details><summary><code>examples/{name}</code></summary>"
        return [
            nodes.raw(opening, opening, format="html"),
            nodes.literal_block(source, source, language="python"),
            nodes.raw("</details>", "</details>", format="html"),
        ]


def setup(app: Sphinx) -> dict[str, bool]:
    """Tell Sphinx about the directives."""
    app.add_directive("proposition-codes", CodeTable)
    app.add_directive("proposition-list", PropositionList)
    app.add_directive("claim-list", ClaimList)
    app.add_directive("published-models", ModelList)
    app.add_directive("example-list", ExampleList)
    app.add_directive("dropdown-lines", Lines)
    return {"parallel_read_safe": True}
