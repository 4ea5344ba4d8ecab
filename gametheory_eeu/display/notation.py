"""One notation for every format: the letters of the symbols, and quantities written in LaTeX."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gametheory_eeu.core import arguments as arg

LETTERS: dict[str, tuple[str, str]] = {
    "alpha": (r"\alpha", "α"), "beta": (r"\beta", "β"), "gamma": (r"\gamma", "γ"),
    "delta": (r"\delta", "δ"), "eps": (r"\varepsilon", "ε"), "theta": (r"\theta", "θ"),
    "kappa": (r"\kappa", "κ"), "lam": (r"\lambda", "λ"), "mu": (r"\mu", "μ"),
    "pi": (r"\pi", "π"), "rho": (r"\rho", "ρ"), "sigma": (r"\sigma", "σ"), "tau": (r"\tau", "τ"),
    "phi": (r"\varphi", "φ"), "omega": (r"\omega", "ω"), "ell": (r"\ell", "ℓ"), "xi": (r"\xi", "ξ"),
    "nu": (r"\nu", "ν"), "eta": (r"\eta", "η"), "zeta": (r"\zeta", "ζ"), "chi": (r"\chi", "χ"),
    "psi": (r"\psi", "ψ"),
}  # fmt: skip
"""The one table of letters: the ASCII name to LaTeX and to Unicode."""

SIGNS = {
    "+": "+", "-": "-", "0": "0", ">=0": r"\geq 0", "<=0": r"\leq 0", "?": r"\pm", "unknown": "?",
}  # fmt: skip
"""A sign in LaTeX: ± where both signs are proved to occur, ? where it is not known."""

_UNICODE = dict(LETTERS.values()) | {
    r"\max": "max", r"\min": "min", r"\leq": "≤", r"\geq": "≥", r"\pm": "±", r"\,": " ",
    r"\sum": "Σ", r"\setminus": "∖",
}  # fmt: skip
_ACCENTS = {"bar": "\N{COMBINING MACRON}", "hat": "\N{COMBINING CIRCUMFLEX ACCENT}"}
_TEX_CHARACTERS = set("\\{}^")
SPECIAL_CHARACTERS = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
"""Characters that mean something to LaTeX, and how each is written to mean itself."""
_ESCAPES = str.maketrans(SPECIAL_CHARACTERS)


@dataclass(frozen=True)
class Math:
    """A piece of mathematics that is written in LaTeX, such as a quantity's symbol."""

    tex: str


def symbol_latex(name: str) -> str:
    r"""A symbol in LaTeX: ``P_max`` is ``P_{\max}``, ``ell`` is ``\ell``.

    A symbol whose name is LaTeX already stands for a quantity, and keeps it.
    """
    if _TEX_CHARACTERS & set(name):
        return math_latex(Math(name))
    head, _, tail = name.partition("_")
    return f"{_letter_latex(head)}_{{{_letter_latex(tail)}}}" if tail else _letter_latex(head)


@arg.validate(name=arg.text)
def symbol_text(name: str) -> str:
    """A symbol in Unicode: ``lam`` is ``λ``."""
    if _TEX_CHARACTERS & set(name):
        return math_text(Math(name))
    head, separator, tail = name.partition("_")
    return LETTERS.get(head, ("", head))[1] + separator + LETTERS.get(tail, ("", tail))[1]


def math_latex(math: Math) -> str:
    """LaTeX with words in subscripts set upright, as journals do."""
    tex = re.sub(r"_\{(\w+)\}", lambda match: f"_{{{_letter_latex(match[1])}}}", math.tex)
    return re.sub(r"\\text\{([^{}]*)\}", lambda match: rf"\text{{{_escape_words(match[1])}}}", tex)


def math_text(math: Math) -> str:
    """A piece of LaTeX mathematics as Unicode text."""
    text = re.sub(r"\^\{\\text\{([^}]*)\}\}", r"[\1]", math.tex)
    text = re.sub(r"\\text\{([^}]*)\}", r"\1", text)
    text = re.sub(r"\\(bar|hat) ?\{?(\\?\w+)\}?", lambda match: match[2] + _ACCENTS[match[1]], text)
    text = re.sub(r"\\sqrt\{([^{}]*)\}", _root_text, text)
    text = re.sub(r"\\[a-zA-Z]+|\\,", lambda match: _UNICODE.get(match[0], match[0]), text)
    text = re.sub(r"([_^])\{([^}]*)\}", r"\1\2", text)
    return text.replace("^*", "*").replace("-", "−")


def _root_text(match: re.Match[str]) -> str:
    """A square root; a sum or product under it in parentheses."""
    return f"√{match[1]}" if len(match[1]) == 1 else f"√({match[1]})"


def _letter_latex(word: str) -> str:
    """A letter of the table in LaTeX; other words upright."""
    if word in ("max", "min"):
        return "\\" + word
    if word in LETTERS:
        return LETTERS[word][0]
    escaped_word = word.translate(_ESCAPES).replace(" ", r"\ ")
    return escaped_word if len(word) < 2 else rf"\mathrm{{{escaped_word}}}"


def _escape_words(text: str) -> str:
    """Words inside a formula, with unescaped special characters escaped."""
    return re.sub(r"(?<!\\)[&%$#_]", lambda match: SPECIAL_CHARACTERS[match[0]], text)
