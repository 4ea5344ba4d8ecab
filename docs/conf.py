"""The documentation site: builds offline, from the package and the pages beside this file."""

import os
import sys
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE / "_ext")]

import gametheory_eeu  # noqa: E402 - found through the path above

os.environ["PYTHONPATH"] = os.pathsep.join(  # the notebooks run in processes of their own
    filter(None, [str(HERE.parent), os.environ.get("PYTHONPATH", "")])
)


def digest_of_package() -> str:
    """What changes with the library: a notebook is run again when either changes."""
    files = sorted((HERE.parent / "gametheory_eeu").rglob("*.py"))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


project = "gametheory_eeu"
author = "The gametheory_eeu developers"
copyright = "2026, The gametheory_eeu developers"  # noqa: A001 - Sphinx's name
version = release = gametheory_eeu.__version__

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.mathjax",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
    "sphinxcontrib.bibtex",
    "downloads",
    "lists",
    "readings",
    "shown",
]
exclude_patterns = ["_build", "_ext", "_static", "_templates", "paper"]
nitpick_ignore_regex = [
    ("py:(class|data|obj)", r"(?!gametheory_eeu).*"),  # other projects' names, known online only
]

myst_enable_extensions = ["attrs_block", "colon_fence", "dollarmath"]
myst_heading_anchors = 3

# The notebooks are text. They are run here, once for each text; a line that fails stops the build.
nb_execution_mode = "cache"
nb_execution_cache_path = str(HERE / "_build" / "notebooks" / digest_of_package())
nb_execution_raise_on_error = True
nb_execution_timeout = 120
nb_merge_streams = True

# A copied snippet has no prompts and no output.
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True

add_module_names = False
autodoc_member_order = "bysource"
autodoc_typehints = "none"  # the docstrings say the types in words
napoleon_google_docstring = False
napoleon_use_ivar = True
napoleon_use_param = False
napoleon_use_rtype = False

bibtex_bibfiles = [
    f"../{path.relative_to(HERE.parent).as_posix()}"
    for path in sorted((HERE.parent / "gametheory_eeu").rglob("references.bib"))
]
bibtex_default_style = "unsrtalpha"
bibtex_reference_style = "author_year"

html_theme = "pydata_sphinx_theme"
html_title = "gametheory_eeu"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_sidebars: dict[str, list[str]] = {"try": []}
templates_path = ["_templates"]
html_context = {"several_versions": "SEVERAL_VERSIONS" in os.environ}  # set by `nox -s versions`
html_theme_options = {
    "navbar_align": "left",
    "header_links_before_dropdown": 7,
    "navbar_end": ["version-link", "theme-switcher"],
    "footer_start": ["copyright"],
    "footer_end": [],
    "secondary_sidebar_items": ["page-toc"],
    "show_prev_next": False,
}
mathjax_path = "mathjax/tex-svg-full.js"  # served with the pages, so that they work offline
