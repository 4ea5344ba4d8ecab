"""The link to a notebook's file, below its title: of the page only, for the file needs none."""

from __future__ import annotations

from os.path import relpath
from pathlib import Path

from docutils import nodes
from sphinx.addnodes import download_reference
from sphinx.application import Sphinx

FOLDER = "notebooks/"


def add_link(app: Sphinx, doctree: nodes.document) -> None:
    """Put the link to the executed notebook after the title of its page."""
    docname = app.env.docname
    title = next(iter(doctree.findall(nodes.title)), None)
    if title is None or not docname.startswith(FOLDER) or docname == f"{FOLDER}index":
        return
    path = Path(app.env.mystnb_config.output_folder) / f"{docname}.ipynb"  # type: ignore[attr-defined]
    link = download_reference("", reftarget=f"/{relpath(path, app.srcdir)}")
    link += nodes.literal("", path.name, classes=["xref", "download", "myst-nb"])
    paragraph = nodes.paragraph("", "To run and change it: ", link)
    title.parent.insert(title.parent.index(title) + 1, paragraph)


def setup(app: Sphinx) -> dict[str, bool]:
    """Tell Sphinx about the link; before the files to download are collected."""
    app.connect("doctree-read", add_link, priority=100)
    return {"parallel_read_safe": True}
