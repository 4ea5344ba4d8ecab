"""What is wrong with a page of HTML: its structure, its words, its links, and what it loads."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "img", "br", "link", "path", "rect", "input", "hr"}
RESOURCES = {("img", "src"), ("script", "src"), ("link", "href"), ("iframe", "src"),
             ("source", "src"), ("object", "data"), ("image", "href"), ("use", "href")}  # fmt: skip


@dataclass
class Element:
    """A tag with its attributes and the text inside."""

    tag: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def all(self, *tags: str) -> list[Element]:
        """Every element inside, of some tags, in order."""
        found = [self] if not tags or self.tag in tags else []
        return found + [each for child in self.children for each in child.all(*tags)]

    @property
    def text(self) -> str:
        """The text inside."""
        return " ".join("".join(self.texts).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]
        self.wrong: list[str] = []
        self.declaration = ""

    def handle_decl(self, decl: str) -> None:
        self.declaration = decl

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {k: v or "" for k, v in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag == tag:
            self.open.pop()
        elif tag not in VOID:
            self.wrong.append(f"</{tag}> closes <{self.open[-1].tag}>")

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.texts.append(data)


def read(page: str) -> tuple[Element, list[str]]:
    """The page as a tree, and what is wrong with its tags."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    wrong = [*reader.wrong, *(f"<{e.tag}> is not closed" for e in reader.open[1:])]
    if reader.declaration.lower() != "doctype html":
        wrong.append("no doctype")
    return reader.root, wrong


def problems(page: str, files: set[str] | None = None) -> list[str]:
    """What is wrong with a page.

    Parameters
    ----------
    page : str
    files : set of str, optional
        The names of the files beside it, to which it may link.
    """
    root, wrong = read(page)
    return [*wrong, *_frame(root), *_headings(root), *_tables(root), *_pictures(root),
            *_loads(root, page), *_links(root, files)]  # fmt: skip


def _frame(root: Element) -> list[str]:
    wrong = [] if root.children[0].attributes.get("lang") else ["no language"]
    counts = Counter(e.tag for e in root.all())
    wrong += [f"{counts[t]} x {t}" for t in ("title", "h1", "header", "nav", "main", "footer")
              if counts[t] - (t == "title") * counts["svg"] != 1]  # fmt: skip
    body = next(iter(root.all("body")))
    first = next(e for e in body.all("a", "summary", "button", "input"))
    if first.attributes.get("href") != "#content":
        wrong.append("the first link does not skip to the content")
    ids = Counter(e.attributes["id"] for e in root.all() if "id" in e.attributes)
    wrong += [f"{n} x id {name}" for name, n in ids.items() if n > 1]
    for element in root.all():
        for name in element.attributes.get("aria-labelledby", "").split():
            wrong += [] if name in ids else [f"nothing is named {name}"]
    wrong += ["a nav without a label" for e in root.all("nav") if "aria-label" not in e.attributes]
    return wrong


def _headings(root: Element) -> list[str]:
    wrong, level = [], 0
    for heading in root.all("h1", "h2", "h3", "h4", "h5", "h6"):
        own = int(heading.tag[1])
        if own > level + 1:
            wrong.append(f"h{own} after h{level}: {heading.text}")
        if not heading.text:
            wrong.append(f"an empty h{own}")
        level = own
    sections = (e for e in root.all("section") if not e.all("h2"))
    return wrong + ["a section without a heading" for _ in sections]


def _tables(root: Element) -> list[str]:
    wrong = []
    for table in root.all("table"):
        captions = [e.text for e in table.all("caption")]
        name = captions[0] if captions else ""
        wrong += [] if name else ["a table without a caption"]
        cells = [len(row.all("th", "td")) for row in table.all("tr")]
        wrong += [f"rows of {set(cells)} cells: {name}"] if len(set(cells)) != 1 else []
        scopes = {e.attributes.get("scope", "none") for e in table.all("th")}
        wrong += [] if scopes <= {"row", "col"} else [f"a th without a scope: {name}"]
    boxes = [e for e in root.all("div") if e.attributes.get("class") == "scroll"]
    if sum(len(box.all("table")) for box in boxes) < len(root.all("table")):
        wrong.append("a table that does not scroll in its own box")
    wrong += ["a box that no key can scroll" for e in boxes if e.attributes.get("tabindex") != "0"]
    return wrong


def _pictures(root: Element) -> list[str]:
    wrong = [f"a picture without words: {e.attributes.get('src', '')[:40]}"
             for e in root.all("img") if not e.attributes.get("alt")]  # fmt: skip
    for drawing in root.all("svg"):
        words = [e.text for e in drawing.all("title", "desc")]
        wrong += [] if len(words) == 2 and all(words) else ["a drawing without words"]
    return wrong


def _loads(root: Element, page: str) -> list[str]:
    """What the page would load from elsewhere."""
    wrong = []
    for element in root.all():
        for name, value in element.attributes.items():
            if (element.tag, name) in RESOURCES and not value.startswith("data:"):
                wrong.append(f"loads {value[:60]}")
    styles = " ".join(e.text for e in root.all("style"))
    wrong += [f"a style loads {m}" for m in re.findall(r"@import|url\((?!#)[^)]*", styles)]
    return wrong + ["a script" for _ in root.all("script")]


def _links(root: Element, files: set[str] | None) -> list[str]:
    ids = {e.attributes.get("id") for e in root.all()}
    wrong = []
    for link in root.all("a"):
        target = link.attributes.get("href", "")
        if target.startswith("#"):
            wrong += [] if target[1:] in ids else [f"a link to no place: {target}"]
        elif files is not None and target not in files:
            wrong.append(f"a link to no file: {target}")
        wrong += [] if link.text else [f"a link that says nothing: {target}"]
    return wrong
