"""Markdown of a report → HTML in sections: a Python-Markdown extension, and the wall behind it.

Every `## Title {#id}` with a known id opens a `<section id>` with a header (the section's name, the title, the
paragraphs before the first figure, table or list) and a body. Tables get scopes and labels. Raw HTML in the Markdown
stays text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape
from xml.etree.ElementTree import Element, SubElement

from lxml import html as lxml_html
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from audit.errors import BuildError
from audit.font_metrics import text_width

NAMES: Mapping[str, str] = {
    "summary": "Summary",
    "actions": "What to do",
    "pillars": "Pillars",
    "findings": "Findings",
    "calendar": "Calendar",
    "comparison": "Comparison",
    "inventory": "Profiles",
    "unseen": "Limits",
    "method": "Method",
    "evidence": "Evidence",
}
_ALLOWED = {
    "section": {"id", "class"}, "div": {"class"}, "header": set(), "h2": set(), "h3": set(), "h4": set(),
    "p": {"class"}, "strong": set(), "em": set(), "a": {"href"}, "ul": set(), "ol": set(), "li": set(),
    "blockquote": set(),
    "code": set(), "pre": set(), "hr": set(), "br": set(), "img": {"alt", "src"},
    "table": {"class"}, "caption": {"class"}, "thead": set(), "tbody": set(),
    "tr": {"id"}, "th": {"scope", "class"}, "td": {"class", "data-l"},
}  # fmt: skip
_HREF = re.compile(r"(?:#[a-z0-9-]+|https?://[^\s\"<>]+|mailto:[^\s\"<>]+)")
_CHART = re.compile(r"chart:[a-z-]+")
_EVIDENCE = re.compile(r"#(e-\d{4,})")
_HEADING = re.compile(r"h([1-6])")
_TITLE = re.compile(r"(?<=<h2>)[^<]*(?=</h2>)")
_TITLE_LINE = 460.0  # points: a line of the printed page in the sans serif, which runs narrower than the title's serif
_TITLE_SIZE = 19.5  # points, as in print.css


class ReportExtension(Extension):  # type: ignore[misc]  # Python-Markdown has no types
    """Sections and tables of a report. `names` are the sections' names in the page's language, by language code."""

    def __init__(self, names: Mapping[str, Mapping[str, str]]) -> None:
        super().__init__()
        self.names = names

    def extendMarkdown(self, md: Markdown) -> None:  # the name that Python-Markdown calls
        """Shuts raw HTML out and hangs the tree processor in, after all inline text is done."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.deregister("automail")
        md.inlinePatterns.deregister("autolink")
        md.treeprocessors.register(_Sections(md, self.names), "report-sections", 1)


class _Sections(Treeprocessor):  # type: ignore[misc]  # Python-Markdown has no types
    def __init__(self, md: Markdown, names: Mapping[str, Mapping[str, str]]) -> None:
        super().__init__(md)
        self.names = names

    def run(self, root: Element) -> None:
        language = getattr(self.md, "Meta", {}).get("lang", ["en"])[0]
        names = self.names.get(language, NAMES)
        for table in root.iter("table"):
            _dress_table(table)
        children = list(root)
        for child in children:
            root.remove(child)
        body: Element | None = None
        header: Element | None = None
        level = 2
        for child in children:
            if child.tag == "h2" and child.get("id") in names:
                header, body = _open_section(root, child, names)
                level = 2
                continue
            level = _set_level(child, level)
            if body is None or header is None:
                root.append(child)
            elif child.tag == "p" and len(body) == 0 and not _is_figure(child):
                header.append(child)
            else:
                body.append(child)


def _open_section(root: Element, title: Element, names: Mapping[str, str]) -> tuple[Element, Element]:
    identity = title.attrib.pop("id")
    section = SubElement(root, "section", {"class": "s", "id": identity})
    wrap = SubElement(section, "div", {"class": "wrap"})
    header = SubElement(wrap, "header")
    kicker = SubElement(header, "p", {"class": "kick"})
    kicker.text = names[identity]
    header.append(title)
    return header, SubElement(wrap, "div", {"class": "body"})


def _set_level(element: Element, above: int) -> int:
    """A heading inside a section (of the agency's notes, say) becomes h3 or h4 so that no level is skipped."""
    match = _HEADING.fullmatch(str(element.tag))
    if match is None:
        return above
    level = max(3, min(int(match.group(1)), above + 1, 4))
    element.tag = f"h{level}"
    return level


def _is_figure(paragraph: Element) -> bool:
    return len(paragraph) == 1 and paragraph[0].tag == "img" and not (paragraph.text or "").strip()


def _dress_table(table: Element) -> None:
    """Class, scopes, labels for narrow screens, flush-right numbers; evidence rows get their anchor."""
    table.set("class", "card")
    labels: list[str] = []
    for cell in table.iter("th"):
        _align(cell)
        cell.set("scope", "col")
        labels.append("".join(cell.itertext()).strip())
    for row in table.findall("tbody/tr"):
        for index, cell in enumerate(row):
            _align(cell)
            if index == 0:
                cell.tag = "th"
                cell.set("scope", "row")
                link = cell.find("a")
                match = _EVIDENCE.fullmatch(link.get("href", "")) if link is not None else None
                if match:
                    row.set("id", match.group(1))
            elif index < len(labels) and labels[index]:
                cell.set("data-l", labels[index])


def _align(cell: Element) -> None:
    if "right" in (cell.attrib.pop("style", "") + cell.attrib.pop("align", "")):
        cell.set("class", "r")


def check_html(content: str, file: str) -> None:
    """The second wall: refuses an element, attribute or link that our own pipeline does not make."""
    fragments = lxml_html.fragments_fromstring(content)
    for fragment in fragments:
        if isinstance(fragment, str):
            continue
        for element in fragment.iter():
            _check_element(element, file)


def _check_element(element: lxml_html.HtmlElement, file: str) -> None:
    tag = element.tag
    if not isinstance(tag, str) or tag not in _ALLOWED:
        raise BuildError(f"{file}: an element {tag!r} came out of the text; nothing was published")
    for name, value in element.attrib.items():
        allowed = name in _ALLOWED[tag]
        if allowed and name == "href":
            allowed = _HREF.fullmatch(value) is not None
        elif allowed and name == "src":
            allowed = _CHART.fullmatch(value) is not None
        if not allowed:
            raise BuildError(f"{file}: {tag} {name}={value[:60]!r} came out of the text; nothing was published")


def balanced(html: str) -> str:
    """A printed section whose title of two lines breaks near its middle, best after a mark, never after a number or
    a short word. (On the screen the style sheet does it; the PDF's engine cannot.)"""
    return _TITLE.sub(lambda match: _in_two_lines(match.group()), html)


def _in_two_lines(title: str) -> str:
    words = title.split(" ")
    breaks = [place for place in range(1, len(words)) if _may_break_after(unescape(words[place - 1]))]
    if not _TITLE_LINE < _width(words) < 1.8 * _TITLE_LINE or not breaks:
        return title

    def cost(place: int) -> float:
        left, right = _width(words[:place]), _width(words[place:])
        return max(left, right) - (_TITLE_LINE / 8 if words[place - 1][-1] in ",:." else 0)

    place = min(breaks, key=cost)
    return " ".join(words[:place]) + " " + "\N{NO-BREAK SPACE}".join(words[place:])


def _may_break_after(word: str) -> bool:
    return len(word) > 2 and not word[-1].isdigit()


def _width(words: Sequence[str]) -> float:
    return text_width(unescape(" ".join(words)), _TITLE_SIZE, 600)


def split(content: str) -> dict[str, str]:
    """The sections of a converted report by id, in page order."""
    found: dict[str, str] = {}
    for part in re.split(r'(?=<section class="s")', content):
        match = re.match(r'<section class="s" id="([a-z-]+)"', part)
        if match:
            found[match.group(1)] = part.strip()
    return found
